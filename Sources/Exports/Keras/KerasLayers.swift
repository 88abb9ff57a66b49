import Specs

/// A network's layers as Keras 3 makes them: the one file to change for a new kind of layer or activation.
///
/// The weights of these layers, in order, are the network's tensors in order, as `set_weights` takes them.
enum KerasLayers {
    static func calls(for spec: ExperimentSpec) -> [PythonCall] {
        let input = PythonCall("layers.Input").with("shape", "(\(spec.network.input.count),)")
        return [input]
            + spec.network.layers.flatMap { layer in
                KerasPart.parts(of: layer).map { call($0, units: layer.output.count, spec.training) }
            }
    }

    private static func call(_ made: KerasPart, units: Int, _ training: TrainingConfiguration) -> PythonCall {
        switch made.part {
        case .dense: activated(dense(units, training), by: made.activation ?? .linear)
        case .batchNormalization: PythonCall("layers.BatchNormalization")
        case .activation(let activation): PythonCall("layers.Activation", [function(activation)])
        case .noise(let deviation): PythonCall("layers.GaussianNoise", [PythonText.number(deviation)])
        case .dropout(let rate): PythonCall("layers.Dropout", [PythonText.number(rate)])
        }
    }

    /// With the regularization and constraints of kernels; Keras's defaults are left out.
    private static func dense(_ units: Int, _ training: TrainingConfiguration) -> PythonCall {
        var call = PythonCall("layers.Dense", ["\(units)"])
        if training.initializer != .glorotUniform {
            call = call.with("kernel_initializer", initializer(training))
        }
        switch (training.l1, training.l2) {
        case (0, 0): break
        case (let l1, 0): call = call.with("kernel_regularizer", PythonCall("regularizers.L1").with("l1", l1).text)
        case (0, let l2): call = call.with("kernel_regularizer", PythonCall("regularizers.L2").with("l2", l2).text)
        case (let l1, let l2):
            call = call.with(
                "kernel_regularizer", PythonCall("regularizers.L1L2").with("l1", l1).with("l2", l2).text)
        }
        if let bound = training.maxNorm {
            call = call.with("kernel_constraint", PythonCall("constraints.MaxNorm").with("max_value", bound).text)
        }
        return call
    }

    /// Keras's own name, or a call where an argument differs from its default.
    private static func initializer(_ training: TrainingConfiguration) -> String {
        let scaling = training.varianceScaling
        guard training.initializer == .varianceScaling, scaling != VarianceScaling() else {
            return PythonText.string(training.initializer.rawValue)
        }
        return PythonCall("initializers.VarianceScaling").with("scale", scaling.scale)
            .with("mode", PythonText.string(scaling.mode.rawValue))
            .with("distribution", PythonText.string(scaling.distribution.rawValue)).text
    }

    private static func activated(_ dense: PythonCall, by activation: Activation) -> PythonCall {
        if activation == .linear { return dense }
        return dense.with("activation", function(activation))
    }

    /// The source of functions that the calls need, and that Keras does not have or has with a fault.
    static func functions(for spec: ExperimentSpec) -> [String] {
        spec.network.hidden.contains { $0.activation.kind == .sparsemax } ? [sparsemax] : []
    }

    /// Keras 3.15 adds the sums of the first values, not the values themselves. Where more than one unit is above the
    /// threshold, its rows become 0.
    private static let sparsemax = """
        @keras.saving.register_keras_serializable("trainspotter")
        def sparsemax(x):
            \"""max(x - cut, 0) with the cut that makes a row's sum 1; keras.activations.sparsemax cuts too much off.\"""
            ordered = -keras.ops.sort(-x, axis=-1)
            ranks = keras.ops.arange(1, x.shape[-1] + 1, dtype=x.dtype)
            counts = keras.ops.cast(1 + ranks * ordered > keras.ops.cumsum(ordered, axis=-1), x.dtype)
            total = keras.ops.sum(ordered * counts, axis=-1, keepdims=True)
            return keras.ops.maximum(x - (total - 1) / keras.ops.sum(counts, axis=-1, keepdims=True), 0.0)

        """

    /// Keras's own name, or a function of it where an argument differs from its default.
    private static func function(_ activation: Activation) -> String {
        if activation.kind == .sparsemax { return "sparsemax" }
        if activation.kind == .geluTanh { return "lambda x: activations.gelu(x, approximate=True)" }
        // Keras's threshold has no defaults.
        if activation == Activation(activation.kind), activation.kind != .threshold {
            return PythonText.string(activation.name)
        }
        var call = PythonCall("activations." + activation.name, ["x"])
        for (name, value) in zip(activation.argumentNames, activation.argumentValues) {
            call = call.with(name, value.map(PythonText.number) ?? "None")
        }
        return "lambda x: " + call.text
    }
}
