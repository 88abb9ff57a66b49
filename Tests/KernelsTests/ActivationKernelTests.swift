import Foundation
import Kernels
import Testing

/// Value and slope of an activation in double precision, straight from the formulas.
private func reference(_ kernel: ActivationKernel, _ x: Double) -> (value: Double, slope: Double) {
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    let distribution = 0.5 * erfc(-x / 2.0.squareRoot())
    switch kernel {
    case .linear: return (x, 1)
    case .relu: return (max(x, 0), x > 0 ? 1 : 0)
    case .leakyRelu: return (x < 0 ? 0.2 * x : x, x > 0 ? 1 : 0.2)
    case .elu: return (x > 0 ? x : expm1(x), x > 0 ? 1 : exp(x))
    case .gelu: return (x * distribution, distribution + x * exp(-x * x / 2) / (2 * .pi).squareRoot())
    case .sigmoid: return (sigmoid(x), sigmoid(x) * (1 - sigmoid(x)))
    case .tanh: return (tanh(x), 1 - tanh(x) * tanh(x))
    case .softplus: return (max(x, 0) + log1p(exp(-abs(x))), sigmoid(x))
    case .silu: return (x * sigmoid(x), sigmoid(x) * (1 + x * (1 - sigmoid(x))))
    }
}

private let all: [ActivationKernel] = [
    .linear, .relu, .leakyRelu, .elu, .gelu, .sigmoid, .tanh, .softplus, .silu,
]

@Suite struct ActivationKernelTests {
    /// Dense around zero, and out to where float saturates.
    private static let inputs: [Float] =
        (-4000...4000).map { Float($0) / 200 } + [1e-30, -1e-30, 1e-6, -1e-6, 50, -50, 86, -86, 90, -90, 1e4, -1e4]

    private func run(_ kernel: ActivationKernel, _ x: [Float]) -> (y: [Float], slope: [Float]) {
        let slice = Slice(rows: 0..<1, columns: 0..<x.count, stride: x.count)
        var y = x
        kernel.forward(slice, x, into: &y)
        var d = [Float](repeating: 1, count: x.count)
        kernel.backward(slice, kernel.needsInput ? x : y, &d)
        return (y, d)
    }

    @Test(arguments: all) func `values and slopes agree with double precision`(kernel: ActivationKernel) {
        let (y, slope) = run(kernel, Self.inputs)
        let wanted = Self.inputs.map { reference(kernel, Double($0)) }
        #expect(worstDifference(y, wanted.map(\.value)) < 5e-7)
        #expect(worstDifference(slope, wanted.map(\.slope)) < 1e-6)
    }

    @Test(arguments: [ActivationKernel.tanh, .elu, .sigmoid, .softplus])
    func `values keep their relative accuracy near zero and in the tails`(kernel: ActivationKernel) {
        let (y, _) = run(kernel, Self.inputs)
        for (x, y) in zip(Self.inputs, y) where abs(x) < 80 {
            let wanted = reference(kernel, Double(x)).value
            #expect(abs(Double(y) - wanted) <= 6e-7 * abs(wanted), "f(\(x))")
        }
    }

    @Test(arguments: all) func `NaN stays NaN and infinity keeps its limit`(kernel: ActivationKernel) {
        let (y, _) = run(kernel, [.nan, .infinity, 1])
        #expect(y[0].isNaN)
        let bounded = kernel == .sigmoid || kernel == .tanh
        #expect(y[1] == (bounded ? 1 : .infinity))
    }

    @Test(arguments: all) func `a slice of a matrix is changed and nothing beside it`(kernel: ActivationKernel) {
        for (rows, columns) in [(1..<4, 3..<20), (0..<1, 0..<1), (2..<5, 0..<33), (1..<1, 4..<9)] {
            let stride = 33
            let z = randomFloats(5 * stride, seed: 8)
            let slice = Slice(rows: rows, columns: columns, stride: stride)
            var y = z
            kernel.forward(slice, y, into: &y)
            var d = z
            kernel.backward(slice, kernel.needsInput ? z : y, &d)
            for index in z.indices {
                let (row, column) = index.quotientAndRemainder(dividingBy: stride)
                let inside = rows.contains(row) && columns.contains(column)
                let wanted = reference(kernel, Double(z[index]))
                let value = inside ? wanted.value : Double(z[index])
                let gradient = inside ? wanted.slope * Double(z[index]) : Double(z[index])
                #expect(abs(Double(y[index]) - value) < 1e-6)
                #expect(abs(Double(d[index]) - gradient) < 3e-6)
            }
        }
    }
}
