import Kernels

extension DenseStack {
    func begin(_ pass: StepPass, _ input: StageInput) {
        if pass.rows > buffers.capacity {
            buffers = DenseBuffers(
                shapes, StageRoom(capacity: pass.rows, threads: room.threads, transform: room.transform))
            places.take(buffers)
        }
        let tail = firstOfTail(rows: pass.rows)
        places.step.pointee.tail = tail
        prepareMasks()
        switch input {
        case .images(let batch): forwardImages(batch, pass)
        case .outputs(let matrix):
            places.step.pointee.input = .matrix(matrix)
            if tail > 0 { forwardLayer(shapes[0], pass) }
        }
        for shape in shapes[..<tail].dropFirst() { forwardLayer(shape, pass) }
    }

    /// Makes room for the outputs of layers that have noise or dropout now.
    private func prepareMasks() {
        for (position, values) in places.layers.enumerated() where values.isMasked && values.masked == nil {
            buffers.layers[position].prepareMasks()
            places.take(buffers)
        }
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
        guard let images = buffers.images else { preconditionFailure("a stack that reads the images") }
        let shared =
            pass.pool.isShared
            && PhaseCost.isWorthSharing(
                PhaseCost.update(parameters: shape.floats), grains: shape.units.blocks.count)
        if !images.sparse.isEmpty, forwardPacked(batch, pass, inParallel: shared) {
            places.step.pointee.input = .sparse(isShared: !shared)
            finish(shape, pass)
            return
        }
        places.step.pointee.input = .matrix(images.gather(batch, pass.pool, inParallel: shared))
        pass.profile?.ended(.gather)
        if shape.isHidden { forwardLayer(shape, pass) }
    }

    /// Every worker packs and transposes the batch for itself, and goes on with its blocks of the first hidden layer at
    /// once. Returns false where the batch is dense; the results are then not used.
    private func forwardPacked(_ batch: ImageBatch, _ pass: StepPass, inParallel: Bool) -> Bool {
        let shape = shapes[0]
        var isSparse = false
        pass.pool.run(inParallel: inParallel) { worker in
            guard let input = sparseInput(inParallel ? worker : 0) else { return }
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
        let products = shapes[places.step.pointee.tail...].reduce(0) { $0 + 2 * rows * $1.inputs * $1.units.stride }
        let last = shapes[shapes.count - 1]
        return PhaseCost.products(products)
            + (last.isHidden ? PhaseCost.elementwise(rows * last.units.stride) : 0)
    }

    func forward(_ pass: StepPass, rows: Range<Int>, worker: Int) {
        for position in places.step.pointee.tail..<shapes.count {
            let shape = shapes[position]
            shape.forward(layerPass(shape, layerInput(shape.position, worker: worker), pass), rows: rows)
        }
    }

    // MARK: - What a layer reads and gives

    /// A layer's forward pass in a training step.
    private func layerPass(_ shape: DenseShape, _ input: LayerInput, _ pass: StepPass) -> DensePass {
        let values = places.layers[shape.position]
        let normalization = shape.isNormalized ? buffers.layers[shape.position].normalization : nil
        return DensePass(
            input, parameters: pass.parameters, values, normalization: normalization,
            mask: outputMask(shape, values, pass.keys))
    }

    private func outputMask(_ shape: DenseShape, _ values: LayerPlaces, _ keys: MaskKeys) -> OutputMask? {
        guard values.isMasked, let masked = values.masked else { return nil }
        return OutputMask(
            deviation: values.noise, noiseKey: keys.noise(layer: shape.index), rate: values.dropout,
            dropoutKey: keys.dropout(layer: shape.index), output: masked)
    }

    /// What a layer of the stack reads.
    func layerInput(_ position: Int, worker: Int) -> LayerInput {
        if position > 0 {
            let before = outputs(of: position - 1)
            return .matrix(before.values, stride: before.stride)
        }
        switch places.step.pointee.input {
        case .matrix(let matrix): return .matrix(matrix.values, stride: matrix.stride)
        case .sparse(let isShared):
            guard let input = sparseInput(isShared ? 0 : worker) else { preconditionFailure("a packed batch") }
            return .sparse(input)
        }
    }

    /// A worker's copy of the images' bytes.
    private func sparseInput(_ worker: Int) -> SparseInput? {
        places.workers[worker].sparse?.takeUnretainedValue()
    }

    private func outputs(of position: Int) -> Matrix {
        Matrix(values: places.layers[position].outputs, stride: shapes[position].units.stride)
    }

    var outputs: Matrix { outputs(of: shapes.count - 1) }

    var outputGradient: Matrix {
        let last = shapes.count - 1
        return Matrix(values: places.layers[last].d, stride: shapes[last].units.stride)
    }
}
