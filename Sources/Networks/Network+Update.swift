import Kernels

extension Network {
    /// Every layer's gradients and the optimizer's step, in Keras's order: clipping, decoupled decay, update, average
    /// of the weights, max-norm.
    func update(_ pass: StepPass) {
        if !optimizer.rule.isIdle(learningRate: learningRate) {
            if optimizer.needsWholeGradients {
                updateVariables(pass)
            } else {
                updateTiles(pass)
            }
        }
        optimizer.advance()
    }

    /// One phase: a worker forms a tile of a block's gradient and applies it at once, so that gradients never leave
    /// its cache.
    private func updateTiles(_ pass: StepPass) {
        // Looked up once: a tile takes about a microsecond.
        let rule = optimizer.rule.update(optimizer.comingStep(learningRate: learningRate))
        let decay = Float(learningRate * optimizer.rule.settings.weightDecay)
        let weights = parameters.pointer
        let moments = optimizer.moments(at: 0)
        let isAveraged = optimizer.averages != nil
        let fused = fusedAdam(rule, decay: decay)
        if fused == nil { momentsChanged() }
        // Each look into a stage's blocks counts references, which the workers share.
        let isConstrained = optimizer.maxNorm != nil
        updateShares.forEachBlock(pool, rows: pass.rows) { item, worker in
            let stage = stages[item.stage]
            if let fused, stage.adam(fused, of: item.block, pass, worker: worker) {
                if isConstrained { constrain(stage.blocks[item.block]) }
                return
            }
            formGradient(item, pass, worker: worker) { range, gradient in
                rule.apply(
                    count: range.count, weights: weights + range.lowerBound, gradient: gradient,
                    moments: moments.advanced(by: range.lowerBound), decay: decay)
                if isAveraged { optimizer.average(weights, range: range) }
            }
            constrain(stage.blocks[item.block])
        }
    }

    /// Adam's step where it can be made on a kernel without forming its gradient first: nothing else looks at that
    /// gradient.
    private func fusedAdam(_ rule: UpdateRule, decay: Float) -> FusedAdam? {
        guard case .adam(let step) = rule, optimizer.clipping == nil, !hasPenalty else { return nil }
        let weights = parameters.pointer
        let average: ((Range<Int>) -> Void)? =
            optimizer.averages == nil ? nil : { [optimizer] in optimizer.average(weights, range: $0) }
        return FusedAdam(step: step, decay: decay, moments: optimizer.moments(at: 0), average: average)
    }

    /// Says to the stages that any moment may be other than 0.
    func momentsChanged() {
        for stage in stages { stage.momentsChanged() }
    }

    /// Forms a block's gradient tile by tile, clipped where each value is, and sums its penalty at the weights before
    /// the step.
    private func formGradient(
        _ item: UpdateShares.Item, _ pass: StepPass, worker: Int,
        _ body: (_ range: Range<Int>, _ gradient: UnsafePointer<Float>) -> Void
    ) {
        let sum = penalties.pointer + item.number
        sum.pointee = 0
        let hasPenalty = hasPenalty
        let bound: Float? = if case .value(let bound) = optimizer.clipping { Float(bound) } else { nil }
        forEachTile(stages[item.stage], item.block, pass, worker: worker) { range, gradient, isKernel in
            if isKernel, hasPenalty { sum.pointee += penalty(range) }
            if let bound { OptimizerKernels.clip(count: range.count, gradient, to: bound) }
            body(range, gradient)
        }
    }

    /// Max-norm on a block of a kernel.
    private func constrain(_ block: ParameterBlock) {
        guard let bound = optimizer.maxNorm else { return }
        constrain(block.kernel, rows: block.rows, width: block.width, to: bound)
    }

    private func constrain(_ kernel: Range<Int>, rows: Int, width: Int, to bound: Float) {
        OptimizerKernels.maxNorm(rows: rows, width: width, parameters.pointer + kernel.lowerBound, bound: bound)
    }
}

/// The step for what needs a variable's whole gradient first: clipping by norms, Lamb, Muon and Adafactor. Gradients go to
/// an array of the parameters' layout.
extension Network {
    private func updateVariables(_ step: StepPass) {
        momentsChanged()
        let gradients = optimizer.gradients.pointer
        updateShares.forEachBlock(pool, rows: step.rows) { item, worker in
            formGradient(item, step, worker: worker) { range, gradient in
                (gradients + range.lowerBound).update(from: gradient, count: range.count)
            }
        }
        let pass = VariablePass(
            variables: optimizer.variables, weights: parameters.pointer, gradients: gradients,
            moments: optimizer.moments(at: 0), step: optimizer.comingStep(learningRate: learningRate), pool: pool)
        pass.clip(optimizer.clipping)
        let steps = optimizer.rule.steps(pass)
        pass.forEachRange { number, block, range in
            let step = steps[number]
            step.rule.apply(
                count: range.count, weights: pass.weights + range.lowerBound, gradient: gradients + range.lowerBound,
                moments: pass.moments.advanced(by: range.lowerBound), decay: step.decay)
            optimizer.average(pass.weights, range: range)
            let variable = pass.variables[number]
            if variable.isKernel, let bound = optimizer.maxNorm {
                constrain(range, rows: variable.rows, width: variable.width(ofBlock: block), to: bound)
            }
        }
    }
}
