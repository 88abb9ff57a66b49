import Kernels

extension Network {
    /// Every layer's gradients and the optimizer's step, in Keras's order: clipping, decoupled decay, update, average
    /// of the weights, max-norm.
    func update(rows: Int, input: FirstInput) {
        if !optimizer.rule.isIdle(learningRate: learningRate) {
            if optimizer.needsWholeGradients {
                updateVariables(rows: rows, input: input)
            } else {
                updateTiles(rows: rows, input: input)
            }
        }
        optimizer.advance()
    }

    /// One phase: a worker forms a tile of a block's gradient and applies it at once, so that gradients never leave
    /// its cache.
    private func updateTiles(rows: Int, input: FirstInput) {
        // Looked up once: a tile takes about a microsecond.
        let rule = optimizer.rule.update(optimizer.comingStep(learningRate: learningRate))
        let decay = Float(learningRate * optimizer.rule.settings.weightDecay)
        let weights = parameters.pointer
        let moments = optimizer.moments(at: 0)
        let isAveraged = optimizer.averages != nil
        let fused = fusedAdam(rule)
        forEachBlock(rows: rows) { shape, number, worker in
            if let fused, applyAdam(fused, decay: decay, shape, number, rows: rows, input: input, worker: worker) {
                return
            }
            formGradient(shape, number, rows: rows, input: input, worker: worker) { range, gradient in
                rule.apply(
                    count: range.count, weights: weights + range.lowerBound, gradient: gradient,
                    moments: moments.advanced(by: range.lowerBound), decay: decay)
                if isAveraged { optimizer.average(weights, range: range) }
            }
            constrain(shape, shape.units.blocks[number])
        }
    }

    /// Adam's step where it can be made on a kernel without forming its gradient first: nothing else looks at that
    /// gradient or at the new weights.
    private func fusedAdam(_ rule: UpdateRule) -> AdamStep? {
        guard case .adam(let step) = rule, optimizer.clipping == nil, optimizer.averages == nil, !hasPenalty else {
            return nil
        }
        return step
    }

    /// Adam's step on a block straight from the layer's input; false where the block's shape has no such way.
    private func applyAdam(
        _ step: AdamStep, decay: Float, _ shape: DenseShape, _ number: Int, rows: Int, input: FirstInput, worker: Int
    ) -> Bool {
        let block = shape.units.blocks[number]
        let weights = parameters.pointer + shape.kernelOffset(block)
        let moments = optimizer.moments(at: shape.kernelOffset(block))
        let d = buffers.layers[shape.index].d.pointer + block.start
        switch layerInput(shape.index, first: input, worker: worker) {
        case .sparse(let bytes):
            bytes.adam(
                step, decay: decay, units: block.width, d: d, stride: shape.units.stride,
                moved: optimizer.movedRows(number), weights: weights, moments: moments)
        case .matrix(let x, let stride):
            guard MatrixProducts.canFuseAdam(rows: rows, width: block.width) else { return false }
            if shape.index == 0 { optimizer.moveRows(number) }
            MatrixProducts.adam(
                step, decay: decay, inputs: shape.inputs, width: block.width, rows: rows, x, stride: stride, d,
                stride: shape.units.stride, weights: weights, moments: moments)
        }
        forEachVector(shape, block, rows: rows, worker: worker) { range, gradient in
            UpdateRule.adam(step).apply(
                count: range.count, weights: parameters.pointer + range.lowerBound, gradient: gradient,
                moments: optimizer.moments(at: range.lowerBound), decay: decay)
        }
        constrain(shape, block)
        return true
    }

    /// Deals the blocks of all layers out to the workers, for work that forms gradients.
    func forEachBlock(rows: Int, _ body: (_ shape: DenseShape, _ block: Int, _ worker: Int) -> Void) {
        let shareable = layout.layers.filter { $0.units.blocks.count > 1 }
        let floats = shareable.reduce(0) { $0 + $1.floats }
        let cost = PhaseCost.update(parameters: floats) + PhaseCost.products(rows * floats) / 4
        pool.run(inParallel: PhaseCost.isWorthSharing(cost, grains: 2 * shareable.count)) { worker in
            for (layer, block) in updateShares[worker] { body(layout.layers[layer], block, worker) }
        }
    }

    /// Forms a block's gradient tile by tile, clipped where each value is, and sums its penalty at the weights before
    /// the step.
    func formGradient(
        _ shape: DenseShape, _ number: Int, rows: Int, input: FirstInput, worker: Int,
        _ body: (_ range: Range<Int>, _ gradient: UnsafePointer<Float>) -> Void
    ) {
        let sums = buffers.penalties[shape.index].pointer
        sums[number] = 0
        if shape.index == 0 { optimizer.moveRows(number) }
        let hasPenalty = hasPenalty
        let bound: Float? = if case .value(let bound) = optimizer.clipping { Float(bound) } else { nil }
        forEachTile(shape, shape.units.blocks[number], rows: rows, input: input, worker: worker) {
            range, gradient, isKernel in
            if isKernel, hasPenalty { sums[number] += penalty(range) }
            if let bound { OptimizerKernels.clip(count: range.count, gradient, to: bound) }
            body(range, gradient)
        }
    }

    /// Max-norm on a block of a kernel.
    func constrain(_ shape: DenseShape, _ block: UnitBlocks.Block) {
        guard let bound = optimizer.maxNorm else { return }
        OptimizerKernels.maxNorm(
            rows: shape.inputs, width: block.width, parameters.pointer + shape.kernelOffset(block), bound: bound)
    }
}

/// The step for what needs a variable's whole gradient first: clipping by norms, Lamb, Muon and Adafactor. Gradients go to
/// an array of the parameters' layout.
extension Network {
    private func updateVariables(rows: Int, input: FirstInput) {
        let gradients = optimizer.gradients.pointer
        forEachBlock(rows: rows) { shape, number, worker in
            formGradient(shape, number, rows: rows, input: input, worker: worker) { range, gradient in
                (gradients + range.lowerBound).update(from: gradient, count: range.count)
            }
        }
        let pass = VariablePass(
            variables: optimizer.variables, weights: parameters.pointer, gradients: gradients,
            moments: optimizer.moments(at: 0), step: optimizer.comingStep(learningRate: learningRate), pool: pool)
        pass.clip(optimizer.clipping)
        let steps = optimizer.rule.steps(pass)
        pass.forEachRange { variable, number, range in
            let step = steps[variable]
            step.rule.apply(
                count: range.count, weights: pass.weights + range.lowerBound, gradient: gradients + range.lowerBound,
                moments: pass.moments.advanced(by: range.lowerBound), decay: step.decay)
            optimizer.average(pass.weights, range: range)
            if pass.variables[variable].isKernel {
                let shape = layout.layers[pass.variables[variable].layer]
                constrain(shape, shape.units.blocks[number])
            }
        }
    }
}
