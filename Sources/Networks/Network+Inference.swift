import Kernels
import Specs

/// What each worker needs to predict a chunk of rows.
final class InferenceBuffers {
    /// Rows of a chunk.
    static let chunk = 128

    /// Two activation matrices for each worker, read and written in turn.
    let ping: [AlignedBuffer<Float>]
    let pong: [AlignedBuffer<Float>]
    let sparse: [SparseInput]
    let dense: [AlignedBuffer<Float>]
    let labels: [AlignedBuffer<UInt8>]
    let scales: NormalizationScales

    /// - Parameter factor: what a byte is multiplied by where zero bytes stay zero; nil elsewhere.
    init(layout: ParameterLayout, threads: Int, zeroKeeping factor: Float?) {
        let widest = layout.layers.map(\.units.stride).max() ?? 0
        let inputs = layout.layers[0].inputs
        func each<T>(_ make: () -> T) -> [T] { (0..<threads).map { _ in make() } }
        ping = each { AlignedBuffer(count: Self.chunk * widest) }
        pong = each { AlignedBuffer(count: Self.chunk * widest) }
        dense = each { AlignedBuffer(count: Self.chunk * inputs) }
        labels = each { AlignedBuffer(count: Self.chunk) }
        sparse =
            factor.map { factor in
                each { SparseInput(width: inputs, capacity: Self.chunk, multiply: factor, transposes: false) }
            } ?? []
        scales = NormalizationScales(layout)
    }

    static func bytes(_ layers: [LayerSize], threads: Int, keepsZeros: Bool) -> Int {
        guard let first = layers.first else { return 0 }
        let widest = layers.map(\.stride).max() ?? 0
        let floats = chunk.times(widest.times(2).plus(first.inputs))
        let sparse = keepsZeros ? SparseInput.bytes(width: first.inputs, capacity: chunk, transposes: false) : 0
        let scales = layers.reduce(0) { $0.plus(NormalizationScales.bytes($1)) }
        return floats.times(4).plus(chunk).plus(sparse).times(threads).plus(scales)
    }
}

extension Network {
    /// Predicts any number of rows, without noise and dropout; batch normalization takes its moving statistics.
    ///
    /// - Parameters:
    ///   - batch: rows of the spec's input width.
    ///   - labels: one class for each row of the whole matrix, or nil where no losses are wanted.
    ///   - probabilities: filled with (rows, classes), row-major.
    ///   - losses: filled with each row's loss, without the penalties.
    ///   - isCancelled: asked before each chunk of rows, on any worker's thread; once it is true the rest is left out.
    package func predict(
        _ batch: ImageBatch, labels: UnsafePointer<UInt8>?, probabilities: UnsafeMutablePointer<Float>,
        losses: UnsafeMutablePointer<Float>?, isCancelled: () -> Bool = { false }
    ) {
        precondition(batch.width == spec.network.inputs, "rows of the spec's input width")
        let scratch =
            inference
            ?? InferenceBuffers(layout: layout, threads: pool.threads, zeroKeeping: transform.zeroKeepingFactor)
        inference = scratch
        foldNormalizations(into: scratch.scales)
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
            shape.forward(inferencePass(shape, input, scales: scratch.scales, into: out), rows: rows)
            input = .matrix(out, stride: shape.units.stride)
            swap(&out, &next)
        }
        // `next` holds the logits: the last layer's output was swapped into it.
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
            stride: layout.layers[layout.layers.count - 1].units.stride, probabilities: probabilities, loss: loss,
            labels: classLabels, losses: losses)
    }

    /// A layer's forward pass where nothing is kept.
    func inferencePass(
        _ shape: DenseShape, _ input: LayerInput, scales: NormalizationScales, into out: UnsafeMutablePointer<Float>
    ) -> DensePass {
        DensePass(
            input, parameters: parameters.pointer, normalization: scales.normalization(of: shape.index), inPlace: out)
    }

    /// Takes the moving statistics, γ and β as they are now.
    func foldNormalizations(into scales: NormalizationScales) {
        Denormals.flushed {
            for moving in statistics.layers {
                scales.fold(layout.layers[moving.index], moving, parameters: parameters.pointer)
            }
        }
    }

    private func inferenceInput(_ batch: ImageBatch, scratch: InferenceBuffers, worker: Int) -> LayerInput {
        let rows = 0..<batch.count
        if !scratch.sparse.isEmpty {
            let input = scratch.sparse[worker]
            if Self.isSparse(nonZero: input.pack(batch), of: batch) { return .sparse(input) }
        }
        let inputs = scratch.dense[worker].pointer
        Elementwise.gather(rows, of: batch, transform: transform, into: inputs)
        return .matrix(inputs, stride: batch.width)
    }
}
