import Specs

/// A part of a layer as Keras makes a layer of it.
///
/// A linear activation is none, and one that comes straight behind Dense is Dense's own argument.
struct KerasPart {
    let part: LayerPart
    /// Of Dense.
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
