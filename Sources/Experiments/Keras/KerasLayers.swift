import Neural

/// A network's layers as Keras 3 makes them: the one place to change where a kind of layer or an activation is added.
///
/// The weights of these layers, in order, are the network's tensors in order: what `set_weights` takes.
enum KerasLayers {
    static func calls(for spec: ExperimentSpec) -> [PythonCall] {
        var calls = [PythonCall("layers.Input").with("shape", "(\(spec.network.inputs),)")]
        for layer in spec.network.hidden {
            calls.append(activated(dense(layer.units, spec.training), by: layer.activation))
            if layer.dropout > 0 { calls.append(PythonCall("layers.Dropout", [PythonText.number(layer.dropout)])) }
        }
        return calls + [dense(spec.network.classes, spec.training).with("activation", "\"softmax\"")]
    }

    /// With what the training configuration says of every kernel; Keras's defaults are left out.
    private static func dense(_ units: Int, _ training: TrainingConfiguration) -> PythonCall {
        var call = PythonCall("layers.Dense", ["\(units)"])
        if training.initializer != .glorotUniform {
            call = call.with("kernel_initializer", PythonText.string(training.initializer.rawValue))
        }
        if training.l2 != 0 {
            call = call.with("kernel_regularizer", PythonCall("regularizers.L2").with("l2", training.l2).text)
        }
        return call
    }

    /// The names are Keras's own.
    private static func activated(_ dense: PythonCall, by activation: Activation) -> PythonCall {
        activation == .linear ? dense : dense.with("activation", PythonText.string(activation.rawValue))
    }
}
