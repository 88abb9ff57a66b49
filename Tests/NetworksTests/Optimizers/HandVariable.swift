import Kernels
import Networks
import Specs
import Testing

/// One tensor whose steps a test makes itself, in double precision: weights, gradient and what an optimizer keeps.
struct HandVariable {
    let name: String
    /// (rows, columns) of a kernel; a vector is one row.
    let rows: Int
    let columns: Int
    var w: [Double]
    var g: [Double] = []
    var a: [Double]
    var b: [Double]

    var isKernel: Bool { name.hasSuffix("kernel") }
    static func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    /// Makes one step weight by weight.
    mutating func each(_ body: (_ w: inout Double, _ g: Double, _ a: inout Double, _ b: inout Double) -> Void) {
        for place in w.indices { body(&w[place], g[place], &a[place], &b[place]) }
    }
}

/// Trains a small network for three steps, has `step` make each of them with the same gradients, and compares.
///
/// - Parameters:
///   - line: the optimizer with its settings.
///   - start: what the first moment starts at.
///   - step: changes a variable in the step `t`, counted from 1.
func expectByHand(
    _ line: String, start: Double = 0, tolerance: Double = 1e-5, at location: SourceLocation = #_sourceLocation,
    _ step: (_ variable: inout HandVariable, _ t: Double) -> Void
) throws {
    let set = ByteSet(count: 10, width: 6, classes: 3, density: 0.6, seed: 4)
    let spec = try ExperimentSpec(parsing: "9tanh \(line) seed=7", inputs: 6, classes: 3)
    let network = Network(spec: spec, transform: unitScale, threads: 1)
    let first = network.tensors()
    var variables = first.map { tensor in
        let count = tensor.values.count
        return HandVariable(
            name: tensor.name, rows: tensor.shape.count == 2 ? tensor.shape[0] : 1,
            columns: tensor.shape[tensor.shape.count - 1], w: tensor.values.map(Double.init),
            a: [Double](repeating: start, count: count), b: [Double](repeating: 0, count: count))
    }
    for number in 1...3 {
        let gradients = network.gradients(set.batch(0..<10), labels: set.labelPointer)
        for index in variables.indices {
            variables[index].g = gradients[index].values.map(Double.init)
            step(&variables[index], Double(number))
        }
        _ = network.trainStep(set.batch(0..<10), labels: set.labelPointer)
        for (tensor, variable) in zip(network.tensors(), variables) {
            #expect(
                worstDifference(tensor.values, variable.w, floor: greatest(variable.w) / 10) < tolerance,
                "\(tensor.name) after \(number) steps", sourceLocation: location)
        }
    }
    #expect(network.tensors() != first, sourceLocation: location)
}

/// The names of the arguments that Keras's class of the optimizer is called with.
func kerasArguments(_ kind: Optimizer.Kind) -> [String] { Optimizer(kind).keras.arguments.map(\.name) }
