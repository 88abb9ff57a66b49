import Foundation
import Kernels
import Neural
import Testing

/// Holds the core to golden values made with Keras; see Fixtures/README.md.
@Suite struct KerasTests {
    private struct Activations: Decodable {
        struct Case: Decodable {
            let y: [Double]
            let slope: [Double]
        }
        let x: [Float]
        let cases: [String: Case]
    }

    private struct CrossEntropy: Decodable {
        let classes: Int
        let logits: [Float]
        let labels: [UInt8]
        let losses: [Double]
        let probabilities: [Double]
        let gradient: [Double]
    }

    private struct Fit: Decodable {
        let widths: [Int]
        let batch: Int
        let l2: Double
        let learningRate: Double
        let pixels: [UInt8]
        let labels: [UInt8]
        let start: [[Float]]
        let end: [[Double]]
        let loss: [Double]
        let accuracy: [Double]
        let probabilities: [Double]
    }

    private func fixture<Value: Decodable>(_ name: String) throws -> Value {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"))
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    }

    /// The network's own tensors with other values.
    private func filled(_ network: Network, _ values: [[Float]]) -> [Tensor] {
        zip(network.tensors(), values).map { Tensor(name: $0.name, shape: $0.shape, values: $1) }
    }

    @Test(arguments: implemented)
    func `activations and their slopes are Keras's`(activation: Activation) throws {
        let golden: Activations = try fixture("activations")
        let wanted = try #require(golden.cases[activation.name])
        let slice = Slice(rows: 0..<1, columns: 0..<golden.x.count, stride: golden.x.count)
        var y = golden.x
        activation.kernel.forward(slice, y, into: &y)
        var d = [Float](repeating: 1, count: golden.x.count)
        activation.kernel.backward(slice, activation.kernel.needsInput ? golden.x : y, &d)
        #expect(worstDifference(y, wanted.y) < 1e-6)
        #expect(worstDifference(d, wanted.slope) < 2e-6)
    }

    @Test func `softmax with cross-entropy is Keras's on logits, saturated rows included`() throws {
        let golden: CrossEntropy = try fixture("cross_entropy")
        let rows = golden.labels.count
        var gradient = [Float](repeating: 0, count: golden.logits.count)
        var probabilities = gradient
        var losses = [Float](repeating: 0, count: rows)
        var hits = [UInt8](repeating: 0, count: rows)
        Softmax.crossEntropy(
            rows: rows, classes: golden.classes, logits: golden.logits, stride: golden.classes, labels: golden.labels,
            scale: 1 / Float(rows), gradient: &gradient, losses: &losses, hits: &hits)
        Softmax.forward(
            rows: rows, classes: golden.classes, logits: golden.logits, stride: golden.classes,
            probabilities: &probabilities, labels: nil, losses: nil)
        #expect(worstDifference(losses, golden.losses) < 1e-6)
        #expect(worstDifference(gradient, golden.gradient) < 1e-6)
        #expect(worstDifference(probabilities, golden.probabilities) < 1e-6)
    }

    @Test func `a fit without shuffling gives Keras's losses epoch by epoch`() throws {
        let golden: Fit = try fixture("fit")
        let set = ByteSet(pixels: golden.pixels, labels: golden.labels, width: golden.widths[0])
        let spec = experiment(golden.widths, .gelu) {
            $0.learningRate = golden.learningRate
            $0.l2 = golden.l2
        }
        let network = Network(spec: spec, transform: unitScale, threads: 2)
        try network.load(filled(network, golden.start))
        let epochs = network.fit(set, batch: golden.batch, epochs: golden.loss.count)
        for (epoch, wanted) in zip(epochs, golden.loss) { #expect(abs(epoch.loss - wanted) < 1e-5 * wanted) }
        for (epoch, wanted) in zip(epochs, golden.accuracy) { #expect(abs(epoch.accuracy - wanted) < 1e-6) }
        for (tensor, values) in zip(network.tensors(), golden.end) {
            #expect(worstDifference(tensor.values, values, floor: 0.1) < 1e-4)
        }
        let prediction = network.predict(set, 0..<set.count)
        #expect(worstDifference(prediction.probabilities, golden.probabilities) < 1e-4)
    }
}
