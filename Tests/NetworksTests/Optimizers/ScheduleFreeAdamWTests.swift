import Foundation
import Networks
import Specs
import Testing

@Suite struct ScheduleFreeAdamWTests {
    @Test(arguments: OptimizerGolden.lines(of: .scheduleFreeAdamW))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.scheduleFreeAdamW).keras.className == "ScheduleFreeAdamW")
        #expect(kerasArguments(.scheduleFreeAdamW) == ["beta_1", "beta_2", "epsilon", "warmup_steps"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.scheduleFreeAdamW).momentCount == 2)
    }

    @Test func `steps agree with the formula, between z and the mean of all z`() throws {
        // `a` is z, `b` the mean square, and `means` has the mean of all z.
        var means: [String: [Double]] = [:]
        let line = "schedule_free_adamw lr=0.03 beta1=0.7 beta2=0.9 epsilon=1e-3 warmupsteps=2"
        try expectByHand(line) { variable, t in
            if t == 1 { variable.a = variable.w }
            var mean = means[variable.name] ?? variable.w
            for place in variable.w.indices {
                let g = variable.g[place]
                variable.b[place] = 0.9 * variable.b[place] + 0.1 * g * g
                let divisor = (variable.b[place] / (1 - pow(0.9, t))).squareRoot() + 1e-3
                variable.a[place] -= 0.03 * min(1, t / 2) * g / divisor
                mean[place] += (variable.a[place] - mean[place]) / t
                variable.w[place] = 0.7 * mean[place] + 0.3 * variable.a[place]
            }
            means[variable.name] = mean
        }
        #expect(means.count == 4)
    }

    @Test func `the average that it ends with is taken by a call of its own in Keras`() {
        let withAverage = Optimizer.Kind.allCases.filter { Optimizer($0).keras.averageCall != nil }
        #expect(withAverage == [.scheduleFreeAdamW])
    }
}
