import Foundation
import Kernels
import Networks
import Specs
import Testing

/// Holds single operations to Keras's.
@Suite struct KerasOperationTests {
    private struct Activations: Decodable {
        struct Case: Decodable {
            let y: [Double]
            let slope: [Double]
        }
        struct Rows: Decodable {
            struct Case: Decodable {
                let y: [Double]
                let d: [Double]
            }
            let units: Int
            let z: [Float]
            let upstream: [Float]
            let cases: [String: Case]
        }
        let x: [Float]
        let cases: [String: Case]
        let rows: Rows
    }

    private static let words = KerasFixture.names("activations") { (all: Activations) in all.cases.keys.sorted() }

    private static let rowWords = KerasFixture.names("activations") { (all: Activations) in
        all.rows.cases.keys.sorted()
    }

    /// Keras's threshold has no defaults: its cases have arguments.
    @Test func `every activation has golden values with Keras's defaults`() {
        let defaults = Set(Activation.allCases.map(\.name)).subtracting(["threshold"])
        #expect(defaults.isSubset(of: Self.words + Self.rowWords) && Self.words.contains { $0.hasPrefix("threshold:") })
        #expect(Self.rowWords == Activation.allCases.filter(\.kernel.needsWholeRows).map(\.name).sorted())
    }

    /// 1e-5 relative to each value.
    ///
    /// A slope had from y = f(z), as TensorFlow has it too, can be no closer than y's rounding: 1 - y² of a saturated
    /// tanh is known to 2e-7 of 1. So slopes below 0.03 count as 0.03, and values below 0.01 as 0.01 of the gelus, whose
    /// tail takes the exponential of a rounded square, and of those that take a difference, such as z + 3.
    @Test(arguments: words) func `activations and their slopes are Keras's`(word: String) throws {
        let golden: Activations = try KerasFixture.read("activations")
        let wanted = try #require(golden.cases[word])
        let kernel = try SpecRules.layer("1\(word)").get().activation.kernel
        let slice = Slice(rows: 0..<1, columns: 0..<golden.x.count, stride: golden.x.count)
        var y = golden.x
        kernel.forward(slice, y, into: &y)
        var d = [Float](repeating: 1, count: golden.x.count)
        kernel.backward(slice, kernel.needsInput ? golden.x : y, &d)
        let rounds = ["gelu", "gelu_tanh", "hard_sigmoid", "hard_silu", "soft_shrink:0.2"].contains(word)
        record("activation \(word)", worstRelative(y, wanted.y, floor: rounds ? 0.01 : 1e-37), below: 1e-5)
        record("slope of \(word)", worstRelative(d, wanted.slope, floor: 0.03), below: 1e-5)
    }

    @Test(arguments: rowWords) func `activations over a row are Keras's, forward and back`(word: String) throws {
        let golden: Activations = try KerasFixture.read("activations")
        let rows = golden.rows
        let wanted = try #require(rows.cases[word])
        let kernel = try SpecRules.layer("1\(word)").get().activation.kernel
        let slice = Slice(rows: 0..<(rows.z.count / rows.units), columns: 0..<rows.units, stride: rows.units)
        var y = rows.z
        kernel.forward(slice, y, into: &y)
        var d = rows.upstream
        kernel.backward(slice, y, &d)
        // sparsemax is a difference of values of the size of the greatest.
        let floor = word == "sparsemax" ? 0.1 : 1e-37
        record("activation \(word)", worstRelative(y, wanted.y, floor: floor), below: 1e-5)
        // A slope is a difference of sums of the size of the greatest.
        record("slope of \(word)", worstRelative(d, wanted.d, floor: word == "softmax" ? 0.01 : 0.1), below: 1e-5)
    }

    private struct Regularizers: Decodable {
        struct Case: Decodable {
            let loss: Double
            let gradient: [Double]
        }
        let inputs: Int
        let units: Int
        let weights: [Float]
        let cases: [String: Case]
    }

    private static let penalties = KerasFixture.names("regularizers") { (all: Regularizers) in all.cases.keys.sorted() }

    @Test(arguments: penalties) func `penalties and their gradients are Keras's`(setting: String) throws {
        let golden: Regularizers = try KerasFixture.read("regularizers")
        let wanted = try #require(golden.cases[setting])
        let spec = try ExperimentSpec(parsing: "none \(setting)", inputs: golden.inputs, classes: golden.units)
        let network = Network(spec: spec, transform: unitScale, threads: 1)
        let biases = [Float](repeating: 0, count: golden.units)
        try network.load(named: ["0.kernel": golden.weights, "0.bias": biases])
        record("penalty \(setting)", abs(network.regularizationLoss / wanted.loss - 1), below: 1e-5)
        // The penalty's share of a gradient: what is more than without it. The inputs are all zero, so the rest is too.
        let set = ByteSet(pixels: [UInt8](repeating: 0, count: golden.inputs), labels: [0], width: golden.inputs)
        let gradient = network.gradients(set.batch(0..<1), labels: set.labelPointer)[0]
        record("gradient of \(setting)", worstRelative(gradient.values, wanted.gradient, floor: 1e-37), below: 1e-5)
    }
}

/// Holds a difference from Keras under its bound, and says it in the log where the environment asks for it.
func record(_ item: String, _ difference: Double, below bound: Double, _ location: SourceLocation = #_sourceLocation) {
    if ProcessInfo.processInfo.environment["SHOW_DIFFERENCES"] != nil {
        print("difference from Keras | \(item) | \(difference)")
    }
    #expect(difference < bound, "\(item)", sourceLocation: location)
}
