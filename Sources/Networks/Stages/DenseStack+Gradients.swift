import Kernels

extension DenseStack {
    /// The kernel's tiles, and last the biases', γ's and β's gradients.
    func forEachTile(
        of block: Int, _ pass: StepPass, worker: Int,
        _ body: (_ range: Range<Int>, _ gradient: UnsafeMutablePointer<Float>, _ isKernel: Bool) -> Void
    ) {
        let (shape, block) = columns(block)
        let tile = places.workers[worker].tile
        let input = layerInput(shape.position, worker: worker)
        let d = places.layers[shape.position].d
        let tileRows = if case .sparse = input { DenseBuffers.sparseTile } else { DenseBuffers.denseTile }
        for start in stride(from: 0, to: shape.inputs, by: tileRows) {
            let rows = start..<min(start + tileRows, shape.inputs)
            shape.backwardKernel(block, range: rows, rows: pass.rows, input: input, d: d, into: tile)
            let place = shape.kernelOffset(block) + start * block.width
            body(place..<(place + rows.count * block.width), tile, true)
        }
        forEachVector(shape, block, pass, worker: worker) { body($0, $1, false) }
    }

    /// Adam's step on a block straight from the layer's input.
    func adam(_ step: FusedAdam, of number: Int, _ pass: StepPass, worker: Int) -> Bool {
        let (shape, block) = columns(number)
        let place = shape.kernelOffset(block)
        let weights = pass.parameters + place
        let moments = step.moments.advanced(by: place)
        let d = places.layers[shape.position].d + block.start
        switch layerInput(shape.position, worker: worker) {
        case .sparse(let bytes):
            guard let moved else { return false }
            bytes.adam(
                step.step, decay: step.decay, units: block.width, d: d, stride: shape.units.stride,
                moved: moved.of(block: grains[number].block), weights: weights, moments: moments)
        case .matrix(let x, let stride):
            if shape.position == 0 { moved?.move(block: grains[number].block) }
            guard MatrixProducts.canFuseAdam(rows: pass.rows, width: block.width) else { return false }
            MatrixProducts.adam(
                step.step, decay: step.decay, inputs: shape.inputs, width: block.width, rows: pass.rows, x,
                stride: stride, d, stride: shape.units.stride, weights: weights, moments: moments)
        }
        step.average?(place..<(place + shape.inputs * block.width))
        forEachVector(shape, block, pass, worker: worker) { range, gradient in
            UpdateRule.adam(step.step).apply(
                count: range.count, weights: pass.parameters + range.lowerBound, gradient: gradient,
                moments: step.moments.advanced(by: range.lowerBound), decay: step.decay)
            step.average?(range)
        }
        return true
    }

    func momentsChanged() { moved?.moveAll() }

    private func columns(_ number: Int) -> (shape: DenseShape, block: UnitBlocks.Block) {
        let shape = shapes[grains[number].position]
        return (shape, shape.units.blocks[grains[number].block])
    }

    /// Forms the gradients of a block's biases, γ and β.
    private func forEachVector(
        _ shape: DenseShape, _ block: UnitBlocks.Block, _ pass: StepPass, worker: Int,
        _ body: (_ range: Range<Int>, _ gradient: UnsafeMutablePointer<Float>) -> Void
    ) {
        let tile = places.workers[worker].tile
        let d = places.layers[shape.position].d
        Elementwise.columnSums(shape.slice(block, rows: 0..<pass.rows), d, into: tile)
        let vector = { index in shape.vectorOffset(index, block)..<(shape.vectorOffset(index, block) + block.width) }
        body(vector(0), tile)
        guard shape.isNormalized, let normalization = buffers.layers[shape.position].normalization else { return }
        body(vector(1), normalization.gammaGradient.pointer + block.start)
        body(vector(2), normalization.betaGradient.pointer + block.start)
    }
}
