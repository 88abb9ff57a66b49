/// A step of what a layer does; for each, Keras has a layer of its own.
public enum LayerPart: Equatable, Sendable {
    /// Inputs times the kernel, plus the bias.
    case dense
    /// Keras's BatchNormalization (momentum 0.99, ε 1e-3).
    case batchNormalization
    case activation(Activation)
    /// Gaussian noise of this deviation, while training.
    case noise(Double)
    /// The share of units that are dropped, while training.
    case dropout(Double)

    /// What is written behind a layer's units, for a person: `bn`, `tanh`, `noise 0.1`, `drop 0.2`; nothing for dense.
    public var label: String? {
        switch self {
        case .dense: nil
        case .batchNormalization: "bn"
        case .activation(let activation): activation.name
        case .noise(let deviation): "noise \(SpecNumber.short(deviation))"
        case .dropout(let rate): "drop \(SpecNumber.short(rate))"
        }
    }

    /// The same in whole words: `batch normalization`, `dropout 0.2`.
    public var phrase: String? {
        switch self {
        case .batchNormalization: "batch normalization"
        case .dropout(let rate): "dropout \(SpecNumber.short(rate))"
        case .dense, .activation, .noise: label
        }
    }
}

extension HiddenLayer {
    /// What the layer does, in order.
    public var parts: [LayerPart] {
        var parts: [LayerPart] = [.dense]
        if batchNormalization { parts.append(.batchNormalization) }
        parts.append(.activation(activation))
        if noise > 0 { parts.append(.noise(noise)) }
        if dropout > 0 { parts.append(.dropout(dropout)) }
        return parts
    }
}
