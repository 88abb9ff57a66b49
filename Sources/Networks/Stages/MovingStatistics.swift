import Kernels
import Specs

/// The moving means and variances of a stack's layers with batch normalization: what inference normalizes by. They are
/// state, but no optimizer changes them.
final class MovingStatistics {
    /// One layer's, each (units' stride).
    struct Layer {
        /// Its place in the stack.
        let position: Int
        let units: Int
        /// The two tensors' names.
        let names: [String]
        let mean: AlignedBuffer<Float>
        let variance: AlignedBuffer<Float>
    }

    let layers: [Layer]

    /// Means of 0 and variances of 1, as Keras begins.
    init(_ shapes: [DenseShape], _ facts: [LayerFacts]) {
        layers = zip(shapes, facts).filter { $0.0.isNormalized }.map { shape, facts in
            let stride = shape.units.stride
            let layer = Layer(
                position: shape.position, units: shape.units.units,
                names: facts.variables.filter { !$0.isTrainable }.map(facts.tensorName),
                mean: AlignedBuffer(count: stride), variance: AlignedBuffer(count: stride))
            layer.variance.pointer.update(repeating: 1, count: shape.units.units)
            return layer
        }
    }

    static func bytes(_ shape: LayerSize) -> Int { shape.isNormalized ? shape.stride.times(2).times(4) : 0 }

    /// moving = moving · momentum + batch · (1 - momentum), in Keras's order of operations.
    func update(_ position: Int, from buffers: NormalizationBuffers) {
        guard let layer = layers.first(where: { $0.position == position }) else { return }
        let momentum = BatchNormalization.momentum
        let fresh = BatchNormalization.fresh
        for unit in 0..<layer.units {
            layer.mean.pointer[unit] = layer.mean.pointer[unit] * momentum + buffers.mean.pointer[unit] * fresh
            layer.variance.pointer[unit] =
                layer.variance.pointer[unit] * momentum + buffers.variance.pointer[unit] * fresh
        }
    }

    var tensors: [KeptTensor] {
        layers.flatMap { layer in
            zip(layer.names, [layer.mean, layer.variance]).map { name, values in
                KeptTensor(name: name, count: layer.units, values: values)
            }
        }
    }
}
