import Kernels
import Specs

/// Follow the regularized leader: with a' = a + g² and p the power, z += g − (a'^−p − a^−p)/lr·w,
/// w = −z/(a'^−p/lr), a = a'. Keras's, without its penalties. McMahan and others, 2013.
struct Ftrl: OptimizerRule {
    let settings: Optimizer

    init(_ settings: Optimizer) { self.settings = settings }

    var keras: KerasOptimizer {
        KerasOptimizer(
            "Ftrl",
            [
                "learning_rate_power": .number(settings.ratePower),
                "initial_accumulator_value": .number(settings.accumulator),
            ])
    }

    /// a and z.
    var momentCount: Int { 2 }
    var firstMoment: Float { Float(settings.accumulator) }

    /// It divides by the rate: a step at rate 0, as at the start of a warm-up, leaves everything as it is.
    func isIdle(learningRate: Double) -> Bool { learningRate == 0 }

    func update(_ step: ComingStep) -> UpdateRule {
        .ftrl(rate: Float(step.learningRate), power: Float(settings.ratePower))
    }
}
