import Kernels

/// Batch normalization as inference makes it: γ(x - μ)/√(σ² + ε) + β as one scale and one shift for each unit.
///
/// They are not folded into copies of the kernels: a product's result is in the cache when it is scaled, which takes 1
/// to 4 % of a prediction, while copies take the kernels' memory and are stale after every step.
struct NormalizationScales {
    /// One layer's (units' stride each).
    private struct Pair {
        let scale: AlignedBuffer<Float>
        let shift: AlignedBuffer<Float>
    }

    /// One for each layer of a stack; nil without batch normalization.
    private let pairs: [Pair?]

    init(_ shapes: [DenseShape]) {
        pairs = shapes.map { shape in
            guard shape.isNormalized else { return nil }
            let stride = shape.units.stride
            return Pair(scale: AlignedBuffer(count: stride), shift: AlignedBuffer(count: stride))
        }
    }

    static func bytes(_ layer: LayerSize) -> Int { layer.isNormalized ? layer.stride.times(8) : 0 }

    /// What a layer's pass does between products and activation.
    func normalization(of position: Int) -> DensePass.Normalization {
        guard let pair = pairs[position] else { return .none }
        return .moving(scale: pair.scale.pointer, shift: pair.shift.pointer)
    }

    /// Takes a layer's moving statistics, γ and β as they are now.
    func fold(_ shape: DenseShape, _ moving: MovingStatistics.Layer, parameters: UnsafePointer<Float>) {
        guard let pair = pairs[shape.position] else { return }
        for block in shape.units.blocks {
            let gamma = parameters + shape.gammaOffset(block)
            let beta = parameters + shape.betaOffset(block)
            for column in 0..<block.width {
                let unit = block.start + column
                let deviation = (moving.variance.pointer[unit] + BatchNormalization.epsilon).squareRoot()
                pair.scale.pointer[unit] = gamma[column] / deviation
                pair.shift.pointer[unit] = beta[column] - moving.mean.pointer[unit] * pair.scale.pointer[unit]
            }
        }
    }
}
