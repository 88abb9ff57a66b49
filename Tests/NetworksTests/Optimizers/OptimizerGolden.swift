import Kernels
import Networks
import Specs
import Testing

/// The weights of a small network over 100 steps of Keras's optimizers; see Fixtures/README.md.
struct OptimizerGolden: Decodable {
    let widths: [Int]
    let pixels: [UInt8]
    let labels: [UInt8]
    let start: [[Float]]
    /// Weights by line of the spec language and number of steps, or "average" for those that a fit ends with.
    let cases: [String: [String: [[Double]]]]

    /// The lines of one optimizer; none where the fixture can't be read, which fails a test of its own.
    static func lines(of kind: Optimizer.Kind) -> [String] {
        KerasFixture.names("optimizers") { (golden: OptimizerGolden) in
            golden.cases.keys.filter { $0.split(separator: " ")[0] == kind.rawValue }.sorted()
        }
    }

    /// Trains by a line, and compares with Keras's weights after 1, 2, 10 and 100 steps and with the average at the end.
    ///
    /// - Parameter first: the greatest difference that the first two steps may have.
    static func follow(_ line: String, first: Double = 1e-5) throws {
        let golden: OptimizerGolden = try KerasFixture.read("optimizers")
        let wanted = try #require(golden.cases[line])
        let set = ByteSet(pixels: golden.pixels, labels: golden.labels, width: golden.widths[0])
        let half = set.count / 2
        let spec = try ExperimentSpec(
            parsing: "\(golden.widths[1])tanh \(line)", inputs: golden.widths[0], classes: golden.widths[2])
        let network = Network(spec: spec, transform: unitScale, threads: 1)
        try network.load(
            zip(network.tensors(), golden.start).map { Tensor(name: $0.name, shape: $0.shape, values: $1) })
        for step in 1...100 {
            let range = step % 2 == 1 ? 0..<half : half..<set.count
            _ = network.trainStep(set.batch(range), labels: set.labelPointer)
            guard let weights = wanted[String(step)] else { continue }
            #expect(worst(network, weights) < (step > 2 ? 1e-4 : first), "after \(step) steps")
        }
        #expect(network.takeAverages() == (wanted["average"] != nil))
        if let averages = wanted["average"] { #expect(worst(network, averages) < 1e-4, "average") }
        let isAveraged = spec.training.averaging != nil || spec.training.optimizer.kind == .scheduleFreeAdamW
        #expect(wanted.count == (isAveraged ? 5 : 4))
    }

    /// The worst of |a − b| / max(|b|, a tenth of the tensor's greatest value).
    ///
    /// Without the floor a weight that crosses zero would have no relative difference to speak of: single precision
    /// rounds at the size of the terms, not of their difference.
    private static func worst(_ network: Network, _ wanted: [[Double]]) -> Double {
        zip(network.tensors(), wanted).reduce(0) { worst, pair in
            max(worst, worstDifference(pair.0.values, pair.1, floor: greatest(pair.1) / 10))
        }
    }
}
