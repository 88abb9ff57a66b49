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
}
