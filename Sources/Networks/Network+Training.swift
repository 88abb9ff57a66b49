import Kernels
import Specs

extension Network {
    /// One step of gradient descent on the mean loss of the batch, plus the penalties.
    ///
    /// - Parameters:
    ///   - batch: rows of the spec's input width.
    ///   - labels: one class for each row of the whole matrix, looked up by the batch's row numbers.
    package func trainStep(_ batch: ImageBatch, labels: UnsafePointer<UInt8>) -> StepResult {
        guard batch.count > 0 else { return StepResult(lossSum: 0, correct: 0) }
        pool.isShared = sharesSteps
        defer { pool.isShared = true }
        return Denormals.flushed {
            profile?.begins()
            let input = propagate(batch, labels: labels)
            buffers.stepRows = batch.count
            update(rows: batch.count, input: input)
            profile?.ended(.update)
            for (index, values) in buffers.layers.enumerated() {
                if let normalization = values.normalization { statistics.update(index, from: normalization) }
            }
            return result(rows: batch.count)
        }
    }

    /// Lets the workers do something for so many rows, which are divided as in the next training step.
    ///
    /// - Parameter body: is given the worker and its rows, numbered from 0.
    package func dealOut(_ count: Int, _ body: (_ worker: Int, Range<Int>) -> Void) {
        pool.isShared = sharesSteps
        defer { pool.isShared = true }
        pool.run { worker in body(worker, pool.share(of: count, worker: worker)) }
    }

    /// The gradients of the mean loss and the penalties, named and shaped as the weights; nothing is updated.
    package func gradients(_ batch: ImageBatch, labels: UnsafePointer<UInt8>) -> [Tensor] {
        let gradient = AlignedBuffer<Float>(count: layout.count)
        Denormals.flushed {
            let input = propagate(batch, labels: labels)
            for shape in layout.layers {
                for block in shape.units.blocks {
                    forEachTile(shape, block, rows: batch.count, input: input, worker: 0) { range, tile, _ in
                        (gradient.pointer + range.lowerBound).update(from: tile, count: range.count)
                    }
                }
            }
        }
        return layout.tensors(of: gradient.pointer)
    }

    /// Forward, loss, and the gradients by every layer's products; returns the input that the kernels' gradients need.
    private func propagate(_ batch: ImageBatch, labels: UnsafePointer<UInt8>) -> FirstInput {
        precondition(batch.width == spec.network.inputs, "rows of the spec's input width")
        reserve(rows: batch.count)
        for position in 0..<batch.count {
            let label = labels[Int(batch.rows[position])]
            precondition(label < spec.network.classes, "labels below the number of classes")
            buffers.labels.pointer[position] = label
        }
        let input = forwardFirst(batch)
        let tail = firstOfTail(rows: batch.count)
        for index in 1..<max(tail, 1) { forwardHidden(index, rows: batch.count, input: input) }
        profile?.ended(.forward)
        propagateTail(from: tail, rows: batch.count, input: input)
        profile?.ended(.tail)
        for index in stride(from: tail - 1, to: 0, by: -1) { backwardHidden(index, rows: batch.count) }
        profile?.ended(.backward)
        return input
    }

    private func reserve(rows: Int) {
        guard rows > buffers.capacity else { return }
        buffers = TrainingBuffers(
            layout: layout, capacity: rows, threads: pool.threads, zeroKeeping: transform.zeroKeepingFactor)
    }

    /// The first layer from which on the work is divided by rows: each worker takes its rows through all those layers,
    /// the loss and back without waiting for the others. The first hidden layer's kernel is too large to be read by
    /// every worker each step, and batch normalization crosses rows.
    private func firstOfTail(rows: Int) -> Int {
        let last = layout.layers.count - 1
        let crossesRows = layout.layers.contains(where: \.isNormalized)
        return crossesRows || rows < Self.fewestTailRows ? last : min(1, last)
    }

