import Kernels
import Networks
import Specs
import Testing

@Suite struct KerasClassWeightTests {
    private struct Fits: Decodable {
        struct Case: Decodable {
            let spec: String
            let inputs: Int
            let classes: Int
            let pixels: [UInt8]
            let labels: [UInt8]
            let weights: [Float]
            let start: [String: [Float]]
            let end: [String: [Double]]
            let loss: [Double]
            let accuracy: [Double]
            let evaluated: Double
        }
        let cases: [Case]
    }

    private static let lines = KerasFixture.names("class_weights") { (all: Fits) in all.cases.map(\.spec) }

    @Test func `every loss has a weighted fit`() {
        #expect(Loss.Kind.allCases.allSatisfy { kind in Self.lines.contains { $0.contains("loss=\(kind.rawValue)") } })
    }

    /// The weights are held to 1e-4, as those of fits without class weights.
    @Test(arguments: lines)
    func `a fit with class weights gives Keras's losses epoch by epoch, and what is evaluated is not weighted`(
        line: String
    ) throws {
        let golden: Fits = try KerasFixture.read("class_weights")
        let wanted = try #require(golden.cases.first { $0.spec == line })
        let set = ByteSet(pixels: wanted.pixels, labels: wanted.labels, width: wanted.inputs)
        let spec = try ExperimentSpec(parsing: line, inputs: wanted.inputs, classes: wanted.classes)
        let network = Network(spec: spec, transform: unitScale, threads: 2, classWeights: wanted.weights)
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
        let mean = prediction.losses.reduce(0.0) { $0 + Double($1) } / Double(set.count) + network.regularizationLoss
        record("evaluated loss after \(line)", abs(mean / wanted.evaluated - 1), below: 1e-4)
    }
}
