import Neural

/// How a network is trained, as Keras 3 says it: the one place to change where an optimizer, a loss or a schedule is
/// added.
enum KerasTraining {
    /// The optimizer with all its settings, defaults too, since these may change between Keras's versions.
    static func optimizer(_ training: TrainingConfiguration) -> PythonCall {
        func call(_ name: String) -> PythonCall {
            PythonCall("optimizers." + name).with("learning_rate", learningRate(training))
        }
        switch training.optimizer {
        case .sgd(let momentum, let nesterov):
            return call("SGD").with("momentum", momentum).with("nesterov", PythonText.boolean(nesterov))
        case .rmsprop(let rho, let epsilon):
            return call("RMSprop").with("rho", rho).with("epsilon", epsilon)
        case .adam(let beta1, let beta2, let epsilon):
            return call("Adam").with("beta_1", beta1).with("beta_2", beta2).with("epsilon", epsilon)
        case .adamw(let beta1, let beta2, let epsilon, let weightDecay):
            return call("AdamW").with("beta_1", beta1).with("beta_2", beta2).with("epsilon", epsilon)
                .with("weight_decay", weightDecay)
        }
    }

    /// The loss of probabilities and one-hot truth.
    static func loss(_ training: TrainingConfiguration) -> PythonCall { PythonCall("losses.CategoricalCrossentropy") }

    /// A number; a schedule is an expression in its place.
    private static func learningRate(_ training: TrainingConfiguration) -> String {
        PythonText.number(training.learningRate)
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
