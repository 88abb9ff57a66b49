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
        layers =
            [Layer(kind: "Input", width: network.input.count, trainable: 0, kept: 0)]
            + network.layers.flatMap { layer in
                KerasPart.parts(of: layer).map { made in
                    let variables = layer.variables(of: made.part)
                    return Layer(
                        kind: Self.kind(made), width: layer.output.count,
                        trainable: variables.filter(\.isTrainable).reduce(0) { $0 + $1.count },
                        kept: variables.filter { !$0.isTrainable }.reduce(0) { $0 + $1.count })
                }
            }
    }

    private static func kind(_ made: KerasPart) -> String {
        switch made.part {
        case .dense: "Dense" + (made.activation.map { " (\($0.word))" } ?? "")
        case .batchNormalization: "BatchNormalization"
        case .activation(let activation): "Activation (\(activation.word))"
        case .noise(let deviation): "GaussianNoise (\(NumberText.short(deviation)))"
        case .dropout(let rate): "Dropout (\(NumberText.short(rate)))"
        }
    }
}
