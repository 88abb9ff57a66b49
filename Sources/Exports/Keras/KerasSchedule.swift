import Specs

/// A learning rate in Keras 3: a number, one of its schedules, or a schedule class of the program's own.
struct KerasSchedule {
    private let training: TrainingConfiguration
    private let stepsPerEpoch: Int

    init(_ training: TrainingConfiguration, stepsPerEpoch: Int) {
        self.training = training
        self.stepsPerEpoch = stepsPerEpoch
    }

    /// The expression for the optimizer's `learning_rate`.
    var text: String {
        isWarmedUp && !isReduced ? warmUp.text : call?.text ?? PythonText.number(training.learningRate)
    }

    /// The source of the classes in the expression that Keras does not have.
    var classes: [String] {
        (isWarmedUp ? [isReduced ? KerasPlateau.source : Self.warmUpClass] : [])
            + (schedule.kind == .oneCycle ? [Self.oneCycleClass] : [])
    }

    private var schedule: LearningRateSchedule { training.schedule }
    private var warmupSteps: Int {
        SpecKey.warmup.isUsed(in: training) ? Int((schedule.warmup * Double(stepsPerEpoch)).rounded()) : 0
    }
    private var steps: Int { training.epochs * stepsPerEpoch }
    private var rest: Int { max(1, steps - warmupSteps) }
    /// Keras has a warm-up only in its cosine schedule.
    private var isWarmedUp: Bool { warmupSteps > 0 && schedule.kind != .cosine }

    /// The rate is reduced on a plateau: then only a warm-up is a schedule.
    private var isReduced: Bool { training.plateau.patience != nil }

    /// The callback that reduces the rate on a plateau, without its monitor; nil where none does.
    var plateau: PythonCall? {
        guard isReduced else { return nil }
        guard isWarmedUp else { return PythonCall("callbacks.ReduceLROnPlateau") }
        return PythonCall(KerasPlateau.name).with("rate", training.learningRate).with("steps", "\(warmupSteps)")
    }

    private var call: PythonCall? {
        switch schedule.kind {
        case .constant: nil
        case .oneCycle: oneCycle
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

    // MARK: - What Keras has no schedule for

    private var warmUp: PythonCall {
        PythonCall("WarmUp").with("rate", training.learningRate).with("steps", "\(warmupSteps)")
            .with("schedule", call?.text ?? PythonText.number(training.learningRate))
    }

    private var oneCycle: PythonCall {
        let start = training.learningRate / schedule.startDivisor
        return PythonCall("OneCycle").with("peak", training.learningRate).with("start", start)
            .with("end", start / schedule.endDivisor).with("turn", schedule.rise * Double(steps) - 1)
            .with("last", "\(steps - 1)")
    }

    private static let warmUpClass = """
        @keras.saving.register_keras_serializable("trainspotter")
        class WarmUp(optimizers.schedules.LearningRateSchedule):
            \"""A rate that rises from 0 in a line over some steps, and then follows a schedule from its first step, or stays.\"""

            def __init__(self, rate, steps, schedule):
                self.rate, self.steps, self.schedule = rate, steps, schedule

            def __call__(self, step):
                step = keras.ops.cast(step, "float32")
                after = self.schedule
                if callable(after):
                    after = after(keras.ops.maximum(step - self.steps, 0.0))
                return keras.ops.where(step < self.steps, self.rate * step / self.steps, after)

            def get_config(self):
                schedule = self.schedule
                if callable(schedule):
                    schedule = keras.saving.serialize_keras_object(schedule)
                return {"rate": self.rate, "steps": self.steps, "schedule": schedule}

            @classmethod
            def from_config(cls, config):
                if isinstance(config["schedule"], dict):
                    config = config | {"schedule": keras.saving.deserialize_keras_object(config["schedule"])}
                return cls(**config)

        """

    private static let oneCycleClass = """
        @keras.saving.register_keras_serializable("trainspotter")
        class OneCycle(optimizers.schedules.LearningRateSchedule):
            \"""A rate that rises to its peak at the step `turn`, and falls to its end at the step `last`, along half cosines.\"""

            def __init__(self, peak, start, end, turn, last):
                self.peak, self.start, self.end, self.turn, self.last = peak, start, end, turn, last

            def __call__(self, step):
                step = keras.ops.minimum(keras.ops.cast(step, "float32"), float(self.last))
                falling = self.anneal(self.peak, self.end, (step - self.turn) / (self.last - self.turn))
                if self.turn <= 0:
                    return falling
                return keras.ops.where(step <= self.turn, self.anneal(self.start, self.peak, step / self.turn), falling)

            @staticmethod
            def anneal(first, last, share):
                return last + (first - last) * 0.5 * (1 + keras.ops.cos(np.pi * share))

            def get_config(self):
                return {
                    "peak": self.peak, "start": self.start, "end": self.end, "turn": self.turn, "last": self.last
                }

        """
}
