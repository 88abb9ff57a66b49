import Kernels
import Testing

/// Products with packed bytes and the step made on them, against plain loops in double precision.
@Suite struct SparseInputTests {
    /// Bytes, a kernel and a gradient of some shape, and what plain loops make of them.
    struct Case: Sendable, CustomTestStringConvertible {
        let rows: Int
        let width: Int
        let units: Int
        let density: Float

        var testDescription: String { "\(rows) rows, \(width) pixels, \(units) units, density \(density)" }

        /// Bytes of a matrix of which the batch has some rows, some of them empty.
        var pixels: [UInt8] {
            let bytes = randomBytes(Self.images * width, density: density, seed: UInt64(width))
            return bytes.enumerated().map { ($0.offset / width) % 7 == 5 ? 0 : $0.element }
        }
        var order: [Int32] {
            var generator = SeededGenerator(seed: 12)
            return (0..<rows).map { _ in Int32(generator.next() % UInt64(Self.images)) }
        }
        private static let images = 40

        /// The batch's rows as inputs.
        var inputs: [[Double]] {
            let pixels = pixels
            return order.map { row in
                pixels[(Int(row) * width)..<((Int(row) + 1) * width)].map {
                    Double($0) * Double(SparseInputTests.scale)
                }
            }
        }
    }

    static let scale: Float = 1 / 255

    /// The ends of every range, and shapes by chance.
    static let cases: [Case] = {
        var generator = SeededGenerator(seed: 77)
        func any<T>(_ values: [T]) -> T { values[Int(generator.next() % UInt64(values.count))] }
        let widths = [8] + Array(stride(from: 16, through: 128, by: 16))
        let batches = [1, 2, 31, 32, 33, 63, 64, 65, 100, 128, 129]
        let ends =
            widths.map { Case(rows: any(batches), width: 130, units: $0, density: 0.3) }
            + batches.map { Case(rows: $0, width: any([1, 63, 64, 65]), units: any(widths), density: 0.4) }
            + [0, 1].map { Case(rows: 33, width: 70, units: 112, density: $0) }
            + [Case(rows: 1, width: 1, units: 8, density: 1), Case(rows: 32, width: 784, units: 112, density: 0.2)]
        return ends
            + (0..<20).map { _ in
                Case(
                    rows: 1 + Int(generator.next() % 140), width: 1 + Int(generator.next() % 200), units: any(widths),
                    density: any([0, 0.05, 0.2, 0.5, 1]))
            }
    }()

    /// An input that held a denser, larger batch before.
    private func packed(_ shape: Case, on level: KernelLevel) -> (input: SparseInput, nonZero: Int) {
        let input = SparseInput(
            width: shape.width, capacity: shape.rows + 70, multiply: Self.scale, transposes: true, on: level)
        func pack(_ pixels: [UInt8], _ rows: [Int32]) -> Int {
            pixels.withUnsafeBufferPointer { pixels in
                rows.withUnsafeBufferPointer { rows in
                    guard let bytes = pixels.baseAddress, let base = rows.baseAddress else { return -1 }
                    return input.pack(ImageBatch(pixels: bytes, width: shape.width, rows: base, count: rows.count))
                }
            }
        }
        let full = [UInt8](repeating: 255, count: shape.width)
        _ = pack(full, [Int32](repeating: 0, count: shape.rows + 70))
        input.transpose()
        let nonZero = pack(shape.pixels, shape.order)
        input.transpose()
        return (input, nonZero)
    }

    @Test(arguments: cases, KernelLevel.available) func `the forward product agrees, and writes to its block alone`(
        shape: Case, level: KernelLevel
    ) {
        let (input, nonZero) = packed(shape, on: level)
        let stride = shape.units + 16
        let kernel = randomFloats(shape.width * shape.units, seed: 13)
        let bias = randomFloats(shape.units, seed: 14)
        var out = [Float](repeating: 9, count: shape.rows * stride)
        // In two runs of rows, as workers share them.
        for range in [0..<(shape.rows / 2), (shape.rows / 2)..<shape.rows] {
            input.forward(
                range, units: shape.units, kernel: kernel, stride: shape.units, bias: bias, into: &out,
                outStride: stride)
        }
        let inputs = shape.inputs
        let wanted = out.indices.map { index -> Double in
            let (row, column) = index.quotientAndRemainder(dividingBy: stride)
            guard column < shape.units else { return 9 }
            return inputs[row].enumerated().reduce(Double(bias[column])) {
                $0 + $1.element * Double(kernel[$1.offset * shape.units + column])
            }
        }
        #expect(worstDifference(out, wanted) < 1e-5)
        #expect(nonZero == inputs.joined().count { $0 != 0 })
    }

