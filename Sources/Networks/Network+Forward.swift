import Kernels

/// What the first layer reads: packed bytes, or all inputs as floats.
enum FirstInput {
    /// One copy for all workers, or one for each.
    case sparse([SparseInput])
    /// (rows, width)
    case dense(UnsafePointer<Float>)
}

/// Rough costs in processor cycles: a phase that costs less than `worthSharing` stays on the caller's thread. Which
/// thread works never changes a result, so these need not be exact.
enum PhaseCost {
    static let worthSharing = 16_000

    static func products(_ multiplications: Int) -> Int { multiplications / 10 }
    static func update(parameters: Int) -> Int { 2 * parameters }
    /// A pass over a layer's values.
    static func elementwise(_ values: Int) -> Int { 2 * values }

    /// Whether `grains` pieces of work that cost `cycles` together are worth sharing with the workers.
    static func isWorthSharing(_ cycles: Int, grains: Int) -> Bool { grains > 1 && cycles >= worthSharing }
}

extension Network {
    /// Above this share of non-zero bytes dense products are faster.
    static let densestSparse = 0.4

    /// Makes the first layer's input from the bytes, and the first hidden layer's products from them. Whether they are
    /// sparse or dense depends on this batch's share of non-zero bytes alone.
    func forwardFirst(_ batch: ImageBatch) -> FirstInput {
        let shape = layout.layers[0]
        let shared =
            pool.isShared
            && PhaseCost.isWorthSharing(
                PhaseCost.update(parameters: shape.floats), grains: shape.units.blocks.count)
        if shape.isHidden, isMasked(0) { buffers.layers[0].prepareMasks() }
        if buffers.sparse.first != nil, forwardPacked(batch, inParallel: shared) {
            let packed = FirstInput.sparse(shared ? buffers.sparse : [buffers.sparse[0]])
            finishHidden(0, rows: batch.count, input: packed)
            return packed
        }
        let inputs = buffers.denseInputs(width: batch.width)
        pool.run(inParallel: shared) { worker in
            let rows = pool.share(of: batch.count, worker: worker)
            Elementwise.gather(rows, of: batch, transform: transform, into: inputs)
        }
        profile?.ended(.gather)
        if shape.isHidden { forwardHidden(0, rows: batch.count, input: .dense(inputs)) }
        return .dense(inputs)
    }

    /// Every worker packs and transposes the batch for itself, and goes on with its blocks of the first hidden layer at
    /// once. Returns false where the batch is dense; the results are then not used.
    private func forwardPacked(_ batch: ImageBatch, inParallel: Bool) -> Bool {
        let shape = layout.layers[0]
        var isSparse = false
        pool.run(inParallel: inParallel) { worker in
            let input = buffers.sparse[inParallel ? worker : 0]
            if inParallel || worker == 0 {
                // Every worker counts the same.
                guard Self.isSparse(nonZero: input.pack(batch), of: batch) else { return }
                input.transpose()
                if worker == 0 {
                    isSparse = true
                    profile?.ended(.gather)
                }
            } else if !isSparse {
                return
            }
            guard shape.isHidden else { return }
            let pass = trainingPass(shape, .sparse(input))
            for number in pool.share(of: shape.units.blocks.count, worker: worker) {
                shape.forward(shape.units.blocks[number], pass, rows: 0..<batch.count)
            }
        }
        return isSparse
    }

    /// Whether skipping zeros is the faster way for a batch.
    static func isSparse(nonZero: Int, of batch: ImageBatch) -> Bool {
        Double(nonZero) <= densestSparse * Double(batch.count * batch.width)
    }

    /// Hidden layer `index` for all rows. The work is divided by blocks of units, or by rows where the activation needs
    /// whole rows.
    func forwardHidden(_ index: Int, rows: Int, input: FirstInput) {
        let shape = layout.layers[index]
        if isMasked(index) { buffers.layers[index].prepareMasks() }
        let cost = PhaseCost.products(rows * shape.inputs * shape.units.stride)
        forEachBlock(of: shape, cost: cost) { block, worker in
            let pass = trainingPass(shape, layerInput(index, first: input, worker: worker))
            shape.forward(block, pass, rows: 0..<rows)
        }
        finishHidden(index, rows: rows, input: input)
    }

    /// An activation that needs whole rows, once all blocks have their products.
    private func finishHidden(_ index: Int, rows: Int, input: FirstInput) {
        let shape = layout.layers[index]
        guard shape.isHidden, shape.activation.needsWholeRows else { return }
        let pass = trainingPass(shape, layerInput(index, first: input, worker: 0))
        forEachPart(ofRows: rows, cost: PhaseCost.elementwise(rows * shape.units.stride)) { part, _ in
            shape.finish(pass, rows: part)
        }
    }

    /// Divides a layer's blocks of units among the workers.
    func forEachBlock(
        of shape: DenseShape, cost: Int, _ body: (_ block: UnitBlocks.Block, _ worker: Int) -> Void
    ) {
        let blocks = shape.units.blocks
        pool.run(inParallel: PhaseCost.isWorthSharing(cost, grains: blocks.count)) { worker in
            for number in pool.share(of: blocks.count, worker: worker) { body(blocks[number], worker) }
        }
    }

