import Kernels
import Specs

/// y = β1x + (1−β1)z is trained, z goes by the gradient at y, z −= lr·g/(√(v/(1−β2ᵗ))+ε), and x is the mean of all z. The
/// run ends with x. Defazio and others, 2024.
struct ScheduleFreeAdamW: OptimizerRule {
    let settings: Optimizer

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer(
            "ScheduleFreeAdamW",
            [
                "beta_1": .number(settings.beta1), "beta_2": .number(settings.beta2),
                "epsilon": .number(settings.epsilon), "warmup_steps": .whole(settings.warmupSteps),
            ], averageCall: "model.optimizer.swap_to_eval() takes it (Keras 3.16 on)")
    }

    /// z and v.
    var momentCount: Int { 2 }

    /// Two networks were timed beside Adam, in processor time of one thread, half of which is taken.
    var extraSecondsPerWeight: Double { 1.4e-10 }

    func update(_ step: ComingStep) -> UpdateRule {
        let t = Double(step.number)
        let risen = settings.warmupSteps > 0 ? min(1, t / Double(settings.warmupSteps)) : 1
        return .scheduleFree(
            rate: Float(step.learningRate * risen), beta1: Float(settings.beta1), beta2: settings.beta2,
            epsilon: Float(settings.epsilon), grown: Float(1 / step.correction(settings.beta2)), share: Float(1 / t),
            starts: step.number == 1)
    }

    /// x = z + (y − z)/β1, as Keras's `swap_to_eval` has it.
    func takeAverage(_ weights: AlignedBuffer<Float>, moments: [AlignedBuffer<Float>]) -> Bool {
        let beta = Float(settings.beta1)
        let (y, z) = (weights.pointer, moments[0].pointer)
        for place in 0..<weights.count { y[place] = z[place] + (y[place] - z[place]) / beta }
        return true
    }
}