    /// With fewer rows than this, the work is not divided by rows.
    private static let fewestTailRows = 32

    /// The layers from `first` to the output layer, the loss, and back to the gradient by the products of the layer
    /// before `first`, for some rows after the other.
    private func propagateTail(from first: Int, rows: Int, input: FirstInput) {
        let tail = layout.layers[first...]
        for shape in tail where shape.isHidden && isMasked(shape.index) { buffers.layers[shape.index].prepareMasks() }
        let products = tail.reduce(0) { $0 + 2 * rows * $1.inputs * $1.units.stride }
        forEachPart(ofRows: rows, cost: PhaseCost.products(products)) { part, worker in
            for shape in tail {
                let input = layerInput(shape.index, first: input, worker: worker)
                shape.forward(trainingPass(shape, input), rows: part)
                if !shape.isHidden { lossAndGradient(shape, rows: part, batch: rows) }
            }
            for shape in tail.reversed() where shape.index > 0 { backwardInput(of: shape, rows: part) }
        }
        if first > 0 { denormalize(layout.layers[first - 1], rows: rows) }
    }

    /// From the gradient by a layer's products to that by the products of the layer before it, for some rows.
    private func backwardInput(of shape: DenseShape, rows: Range<Int>) {
        let before = layout.layers[shape.index - 1]
        shape.backwardInput(
            rows: rows, columns: 0..<before.units.units, d: buffers.layers[shape.index].d.pointer,
            parameters: parameters.pointer, into: buffers.layers[before.index].d.pointer, stride: before.units.stride)
        deactivate(before, before.activationSlice(rows: rows))
    }

    private func lossAndGradient(_ shape: DenseShape, rows: Range<Int>, batch: Int) {
        let values = buffers.layers[shape.index]
        let start = rows.lowerBound * shape.units.stride
        Softmax.gradient(
            of: loss, rows: rows.count, classes: shape.units.units, logits: values.products + start,
            stride: shape.units.stride, labels: buffers.labels.pointer + rows.lowerBound, scale: 1 / Float(batch),
            gradient: values.d.pointer + start, losses: buffers.losses.pointer + rows.lowerBound,
            hits: buffers.hits.pointer + rows.lowerBound)
    }

    /// From the gradient by layer `index`'s products to that by the products of the layer before it. The work is
    /// divided by blocks of that layer's units, or by rows where its activation needs whole rows.
    private func backwardHidden(_ index: Int, rows: Int) {
        let shape = layout.layers[index]
        let before = layout.layers[index - 1]
        let d = buffers.layers[before.index].d.pointer
        let cost = PhaseCost.products(rows * shape.inputs * shape.units.stride)
        let needsWholeRows = before.activation.needsWholeRows
        forEachBlock(of: before, cost: cost) { block, _ in
            let columns = block.start..<(block.start + block.width)
            shape.backwardInput(
                rows: 0..<rows, columns: columns.clamped(to: 0..<before.units.units),
                d: buffers.layers[index].d.pointer, parameters: parameters.pointer, into: d,
                stride: before.units.stride)
            guard !needsWholeRows else { return }
            deactivate(before, before.slice(block, rows: 0..<rows))
            denormalize(before, block, rows: rows)
        }
        guard needsWholeRows else { return }
        forEachPart(ofRows: rows, cost: PhaseCost.elementwise(rows * before.units.stride)) { part, _ in
            deactivate(before, before.activationSlice(rows: part))
        }
        denormalize(before, rows: rows)
    }

    /// Turns the gradient by a hidden layer's output into that by its activation's input, in place.
    private func deactivate(_ shape: DenseShape, _ slice: Slice) {
        let values = buffers.layers[shape.index]
        if dropout[shape.index] > 0 {
            Elementwise.dropout(
                slice, rate: dropout[shape.index], key: dropoutKey(layer: shape.index), values.d.pointer,
                into: values.d.pointer)
        }
        shape.activation.backward(slice, (values.z ?? values.y).pointer, values.d.pointer)
    }

