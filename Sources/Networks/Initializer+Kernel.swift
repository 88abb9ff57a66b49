import Kernels
import Specs

extension Initializer {
    /// A kernel of shape (inputs, units), row-major, as Keras 3's initializer of this name draws it.
    ///
    /// - Parameter scaling: what variance_scaling draws from.
    package func kernel(
        inputs: Int, units: Int, scaling: VarianceScaling = VarianceScaling(), using generator: inout SeededGenerator
    ) -> [Float] {
        let count = inputs * units
        switch distribution(inputs: Double(inputs), units: Double(units), scaling) {
        case .zero: return [Float](repeating: 0, count: count)
        case .uniform(let limit): return (0..<count).map { _ in (2 * generator.uniform() - 1) * limit }
        case .normal(let deviation): return (0..<count).map { _ in generator.normal() * deviation }
        case .truncatedNormal(let deviation):
            return (0..<count).map { _ in
                var value = generator.normal()
                while abs(value) > 2 { value = generator.normal() }
                return value * deviation
            }
        case .orthogonal: return Self.orthogonalKernel(inputs: inputs, units: units, using: &generator)
        }
    }

    private enum Distribution {
        case zero, orthogonal
        /// From minus the limit to the limit.
        case uniform(limit: Float)
        case normal(deviation: Float)
        /// Cut at two deviations.
        case truncatedNormal(deviation: Float)

        static func uniform(variance: Double) -> Distribution { .uniform(limit: Float((3 * variance).squareRoot())) }

        /// The deviation is made greater, so that the values have the wanted variance after the cut.
        static func truncatedNormal(variance: Double) -> Distribution {
            .truncatedNormal(deviation: Float(variance.squareRoot() / 0.87962566103423978))
        }
    }

    private func distribution(inputs: Double, units: Double, _ scaling: VarianceScaling) -> Distribution {
        switch self {
        case .glorotUniform: .uniform(variance: 2 / (inputs + units))
        case .glorotNormal: .truncatedNormal(variance: 2 / (inputs + units))
        case .heUniform: .uniform(variance: 2 / inputs)
        case .heNormal: .truncatedNormal(variance: 2 / inputs)
        case .lecunUniform: .uniform(variance: 1 / inputs)
        case .lecunNormal: .truncatedNormal(variance: 1 / inputs)
        case .orthogonal: .orthogonal
        case .randomNormal: .normal(deviation: 0.05)
        case .randomUniform: .uniform(limit: 0.05)
        // After the cut the deviation is less than this value, in Keras too.
        case .truncatedNormal: .truncatedNormal(deviation: 0.05)
        case .varianceScaling: Self.scaled(scaling, inputs: inputs, units: units)
        case .zeros: .zero
        }
    }

    private static func scaled(_ scaling: VarianceScaling, inputs: Double, units: Double) -> Distribution {
        let fan =
            switch scaling.mode {
            case .fanIn: inputs
            case .fanOut: units
            case .fanAverage: (inputs + units) / 2
            }
        let variance = scaling.scale / max(1, fan)
        return switch scaling.distribution {
        case .truncatedNormal: .truncatedNormal(variance: variance)
        case .untruncatedNormal: .normal(deviation: Float(variance.squareRoot()))
        case .uniform: .uniform(variance: variance)
        }
    }

    /// Orthonormal columns, or rows where there are fewer inputs than units: the Q of a normal matrix with R's diagonal
    /// positive, which makes Q uniform among all orthogonal matrices.
    private static func orthogonalKernel(
        inputs: Int, units: Int, using generator: inout SeededGenerator
    ) -> [Float] {
        let (count, length) = (min(inputs, units), max(inputs, units))
        var vectors = (0..<(count * length)).map { _ in generator.normal() }
        vectors.withUnsafeMutableBufferPointer {
            guard let start = $0.baseAddress else { return }
            Orthonormalization.apply(count: count, length: length, start)
        }
        guard inputs >= units else { return vectors }
        // The vectors are the kernel's columns.
        return (0..<(inputs * units)).map { place in
            let (row, column) = place.quotientAndRemainder(dividingBy: units)
            return vectors[column * inputs + row]
        }
    }
}
