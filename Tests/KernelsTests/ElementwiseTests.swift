import Kernels
import Testing

@Suite struct ElementwiseTests {
    @Test(arguments: KernelLevel.available)
    func `column sums and broadcast biases agree with plain loops`(level: KernelLevel) {
        for (rows, columns, stride) in [(1, 1, 1), (3, 16, 16), (7, 19, 40), (33, 128, 128)] {
            let d = randomFloats(rows * stride, seed: UInt64(rows))
            let slice = Slice(rows: 0..<rows, columns: 0..<columns, stride: stride)
            var sums = [Float](repeating: 9, count: columns)
            Elementwise.columnSums(slice, d, into: &sums, on: level)
            let wanted = (0..<columns).map { c in (0..<rows).reduce(0.0) { $0 + Double(d[$1 * stride + c]) } }
            #expect(worstDifference(sums, wanted) < 1e-5)

            var out = d
            Elementwise.broadcast(slice, sums, into: &out, on: level)
            for index in out.indices {
                let column = index % stride
                #expect(out[index] == (column < columns ? sums[column] : d[index]))
            }
        }
    }

    @Test(arguments: [0, 1, 15, 16, 17, 1000], KernelLevel.available) func `sums of squares are right for any length`(
        count: Int, level: KernelLevel
    ) {
        let x = randomFloats(count, seed: 5)
        let wanted = x.reduce(0.0) { $0 + Double($1) * Double($1) }
        #expect(abs(Elementwise.sumOfSquares(x, count: count, on: level) - wanted) <= 1e-12 * (1 + wanted))
    }

    @Test(arguments: [Float(0.1), 0.5, 0.9], KernelLevel.available) func `dropout drops its share and keeps the mean`(
        rate: Float, level: KernelLevel
    ) {
        let ones = [Float](repeating: 1, count: 200 * 500)
        var out = ones
        let slice = Slice(rows: 0..<200, columns: 0..<500, stride: 500)
        Elementwise.dropout(slice, rate: rate, key: 77, ones, into: &out, on: level)
        let dropped = Float(out.count { $0 == 0 }) / 1e5
        #expect(abs(dropped - rate) < 0.006)
        #expect(out.allSatisfy { $0 == 0 || abs($0 - 1 / (1 - rate)) < 1e-4 })
        let rows = (0..<200).map { row in Float(out[(row * 500)..<(row * 500 + 500)].count { $0 == 0 }) / 500 }
        #expect(rows.allSatisfy { abs($0 - rate) < 0.13 }, "no row is dropped or kept as a whole")
    }

    @Test(arguments: KernelLevel.available)
    func `a dropout mask depends on key and place, not on how the matrix is sliced`(level: KernelLevel) {
        let x = randomFloats(20 * 48, seed: 6)
        func masked(_ slices: [(Range<Int>, Range<Int>)], key: UInt64) -> [Float] {
            var out = [Float](repeating: .nan, count: x.count)
            for (rows, columns) in slices {
                let slice = Slice(rows: rows, columns: columns, stride: 48)
                Elementwise.dropout(slice, rate: 0.4, key: key, x, into: &out, on: level)
            }
            return out
        }
        let whole = masked([(0..<20, 0..<48)], key: 5)
        #expect(masked([(0..<20, 0..<16), (0..<20, 16..<48)], key: 5) == whole)
        #expect(masked([(0..<7, 0..<48), (7..<20, 0..<31), (7..<20, 31..<48)], key: 5) == whole)
        #expect(masked([(0..<20, 0..<48)], key: 6) != whole)
        #expect(masked([(0..<20, 0..<48)], key: 5 | 1 << 40) != whole)
    }

    @Test(arguments: KernelLevel.available)
    func `gathered rows are the picked bytes, transformed`(level: KernelLevel) {
        let pixels = randomBytes(6 * 21, density: 0.5, seed: 7)
        let rows: [Int32] = [5, 0, 0, 3]
        var out = [Float](repeating: 9, count: 4 * 21)
        rows.withUnsafeBufferPointer { rows in
            guard let base = rows.baseAddress else { return }
            pixels.withUnsafeBufferPointer { pixels in
                guard let bytes = pixels.baseAddress else { return }
                let batch = ImageBatch(pixels: bytes, width: 21, rows: base, count: 4)
                Elementwise.gather(
                    1..<4, of: batch, transform: InputTransform(multiply: 0.5, add: -2), into: &out, on: level)
            }
        }
        for index in out.indices {
            let (row, column) = index.quotientAndRemainder(dividingBy: 21)
            let byte = Float(pixels[Int(rows[row]) * 21 + column])
            #expect(out[index] == (row == 0 ? 9 : byte * 0.5 - 2))
        }
    }
}

