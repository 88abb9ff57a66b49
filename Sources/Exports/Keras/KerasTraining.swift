import Specs

/// How a network is trained, as Keras 3 says it: the one place to change where an optimizer or a loss is added.
enum KerasTraining {
    /// The optimizer with all its settings, defaults too, since these may change between Keras's versions.
    ///
    /// - Parameter stepsPerEpoch: batches of one epoch, which schedules count in.
    static func optimizer(_ training: TrainingConfiguration, stepsPerEpoch: Int) -> PythonCall {
        let optimizer = training.optimizer
        let rate = KerasSchedule(training, stepsPerEpoch: stepsPerEpoch).text
        let call = PythonCall("optimizers." + optimizer.kind.kerasName).with("learning_rate", rate)
        return own(optimizer, call).with(decayOf: optimizer).with(clipping: training.clipping).with(
            averaging: training.averaging)
    }

    private static func own(_ optimizer: Optimizer, _ call: PythonCall) -> PythonCall {
        func betas(_ call: PythonCall, prefix: String = "") -> PythonCall {
            call.with(prefix + "beta_1", optimizer.beta1).with(prefix + "beta_2", optimizer.beta2)
        }
        let nesterov = PythonText.boolean(optimizer.nesterov)
        return switch optimizer.kind {
        case .sgd: call.with("momentum", optimizer.momentum).with("nesterov", nesterov)
        case .rmsprop:
            call.with("rho", optimizer.rho).with("momentum", optimizer.momentum).with("epsilon", optimizer.epsilon)
                .with("centered", PythonText.boolean(optimizer.centered))
        case .adam, .adamw:
            betas(call).with("epsilon", optimizer.epsilon).with("amsgrad", PythonText.boolean(optimizer.amsgrad))
        case .adamax, .nadam, .lamb: betas(call).with("epsilon", optimizer.epsilon)
        case .adagrad:
            call.with("initial_accumulator_value", optimizer.accumulator).with("epsilon", optimizer.epsilon)
        case .adadelta: call.with("rho", optimizer.rho).with("epsilon", optimizer.epsilon)
        case .ftrl:
            call.with("learning_rate_power", optimizer.ratePower)
                .with("initial_accumulator_value", optimizer.accumulator)
        case .lion: betas(call)
        case .muon:
            betas(call, prefix: "adam_").with("epsilon", optimizer.epsilon).with("momentum", optimizer.momentum)
                .with("nesterov", nesterov)
        case .adafactor:
            call.with("beta_2_decay", optimizer.beta2Decay).with("epsilon_1", optimizer.epsilon1)
                .with("epsilon_2", optimizer.epsilon2).with("clip_threshold", optimizer.clipThreshold)
        case .scheduleFreeAdamW:
            betas(call).with("epsilon", optimizer.epsilon).with("warmup_steps", "\(optimizer.warmupSteps)")
        }
    }

    /// The loss of probabilities and one-hot truth.
    static func loss(_ training: TrainingConfiguration) -> PythonCall {
        let loss = training.loss
        return switch loss.kind {
        case .crossentropy: PythonCall("losses.CategoricalCrossentropy").with(smoothing: loss.labelSmoothing)
        case .mse: PythonCall("losses.MeanSquaredError")
        case .focal:
            PythonCall("losses.CategoricalFocalCrossentropy").with("alpha", loss.focalAlpha)
                .with("gamma", loss.focalGamma).with(smoothing: loss.labelSmoothing)
        case .klDivergence: PythonCall("losses.KLDivergence")
        case .hinge: PythonCall("losses.CategoricalHinge")
        }
    }

    /// What `fit` would be given to train alike; empty without callbacks.
    ///
    /// - Parameter stepsPerEpoch: batches of one epoch, which a warm-up counts in.
    static func callbacks(_ training: TrainingConfiguration, stepsPerEpoch: Int) -> [PythonCall] {
        let stopping = training.earlyStopping
        let monitor = PythonText.string(stopping.monitor.rawValue)
        var calls: [PythonCall] = []
        if let patience = stopping.patience {
            calls.append(
                PythonCall("callbacks.EarlyStopping").with("monitor", monitor).with("patience", "\(patience)")
                    .with("min_delta", stopping.minDelta)
                    .with("restore_best_weights", PythonText.boolean(stopping.restoresBest)))
        }
        if let patience = training.plateau.patience,
            let call = KerasSchedule(training, stepsPerEpoch: stepsPerEpoch).plateau
        {
            calls.append(
                call.with("monitor", monitor).with("patience", "\(patience)")
                    .with("factor", training.plateau.factor).with("min_delta", training.plateau.minDelta)
                    .with("cooldown", "\(training.plateau.cooldown)").with("min_lr", training.plateau.minimum))
        }
        return calls
    }

    /// How `fit` would differ from the run; empty where it would not.
    static func shortfalls(_ training: TrainingConfiguration) -> [String] {
        var lines: [String] = []
        if training.augmentation != .none {
            let word = training.augmentation.rawValue
            lines.append(
                "Trainspotter distorted the images anew at every epoch (augment=\(word)): training here does not.")
        }
        if training.optimizer.kind == .scheduleFreeAdamW, training.averaging == nil {
            lines.append(
                "The run ended with the optimizer's average; fit does not: model.optimizer.swap_to_eval() takes it "
                    + "(Keras 3.16 on).")
        }
        return lines
    }

    /// Pixel bytes, (count, pixels), to inputs: the body of the program's `scaled`.
    static func scaling(_ training: TrainingConfiguration) -> [String] {
        switch training.scale {
        case .unit: ["return pixels.astype(\"float32\") / 255"]
        case .raw: ["return pixels.astype(\"float32\")"]
        case .standard:
            [
                "# One mean and one deviation, of all pixels of the training rows.",
                "train = read_idx(folder, \"train-images-idx3-ubyte\")",
                "train = train[: int(len(train) * (1 - \(PythonText.number(training.validation))))]",
                "mean, deviation = train.mean(dtype=\"float64\"), train.std(dtype=\"float64\")",
                "return ((pixels - mean) / (deviation or 1)).astype(\"float32\")",
            ]
        }
    }
}

extension Optimizer.Kind {
    fileprivate var kerasName: String {
        switch self {
        case .sgd: "SGD"
        case .rmsprop: "RMSprop"
        case .adamw: "AdamW"
        case .scheduleFreeAdamW: "ScheduleFreeAdamW"
        default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
        }
    }
}

extension PythonCall {
    /// Left out where both Keras and the optimizer have none.
    fileprivate func with(decayOf optimizer: Optimizer) -> PythonCall {
        if optimizer.weightDecay == 0, Optimizer(optimizer.kind).weightDecay == 0 { return self }
        return with(
            "weight_decay", optimizer.weightDecay == 0 ? "None" : PythonText.number(optimizer.weightDecay))
    }

    fileprivate func with(clipping: GradientClipping?) -> PythonCall {
        switch clipping {
        case nil: self
        case .norm(let bound): with("clipnorm", bound)
        case .globalNorm(let bound): with("global_clipnorm", bound)
        case .value(let bound): with("clipvalue", bound)
        }
    }

    fileprivate func with(averaging: WeightAveraging?) -> PythonCall {
        guard let averaging else { return self }
        return with("use_ema", "True").with("ema_momentum", averaging.momentum)
            .with("ema_overwrite_frequency", averaging.overwriteEvery.map { "\($0)" } ?? "None")
    }

    fileprivate func with(smoothing: Double) -> PythonCall {
        smoothing == 0 ? self : with("label_smoothing", smoothing)
    }
}
