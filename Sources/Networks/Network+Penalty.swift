import Kernels

/// The penalties λ₁Σ|w| + λ₂Σw² on kernels (no ½, as in Keras), and their gradients λ₁·sign(w) + 2λ₂·w.
extension Network {
    var hasPenalty: Bool { l1 > 0 || l2 > 0 }

    /// Both penalties over all kernels.
    package var regularizationLoss: Double {
        guard hasPenalty else { return 0 }
        return layout.variables.filter(\.isKernel).flatMap(\.ranges).reduce(0.0) { $0 + penalty($1) }
    }

    /// Both penalties over a range of a kernel.
    func penalty(_ range: Range<Int>) -> Double {
        let weights = parameters.pointer + range.lowerBound
        var sum = 0.0
        if l1 > 0 { sum += l1 * Elementwise.sumOfMagnitudes(weights, count: range.count) }
        if l2 > 0 { sum += l2 * Elementwise.sumOfSquares(weights, count: range.count) }
        return sum
    }

    /// Adds the penalties' gradient over a range of a kernel to the gradient of the loss while that is still in the
    /// cache.
    func addPenalty(_ range: Range<Int>, to gradient: UnsafeMutablePointer<Float>) {
        guard hasPenalty else { return }
        Elementwise.addPenalty(
            count: range.count, of: parameters.pointer + range.lowerBound, l1: Float(l1), l2: Float(2 * l2),
            to: gradient)
    }
}
