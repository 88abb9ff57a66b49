import Foundation
import Kernels

/// How the probabilities of several networks become one.
package enum EnsembleMean: String, Sendable, CaseIterable, Codable {
    /// Σ wₘ pₘ.
    case arithmetic
    /// exp(Σ wₘ ln pₘ), divided by its sum over the classes: the softmax of the mean logits.
    case geometric

    /// What a probability counts as at least in the geometric mean, so that no network alone rules a class out: 2⁻¹²⁶, the
    /// least normal number.
    package static let least = Float.leastNormalMagnitude

    /// The weighted mean of several networks' probabilities.
    ///
    /// - Parameters:
    ///   - probabilities: rows × classes of each network, row-major.
    ///   - weights: one a network, with a sum of 1.
    /// - Returns: rows × classes.
    package func of(_ probabilities: [[Float]], weights: [Double], classes: Int) -> [Float] {
        precondition(probabilities.count == weights.count && !weights.isEmpty, "a weight for each network")
        let count = probabilities[0].count
        var sums = [Double](repeating: 0, count: count)
        for (values, weight) in zip(probabilities, weights) {
            precondition(values.count == count, "as many rows of each network")
            values.withUnsafeBufferPointer { values in
                sums.withUnsafeMutableBufferPointer { sums in add(values, weight: weight, to: sums) }
            }
        }
        var mean = [Float](repeating: 0, count: count)
        mean.withUnsafeMutableBufferPointer { mean in
            sums.withUnsafeMutableBufferPointer { sums in finish(sums, classes: classes, into: mean) }
        }
        return mean
    }

    /// Adds one network's term.
    func add(_ values: UnsafeBufferPointer<Float>, weight: Double, to sums: UnsafeMutableBufferPointer<Double>) {
        Denormals.flushed {
            switch self {
            case .arithmetic: for place in values.indices { sums[place] += weight * Double(values[place]) }
            case .geometric:
                for place in values.indices {
                    let value = values[place] < Self.least ? Self.least : values[place]
                    sums[place] += weight * log(Double(value))
                }
            }
        }
    }

    /// Makes probabilities of the sum of all terms, which is lost.
    func finish(
        _ sums: UnsafeMutableBufferPointer<Double>, classes: Int, into mean: UnsafeMutableBufferPointer<Float>
    ) {
        Denormals.flushed {
            switch self {
            case .arithmetic: for place in sums.indices { mean[place] = Float(sums[place]) }
            case .geometric:
                for row in stride(from: 0, to: sums.count, by: classes) {
                    let places = row..<(row + classes)
                    let greatest = places.reduce(-Double.infinity) { max($0, sums[$1]) }
                    var total = 0.0
                    for place in places {
                        sums[place] = exp(sums[place] - greatest)
                        total += sums[place]
                    }
                    for place in places { mean[place] = Float(sums[place] / total) }
                }
            }
        }
    }
}
