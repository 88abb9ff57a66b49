import Kernels

/// Values of a standard normal distribution, times `scale`.
func randomFloats(_ count: Int, scale: Float = 1, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in generator.normal() * scale }
}

/// Bytes of which about `density` are not zero.
func randomBytes(_ count: Int, density: Float, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in generator.uniform() < density ? UInt8(1 + generator.next() % 255) : 0 }
}

/// The largest of |a - b| / (1 + |b|); infinite where one is NaN and the other is not.
func worstDifference(_ a: [Float], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { worst, pair in
        let (found, wanted) = (Double(pair.0), pair.1)
        if found == wanted || (found.isNaN && wanted.isNaN) { return worst }
        let difference = abs(found - wanted) / (1 + abs(wanted))
        return difference.isNaN ? .infinity : max(worst, difference)
    }
}
