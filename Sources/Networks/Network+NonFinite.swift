import Kernels
import Specs

/// The first layer of a network, in the order of a forward pass, that has values which are not finite.
package struct NonFiniteLayer: Error, Equatable, Sendable, CustomStringConvertible {
    /// What of the layer is not finite.
    package enum Place: Equatable, Sendable {
        /// The outputs of the last step's batch (logits, of the output layer), before any noise or dropout.
        case outputs
        /// The weights, after that step.
        case weights
    }

    /// Counted from 0; the last is the output layer.
    package let layer: Int
    /// The layer in the spec language, `200tanh`; `output` for the last.
    package let word: String
    /// Whether it is the layer's outputs or its weights.
    package let place: Place
    /// The first value found: NaN, or an infinity.
    package let value: Float

    /// Such as `the outputs of layer 2 (200relu) are infinite`.
    package var description: String {
        let name = word == "output" ? "the output layer" : "layer \(layer + 1) (\(word))"
        let what = value.isNaN ? "no numbers" : "infinite"
        return "\(place == .outputs ? "the outputs" : "the weights") of \(name) are \(what)"
    }
}

extension Network {
    /// Where values of the last training step are not finite, to be called directly after a step whose loss is not
    /// finite; nil where outputs and weights are finite.
    ///
    /// Outputs come first: they are those of the step's forward pass, in the order in which they were computed, while
    /// its update has already spread NaN over the weights of all layers.
    package func nonFiniteLayer() -> NonFiniteLayer? {
        func found(_ layer: Int, _ place: NonFiniteLayer.Place, _ value: Float) -> NonFiniteLayer {
            let hidden = spec.network.hidden
            return NonFiniteLayer(
                layer: layer, word: hidden.indices.contains(layer) ? hidden[layer].word : "output", place: place,
                value: value)
        }
        for stage in stages {
            if let (layer, value) = stage.nonFiniteOutput(rows: stepRows) { return found(layer, .outputs, value) }
        }
        for variable in layout.variables {
            for place in variable.ranges.joined() where !parameters.pointer[place].isFinite {
                return found(variable.layer, .weights, parameters.pointer[place])
            }
        }
        return nil
    }
}
