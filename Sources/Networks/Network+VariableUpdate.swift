import Kernels

/// The step of optimizers that need a variable's whole gradient first: clipping by norms, Lamb, Muon and Adafactor.
/// Gradients go to an array of the parameters' layout; every sum is made range by range and then in the ranges' order,
/// so that no bit depends on the number of threads.
extension Network {
    func updateVariables(rows: Int, input: FirstInput) {
        let gradients = optimizer.gradients.pointer
        forEachBlock(rows: rows) { shape, number, worker in
            formGradient(shape, number, rows: rows, input: input, worker: worker) { range, gradient in
                (gradients + range.lowerBound).update(from: gradient, count: range.count)
            }
        }
        clip()
        let steps = variableSteps()
        forEachRange { variable, number, range in
            let step = steps[variable]
            step.rule.apply(
                count: range.count, weights: parameters.pointer + range.lowerBound,
                gradient: gradients + range.lowerBound, moments: optimizer.moments(at: range.lowerBound),
                decay: step.decay)
            optimizer.average(parameters.pointer, range: range)
            if optimizer.variables[variable].isKernel {
                let shape = layout.layers[optimizer.variables[variable].layer]
                constrain(shape, shape.units.blocks[number])
            }
        }
    }

    /// Calls `body` with every range of every variable, divided among the workers.
    func forEachRange(_ body: (_ variable: Int, _ number: Int, _ range: Range<Int>) -> Void) {
        let variables = optimizer.variables
        let grains = variables.map(\.ranges.count).max() ?? 0
        let cost = PhaseCost.update(parameters: layout.count)
        pool.run(inParallel: PhaseCost.isWorthSharing(cost, grains: grains)) { worker in
            for (index, variable) in variables.enumerated() {
                for number in pool.share(of: variable.ranges.count, worker: worker) {
                    body(index, number, variable.ranges[number])
                }
            }
        }
    }

    /// Σx² of each variable's part of a flat array, in double precision.
    func squares(_ values: UnsafePointer<Float>) -> [Double] {
        let variables = optimizer.variables
        let most = variables.map(\.ranges.count).max() ?? 0
        let parts = AlignedBuffer<Double>(count: variables.count * most)
        forEachRange { variable, number, range in
            parts.pointer[variable * most + number] = Elementwise.sumOfSquares(
                values + range.lowerBound, count: range.count)
        }
        return variables.indices.map { index in
            variables[index].ranges.indices.reduce(0) { $0 + parts.pointer[index * most + $1] }
        }
    }

    /// Scales the gradients down to the bound of their norm, or of all norms together. A norm that is NaN makes every
    /// gradient NaN, so that the run ends at once.
    private func clip() {
        let factors: [Double]
        switch optimizer.clipping {
        case .norm(let bound):
            factors = squares(optimizer.gradients.pointer).map { Self.factor(norm: $0.squareRoot(), bound: bound) }
        case .globalNorm(let bound):
            let all = squares(optimizer.gradients.pointer).reduce(0, +).squareRoot()
            factors = optimizer.variables.map { _ in Self.factor(norm: all, bound: bound) }
        case .value, nil: return
        }
        guard factors.contains(where: { $0 != 1 }) else { return }
        let gradients = optimizer.gradients.pointer
        forEachRange { variable, _, range in
            OptimizerKernels.scale(count: range.count, gradients + range.lowerBound, by: Float(factors[variable]))
        }
    }

    private static func factor(norm: Double, bound: Double) -> Double {
        guard norm.isFinite else { return .nan }
        return norm > bound ? bound / norm : 1
    }

    /// Updates each variable with what `gradients` then holds: its gradient, or the direction of Lamb, Muon or
    /// Adafactor.
    private func variableSteps() -> [VariableStep] {
        if let factored = optimizer.factored { return adafactorSteps(factored) }
        switch optimizer.optimizer.kind {
        case .lamb: return lambSteps()
        case .muon: return muonSteps()
        default:
            let rule = optimizer.rule(learningRate: learningRate)
            return optimizer.variables.map {
                VariableStep(rule: rule, decay: optimizer.decay(learningRate: learningRate, of: $0))
            }
        }
    }

    /// Lamb's rate is scaled by ‖w‖/‖u‖ of each variable, w decayed already, or by 1 where either is 0.
    private func lambSteps() -> [VariableStep] {
        let settings = optimizer.optimizer
        let decay = optimizer.decay(learningRate: learningRate)
        let corrections = optimizer.corrections
        let gradients = optimizer.gradients.pointer
        forEachRange { _, _, range in
            OptimizerKernels.lambDirection(
                count: range.count, weights: parameters.pointer + range.lowerBound,
                gradient: gradients + range.lowerBound, moments: optimizer.moments(at: range.lowerBound), decay: decay,
                corrections: corrections, betas: (settings.beta1, settings.beta2), epsilon: Float(settings.epsilon))
        }
        return zip(squares(parameters.pointer), squares(gradients)).map { weights, directions in
            // Written so that a direction that is NaN stays NaN.
            let ratio = weights == 0 || directions == 0 ? 1 : (weights / directions).squareRoot()
            return VariableStep(rule: .sgd(rate: Float(ratio * learningRate)), decay: 0)
        }
    }

    /// Kernels follow the orthogonalized momentum, with the rate times 0.2·√max(rows, columns); vectors are updated by
    /// Adam.
    private func muonSteps() -> [VariableStep] {
        let settings = optimizer.optimizer
        let gradients = optimizer.gradients.pointer
        forEachRange { variable, _, range in
            guard optimizer.variables[variable].isKernel else { return }
            OptimizerKernels.muonMomentum(
                count: range.count, gradient: gradients + range.lowerBound,
                moments: optimizer.moments(at: range.lowerBound), momentum: Float(settings.momentum),
                nesterov: settings.nesterov)
        }
        let norms = squares(gradients)
        let adam = optimizer.rule(learningRate: learningRate)
        return optimizer.variables.enumerated().map { index, variable in
            let decay = optimizer.decay(learningRate: learningRate, of: variable)
            guard case .kernel(let rows, let columns) = variable.role else {
                return VariableStep(rule: adam, decay: decay)
            }
            optimizer.orthogonalization.apply(
                to: gradients, layout.layers[variable.layer], norm: norms[index].squareRoot(), pool: pool)
            let scale = 0.2 * Double(max(rows, columns)).squareRoot()
            return VariableStep(rule: .sgd(rate: Float(learningRate * scale)), decay: decay)
        }
    }
}
