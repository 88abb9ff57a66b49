import Kernels
import Specs

/// a = ρa + (1−ρ)g², Δ = g·√(s+ε)/√(a+ε), s = ρs + (1−ρ)Δ², w −= lr·Δ. Zeiler, 2012.
struct Adadelta: OptimizerRule {
    let settings: Optimizer

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer("Adadelta", ["rho": .number(settings.rho), "epsilon": .number(settings.epsilon)])
    }

    /// a and s.
    var momentCount: Int { 2 }

    func update(_ step: ComingStep) -> UpdateRule {
        .adadelta(rate: Float(step.learningRate), rho: settings.rho, epsilon: Float(settings.epsilon))
    }
}