    /// Divides ranges of rows among the workers, for work in which rows don't depend on each other.
    func forEachPart(ofRows rows: Int, cost: Int, _ body: (_ part: Range<Int>, _ worker: Int) -> Void) {
        let size = rows <= 64 ? 16 : rows <= 128 ? 32 : 64
        let parts = (rows + size - 1) / size
        pool.run(inParallel: PhaseCost.isWorthSharing(cost, grains: parts)) { worker in
            for number in pool.share(of: parts, worker: worker) {
                body((number * size)..<min((number + 1) * size, rows), worker)
            }
        }
    }

    /// A layer's forward pass in a training step.
    func trainingPass(_ shape: DenseShape, _ input: LayerInput) -> DensePass {
        DensePass(
            input, parameters: parameters.pointer, buffers: buffers.layers[shape.index],
            mask: shape.isHidden ? outputMask(shape.index) : nil)
    }

    private func outputMask(_ index: Int) -> OutputMask? {
        guard isMasked(index), let masked = buffers.layers[index].masked?.pointer else { return nil }
        return OutputMask(
            deviation: noise[index], noiseKey: noiseKey(layer: index), rate: dropout[index],
            dropoutKey: dropoutKey(layer: index), output: masked)
    }

    /// Whether hidden layer `index` has noise or dropout.
    func isMasked(_ index: Int) -> Bool { dropout[index] > 0 || noise[index] > 0 }

    /// What layer `index` reads.
    func layerInput(_ index: Int, first: FirstInput, worker: Int) -> LayerInput {
        guard index > 0 else { return LayerInput(first, width: layout.layers[0].inputs, worker: worker) }
        let before = buffers.layers[index - 1]
        let values = isMasked(index - 1) ? before.masked ?? before.y : before.y
        return .matrix(values.pointer, stride: layout.layers[index - 1].units.stride)
    }
}

/// What a Dense layer reads.
enum LayerInput {
    case sparse(SparseInput)
    case matrix(UnsafePointer<Float>, stride: Int)

    init(_ first: FirstInput, width: Int, worker: Int) {
        switch first {
        case .sparse(let inputs): self = .sparse(inputs[min(worker, inputs.count - 1)])
        case .dense(let inputs): self = .matrix(inputs, stride: width)
        }
    }
}

extension DenseShape {
    func slice(_ block: UnitBlocks.Block, rows: Range<Int>) -> Slice {
        Slice(rows: rows, columns: block.start..<(block.start + block.width), stride: units.stride)
    }

    /// What the activation works on for some rows: all columns, the padding too unless a row's values are looked at
    /// together.
    func activationSlice(rows: Range<Int>) -> Slice {
        Slice(
            rows: rows, columns: 0..<(activation.needsWholeRows ? units.units : units.stride), stride: units.stride)
    }

    /// out (rows, block) = input (rows, inputs) · kernel (inputs, block) + bias (block).
    func multiply(
        _ block: UnitBlocks.Block, rows: Range<Int>, input: LayerInput, parameters: UnsafePointer<Float>,
        into out: UnsafeMutablePointer<Float>
    ) {
        let kernel = parameters + kernelOffset(block)
        let bias = parameters + biasOffset(block)
        switch input {
        case .sparse(let input):
            input.forward(
                rows, units: block.width, kernel: kernel, stride: block.width, bias: bias, into: out + block.start,
                outStride: units.stride)
        case .matrix(let x, let xStride):
            MatrixProducts.forward(
                rows: rows.count, inputs: inputs, width: block.width, x + rows.lowerBound * xStride, stride: xStride,
                kernel, start: bias, into: out + slice(block, rows: rows).offset, stride: units.stride)
        }
    }

    /// dInput (rows, columns) = Σ over blocks of d (rows, block) · kernel (columns, block)ᵀ, blocks in order.
    func backwardInput(
        rows: Range<Int>, columns: Range<Int>, d: UnsafePointer<Float>, parameters: UnsafePointer<Float>,
        into dInput: UnsafeMutablePointer<Float>, stride: Int
    ) {
        for block in units.blocks {
            MatrixProducts.multiplyTransposed(
                rows: rows.count, count: columns.count, width: block.width,
                d + rows.lowerBound * units.stride + block.start, stride: units.stride,
                parameters + kernelOffset(block) + columns.lowerBound * block.width, stride: block.width,
                adds: block.start > 0, into: dInput + rows.lowerBound * stride + columns.lowerBound, stride: stride)
        }
    }

    /// gradient (inputs in `range`, block) = input (rows, range)ᵀ · d (rows, block).
    func backwardKernel(
        _ block: UnitBlocks.Block, range: Range<Int>, rows: Int, input: LayerInput, d: UnsafePointer<Float>,
        into gradient: UnsafeMutablePointer<Float>
    ) {
        switch input {
        case .sparse(let input):
            input.gradient(
                pixels: range, units: block.width, d: d + block.start, stride: units.stride, into: gradient,
                outStride: block.width)
        case .matrix(let x, let xStride):
            MatrixProducts.multiply(
                m: range.count, n: block.width, k: rows, x + range.lowerBound, stride: xStride, transposeA: true,
                d + block.start, stride: units.stride, into: gradient, stride: block.width)
        }
    }
}
