import Specs

/// A network layer by layer, as Keras's `summary` lists it.
package struct NetworkSummary: Equatable, Sendable {
    package struct Layer: Equatable, Sendable {
        /// Keras's name of the kind, with what tells it apart: `Dense`, `Activation (tanh)`, `Dropout (0.2)`.
        package let kind: String
        /// Values of one image behind it.
        package let width: Int
        /// What training changes.
        package let trainable: Int
        /// What is kept beside: moving means and variances.
        package let kept: Int
    }

    package let layers: [Layer]

    package var trainable: Int { layers.reduce(0) { $0 + $1.trainable } }
    package var kept: Int { layers.reduce(0) { $0 + $1.kept } }

    package init(_ network: NetworkSpec) {
        var layers = [Layer(kind: "Input", width: network.inputs, trainable: 0, kept: 0)]
        var width = network.inputs
        func add(_ kind: String, _ units: Int, trainable: Int = 0, kept: Int = 0) {
            layers.append(Layer(kind: kind, width: units, trainable: trainable, kept: kept))
        }
        for layer in network.hidden {
            let activation = layer.activation == .linear ? "" : " (\(layer.activation.word))"
            add(
                "Dense" + (layer.batchNormalization ? "" : activation), layer.units,
                trainable: (width + 1) * layer.units)
            width = layer.units
            if layer.batchNormalization {
                add("BatchNormalization", width, trainable: 2 * width, kept: 2 * width)
                if !activation.isEmpty { add("Activation" + activation, width) }
            }
            if layer.noise > 0 { add("GaussianNoise (\(NumberText.short(layer.noise)))", width) }
            if layer.dropout > 0 { add("Dropout (\(NumberText.short(layer.dropout)))", width) }
        }
        add("Dense (softmax)", network.classes, trainable: (width + 1) * network.classes)
        self.layers = layers
    }
}