@Suite struct NoiseTests {
    @Test(arguments: KernelLevel.available)
    func `noise has the moments of the normal distribution`(level: KernelLevel) {
        let zeros = [Float](repeating: 0, count: 400 * 500)
        var out = zeros
        let slice = Slice(rows: 0..<400, columns: 0..<500, stride: 500)
        Elementwise.gaussianNoise(slice, deviation: 2, key: 99, zeros, into: &out, on: level)
        func moment(_ power: Int) -> Double {
            out.reduce(0.0) { sum, value in
                sum + (0..<power).reduce(1.0) { product, _ in product * Double(value) / 2 }
            } / Double(out.count)
        }
        // The deviations of the sample's moments are 0.0022, 0.0032, 0.0087 and 0.022.
        #expect(abs(moment(1)) < 0.01 && abs(moment(2) - 1) < 0.015)
        #expect(abs(moment(3)) < 0.04 && abs(moment(4) - 3) < 0.1)
        #expect((out.map(abs).max() ?? 0) > 8 && out.allSatisfy { abs($0) < 12 })
        let beyond = Double(out.count { abs($0) > 4 }) / Double(out.count)
        #expect(abs(beyond - 0.0455) < 0.003)
    }

    @Test(arguments: KernelLevel.available)
    func `noise is not related along rows or columns`(level: KernelLevel) {
        let zeros = [Float](repeating: 0, count: 300 * 300)
        var out = zeros
        Elementwise.gaussianNoise(
            Slice(rows: 0..<300, columns: 0..<300, stride: 300), deviation: 1, key: 5, zeros, into: &out, on: level)
        for shift in [1, 2, 300, 301] {
            let product = (0..<(out.count - shift)).reduce(0.0) { $0 + Double(out[$1] * out[$1 + shift]) }
            #expect(abs(product / Double(out.count)) < 0.015)
        }
    }

    @Test(arguments: KernelLevel.available)
    func `noise depends on key and place, not on how the matrix is sliced`(level: KernelLevel) {
        let x = randomFloats(20 * 48, seed: 6)
        func noisy(_ slices: [(Range<Int>, Range<Int>)], key: UInt64) -> [Float] {
            var out = [Float](repeating: .nan, count: x.count)
            for (rows, columns) in slices {
                let slice = Slice(rows: rows, columns: columns, stride: 48)
                Elementwise.gaussianNoise(slice, deviation: 0.5, key: key, x, into: &out, on: level)
            }
            return out
        }
        let whole = noisy([(0..<20, 0..<48)], key: 5)
        #expect(noisy([(0..<20, 0..<16), (0..<20, 16..<48)], key: 5) == whole)
        #expect(noisy([(0..<7, 0..<48), (7..<20, 0..<31), (7..<20, 31..<48)], key: 5) == whole)
        #expect(noisy([(0..<20, 0..<48)], key: 6) != whole)
        #expect(noisy([(0..<20, 0..<48)], key: 5 | 1 << 40) != whole)
    }

    @Test(arguments: KernelLevel.available)
    func `penalties are added to a gradient, and a weight of zero has none`(level: KernelLevel) {
        let weights: [Float] = [0.5, -2, 0, -0, 1e-20] + randomFloats(40, seed: 3)
        var gradient = [Float](repeating: 1, count: weights.count)
        Elementwise.addPenalty(count: weights.count, of: weights, l1: 0.25, l2: 0.5, to: &gradient, on: level)
        #expect(Array(gradient[0..<5]) == [1.5, -0.25, 1, 1, 1.25])
        let wanted = weights.map { 1 + ($0 > 0 ? 0.25 : $0 < 0 ? -0.25 : 0) + 0.5 * Double($0) }
        #expect(worstDifference(gradient, wanted) < 1e-6)
        let sum = weights.reduce(0.0) { $0 + abs(Double($1)) }
        #expect(abs(Elementwise.sumOfMagnitudes(weights, count: weights.count, on: level) - sum) <= 1e-12 * sum)
    }
}
