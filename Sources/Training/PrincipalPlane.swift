import Kernels

/// The plane in which the rows of a matrix differ most: its two greatest principal components.
///
/// Block power iteration on the centred matrix, then the eigenvectors within the block by Jacobi's rotations. The start is
/// fixed, so that the same matrix gives the same plane.
package struct PrincipalPlane: Sendable, Equatable {
    /// The rows' coordinates along the first component, from the rows' mean.
    package let x: [Float]
    /// The same along the second one.
    package let y: [Float]
    /// Shares of the whole variance along both, 0 ... 1.
    package let shares: [Double]

    /// Directions that are iterated together: more than two converge faster.
    private static let block = 6
    private static let rounds = 40

    /// nil where a value is not finite, or there are no values.
    ///
    /// - Parameter values: (rows, width), row-major.
    package init?(_ values: [Float], rows: Int, width: Int) {
        guard rows > 0, width > 0, values.count == rows * width, values.allSatisfy(\.isFinite) else { return nil }
        let centred = Self.centred(values, rows: rows, width: width)
        let total = centred.reduce(0.0) { $0 + Double($1) * Double($1) }
        let block = min(Self.block, width)
        var directions = Self.start(block, width: width)
        var projected: [Float] = []
        for _ in 0..<Self.rounds {
            projected = Self.product(centred, rows, width, directions, block)
            directions = Self.transposedProduct(centred, rows, width, projected, block)
            guard Self.orthonormalize(&directions, block, width: width) else { break }
        }
        projected = Self.product(centred, rows, width, directions, block)
        let (variances, vectors) = Jacobi.eigen(Self.gram(projected, rows, block), size: block)
        func along(_ component: Int) -> [Float] {
            guard component < block else { return [Float](repeating: 0, count: rows) }
            return (0..<rows).map { row in
                Float((0..<block).reduce(0.0) { $0 + Double(projected[row * block + $1]) * vectors[component][$1] })
            }
        }
        (x, y) = (along(0), along(1))
        shares = (0..<2).map { $0 < block && total > 0 ? max(0, variances[$0]) / total : 0 }
    }

    private static func centred(_ values: [Float], rows: Int, width: Int) -> [Float] {
        var means = [Double](repeating: 0, count: width)
        for row in 0..<rows { for column in 0..<width { means[column] += Double(values[row * width + column]) } }
        let floats = means.map { Float($0 / Double(rows)) }
        var result = values
        for row in 0..<rows { for column in 0..<width { result[row * width + column] -= floats[column] } }
        return result
    }

    /// (width, block), the same for every matrix of the width.
    private static func start(_ block: Int, width: Int) -> [Float] {
        var generator = SeededGenerator(seed: 1)
        var result = (0..<(width * block)).map { _ in generator.normal() }
        _ = orthonormalize(&result, block, width: width)
        return result
    }

    /// (rows, block) = values (rows, width) · directions (width, block).
    private static func product(
        _ values: [Float], _ rows: Int, _ width: Int, _ directions: [Float], _ block: Int
    ) -> [Float] {
        multiply(m: rows, n: block, k: width, values, width, false, directions)
    }

    /// (width, block) = valuesᵀ · projected (rows, block).
    private static func transposedProduct(
        _ values: [Float], _ rows: Int, _ width: Int, _ projected: [Float], _ block: Int
    ) -> [Float] {
        multiply(m: width, n: block, k: rows, values, width, true, projected)
    }

    private static func multiply(
        m: Int, n: Int, k: Int, _ a: [Float], _ stride: Int, _ transposed: Bool, _ b: [Float]
    ) -> [Float] {
        var result = [Float](repeating: 0, count: m * n)
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                result.withUnsafeMutableBufferPointer { result in
                    guard let a = a.baseAddress, let b = b.baseAddress, let result = result.baseAddress else { return }
                    MatrixProducts.multiply(
                        m: m, n: n, k: k, a, stride: stride, transposeA: transposed, b, stride: n, into: result,
                        stride: n)
                }
            }
        }
        return result
    }

    /// Gram and Schmidt's way; false where a column vanishes, as with fewer directions than columns.
    private static func orthonormalize(_ values: inout [Float], _ block: Int, width: Int) -> Bool {
        var isWhole = true
        for column in 0..<block {
            let before = norm(values, column, block, width)
            for other in 0..<column {
                let share = (0..<width).reduce(0.0) {
                    $0 + Double(values[$1 * block + column]) * Double(values[$1 * block + other])
                }
                for row in 0..<width { values[row * block + column] -= Float(share) * values[row * block + other] }
            }
            let length = norm(values, column, block, width)
            // What is left is rounding.
            let vanishes = length <= 1e-5 * before || length == 0
            if vanishes { isWhole = false }
            let factor = vanishes ? 0 : Float(1 / length)
            for row in 0..<width { values[row * block + column] *= factor }
        }
        return isWhole
    }

    private static func norm(_ values: [Float], _ column: Int, _ block: Int, _ width: Int) -> Double {
        (0..<width).reduce(0.0) {
            $0 + Double(values[$1 * block + column]) * Double(values[$1 * block + column])
        }.squareRoot()
    }

    /// projectedᵀ · projected, row-major.
    private static func gram(_ projected: [Float], _ rows: Int, _ block: Int) -> [Double] {
        var result = [Double](repeating: 0, count: block * block)
        for row in 0..<rows {
            for i in 0..<block {
                for j in 0..<block {
                    result[i * block + j] += Double(projected[row * block + i]) * Double(projected[row * block + j])
                }
            }
        }
        return result
    }
}

