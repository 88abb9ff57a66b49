import Foundation
import Networks
import Specs
import Testing

/// Holds schedules to golden values made with Keras, and says that every optimizer has such; see Fixtures/README.md.
@Suite struct KerasOptimizerTests {
    private struct Schedules: Decodable {
        let stepsPerEpoch: Int
        let epochs: Int
        /// Rates by line of the spec language.
        let cases: [String: [Double]]
        var names: [String] { cases.keys.sorted() }
    }

    @Test func `every optimizer, option, clipping and average has golden values`() throws {
        let golden: OptimizerGolden = try KerasFixture.read("optimizers")
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

    @Test(arguments: KerasFixture.names("schedules") { (golden: Schedules) in golden.names })
    func `rates follow Keras's, and one cycle PyTorch's, for 300 steps`(line: String) throws {
        let golden: Schedules = try KerasFixture.read("schedules")
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
