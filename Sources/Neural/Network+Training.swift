import Kernels

extension Network {
    /// One step of gradient descent on the mean cross-entropy of the batch, plus the penalty.
    ///
    /// - Parameters:
    ///   - batch: rows of the spec's input width.
    ///   - labels: one class for each row of the whole matrix, looked up by the batch's row numbers.
    public func trainStep(_ batch: ImageBatch, labels: UnsafePointer<UInt8>) -> StepResult {
        guard batch.count > 0 else { return StepResult(lossSum: 0, correct: 0) }
        let input = propagate(batch, labels: labels)
        update(rows: batch.count, input: input)
        return result(rows: batch.count)
    }

    /// The gradients of the mean loss and the penalty, named and shaped as the weights; nothing is updated.
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

    /// Forward, loss, and the gradients by every layer's z; returns the input that the kernels' gradients need.
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
            layout: layout, capacity: rows, threads: pool.threads, lists: transform.add == 0)
    }

    /// The output layer, the loss and the gradient by the last hidden layer's z. Rows are the grains: the output layer
    /// is narrow, and nothing here crosses rows.
    private func head(rows: Int, input: FirstInput) {
        guard let shape = layout.layers.last else { return }
        let part = rows <= 128 ? 16 : 64
        let parts = (rows + part - 1) / part
        let cost = PhaseCost.products(2 * rows * shape.inputs * shape.units.stride)
        let gradient = buffers.layers[shape.index].d.pointer
        pool.run(inParallel: PhaseCost.isWorthSharing(cost, grains: parts)) { worker in
            for number in pool.share(of: parts, worker: worker) {
                let range = (number * part)..<min((number + 1) * part, rows)
                for block in shape.units.blocks {
                    forwardProducts(shape, block, rows: range, input: input, worker: worker)
                }
                lossAndGradient(shape, rows: range, batch: rows)
                guard shape.index > 0 else { continue }
                let before = layout.layers[shape.index - 1]
                let d = buffers.layers[before.index].d.pointer
                shape.backwardInput(
                    rows: range, columns: 0..<before.units.units, d: gradient, parameters: parameters.pointer, into: d,
                    stride: before.units.stride)
                deactivate(before, columns: 0..<before.units.stride, rows: range)
            }
        }
    }

    private func lossAndGradient(_ shape: DenseShape, rows: Range<Int>, batch: Int) {
        let values = buffers.layers[shape.index]
        let start = rows.lowerBound * shape.units.stride
        Softmax.crossEntropy(
            rows: rows.count, classes: shape.units.units, logits: values.products + start, stride: shape.units.stride,
            labels: buffers.labels.pointer + rows.lowerBound, scale: 1 / Float(batch),
            gradient: values.d.pointer + start, losses: buffers.losses.pointer + rows.lowerBound,
            hits: buffers.hits.pointer + rows.lowerBound)
    }

    /// From the gradient by layer `index`'s z to that by the z of the layer before it; blocks of that layer's units are
    /// the grains.
    private func backwardHidden(_ index: Int, rows: Int) {
        let shape = layout.layers[index]
        let before = layout.layers[index - 1]
        let cost = PhaseCost.products(rows * shape.inputs * shape.units.stride)
        pool.run(inParallel: PhaseCost.isWorthSharing(cost, grains: before.units.blocks.count)) { worker in
            for number in pool.share(of: before.units.blocks.count, worker: worker) {
                let block = before.units.blocks[number]
                let columns = block.start..<(block.start + block.width)
                shape.backwardInput(
                    rows: 0..<rows, columns: columns.clamped(to: 0..<before.units.units),
                    d: buffers.layers[index].d.pointer, parameters: parameters.pointer,
                    into: buffers.layers[index - 1].d.pointer, stride: before.units.stride)
                deactivate(before, columns: columns, rows: 0..<rows)
            }
        }
    }

    /// Turns the gradient by a hidden layer's output into that by its z, in place.
    private func deactivate(_ shape: DenseShape, columns: Range<Int>, rows: Range<Int>) {
        let values = buffers.layers[shape.index]
        let slice = Slice(rows: rows, columns: columns, stride: shape.units.stride)
        if dropout[shape.index] > 0 {
            Elementwise.dropout(
                slice, rate: dropout[shape.index], key: dropoutKey(layer: shape.index), values.d.pointer,
                into: values.d.pointer)
        }
        shape.activation.backward(slice, (values.z ?? values.y).pointer, values.d.pointer)
    }

    /// Forms the gradient of one block tile by tile, and last the biases': `body` gets the range of parameters, their
    /// gradient with the penalty's, and whether they are of a kernel.
    func forEachTile(
        _ shape: DenseShape, _ block: UnitBlocks.Block, rows: Int, input first: FirstInput, worker: Int,
        _ body: (_ range: Range<Int>, _ gradient: UnsafeMutablePointer<Float>, _ isKernel: Bool) -> Void
    ) {
        let tile = buffers.tiles[worker].pointer
        let input = layerInput(shape.index, first: first, worker: worker)
        let d = buffers.layers[shape.index].d.pointer
        let tileRows = if case .lists = input { TrainingBuffers.sparseTile } else { TrainingBuffers.denseTile }
        for start in stride(from: 0, to: shape.inputs, by: tileRows) {
            let range = start..<min(start + tileRows, shape.inputs)
            shape.backwardKernel(block, range: range, rows: rows, input: input, d: d, into: tile)
            let place = shape.kernelOffset(block) + start * block.width
            let count = range.count * block.width
            if l2 > 0 {
                OptimizerKernels.add(count: count, Float(2 * l2), times: parameters.pointer + place, to: tile)
            }
            body(place..<(place + count), tile, true)
        }
        Elementwise.columnSums(shape.slice(block, rows: 0..<rows), d, into: tile)
        let place = shape.biasOffset(block)
        body(place..<(place + block.width), tile, false)
    }

    private func result(rows: Int) -> StepResult {
        var loss = 0.0
        var correct = 0
        for row in 0..<rows {
            loss += Double(buffers.losses.pointer[row])
            correct += Int(buffers.hits.pointer[row])
        }
        if l2 > 0 {
            let squares = buffers.penalties.reduce(0.0) { sum, layer in
                (0..<layer.count).reduce(sum) { $0 + layer.pointer[$1] }
            }
            loss += Double(rows) * l2 * squares
        }
        return StepResult(lossSum: loss, correct: correct)
    }
}