    /// Turns the gradient by the activation's input into that by the products, and finds those by γ and β, where there
    /// is batch normalization. A block's columns are summed by one worker.
    private func denormalize(_ shape: DenseShape, rows: Int) {
        guard shape.isNormalized else { return }
        forEachBlock(of: shape, cost: PhaseCost.elementwise(rows * shape.units.stride)) { block, _ in
            denormalize(shape, block, rows: rows)
        }
    }

    private func denormalize(_ shape: DenseShape, _ block: UnitBlocks.Block, rows: Int) {
        let values = buffers.layers[shape.index]
        guard let normalization = values.normalization else { return }
        BatchNormalization.backward(
            shape.slice(block, rows: 0..<rows), gamma: parameters.pointer + shape.gammaOffset(block),
            normalized: normalization.x.pointer, normalization.statistics(block), values.d.pointer,
            gammaGradient: normalization.gammaGradient.pointer + block.start,
            betaGradient: normalization.betaGradient.pointer + block.start)
    }

    /// Forms the gradient of one block tile by tile, and last those of its biases, γ and β: `body` gets the range of
    /// parameters, their gradient with the penalty's, and whether they are of a kernel.
    func forEachTile(
        _ shape: DenseShape, _ block: UnitBlocks.Block, rows: Int, input first: FirstInput, worker: Int,
        _ body: (_ range: Range<Int>, _ gradient: UnsafeMutablePointer<Float>, _ isKernel: Bool) -> Void
    ) {
        let hasPenalty = hasPenalty
        let tile = buffers.tiles[worker].pointer
        let input = layerInput(shape.index, first: first, worker: worker)
        let d = buffers.layers[shape.index].d.pointer
        let tileRows = if case .sparse = input { TrainingBuffers.sparseTile } else { TrainingBuffers.denseTile }
        for start in stride(from: 0, to: shape.inputs, by: tileRows) {
            let rowRange = start..<min(start + tileRows, shape.inputs)
            shape.backwardKernel(block, range: rowRange, rows: rows, input: input, d: d, into: tile)
            let place = shape.kernelOffset(block) + start * block.width
            let range = place..<(place + rowRange.count * block.width)
            if hasPenalty { addPenalty(range, to: tile) }
            body(range, tile, true)
        }
        forEachVector(shape, block, rows: rows, worker: worker) { body($0, $1, false) }
    }

    /// Forms the gradients of a block's biases, γ and β.
    func forEachVector(
        _ shape: DenseShape, _ block: UnitBlocks.Block, rows: Int, worker: Int,
        _ body: (_ range: Range<Int>, _ gradient: UnsafeMutablePointer<Float>) -> Void
    ) {
        let tile = buffers.tiles[worker].pointer
        Elementwise.columnSums(shape.slice(block, rows: 0..<rows), buffers.layers[shape.index].d.pointer, into: tile)
        let vector = { index in shape.vectorOffset(index, block)..<(shape.vectorOffset(index, block) + block.width) }
        body(vector(0), tile)
        guard let normalization = buffers.layers[shape.index].normalization else { return }
        body(vector(1), normalization.gammaGradient.pointer + block.start)
        body(vector(2), normalization.betaGradient.pointer + block.start)
    }

    private func result(rows: Int) -> StepResult {
        var loss = 0.0
        var correct = 0
        for row in 0..<rows {
            loss += Double(buffers.losses.pointer[row])
            correct += Int(buffers.hits.pointer[row])
        }
        if hasPenalty {
            let penalty = buffers.penalties.reduce(0.0) { sum, layer in
                (0..<layer.count).reduce(sum) { $0 + layer.pointer[$1] }
            }
            loss += Double(rows) * penalty
        }
        return StepResult(lossSum: loss, correct: correct)
    }
}