/// Jacobi's rotations: the eigenvalues and eigenvectors of a small symmetric matrix.
package enum Jacobi {
    private static let sweeps = 30

    /// - Parameter matrix: (size, size), symmetric.
    /// - Returns: the eigenvalues, the greatest first, and for each its vector of length 1.
    package static func eigen(_ matrix: [Double], size: Int) -> (values: [Double], vectors: [[Double]]) {
        var a = matrix
        var v = (0..<(size * size)).map { $0 % (size + 1) == 0 ? 1.0 : 0 }
        for _ in 0..<sweeps {
            let off = (0..<size).reduce(0.0) { sum, i in
                sum + (0..<i).reduce(0.0) { $0 + a[i * size + $1] * a[i * size + $1] }
            }
            let whole = a.reduce(0.0) { $0 + $1 * $1 }
            guard off > 1e-24 * whole else { break }
            for p in 0..<size { for q in (p + 1)..<max(p + 1, size) { rotate(&a, &v, p, q, size) } }
        }
        let order = (0..<size).sorted { (a[$1 * size + $1], $0) < (a[$0 * size + $0], $1) }
        return (
            order.map { a[$0 * size + $0] },
            order.map { column in (0..<size).map { v[$0 * size + column] } }
        )
    }

    /// Makes a[p, q] zero.
    private static func rotate(_ a: inout [Double], _ v: inout [Double], _ p: Int, _ q: Int, _ size: Int) {
        let between = a[p * size + q]
        guard between != 0 else { return }
        let ratio = (a[q * size + q] - a[p * size + p]) / (2 * between)
        let tangent = (ratio < 0 ? -1.0 : 1) / (abs(ratio) + (ratio * ratio + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        for k in 0..<size {
            let (x, y) = (a[k * size + p], a[k * size + q])
            (a[k * size + p], a[k * size + q]) = (cosine * x - sine * y, sine * x + cosine * y)
        }
        for k in 0..<size {
            let (x, y) = (a[p * size + k], a[q * size + k])
            (a[p * size + k], a[q * size + k]) = (cosine * x - sine * y, sine * x + cosine * y)
        }
        for k in 0..<size {
            let (x, y) = (v[k * size + p], v[k * size + q])
            (v[k * size + p], v[k * size + q]) = (cosine * x - sine * y, sine * x + cosine * y)
        }
    }
}
