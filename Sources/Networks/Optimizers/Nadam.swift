import Foundation
import Kernels
import Specs

/// Adam with Nesterov's look ahead: with u_t = β1·(1 − ½·0.96ᵗ) and U = ∏ u up to t,
/// m = β1m + (1−β1)g, v = β2v + (1−β2)g², w −= lr·(u_{t+1}·m/(1−U·u_{t+1}) + (1−u_t)·g/(1−U))/(√(v/(1−β2ᵗ))+ε).
/// Dozat, 2016.
struct Nadam: OptimizerRule {
    let settings: Optimizer
    /// U over the steps taken.
    var carried = 1.0

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer(
            "Nadam",
            [
                "beta_1": .number(settings.beta1), "beta_2": .number(settings.beta2),
                "epsilon": .number(settings.epsilon),
            ])
    }

    /// m and v.
    var momentCount: Int { 2 }

    func update(_ step: ComingStep) -> UpdateRule {
        let (now, next) = (momentum(step.number), momentum(step.number + 1))
        let product = carried * now
        return .nadam(
            rate: Float(step.learningRate), past: Float(next / (1 - product * next)),
            present: Float((1 - now) / (1 - product)), grown: Float(1 / step.correction(settings.beta2)),
            beta1: settings.beta1, beta2: settings.beta2, epsilon: Float(settings.epsilon))
    }

    mutating func advance(past number: Int) { carried *= momentum(number) }

    /// u_t.
    private func momentum(_ t: Int) -> Double { settings.beta1 * (1 - 0.5 * pow(0.96, Double(t))) }
}
