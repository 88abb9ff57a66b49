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

    struct Case: Sendable {
        let rows: Int
        let width: Int
        let columns: Int
        let density: Float
    }

    @Test(arguments: [
        Case(rows: 1, width: 1, columns: 8, density: 1), Case(rows: 1, width: 1, columns: 8, density: 0),
        Case(rows: 5, width: 63, columns: 8, density: 0.2), Case(rows: 4, width: 64, columns: 16, density: 1),
        Case(rows: 9, width: 65, columns: 32, density: 0.5), Case(rows: 32, width: 784, columns: 48, density: 0.2),
        Case(rows: 3, width: 200, columns: 64, density: 0.3), Case(rows: 7, width: 130, columns: 80, density: 0),
        Case(rows: 6, width: 129, columns: 96, density: 0.1), Case(rows: 33, width: 784, columns: 112, density: 0.2),
        Case(rows: 2, width: 300, columns: 128, density: 0.9), Case(rows: 3, width: 90, columns: 304, density: 0.4),
    ])
    func `products of pixel lists agree with plain loops`(shape: Case) {
        let total = 40
        let pixels = randomBytes(total * shape.width, density: shape.density, seed: UInt64(shape.width))
        var generator = SeededGenerator(seed: 12)
        let rows = (0..<shape.rows).map { _ in Int32(generator.next() % UInt64(total)) }
        let kernel = randomFloats(shape.width * shape.columns, seed: 13)
        let bias = randomFloats(shape.columns, seed: 14)
        let d = randomFloats(shape.rows * shape.columns, seed: 15)
        var out = [Float](repeating: 9, count: shape.rows * shape.columns)
        var gradient = [Float](repeating: 9, count: shape.width * shape.columns)
        let lists = InputLists(width: shape.width, capacity: shape.rows + 2)
        pixels.withUnsafeBufferPointer { pixels in
            rows.withUnsafeBufferPointer { rows in
                guard let bytes = pixels.baseAddress, let base = rows.baseAddress else { return }
                let batch = ImageBatch(pixels: bytes, width: shape.width, rows: base, count: shape.rows)
                lists.listRows(0..<shape.rows, of: batch, multiply: 1 / 255)
                for part in 0..<lists.pixelParts { lists.listPixels(part: part, of: batch, multiply: 1 / 255) }
            }
        }
        lists.forward(
            0..<shape.rows, columns: shape.columns, kernel: kernel, stride: shape.columns, bias: bias, into: &out,
            outStride: shape.columns)
        lists.backward(
            pixels: 0..<shape.width, columns: shape.columns, d: d, stride: shape.columns, into: &gradient,
            outStride: shape.columns)

        func x(_ row: Int, _ pixel: Int) -> Double { Double(pixels[Int(rows[row]) * shape.width + pixel]) / 255 }
        let wanted = out.indices.map { index in
            let (row, column) = index.quotientAndRemainder(dividingBy: shape.columns)
            return (0..<shape.width).reduce(Double(bias[column])) {
                $0 + x(row, $1) * Double(kernel[$1 * shape.columns + column])
            }
        }
        let wantedGradient = gradient.indices.map { index in
            let (pixel, column) = index.quotientAndRemainder(dividingBy: shape.columns)
            return (0..<shape.rows).reduce(0.0) { $0 + x($1, pixel) * Double(d[$1 * shape.columns + column]) }
        }
        #expect(worstDifference(out, wanted) < 1e-5)
        #expect(worstDifference(gradient, wantedGradient) < 1e-5)
        let nonZero = rows.reduce(0) { sum, row in
            sum + pixels[(Int(row) * shape.width)..<((Int(row) + 1) * shape.width)].count { $0 > 0 }
        }
        #expect(lists.nonZero(count: shape.rows) == nonZero)
    }
}
