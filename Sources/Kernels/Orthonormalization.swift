/// Gram–Schmidt on the rows of a matrix: against earlier blocks with matrix products, within a block row by row. Every
/// block is treated twice, which makes the result orthogonal up to rounding (Giraud, Langou and Rozložník 2005).
///
/// The result is the Q of the QR factorization of the transposed matrix whose R has a positive diagonal.
package enum Orthonormalization {
    private static let block = 32

    /// Makes `count` rows of `length` values orthonormal, in place.
    package static func apply(count: Int, length: Int, _ rows: UnsafeMutablePointer<Float>) {
        precondition(count <= length, "no more rows than values in a row")
        MatrixProducts.prepare()
        let shares = AlignedBuffer<Float>(count: block * count)
        for start in stride(from: 0, to: count, by: block) {
            let size = min(block, count - start)
            for _ in 0..<2 {
                removeEarlier(start: start, size: size, length: length, rows, shares: shares.pointer)
                orthonormalize(size: size, length: length, rows + start * length)
            }
        }
    }

    /// rows[start ..< start + size] -= their projections on all rows before them.
    private static func removeEarlier(
        start: Int, size: Int, length: Int, _ rows: UnsafeMutablePointer<Float>, shares: UnsafeMutablePointer<Float>
    ) {
        guard start > 0 else { return }
        let own = rows + start * length
        MatrixProducts.multiply(
            m: size, n: start, k: length, own, stride: length, rows, stride: length, transposeB: true, into: shares,
            stride: start)
        for index in 0..<(size * start) { shares[index] = -shares[index] }
        MatrixProducts.multiply(
            m: size, n: length, k: start, shares, stride: start, rows, stride: length, keep: 1, into: own,
            stride: length)
    }

    private static func orthonormalize(size: Int, length: Int, _ rows: UnsafeMutablePointer<Float>) {
        for row in 0..<size {
            let own = rows + row * length
            for earlier in 0..<row {
                let other = rows + earlier * length
                let share = Float(dot(length, own, other))
                for place in 0..<length { own[place] -= share * other[place] }
            }
            let scale = Float(1 / dot(length, own, own).squareRoot())
            for place in 0..<length { own[place] *= scale }
        }
    }

    private static func dot(_ length: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) -> Double {
        var sum = 0.0
        for place in 0..<length { sum += Double(a[place]) * Double(b[place]) }
        return sum
    }
}
