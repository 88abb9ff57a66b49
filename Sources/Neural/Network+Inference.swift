import Kernels

/// What each worker needs to predict a chunk of rows.
final class InferenceBuffers {
    /// Rows of a chunk.
    static let chunk = 128

    /// Two activation matrices for each worker, read and written in turn.
    let ping: [AlignedBuffer<Float>]
    let pong: [AlignedBuffer<Float>]
    let lists: [InputLists]
    let dense: [AlignedBuffer<Float>]
    let labels: [AlignedBuffer<UInt8>]

    init(layout: ParameterLayout, threads: Int, lists listed: Bool) {
        let widest = layout.layers.map(\.units.stride).max() ?? 0
        let inputs = layout.layers[0].inputs
        func each<T>(_ make: () -> T) -> [T] { (0..<threads).map { _ in make() } }
        ping = each { AlignedBuffer(count: Self.chunk * widest) }
        pong = each { AlignedBuffer(count: Self.chunk * widest) }
        dense = each { AlignedBuffer(count: Self.chunk * inputs) }
        labels = each { AlignedBuffer(count: Self.chunk) }
        lists = listed ? each { InputLists(width: inputs, capacity: Self.chunk) } : []
    }
}

extension Network {
    /// Predicts any number of rows, without dropout.
    ///
    /// - Parameters:
    ///   - batch: rows of the spec's input width.
    ///   - labels: one class for each row of the whole matrix, or nil where no losses are wanted.
    ///   - probabilities: filled with (rows, classes), row-major.
    ///   - losses: filled with each row's cross-entropy, computed from the logits, without the penalty.
    ///   - isCancelled: asked before each chunk of rows, on any worker's thread; once it is true the rest is left out.
    public func predict(
        _ batch: ImageBatch, labels: UnsafePointer<UInt8>?, probabilities: UnsafeMutablePointer<Float>,
        losses: UnsafeMutablePointer<Float>?, isCancelled: () -> Bool = { false }
    ) {
        precondition(batch.width == spec.network.inputs, "rows of the spec's input width")
        let scratch =
            inference ?? InferenceBuffers(layout: layout, threads: pool.threads, lists: transform.add == 0)
        inference = scratch
        let chunk = InferenceBuffers.chunk
        let chunks = (batch.count + chunk - 1) / chunk
        pool.run(inParallel: chunks > 1) { worker in
            for number in pool.share(of: chunks, worker: worker) {
                guard !isCancelled() else { return }
                let range = (number * chunk)..<min((number + 1) * chunk, batch.count)
                predictChunk(
                    batch.slice(range), labels: labels,
                    probabilities: probabilities + range.lowerBound * spec.network.classes,
                    losses: losses.map { $0 + range.lowerBound }, scratch: scratch, worker: worker)
            }
        }
    }

    private func predictChunk(
        _ batch: ImageBatch, labels: UnsafePointer<UInt8>?, probabilities: UnsafeMutablePointer<Float>,
        losses: UnsafeMutablePointer<Float>?, scratch: InferenceBuffers, worker: Int
    ) {
        let rows = 0..<batch.count
        var input = inferenceInput(batch, scratch: scratch, worker: worker)
        var out = scratch.ping[worker].pointer
        var next = scratch.pong[worker].pointer
        for shape in layout.layers {
            for block in shape.units.blocks {
                shape.forward(block, rows: rows, input: input, parameters: parameters.pointer, into: out)
                shape.activation.forward(shape.slice(block, rows: rows), out, into: out)
            }
            input = .matrix(out, stride: shape.units.stride)
            swap(&out, &next)
        }
        // `next` holds the logits: the last layer's output, swapped away.
        let classLabels = labels.map { labels in
            let own = scratch.labels[worker].pointer
            for position in rows {
                let label = labels[Int(batch.rows[position])]
                precondition(label < spec.network.classes, "labels below the number of classes")
                own[position] = label
            }
            return UnsafePointer(own)
        }
        Softmax.forward(
            rows: batch.count, classes: spec.network.classes, logits: next,
            stride: layout.layers[layout.layers.count - 1].units.stride, probabilities: probabilities,
            labels: classLabels, losses: losses)
    }

    private func inferenceInput(_ batch: ImageBatch, scratch: InferenceBuffers, worker: Int) -> LayerInput {
        let rows = 0..<batch.count
        if !scratch.lists.isEmpty {
            let lists = scratch.lists[worker]
            lists.listRows(rows, of: batch, multiply: transform.multiply)
            let values = Double(batch.count * batch.width)
            if Double(lists.nonZero(count: batch.count)) <= Self.densestLists * values { return .lists(lists) }
        }
        let inputs = scratch.dense[worker].pointer
        Elementwise.gather(rows, of: batch, transform: transform, into: inputs)
        return .matrix(inputs, stride: batch.width)
    }
}
