import Kernels
import Specs

/// Plain descent, w −= lr·g; with momentum μ: v = μv − lr·g, w += v, or with Nesterov w += μv − lr·g.
struct SGD: OptimizerRule {
    let settings: Optimizer

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer("SGD", ["momentum": .number(settings.momentum), "nesterov": .flag(settings.nesterov)])
    }

    /// v, where there is momentum.
    var momentCount: Int { settings.momentum == 0 ? 0 : 1 }

    func update(_ step: ComingStep) -> UpdateRule {
        let rate = Float(step.learningRate)
        guard settings.momentum != 0 else { return .sgd(rate: rate) }
        return .momentum(rate: rate, momentum: Float(settings.momentum), nesterov: settings.nesterov)
    }
}
