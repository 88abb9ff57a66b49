import Kernels
import Specs

/// m = β1m + (1−β1)g, v = β2v + (1−β2)g², w −= lr·√(1−β2ᵗ)/(1−β1ᵗ)·m/(√v+ε); AMSGrad takes the greatest v so far.
/// Kingma and Ba, 2015; Reddi and others, 2018.
struct Adam: OptimizerRule {
    let settings: Optimizer

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer { keras("Adam") }

    /// m and v; with AMSGrad the greatest v.
    var momentCount: Int { settings.amsgrad ? 3 : 2 }

    /// Made at once with a kernel's gradient where nothing else looks at it: see `Network.fusedAdam`.
    func update(_ step: ComingStep) -> UpdateRule {
        let corrections = corrections(step)
        let values = AdamStep(
            correctedRate: Float(step.learningRate * corrections.second.squareRoot() / corrections.first),
            beta1: settings.beta1, beta2: settings.beta2, epsilon: Float(settings.epsilon))
        return settings.amsgrad ? .amsgrad(values) : .adam(values)
    }

    /// Also what AdamW is called with.
    func keras(_ className: String) -> KerasOptimizer {
        KerasOptimizer(
            className,
            [
                "beta_1": .number(settings.beta1), "beta_2": .number(settings.beta2),
                "epsilon": .number(settings.epsilon), "amsgrad": .flag(settings.amsgrad),
            ])
    }
}
