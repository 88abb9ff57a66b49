import Foundation
import Kernels
import Networks
import Specs
import Testing

/// Holds optimizers and schedules to golden values made with Keras; see Fixtures/README.md.
@Suite struct KerasOptimizerTests {
    private struct Optimizers: Decodable {
        let widths: [Int]
        let pixels: [UInt8]
        let labels: [UInt8]
        let start: [[Float]]
        /// Weights by line of the spec language and number of steps, or "average" for those that a fit ends with.
        let cases: [String: [String: [[Double]]]]
        var names: [String] { cases.keys.sorted() }
    }

    private struct Schedules: Decodable {
        let stepsPerEpoch: Int
        let epochs: Int
        /// Rates by line of the spec language.
        let cases: [String: [Double]]
        var names: [String] { cases.keys.sorted() }
    }

    private static func fixture<Value: Decodable>(_ name: String) throws -> Value {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"))
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    }

    /// The lines of a fixture; none where it can't be read, which fails a test of its own.
    private static func lines<Value: Decodable>(_ name: String, _ names: KeyPath<Value, [String]>) -> [String] {
        (try? fixture(name) as Value)?[keyPath: names] ?? []
    }

    /// The worst of |a − b| / max(|b|, a tenth of the tensor's greatest value).
    ///
    /// Without the floor a weight that crosses zero would have no relative difference to speak of: single precision
    /// rounds at the size of the terms, not of their difference.
    private func worst(_ network: Network, _ wanted: [[Double]]) -> Double {
        zip(network.tensors(), wanted).reduce(0) { worst, pair in
            let greatest = pair.1.reduce(0) { max($0, abs($1)) }
            return max(worst, worstDifference(pair.0.values, pair.1, floor: greatest / 10))
        }
    }

    /// 1e-5 for the first steps, 1e-4 after 100.
    ///
    /// Ftrl has 2e-5: Keras subtracts two roots in single precision that differ by g², and divides what is left by the
    /// rate; the core takes g² over their sum, which loses nothing.
    private func tolerance(_ line: String, steps: Int) -> Double {
        steps > 2 ? 1e-4 : line.hasPrefix("ftrl") ? 2e-5 : 1e-5
    }

    @Test func `every optimizer, option, clipping and average has golden values`() throws {
        let golden: Optimizers = try Self.fixture("optimizers")
        for kind in Optimizer.Kind.allCases {
            #expect(golden.cases.keys.contains { $0.split(separator: " ")[0] == kind.rawValue }, "\(kind)")
        }
        let lines = golden.cases.keys.joined(separator: " ")
        for option in [
            "momentum", "nesterov", "beta1", "beta2", "rho", "epsilon", "centered", "amsgrad", "accumulator", "power",
            "beta2decay", "epsilon1", "epsilon2", "clipthreshold", "warmupsteps",
            "wd", "clipnorm", "globalclipnorm", "clipvalue", "ema", "emaevery", "maxnorm",
        ] {
            #expect(lines.contains(" \(option)="), "\(option)")
        }
    }

    @Test(arguments: lines("optimizers", \Optimizers.names))
    func `weights follow Keras's for 100 steps`(line: String) throws {
        let golden: Optimizers = try Self.fixture("optimizers")
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
            #expect(worst(network, weights) < tolerance(line, steps: step), "after \(step) steps")
        }
        #expect(network.takeAverages() == (wanted["average"] != nil))
        if let averages = wanted["average"] { #expect(worst(network, averages) < 1e-4, "average") }
        let isAveraged = spec.training.averaging != nil || spec.training.optimizer.kind == .scheduleFreeAdamW
        #expect(wanted.count == (isAveraged ? 5 : 4))
    }

    @Test(arguments: lines("schedules", \Schedules.names))
    func `rates follow Keras's, and one cycle PyTorch's, for 300 steps`(line: String) throws {
        let golden: Schedules = try Self.fixture("schedules")
        let wanted = try #require(golden.cases[line])
        let training = try ExperimentSpec(parsing: "none \(line) epochs=\(golden.epochs)").training
        let run = LearningRateSchedule.Run(stepsPerEpoch: golden.stepsPerEpoch, epochs: golden.epochs)
        let rates = wanted.indices.map { training.schedule.rate(step: $0, initial: training.learningRate, run: run) }
        let greatest = wanted.reduce(0, max)
        var late: [Int] = []
        for (step, (rate, value)) in zip(rates, wanted).enumerated() {
            // A cosine near its end is 1 + cos: Keras's single precision has its error at the size of the peak.
            let tolerance = 1e-5 * value + 1e-7 * greatest
            if abs(rate - value) >= tolerance { late.append(step) }
        }
        // Keras finds the number of the restart by logarithms in single precision, and can miss one by a step.
        let isRestart = { (step: Int) in rates[step] > rates[max(0, step - 1)] }
        #expect(late.allSatisfy { training.schedule.kind == .cosineRestarts && isRestart($0) }, "\(late)")
        #expect(wanted.count == 300 && late.count <= 1)
    }
}
