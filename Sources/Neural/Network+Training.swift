import Kernels

extension Network {
    /// One step of gradient descent on the mean loss of the batch, plus the penalties.
    ///
    /// - Parameters:
    ///   - batch: rows of the spec's input width.
    ///   - labels: one class for each row of the whole matrix, looked up by the batch's row numbers.
    public func trainStep(_ batch: ImageBatch, labels: UnsafePointer<UInt8>) -> StepResult {
        guard batch.count > 0 else { return StepResult(lossSum: 0, correct: 0) }
        pool.isShared = sharesSteps
        defer { pool.isShared = true }
        let input = propagate(batch, labels: labels)
        update(rows: batch.count, input: input)
        for (index, values) in buffers.layers.enumerated() {
            if let normalization = values.normalization { statistics.update(index, from: normalization) }
        }
        return result(rows: batch.count)
    }

    /// The gradients of the mean loss and the penalties, named and shaped as the weights; nothing is updated.
    package func gradients(_ batch: ImageBatch, labels: UnsafePointer<UInt8>) -> [Tensor] {
        let input = propagate(batch, labels: labels)
        let gradient = AlignedBuffer<Float>(count: layout.count)
        for shape in layout.layers {
            for block in shape.units.blocks {
                forEachTile(shape, block, rows: batch.count, input: input, worker: 0) { range, tile, _ in
                    (gradient.pointer + range.lowerBound).update(from: tile, count: range.count)
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
        let input = prepareInput(batch)
        let last = layout.layers.count - 1
        for index in 0..<last { forwardHidden(index, rows: batch.count, input: input) }
        head(rows: batch.count, input: input)
        for index in stride(from: last - 1, to: 0, by: -1) { backwardHidden(index, rows: batch.count) }
        return input
    }

    private func reserve(rows: Int) {
        guard rows > buffers.capacity else { return }
        buffers = TrainingBuffers(
            layout: layout, capacity: rows, threads: pool.threads, zeroKeeping: transform.zeroKeepingFactor)
    }

    /// The output layer, the loss and the gradient by the last hidden layer's products. Rows are the grains: the output
    /// layer is narrow, and but for batch normalization nothing here crosses rows.
    private func head(rows: Int, input: FirstInput) {
        guard let shape = layout.layers.last else { return }
        let cost = PhaseCost.products(2 * rows * shape.inputs * shape.units.stride)
        let gradient = buffers.layers[shape.index].d.pointer
        forEachPart(ofRows: rows, cost: cost) { part, worker in
            for block in shape.units.blocks {
                forwardProducts(shape, block, rows: part, input: input, worker: worker)
            }
            lossAndGradient(shape, rows: part, batch: rows)
            guard shape.index > 0 else { return }
            let before = layout.layers[shape.index - 1]
            let d = buffers.layers[before.index].d.pointer
            shape.backwardInput(
                rows: part, columns: 0..<before.units.units, d: gradient, parameters: parameters.pointer, into: d,
                stride: before.units.stride)
            deactivate(before, before.activationSlice(rows: part))
        }
        if shape.index > 0 { denormalize(layout.layers[shape.index - 1], rows: rows) }
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

    /// From the gradient by layer `index`'s products to that by the products of the layer before it; blocks of that
    /// layer's units are the grains, and rows where its activation needs them whole.
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