    /// x (rows, width)ᵀ · d (rows, units), d of stride units + 16.
    private func gradient(_ shape: Case, d: [Float]) -> [Double] {
        let inputs = shape.inputs
        return (0..<(shape.width * shape.units)).map { index in
            let (pixel, column) = index.quotientAndRemainder(dividingBy: shape.units)
            return inputs.indices.reduce(0) { $0 + inputs[$1][pixel] * Double(d[$1 * (shape.units + 16) + column]) }
        }
    }

    @Test(arguments: cases, KernelLevel.available) func `the kernel's gradient agrees, in whatever tiles it is formed`(
        shape: Case, level: KernelLevel
    ) {
        let (input, _) = packed(shape, on: level)
        let d = randomFloats(shape.rows * (shape.units + 16), seed: 15)
        var found = [Float](repeating: 9, count: shape.width * shape.units)
        found.withUnsafeMutableBufferPointer { found in
            guard let base = found.baseAddress else { return }
            for start in stride(from: 0, to: shape.width, by: 16) {
                input.gradient(
                    pixels: start..<min(start + 16, shape.width), units: shape.units, d: d, stride: shape.units + 16,
                    into: base + start * shape.units, outStride: shape.units)
            }
        }
        #expect(worstDifference(found, gradient(shape, d: d)) < 1e-5)
    }

    /// Weights, moments and flags of a kernel.
    private struct Kernel: Equatable {
        var weights: [Float]
        var first: [Float]
        var second: [Float]
        var moved: [UInt8]

        /// Every third row has moments.
        init(_ shape: Case) {
            let count = shape.width * shape.units
            func moment(_ seed: UInt64) -> [Float] {
                randomFloats(count, scale: 0.1, seed: seed).enumerated().map {
                    ($0.offset / shape.units) % 3 == 0 ? abs($0.element) : 0
                }
            }
            weights = randomFloats(count, seed: 16)
            first = moment(17)
            second = moment(18)
            moved = (0..<shape.width).map { $0 % 3 == 0 ? 1 : 0 }
        }

        mutating func step(_ step: AdamStep, decay: Float, units: Int, _ input: SparseInput, d: [Float]) {
            first.withUnsafeMutableBufferPointer { first in
                second.withUnsafeMutableBufferPointer { second in
                    input.adam(
                        step, decay: decay, units: units, d: d, stride: units + 16, moved: &moved, weights: &weights,
                        moments: UpdateRule.Moments(first.baseAddress, second.baseAddress))
                }
            }
        }
    }

    private let step = AdamStep(correctedRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7)

    @Test(arguments: cases, KernelLevel.available) func `Adam's step on the gradient agrees, with and without decay`(
        shape: Case, level: KernelLevel
    ) {
        let (input, _) = packed(shape, on: level)
        let d = randomFloats(shape.rows * (shape.units + 16), scale: 0.1, seed: 15)
        let wanted = gradient(shape, d: d)
        for decay in [Float(0), 0.02] {
            let old = Kernel(shape)
            var new = old
            new.step(step, decay: decay, units: shape.units, input, d: d)
            let first = wanted.indices.map { 0.9 * Double(old.first[$0]) + 0.1 * wanted[$0] }
            let second = wanted.indices.map { 0.999 * Double(old.second[$0]) + 0.001 * wanted[$0] * wanted[$0] }
            #expect(worstDifference(new.first, first) < 1e-6)
            #expect(worstDifference(new.second, second) < 1e-6)
            // From the moments found: the ratio of small ones magnifies what the gradient's sum is rounded by.
            let weights = wanted.indices.map { index in
                let kept = Double(old.weights[index]) * (1 - Double(decay))
                return kept - 0.01 * Double(new.first[index]) / (Double(new.second[index]).squareRoot() + 1e-7)
            }
            #expect(worstDifference(new.weights, weights) < 1e-6)
            let inputs = shape.inputs
            let moved = (0..<shape.width).map { pixel in
                pixel % 3 == 0 || inputs.contains { $0[pixel] != 0 } ? UInt8(1) : 0
            }
            // Where nothing is skipped, no row is looked at.
            #expect(new.moved == moved || (shape.units == 8 && !new.moved.contains(0)))
        }
    }

    @Test(arguments: cases, KernelLevel.available) func `passing over rows without moments and gradient changes no bit`(
        shape: Case, level: KernelLevel
    ) {
        let (input, _) = packed(shape, on: level)
        let d = randomFloats(shape.rows * (shape.units + 16), scale: 0.1, seed: 15)
        var passed = Kernel(shape)
        var full = passed
        full.moved = [UInt8](repeating: 1, count: shape.width)
        passed.step(step, decay: 0, units: shape.units, input, d: d)
        full.step(step, decay: 0, units: shape.units, input, d: d)
        full.moved = passed.moved
        #expect(passed == full)
    }
}
