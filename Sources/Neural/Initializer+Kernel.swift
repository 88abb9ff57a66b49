import Kernels

extension Initializer {
    /// A kernel of shape (inputs, units), row-major, as Keras 3's initializer of this name draws it.
    package func kernel(inputs: Int, units: Int, using generator: inout SeededGenerator) -> [Float] {
        let count = inputs * units
        let variance = scale(inputs: Double(inputs), units: Double(units))
        if isUniform {
            let limit = Float((3 * variance).squareRoot())
            return (0..<count).map { _ in (2 * generator.uniform() - 1) * limit }
        }
        // The normal ones are cut at ±2σ, and σ is widened so that what is left has the wanted variance.
        let deviation = Float(variance.squareRoot() / 0.87962566103423978)
        return (0..<count).map { _ in
            var value = generator.normal()
            while abs(value) > 2 { value = generator.normal() }
            return value * deviation
        }
    }

    /// The variance of a weight.
    private func scale(inputs: Double, units: Double) -> Double {
        switch self {
        case .glorotUniform, .glorotNormal: 2 / (inputs + units)
        case .heUniform, .heNormal: 2 / inputs
        case .lecunUniform, .lecunNormal: 1 / inputs
        default: preconditionFailure("\(rawValue) has no kernel")
        }
    }

    private var isUniform: Bool {
        switch self {
        case .glorotUniform, .heUniform, .lecunUniform: true
        default: false
        }
    }
}
