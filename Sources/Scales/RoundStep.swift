import Foundation

/// Steps of scales that are read without counting.
package enum RoundStep {
    /// The least of 1, 2 and 5 times a power of ten that is no less than the step; 1 for what is not above 0 or endless.
    package static func least(from step: Double) -> Double {
        guard step > 0, step.isFinite else { return 1 }
        let power = pow(10, log10(step).rounded(.down))
        // What is less by a rounding error only is no less.
        let factor = [1.0, 2, 5].first { step / power <= $0 * (1 + 1e-6) } ?? 10
        return factor * power
    }
}
