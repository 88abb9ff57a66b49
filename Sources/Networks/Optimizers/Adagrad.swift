import Kernels
import Specs

/// s += g², w −= lr·g/√(s+ε). Duchi, Hazan and Singer, 2011.
struct Adagrad: OptimizerRule {
    let settings: Optimizer

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer(
            "Adagrad",
            ["initial_accumulator_value": .number(settings.accumulator), "epsilon": .number(settings.epsilon)])
    }

    /// s.
    var momentCount: Int { 1 }
    var firstMoment: Float { Float(settings.accumulator) }

    func update(_ step: ComingStep) -> UpdateRule {
        .adagrad(rate: Float(step.learningRate), epsilon: Float(settings.epsilon))
    }
}
