import Neural

/// A learning rate as Keras 3 takes it: a number, or one of its schedules.
struct KerasSchedule {
    private let training: TrainingConfiguration
    private let stepsPerEpoch: Int

    init(_ training: TrainingConfiguration, stepsPerEpoch: Int) {
        self.training = training
        self.stepsPerEpoch = stepsPerEpoch
    }

    /// The expression for the optimizer's `learning_rate`.
    var text: String { call?.text ?? PythonText.number(training.learningRate) }

    /// Why the expression is not all of the schedule: what Keras has no schedule for; nil where it is.
    var shortfall: String? {
        if schedule.kind == .oneCycle { return "Keras has no one_cycle schedule: training here keeps the rate." }
        if schedule.kind != .cosine, schedule.warmup > 0 {
            return "Keras warms up with its cosine schedule only: training here starts at the full rate."
        }
        return nil
    }

    private var schedule: LearningRateSchedule { training.schedule }
    private var warmupSteps: Int { Int((schedule.warmup * Double(stepsPerEpoch)).rounded()) }
    private var rest: Int { max(1, training.epochs * stepsPerEpoch - warmupSteps) }

    private var call: PythonCall? {
        switch schedule.kind {
        case .constant, .oneCycle: nil
        case .exponential: decay("ExponentialDecay")
        case .inverseTime: decay("InverseTimeDecay")
        case .piecewise:
            make("PiecewiseConstantDecay").with("boundaries", PythonText.list(schedule.boundaries.map { "\($0)" }))
                .with("values", PythonText.list(schedule.rates.map(PythonText.number)))
        case .polynomial:
            steps(start(make("PolynomialDecay")), rest).with("end_learning_rate", schedule.end)
                .with("power", schedule.power).with("cycle", PythonText.boolean(schedule.cycle))
        case .cosine: cosine
        case .cosineRestarts:
            start(make("CosineDecayRestarts"))
                .with("first_decay_steps", "\(schedule.decaySteps ?? stepsPerEpoch)")
                .with("t_mul", schedule.periodFactor).with("m_mul", schedule.peakFactor).with("alpha", schedule.alpha)
        }
    }

    private var cosine: PythonCall {
        let call = make("CosineDecay")
        guard warmupSteps > 0 else { return steps(start(call), rest).with("alpha", schedule.alpha) }
        return steps(call.with("initial_learning_rate", 0), rest).with("alpha", schedule.alpha)
            .with("warmup_target", training.learningRate).with("warmup_steps", "\(warmupSteps)")
    }

    private func decay(_ name: String) -> PythonCall {
        steps(start(make(name)), stepsPerEpoch).with("decay_rate", schedule.decayRate)
            .with("staircase", PythonText.boolean(schedule.staircase))
    }

    private func make(_ name: String) -> PythonCall { PythonCall("optimizers.schedules." + name) }

    private func start(_ call: PythonCall) -> PythonCall {
        call.with("initial_learning_rate", training.learningRate)
    }

    private func steps(_ call: PythonCall, _ standard: Int) -> PythonCall {
        call.with("decay_steps", "\(schedule.decaySteps ?? standard)")
    }
}
