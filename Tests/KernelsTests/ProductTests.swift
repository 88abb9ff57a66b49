import Kernels
import Testing

@Suite struct ProductTests {
    @Test func `dense products agree with plain loops for every transposition and stride`() {
        MatrixProducts.prepare()
        for (m, n, k) in [(1, 1, 1), (3, 16, 5), (32, 10, 200), (17, 33, 7), (5, 1, 64)] {
            for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
                let (lda, ldb, ldc) = ((transposeA ? m : k) + 3, (transposeB ? k : n) + 2, n + 1)
                let a = randomFloats((transposeA ? k : m) * lda, seed: 1)
                let b = randomFloats((transposeB ? n : k) * ldb, seed: 2)
                let start = randomFloats(m * ldc, seed: 3)
                for keep in [Float(0), 1] {
                    var c = start
                    MatrixProducts.multiply(
                        m: m, n: n, k: k, a, stride: lda, transposeA: transposeA, b, stride: ldb,
                        transposeB: transposeB, keep: keep, into: &c, stride: ldc)
                    let wanted = start.indices.map { index -> Double in
                        let (i, j) = index.quotientAndRemainder(dividingBy: ldc)
                        guard j < n else { return Double(start[index]) }
                        return (0..<k).reduce(Double(keep * start[index])) { sum, p in
                            let left = transposeA ? a[p * lda + i] : a[i * lda + p]
                            let right = transposeB ? b[j * ldb + p] : b[p * ldb + j]
                            return sum + Double(left) * Double(right)
                        }
                    }
                    #expect(worstDifference(c, wanted) < 1e-5)
                }
            }
        }
    }

    /// The ends of every tile and block, and shapes by chance.
    typealias Shape = (rows: Int, count: Int, width: Int)
    static let shapes: [Shape] = {
        var generator = SeededGenerator(seed: 5)
        func any(_ range: Range<Int>) -> Int { range.lowerBound + Int(generator.next() % UInt64(range.count)) }
        let ends = [
            (1, 1, 16), (32, 100, 64), (33, 7, 8), (4, 15, 128), (5, 16, 80), (256, 17, 112), (257, 33, 96),
            (7, 300, 16),
        ]
        return ends + (0..<20).map { _ in (any(1..<70), any(1..<140), 16 * any(1..<9)) }
    }()

    @Test(arguments: shapes, KernelLevel.available)
    func `a layer's products agree with plain loops`(shape: Shape, level: KernelLevel) {
        let (rows, inputs, width) = shape
        MatrixProducts.prepare()
        let (stride, outStride) = (inputs + 5, width + 16)
        let x = randomFloats(rows * stride, seed: 1)
        let w = randomFloats(inputs * width, seed: 2)
        let start = randomFloats(width, seed: 3)
        let before = randomFloats(rows * outStride, seed: 4)
        var out = before
        MatrixProducts.forward(
            rows: rows, inputs: inputs, width: width, x, stride: stride, w, start: start, into: &out,
            stride: outStride, on: level)
        let wanted = before.indices.map { index -> Double in
            let (row, column) = index.quotientAndRemainder(dividingBy: outStride)
            guard column < width else { return Double(before[index]) }
            return (0..<inputs).reduce(Double(start[column])) {
                $0 + Double(x[row * stride + $1]) * Double(w[$1 * width + column])
            }
        }
        #expect(worstDifference(out, wanted) < 1e-5)
    }

    @Test(arguments: shapes, KernelLevel.available)
    func `products with a transposed kernel agree with plain loops`(shape: Shape, level: KernelLevel) {
        let (rows, count, width) = shape
        MatrixProducts.prepare()
        let (stride, outStride) = (width + 16, count + 3)
        let d = randomFloats(rows * stride, seed: 1)
        let w = randomFloats(count * width, seed: 2)
        let start = randomFloats(rows * outStride, seed: 3)
        for adds in [false, true] {
            var out = start
            MatrixProducts.multiplyTransposed(
                rows: rows, count: count, width: width, d, stride: stride, w, stride: width, adds: adds, into: &out,
                stride: outStride, on: level)
            let wanted = start.indices.map { index -> Double in
                let (row, column) = index.quotientAndRemainder(dividingBy: outStride)
                guard column < count else { return Double(start[index]) }
                return (0..<width).reduce(adds ? Double(start[index]) : 0) {
                    $0 + Double(d[row * stride + $1]) * Double(w[column * width + $1])
                }
            }
            #expect(worstDifference(out, wanted) < 1e-5)
        }
    }

    @Test func `Adam's step is made with the gradient for up to 256 rows, with AVX-512`() {
        for level in KernelLevel.available {
            for (rows, width, fits) in [(1, 16, true), (256, 112, true), (257, 96, false), (4, 8, false)] {
                let isFused = MatrixProducts.canFuseAdam(rows: rows, width: width, on: level)
                #expect(isFused == (fits && level == .v4), "\(rows) rows, \(width) units, \(level.name)")
            }
        }
    }

    /// Elsewhere the step is made on the stored gradient, which has tests of its own.
    static let fusedShapes = KernelLevel.available.flatMap { level in
        shapes.filter { MatrixProducts.canFuseAdam(rows: $0.rows, width: $0.width, on: level) }.map { ($0, level) }
    }

    @Test(
        .enabled(if: !ProductTests.fusedShapes.isEmpty, "the processor has no AVX-512"),
        arguments: ProductTests.fusedShapes)
    func `Adam's step on a dense kernel is the step on its gradient`(shape: Shape, level: KernelLevel) {
        let (rows, inputs, width) = shape
        MatrixProducts.prepare()
        let (stride, dStride) = (inputs + 5, width + 16)
        let x = randomFloats((rows - 1) * stride + inputs, seed: 4)
        let d = randomFloats(rows * dStride, scale: 0.1, seed: 5)
        let step = AdamStep(correctedRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7)
        let old = (0..<3).map { randomFloats(inputs * width, scale: 0.1, seed: UInt64(6 + $0)).map(abs) }
        var (weights, first, second) = (old[0], old[1], old[2])
        first.withUnsafeMutableBufferPointer { first in
            second.withUnsafeMutableBufferPointer { second in
                MatrixProducts.adam(
                    step, decay: 0.02, inputs: inputs, width: width, rows: rows, x, stride: stride, d, stride: dStride,
                    weights: &weights, moments: UpdateRule.Moments(first.baseAddress, second.baseAddress), on: level)
            }
        }
        for index in weights.indices {
            let (input, unit) = index.quotientAndRemainder(dividingBy: width)
            let gradient = (0..<rows).reduce(0.0) {
                $0 + Double(x[$1 * stride + input]) * Double(d[$1 * dStride + unit])
            }
            let moment = 0.9 * Double(old[1][index]) + 0.1 * gradient
            let square = 0.999 * Double(old[2][index]) + 0.001 * gradient * gradient
            let weight = Double(old[0][index]) * 0.98 - 0.01 * moment / (square.squareRoot() + 1e-7)
            let differences = [
                abs(Double(first[index]) - moment), abs(Double(second[index]) - square),
                abs(Double(weights[index]) - weight),
            ]
            guard differences.allSatisfy({ $0 < 2e-5 }) else {
                Issue.record("at (\(input), \(unit)): off by \(differences)")
                return
            }
        }
    }
}
