import Foundation
import Kernels
import TestSupport
import Testing

@Suite struct ActivationKernelTests {
    /// Dense around zero, and out to where float saturates.
    private static let inputs: [Float] =
        (-4000...4000).map { Float($0) / 200 } + [1e-30, -1e-30, 1e-6, -1e-6, 50, -50, 80, -80]
    private static let farInputs: [Float] = [86, -86, 88.5, -88.5, 90, -90, 1e4, -1e4, 1e30, -1e30]

    private func run(_ kernel: ActivationKernel, _ x: [Float], on level: KernelLevel) -> (y: [Float], slope: [Float]) {
        let slice = Slice(rows: 0..<1, columns: 0..<x.count, stride: x.count)
        var y = x
        kernel.forward(slice, x, into: &y, on: level)
        var d = [Float](repeating: 1, count: x.count)
        kernel.backward(slice, kernel.needsInput ? x : y, &d, on: level)
        return (y, d)
    }

    @Test(arguments: ActivationCase.all, KernelLevel.available) func `values and slopes agree with double precision`(
        _ one: ActivationCase, level: KernelLevel
    ) {
        // Beyond these the exponential and squareplus's square are infinite, in Keras too.
        let end: Float = one.function == .exponential ? 88.7 : one.function == .squareplus ? 1e19 : .infinity
        let inputs = Self.inputs + Self.farInputs.filter { $0 < end }
        let (y, slope) = run(one.kernel, inputs, on: level)
        for (index, x) in inputs.enumerated() {
            let value = one.value(Double(x))
            #expect(abs(Double(y[index]) - value) <= 5e-7 * (1 + abs(value)), "f(\(x))")
            guard !one.kinks.contains(where: { abs(Double(x) - $0) < 1e-5 }) else { continue }
            let wanted = one.slope(Double(x))
            #expect(abs(Double(slope[index]) - wanted) <= 1e-6 * (1 + abs(wanted)), "f'(\(x))")
        }
    }

    /// Left out are the functions whose last step takes a difference of sizes apart, in Keras's floats as well: gelu's
    /// tail is a product with Φ, whose argument is squared, and hard_sigmoid's foot is z + 3.
    @Test(
        arguments: ActivationCase.all.filter {
            ![.gelu, .geluTanh, .hardSigmoid, .hardSilu, .softShrink].contains($0.function)
        }, KernelLevel.available)
    func `values keep their relative accuracy near zero and in the tails`(_ one: ActivationCase, level: KernelLevel) {
        let (y, _) = run(one.kernel, Self.inputs, on: level)
        for (x, y) in zip(Self.inputs, y) {
            let wanted = one.value(Double(x))
            // The square of a value below 1e-19 is no normal float.
            guard one.function != .squareplus || one.alpha > 0 || abs(x) > 1e-18 else { continue }
            let tolerance = one.threshold > 0 && Double(x) < one.maximum ? 6e-7 * (abs(wanted) + 1) : 6e-7 * abs(wanted)
            // A result below the smallest normal float can't be relatively accurate.
            #expect(abs(Double(y) - wanted) <= max(tolerance, 1e-38), "f(\(x))")
        }
    }

    @Test(arguments: ActivationCase.all, KernelLevel.available) func `NaN stays NaN and infinity keeps its limit`(
        _ one: ActivationCase, level: KernelLevel
    ) {
        let (y, _) = run(one.kernel, [.nan, .infinity, 1], on: level)
        #expect(y[0].isNaN)
        let limit: Float
        switch one.function {
        case .sigmoid, .tanh, .hardSigmoid, .hardTanh, .softsign, .sparseSigmoid: limit = 1
        case .logSigmoid: limit = 0
        case .rectifier: limit = Float(one.maximum)
        default: limit = .infinity
        }
        #expect(y[1] == limit)
    }

