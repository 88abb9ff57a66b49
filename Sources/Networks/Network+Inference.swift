import Kernels
import Specs

extension Network {
    /// Predicts any number of rows, without noise and dropout; batch normalization takes its moving statistics.
    ///
    /// - Parameters:
    ///   - batch: rows of the spec's input width.
    ///   - labels: one class for each row of the whole matrix, or nil where no losses are wanted.
    ///   - probabilities: filled with (rows, classes), row-major.
    ///   - losses: filled with each row's loss, without the penalties.
    ///   - chunk: rows that a worker computes at once; on it the last bits depend.
    ///   - isCancelled: asked before each chunk of rows, on any worker's thread; once it is true the rest is left out.
    package func predict(
        _ batch: ImageBatch, labels: UnsafePointer<UInt8>?, probabilities: UnsafeMutablePointer<Float>,
        losses: UnsafeMutablePointer<Float>?, chunk: Int = InferenceBuffers.chunk,
        isCancelled: () -> Bool = { false }
    ) {
        precondition((1...InferenceBuffers.chunk).contains(chunk), "a chunk that there is room for")
        precondition(batch.width == spec.network.inputs, "rows of the spec's input width")
        let scratch =
            inference ?? InferenceBuffers(spec.network.layers, threads: pool.threads, transform: transform)
        inference = scratch
        for stage in stages { stage.prepareInference(parameters.pointer) }
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
        var matrices = scratch.pair(worker: worker)
        let input = scratch.input(batch, worker: worker)
        let logits = infer(input, rows: batch.count, into: &matrices)
        let classLabels = labels.map { labels in
            let own = scratch.labels[worker].pointer
            for position in 0..<batch.count {
                let label = labels[Int(batch.rows[position])]
                precondition(label < spec.network.classes, "labels below the number of classes")
                own[position] = label
            }
            return UnsafePointer(own)
        }
        Softmax.forward(
            rows: batch.count, classes: spec.network.classes, logits: logits.values, stride: logits.stride,
            probabilities: probabilities, loss: loss, labels: classLabels, losses: losses)
    }

    /// Passes rows forward through all stages, which were told to prepare for it.
    ///
    /// - Returns: the logits, one of `matrices`.
    func infer(
        _ input: LayerInput, rows: Int, into matrices: inout MatrixPair,
        observe: (_ layer: LayerFacts, _ outputs: Matrix) -> Void = { _, _ in }
    ) -> Matrix {
        var logits = stages[0].infer(
            input, rows: rows, parameters: parameters.pointer, into: &matrices, observe: observe)
        for stage in stages.dropFirst() {
            logits = stage.infer(
                .matrix(logits.values, stride: logits.stride), rows: rows, parameters: parameters.pointer,
                into: &matrices, observe: observe)
        }
        return logits
    }
}
