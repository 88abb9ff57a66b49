import Kernels

extension DenseStack {
    func begin(_ pass: StepPass, _ input: StageInput) {
        if pass.rows > buffers.capacity {
            buffers = DenseBuffers(
                shapes, StageRoom(capacity: pass.rows, threads: room.threads, transform: room.transform))
        }
        tail = firstOfTail(rows: pass.rows)
        for shape in shapes where isMasked(shape.position) { buffers.layers[shape.position].prepareMasks() }
        switch input {
        case .images(let batch): forwardImages(batch, pass)
        case .outputs(let matrix):
            self.input = .matrix(matrix)
            if tail > 0 { forwardLayer(shapes[0], pass) }
        }
        for shape in shapes[..<tail].dropFirst() { forwardLayer(shape, pass) }
    }

    /// The first layer from which on the work is divided by rows: each worker takes its rows through all those layers,
    /// the loss and back without waiting for the others. The first hidden layer's kernel is too large to be read by
    /// every worker each step, and batch normalization crosses rows.
    private func firstOfTail(rows: Int) -> Int {
        let hidden = shapes.count(where: \.isHidden)
        let crossesRows = shapes.contains(where: \.isNormalized)
        return crossesRows || rows < Self.fewestTailRows ? hidden : min(1, hidden)
    }

    /// With fewer rows than this, the work is not divided by rows.
    private static let fewestTailRows = 32

    // MARK: - The images

    /// Makes the first layer's input from the bytes, and the first hidden layer's outputs from them. Whether they are
    /// sparse or dense depends on this batch's share of non-zero bytes alone.
    private func forwardImages(_ batch: ImageBatch, _ pass: StepPass) {
        let shape = shapes[0]
        let images = buffers.images ?? InputBuffers(width: batch.width, room)
        let shared =
            pass.pool.isShared
            && PhaseCost.isWorthSharing(
                PhaseCost.update(parameters: shape.floats), grains: shape.units.blocks.count)
        if let first = images.sparse.first, forwardPacked(batch, images.sparse, pass, inParallel: shared) {
            input = .sparse(shared ? images.sparse : [first])
            finish(shape, pass)
            return
        }
        input = .matrix(images.gather(batch, pass.pool, inParallel: shared))
        pass.profile?.ended(.gather)
        if shape.isHidden { forwardLayer(shape, pass) }
    }

    /// Every worker packs and transposes the batch for itself, and goes on with its blocks of the first hidden layer at
    /// once. Returns false where the batch is dense; the results are then not used.
    private func forwardPacked(
        _ batch: ImageBatch, _ inputs: [SparseInput], _ pass: StepPass, inParallel: Bool
    ) -> Bool {
        let shape = shapes[0]
        var isSparse = false
        pass.pool.run(inParallel: inParallel) { worker in
            let input = inputs[inParallel ? worker : 0]
            if inParallel || worker == 0 {
                // Every worker counts the same.
                guard InputBuffers.isSparse(nonZero: input.pack(batch), of: batch) else { return }
                input.transpose()
                if worker == 0 {
                    isSparse = true
                    pass.profile?.ended(.gather)
                }
            } else if !isSparse {
                return
            }
            guard shape.isHidden else { return }
            let layer = layerPass(shape, .sparse(input), pass)
            for number in pass.pool.share(of: shape.units.blocks.count, worker: worker) {
                shape.forward(shape.units.blocks[number], layer, rows: 0..<batch.count)
            }
        }
        return isSparse
    }

    // MARK: - A layer for all rows

    /// The work is divided by blocks of units, or by rows where the activation needs whole rows.
    private func forwardLayer(_ shape: DenseShape, _ pass: StepPass) {
        let cost = PhaseCost.products(pass.rows * shape.inputs * shape.units.stride)
        forEachBlock(of: shape, pass, cost: cost) { block, worker in
            let layer = layerPass(shape, layerInput(shape.position, worker: worker), pass)
            shape.forward(block, layer, rows: 0..<pass.rows)
        }
        finish(shape, pass)
    }

    /// An activation that needs whole rows, once all blocks have their products.
    private func finish(_ shape: DenseShape, _ pass: StepPass) {
        guard shape.activation.needsWholeRows else { return }
        let layer = layerPass(shape, layerInput(shape.position, worker: 0), pass)
        pass.pool.forEachPart(
            ofRows: pass.rows, cost: PhaseCost.elementwise(pass.rows * shape.units.stride)
        ) { part, _ in
            shape.finish(layer, rows: part)
        }
    }

    /// Divides a layer's blocks of units among the workers.
    func forEachBlock(
        of shape: DenseShape, _ pass: StepPass, cost: Int, _ body: (_ block: UnitBlocks.Block, _ worker: Int) -> Void
    ) {
        let blocks = shape.units.blocks
        pass.pool.run(inParallel: PhaseCost.isWorthSharing(cost, grains: blocks.count)) { worker in
            for number in pass.pool.share(of: blocks.count, worker: worker) { body(blocks[number], worker) }
        }
    }

    // MARK: - All later layers for some rows

    func rowCost(_ rows: Int) -> Int {
        let products = shapes[tail...].reduce(0) { $0 + 2 * rows * $1.inputs * $1.units.stride }
        let last = shapes[shapes.count - 1]
        return PhaseCost.products(products)
            + (last.isHidden ? PhaseCost.elementwise(rows * last.units.stride) : 0)
    }

    func forward(_ pass: StepPass, rows: Range<Int>, worker: Int) {
        for shape in shapes[tail...] {
            shape.forward(layerPass(shape, layerInput(shape.position, worker: worker), pass), rows: rows)
        }
    }

    // MARK: - What a layer reads and gives

    /// A layer's forward pass in a training step.
    private func layerPass(_ shape: DenseShape, _ input: LayerInput, _ pass: StepPass) -> DensePass {
        DensePass(
            input, parameters: pass.parameters, buffers: buffers.layers[shape.position],
            mask: outputMask(shape, pass.keys))
    }

    private func outputMask(_ shape: DenseShape, _ keys: MaskKeys) -> OutputMask? {
        let position = shape.position
        guard isMasked(position), let masked = buffers.layers[position].masked?.pointer else { return nil }
        return OutputMask(
            deviation: noise[position], noiseKey: keys.noise(layer: shape.index), rate: dropout[position],
            dropoutKey: keys.dropout(layer: shape.index), output: masked)
    }

    /// What a layer of the stack reads.
    func layerInput(_ position: Int, worker: Int) -> LayerInput {
        guard position > 0 else { return LayerInput(input, worker: worker) }
        let before = outputs(of: position - 1)
        return .matrix(before.values, stride: before.stride)
    }

    private func outputs(of position: Int) -> Matrix {
        let values = buffers.layers[position]
        let outputs = isMasked(position) ? values.masked ?? values.y : values.y
        return Matrix(values: outputs.pointer, stride: shapes[position].units.stride)
    }

    var outputs: Matrix { outputs(of: shapes.count - 1) }

    var outputGradient: Matrix {
        let last = shapes.count - 1
        return Matrix(values: buffers.layers[last].d.pointer, stride: shapes[last].units.stride)
    }
}
