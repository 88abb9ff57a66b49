import Kernels
import Specs

extension Network {
    /// One step of gradient descent on the mean loss of the batch, plus the penalties. With class weights it is the sum
    /// of the weighted losses over the number of rows, as Keras's.
    ///
    /// - Parameters:
    ///   - batch: rows of the spec's input width.
    ///   - labels: one class for each row of the whole matrix, looked up by the batch's row numbers.
    ///   - soft: what a teacher says of the rows; nil where the labels count alone.
    package func trainStep(
        _ batch: ImageBatch, labels: UnsafePointer<UInt8>, soft: SoftTargets? = nil
    ) -> StepResult {
        guard batch.count > 0 else { return StepResult(lossSum: 0, correct: 0) }
        pool.isShared = sharesSteps
        defer { pool.isShared = true }
        return Denormals.flushed {
            profile?.begins()
            let pass = propagate(batch, labels: labels, soft)
            stepRows = batch.count
            update(pass)
            profile?.ended(.update)
            for stage in stages { stage.stepped() }
            return result(rows: batch.count)
        }
    }

    /// Lets the workers do something for so many rows, which are divided as in the next training step.
    ///
    /// - Parameter body: is given the worker and its rows, numbered from 0.
    package func dealOut(_ count: Int, _ body: (_ worker: Int, Range<Int>) -> Void) {
        withStepWorkers { pool.run { worker in body(worker, pool.share(of: count, worker: worker)) } }
    }

    /// Calls `body` while the pool has the workers of the next training step.
    package func withStepWorkers<Result>(_ body: () -> Result) -> Result {
        pool.isShared = sharesSteps
        defer { pool.isShared = true }
        return body()
    }

    /// The workers of its steps, which other networks can share.
    package var workers: WorkerPool { pool }

    /// The gradients of the mean loss and the penalties, named and shaped as the weights; nothing is updated.
    package func gradients(
        _ batch: ImageBatch, labels: UnsafePointer<UInt8>, soft: SoftTargets? = nil
    ) -> [Tensor] {
        let gradient = AlignedBuffer<Float>(count: layout.count)
        Denormals.flushed {
            let pass = propagate(batch, labels: labels, soft)
            for stage in stages {
                for block in stage.blocks.indices {
                    forEachTile(stage, block, pass, worker: 0) { range, tile, _ in
                        (gradient.pointer + range.lowerBound).update(from: tile, count: range.count)
                    }
                }
            }
        }
        return layout.tensors(of: gradient.pointer)
    }

    /// Forward, loss, and back to the gradients by every layer's products.
    private func propagate(
        _ batch: ImageBatch, labels: UnsafePointer<UInt8>, _ soft: SoftTargets?
    ) -> StepPass {
        precondition(batch.width == spec.network.inputs, "rows of the spec's input width")
        takeLabels(batch, labels)
        let pass = StepPass(
            rows: batch.count, parameters: parameters.pointer, pool: pool, keys: keys, profile: profile)
        let last = stages.count - 1
        var input = StageInput.images(batch)
        for (number, stage) in stages.enumerated() {
            stage.begin(pass, input)
            guard number < last else { break }
            forEachPart(pass, stage) { stage.forward(pass, rows: $0, worker: $1) }
            input = .outputs(stage.outputs)
        }
        profile?.ended(.forward)
        let losses = losses.places
        for (number, stage) in stages.enumerated().reversed() {
            let gradient = number > 0 ? stages[number - 1].outputGradient : nil
            forEachPart(pass, stage) { part, worker in
                if number == last {
                    stage.forward(pass, rows: part, worker: worker)
                    lossAndGradient(stage, part, rows: pass.rows, losses, soft)
                }
                stage.backward(pass, rows: part, worker: worker, inputGradient: gradient)
            }
            if number == last { profile?.ended(.tail) }
            stage.end(pass, inputGradient: gradient)
        }
        profile?.ended(.backward)
        return pass
    }

    private func forEachPart(
        _ pass: StepPass, _ stage: any Stage, _ body: (_ part: Range<Int>, _ worker: Int) -> Void
    ) {
        pool.forEachPart(ofRows: pass.rows, cost: stage.rowCost(pass.rows), body)
    }

    private func takeLabels(_ batch: ImageBatch, _ labels: UnsafePointer<UInt8>) {
        if batch.count > losses.capacity { losses = LossBuffers(capacity: batch.count) }
        let taken = losses.labels.pointer
        let classes = spec.network.classes
        for position in 0..<batch.count {
            let label = labels[Int(batch.rows[position])]
            precondition(label < classes, "labels below the number of classes")
            taken[position] = label
        }
    }

    /// The loss of some rows, and the gradient by the last stage's outputs, which are their logits.
    private func lossAndGradient(
        _ stage: any Stage, _ part: Range<Int>, rows: Int, _ losses: LossPlaces, _ soft: SoftTargets?
    ) {
        let (logits, gradient) = (stage.outputs, stage.outputGradient)
        let (start, first, classes) = (part.lowerBound * logits.stride, part.lowerBound, spec.network.classes)
        Softmax.gradient(
            of: loss, rows: part.count, classes: classes, logits: logits.values + start,
            stride: logits.stride, labels: losses.labels + first, scale: (soft?.hard ?? 1) / Float(rows),
            gradient: gradient.values + start, losses: losses.losses + first,
            hits: losses.hits + first)
        if let soft {
            Softmax.addDistillation(
                of: soft.part(from: first, classes: classes), rows: part.count, classes: classes,
                logits: logits.values + start, stride: logits.stride, scale: 1 / Float(rows),
                gradient: gradient.values + start, losses: losses.losses + first)
        }
        if let classWeights { weigh(by: classWeights, part, gradient, losses) }
    }

    /// Multiplies the losses of some rows, and the gradients by their logits, by the weights of the rows' classes.
    private func weigh(by weights: [Float], _ part: Range<Int>, _ gradient: Matrix, _ losses: LossPlaces) {
        for row in part {
            let weight = weights[Int(losses.labels[row])]
            losses.losses[row] *= weight
            let values = gradient.values + row * gradient.stride
            for column in 0..<spec.network.classes { values[column] *= weight }
        }
    }

    /// Forms the gradient of one block tile by tile: `body` gets the range of parameters, their gradient with the
    /// penalty's, and whether they are of a kernel.
    func forEachTile(
        _ stage: any Stage, _ block: Int, _ pass: StepPass, worker: Int,
        _ body: (_ range: Range<Int>, _ gradient: UnsafeMutablePointer<Float>, _ isKernel: Bool) -> Void
    ) {
        let hasPenalty = hasPenalty
        stage.forEachTile(of: block, pass, worker: worker) { range, tile, isKernel in
            if isKernel, hasPenalty { addPenalty(range, to: tile) }
            body(range, tile, isKernel)
        }
    }

    private func result(rows: Int) -> StepResult {
        let losses = losses.places
        var loss = 0.0
        var correct = 0
        for row in 0..<rows {
            loss += Double(losses.losses[row])
            correct += Int(losses.hits[row])
        }
        if hasPenalty {
            let penalty = (0..<penalties.count).reduce(0.0) { $0 + penalties.pointer[$1] }
            loss += Double(rows) * penalty
        }
        return StepResult(lossSum: loss, correct: correct)
    }
}
