import Specs

/// A network layer by layer, as Keras's `summary` lists it.
package struct NetworkSummary: Equatable, Sendable {
    /// One row of the table.
    package struct Layer: Equatable, Sendable {
        /// Keras's name of the kind, with its main setting: `Dense`, `Activation (tanh)`, `Dropout (0.2)`.
        package let kind: String
        /// Number of outputs for one image.
        package let width: Int
        /// Number of trained values.
        package let trainable: Int
        /// Number of moving means and variances, which are saved but not trained.
        package let kept: Int
    }

    /// From the input to the output.
    package let layers: [Layer]

    /// Trained values of all layers.
    package var trainable: Int { layers.reduce(0) { $0 + $1.trainable } }
    /// Moving means and variances of all layers.
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
        case .noise(let deviation): "GaussianNoise (\(SpecNumber.short(deviation)))"
        case .dropout(let rate): "Dropout (\(SpecNumber.short(rate)))"
        }
    }
}
