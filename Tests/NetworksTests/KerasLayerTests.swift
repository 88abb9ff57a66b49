import Networks
import Specs
import Testing

/// Holds whole networks to Keras's: gradients, batch normalization's statistics, and fits.
@Suite struct KerasLayerTests {
    private struct Layers: Decodable {
        struct Case: Decodable {
            let start: [String: [Float]]
            let pixels: [UInt8]
            let labels: [UInt8]
            let loss: Double
            let gradients: [String: [Double]]
            let before: [Double]
            let end: [String: [Double]]
            let after: [Double]
        }
        let inputs: Int
        let classes: Int
        let learningRate: Double
        let cases: [String: Case]
    }

    private static let nets = KerasFixture.names("layers") { (all: Layers) in all.cases.keys.sorted() }

    @Test(arguments: nets)
    func `gradients, moving statistics and inference of layers are Keras's`(line: String) throws {
        let golden: Layers = try KerasFixture.read("layers")
        let wanted = try #require(golden.cases[line])
        let set = ByteSet(pixels: wanted.pixels, labels: wanted.labels, width: golden.inputs)
        let spec = try ExperimentSpec(
            parsing: "\(line) sgd lr=\(golden.learningRate)", inputs: golden.inputs, classes: golden.classes)
        let network = Network(spec: spec, transform: unitScale, threads: 2)
        try network.load(named: wanted.start)
        let all = 0..<set.count
        let before = network.predict(set, all).probabilities
        record("inference of \(line)", worstRelative(before, wanted.before, floor: 1e-3), below: 1e-5)
        for gradient in network.gradients(set.batch(all), labels: set.labelPointer) {
            let values = try #require(wanted.gradients[gradient.name])
            #expect(values.count == gradient.values.count)
            // A weight's gradient is a sum over the rows whose terms are of the size of the greatest; a bias before
            // batch normalization has none but rounding.
            let isMute = gradient.name.hasSuffix("bias") && wanted.gradients[Self.sibling(gradient.name)] != nil
            let floor = isMute ? 1 : greatest(values) / 10
            record(
                "gradient \(gradient.name) of \(line)", worstRelative(gradient.values, values, floor: floor),
                below: 1e-5)
        }
        let loss = network.trainStep(set.batch(all), labels: set.labelPointer).lossSum / Double(set.count)
        record("loss of \(line)", abs(loss / wanted.loss - 1), below: 1e-5)
        for _ in 1..<3 { _ = network.trainStep(set.batch(all), labels: set.labelPointer) }
        for tensor in network.tensors() {
            let values = try #require(wanted.end[tensor.name])
            record(
                "\(tensor.name) of \(line) after 3 steps",
                worstRelative(tensor.values, values, floor: greatest(values) / 10), below: 1e-5)
        }
        let after = network.predict(set, all).probabilities
        record("inference of \(line) after 3 steps", worstRelative(after, wanted.after, floor: 1e-3), below: 1e-5)
    }

    /// The γ beside a bias.
    private static func sibling(_ name: String) -> String { "\(name.prefix { $0 != "." }).gamma" }

    private struct Fits: Decodable {
        struct Case: Decodable {
            let spec: String
            let inputs: Int
            let classes: Int
            let pixels: [UInt8]
            let labels: [UInt8]
            let start: [String: [Float]]
            let end: [String: [Double]]
            let loss: [Double]
            let accuracy: [Double]
            let evaluated: Double
            let probabilities: [Double]
        }
        let cases: [Case]
    }

    private static let lines = KerasFixture.names("fits") { (all: Fits) in all.cases.map(\.spec) }

    @Test func `every loss and batch normalization has a whole fit`() {
        #expect(Loss.Kind.allCases.allSatisfy { kind in Self.lines.contains { $0.contains("loss=\(kind.rawValue)") } })
        #expect(Self.lines.contains { $0.contains("+bn") })
    }

    /// The weights are held to 1e-4: 18 steps of two programs in single precision, of which Adam makes steps of the
    /// rate's size even along a gradient that is nearly rounding.
    @Test(arguments: lines) func `a fit without shuffling gives Keras's losses epoch by epoch`(line: String) throws {
        let golden: Fits = try KerasFixture.read("fits")
        let wanted = try #require(golden.cases.first { $0.spec == line })
        let set = ByteSet(pixels: wanted.pixels, labels: wanted.labels, width: wanted.inputs)
        let spec = try ExperimentSpec(parsing: line, inputs: wanted.inputs, classes: wanted.classes)
        let network = Network(spec: spec, transform: unitScale, threads: 2)
        try network.load(named: wanted.start)
        let epochs = network.fit(set, batch: spec.training.batch, epochs: wanted.loss.count)
        let worst = zip(epochs, wanted.loss).reduce(0) { max($0, abs($1.0.loss / $1.1 - 1)) }
        record("losses of \(line)", worst, below: 1e-5)
        for (epoch, accuracy) in zip(epochs, wanted.accuracy) { #expect(abs(epoch.accuracy - accuracy) < 1e-6) }
        for tensor in network.tensors() {
            let values = try #require(wanted.end[tensor.name])
            record(
                "\(tensor.name) after \(line)", worstRelative(tensor.values, values, floor: greatest(values) / 10),
                below: 1e-4)
        }
        let prediction = network.predict(set, 0..<set.count)
        record(
            "probabilities after \(line)", worstRelative(prediction.probabilities, wanted.probabilities, floor: 1e-3),
            below: 1e-4)
        let mean = prediction.losses.reduce(0.0) { $0 + Double($1) } / Double(set.count) + network.regularizationLoss
        record("evaluated loss after \(line)", abs(mean / wanted.evaluated - 1), below: 1e-4)
    }
}
