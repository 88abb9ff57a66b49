import DataFormats
import Datasets
import Networks
import Specs

/// The training of a network in Keras 3: the one file to change for a new loss. Optimizers have their names in their
/// own files.
enum KerasTraining {
    /// The optimizer with all its settings, even defaults, as these may change between Keras's versions.
    ///
    /// - Parameter stepsPerEpoch: batches of one epoch, the unit of schedules.
    static func optimizer(_ training: TrainingConfiguration, stepsPerEpoch: Int) -> PythonCall {
        let optimizer = training.optimizer
        let rate = KerasSchedule(training, stepsPerEpoch: stepsPerEpoch).text
        let keras = optimizer.keras
        let call = PythonCall("optimizers." + keras.className).with("learning_rate", rate)
        return keras.arguments.reduce(call) { $0.with($1) }.with(decayOf: optimizer).with(clipping: training.clipping)
            .with(averaging: training.averaging)
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

    /// The arguments of `fit` for the same training; empty without callbacks.
    ///
    /// - Parameter stepsPerEpoch: batches of one epoch, the unit of a warm-up.
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

    /// Differences of `fit` to the run; empty where there are none.
    static func shortfalls(_ training: TrainingConfiguration) -> [String] {
        var lines: [String] = []
        if training.drawsImages {
            let drawn = training.inkWidth?.isOne == false ? [.width] : [SpecKey]()
            let words = training.words(of: drawn + SpecKey.augmentation)
            lines.append("Trainspotter distorted the images anew at every epoch (\(words)): training here does not.")
        }
        if let call = training.optimizer.keras.averageCall, training.averaging == nil {
            lines.append("The run ended with the optimizer's average; fit does not: \(call).")
        }
        if let digest = training.distillation.teacher {
            let words = training.words(of: [.temp, .hard])
            lines.append(
                "The run learned from the predictions of the weights \(digest), too\(words.isEmpty ? "" : " (\(words))"): "
                    + "fit learns from the labels alone.")
        }
        if let digest = training.from {
            lines.append("The run began with the weights \(digest), not with new ones, and not with these.")
        }
        return lines
    }

    /// Pixel bytes, (count, pixels), to inputs: the body of the program's `scaled`.
    static func scaling(_ training: TrainingConfiguration, _ reader: PythonReader) -> [String] {
        let isFormed = InkForm(training) != nil
        return switch training.scale {
        case .unit: ["return pixels.astype(\"float32\") / 255"]
        case .raw: ["return pixels.astype(\"float32\")"]
        case .standard:
            [
                "# One mean and one deviation, of all pixels of the training rows.",
                "train = \(isFormed ? "formed(\(reader.trainImages))" : reader.trainImages)",
                KerasSplit(training).trainingRows(reader),
                "mean, deviation = train.mean(dtype=\"float64\"), train.std(dtype=\"float64\")",
                "return ((pixels - mean) / (deviation or 1)).astype(\"float32\")",
            ]
        }
    }
}

extension PythonCall {
    fileprivate func with(_ argument: KerasOptimizer.Argument) -> PythonCall {
        switch argument.value {
        case .number(let value): with(argument.name, value)
        case .whole(let value): with(argument.name, "\(value)")
        case .flag(let value): with(argument.name, PythonText.boolean(value))
        }
    }

    /// Left out where neither Keras nor the optimizer has one.
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