    @Test(arguments: ActivationCase.all, KernelLevel.available)
    func `a slice of a matrix is changed and nothing beside it`(_ one: ActivationCase, level: KernelLevel) {
        for (rows, columns) in [(1..<4, 3..<20), (0..<1, 0..<1), (2..<5, 0..<33), (1..<1, 4..<9)] {
            let stride = 33
            let z = randomFloats(5 * stride, seed: 8)
            let slice = Slice(rows: rows, columns: columns, stride: stride)
            var y = z
            one.kernel.forward(slice, y, into: &y, on: level)
            var d = z
            one.kernel.backward(slice, one.kernel.needsInput ? z : y, &d, on: level)
            for index in z.indices {
                let (row, column) = index.quotientAndRemainder(dividingBy: stride)
                let inside = rows.contains(row) && columns.contains(column)
                let x = Double(z[index])
                let value = inside ? one.value(x) : x
                let gradient = inside ? one.slope(x) * x : x
                #expect(abs(Double(y[index]) - value) < 3e-6)
                #expect(abs(Double(d[index]) - gradient) < 1e-5)
            }
        }
    }

    private static let rowFunctions: [ActivationKernel.Function] = [.softmax, .logSoftmax, .sparsemax]

    @Test(arguments: rowFunctions, KernelLevel.available)
    func `rows agree with double precision, forward and back, beside untouched padding`(
        _ function: ActivationKernel.Function, level: KernelLevel
    ) {
        for (rows, units, stride, scale) in [(3, 1, 8, 4), (5, 10, 16, 4), (2, 200, 208, 4), (4, 33, 40, 0.1)] {
            let z = randomFloats(rows * stride, scale: Float(scale), seed: UInt64(units))
            let upstream = randomFloats(rows * stride, seed: 3)
            let slice = Slice(rows: 0..<rows, columns: 0..<units, stride: stride)
            let kernel = ActivationKernel(function)
            var y = z
            kernel.forward(slice, y, into: &y, on: level)
            var d = upstream
            kernel.backward(slice, y, &d, on: level)
            for row in 0..<rows {
                let places = (row * stride)..<(row * stride + units)
                let own = places.map { Double(z[$0]) }
                let wanted = RowActivation.values(function, own)
                let gradient = RowActivation.gradient(
                    function, own, upstream: places.map { Double(upstream[$0]) })
                for (unit, place) in places.enumerated() {
                    let least = function == .softmax ? 0 : 1e-6
                    #expect(abs(Double(y[place]) - wanted[unit]) <= max(2e-6 * abs(wanted[unit]), least))
                    #expect(abs(Double(d[place]) - gradient[unit]) <= 2e-6 * Double(units).squareRoot())
                }
                for place in (row * stride + units)..<((row + 1) * stride) {
                    #expect(y[place] == z[place] && d[place] == upstream[place])
                }
            }
        }
    }

    @Test(arguments: KernelLevel.available)
    func `a row of sparsemax sums to 1, and equal values share it`(level: KernelLevel) {
        let slice = Slice(rows: 0..<3, columns: 0..<4, stride: 4)
        var y: [Float] = [7, 7, 7, 7, 1000, 999.5, 0, -1000, 3e38, -3e38, 0, 0]
        ActivationKernel(.sparsemax).forward(slice, y, into: &y, on: level)
        #expect(y == [0.25, 0.25, 0.25, 0.25, 0.75, 0.25, 0, 0, 1, 0, 0, 0])
    }

    @Test(arguments: rowFunctions, KernelLevel.available)
    func `a row with NaN is NaN, and one of large values finite`(
        _ function: ActivationKernel.Function, level: KernelLevel
    ) {
        let slice = Slice(rows: 0..<2, columns: 0..<3, stride: 3)
        var y: [Float] = [1, .nan, 2, 1000, 999, -1000]
        ActivationKernel(function).forward(slice, y, into: &y, on: level)
        #expect(y[..<3].allSatisfy { $0.isNaN })
        let wanted = RowActivation.values(function, [1000, 999, -1000])
        for (value, other) in zip(y[3...], wanted) { #expect(abs(Double(value) - other) <= 1e-6 * max(1, abs(other))) }
    }
}
