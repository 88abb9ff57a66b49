import Specs

/// A part of a layer that is a layer of its own in Keras.
///
/// A linear activation needs none, and one directly after Dense is Dense's own argument.
struct KerasPart {
    let part: LayerPart
    /// Dense's `activation`; nil for other parts, and where Dense is linear.
    private(set) var activation: Activation?

    static func parts(of layer: LayerFacts) -> [KerasPart] {
        layer.parts.reduce(into: []) { parts, part in
            guard case .activation(let activation) = part else { return parts.append(KerasPart(part: part)) }
            if activation == .linear { return }
            if parts.last?.part == .dense {
                parts[parts.count - 1].activation = activation
            } else {
                parts.append(KerasPart(part: part))
            }
        }
    }
}
