import Kernels
import Specs

/// v = ρv + (1−ρ)g², u = lr·g/√(v+ε), w −= u. Centered takes the variance v − m² with m = ρm + (1−ρ)g; with momentum μ
/// what is subtracted is s = μs + u.
struct RMSprop: OptimizerRule {
    let settings: Optimizer

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer(
            "RMSprop",
            [
                "rho": .number(settings.rho), "momentum": .number(settings.momentum),
                "epsilon": .number(settings.epsilon), "centered": .flag(settings.centered),
            ])
    }

    /// v; m, where it is centered; s, where there is momentum.
    var momentCount: Int { 1 + (settings.centered ? 1 : 0) + (settings.momentum > 0 ? 1 : 0) }

    func update(_ step: ComingStep) -> UpdateRule {
        .rmsprop(
            rate: Float(step.learningRate), rho: settings.rho, epsilon: Float(settings.epsilon),
            centered: settings.centered, momentum: Float(settings.momentum))
    }
}
