import Kernels

/// The moving means and variances of the layers with batch normalization: what inference normalizes by. They are state,
/// but no optimizer changes them.
final class MovingStatistics {
    /// One layer's, each (units' stride).
    struct Layer {
        let index: Int
        let units: Int
        let names: [String]
        let mean: AlignedBuffer<Float>
        let variance: AlignedBuffer<Float>

        fileprivate var parts: [(name: String, values: AlignedBuffer<Float>)] {
            Array(zip(names, [mean, variance]))
        }
    }

    let layers: [Layer]

    /// Means of 0 and variances of 1, as Keras begins.
    init(_ layout: ParameterLayout) {
        layers = layout.layers.filter(\.isNormalized).map { shape in
            let stride = shape.units.stride
            let layer = Layer(
                index: shape.index, units: shape.units.units, names: shape.statisticsNames,
                mean: AlignedBuffer(count: stride),
                variance: AlignedBuffer(count: stride))
            layer.variance.pointer.update(repeating: 1, count: shape.units.units)
            return layer
        }
    }

    static func bytes(_ shape: LayerSize) -> Int { shape.isNormalized ? shape.stride.times(2).times(4) : 0 }

    func layer(_ index: Int) -> Layer? { layers.first { $0.index == index } }

    /// moving = moving · momentum + batch · (1 - momentum), in Keras's order of operations.
    func update(_ index: Int, from buffers: NormalizationBuffers) {
        guard let layer = layer(index) else { return }
        let momentum = BatchNormalization.momentum
        let fresh = BatchNormalization.fresh
        for unit in 0..<layer.units {
            layer.mean.pointer[unit] = layer.mean.pointer[unit] * momentum + buffers.mean.pointer[unit] * fresh
            layer.variance.pointer[unit] =
                layer.variance.pointer[unit] * momentum + buffers.variance.pointer[unit] * fresh
        }
    }

    var tensors: [Tensor] {
        layers.flatMap { layer in
            layer.parts.map { name, buffer in
                Tensor(name: name, shape: [layer.units], values: (0..<layer.units).map { buffer.pointer[$0] })
            }
        }
    }

    /// Name and shape of every tensor.
    var shapes: [String: [Int]] {
        layers.reduce(into: [:]) { shapes, layer in
            for part in layer.parts { shapes[part.name] = [layer.units] }
        }
    }

    /// Writes tensors of `shapes`; throws before anything is written.
    func store(_ tensors: [Tensor]) throws(TensorError) {
        let byName = try Tensor.values(of: tensors, expected: shapes)
        for layer in layers {
            for (name, buffer) in layer.parts {
                for (unit, value) in (byName[name] ?? []).enumerated() { buffer.pointer[unit] = value }
            }
        }
    }
}
