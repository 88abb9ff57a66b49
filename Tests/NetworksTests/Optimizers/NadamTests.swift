import Foundation
import Networks
import Specs
import Testing

@Suite struct NadamTests {
    @Test(arguments: OptimizerGolden.lines(of: .nadam))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.nadam).keras.className == "Nadam")
        #expect(kerasArguments(.nadam) == ["beta_1", "beta_2", "epsilon"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.nadam).momentCount == 2)
    }

    @Test func `steps agree with the formula`() throws {
        func u(_ t: Double) -> Double { 0.8 * (1 - 0.5 * pow(0.96, t)) }
        try expectByHand("nadam lr=0.01 beta1=0.8 beta2=0.9 epsilon=1e-3 wd=0.1") { variable, t in
            let product = stride(from: 1, through: t, by: 1).reduce(1) { $0 * u($1) }
            variable.each { w, g, m, v in
                m = 0.8 * m + 0.2 * g
                v = 0.9 * v + 0.1 * g * g
                let ahead = u(t + 1) * m / (1 - product * u(t + 1)) + (1 - u(t)) * g / (1 - product)
                w += -0.01 * 0.1 * w - 0.01 * ahead / ((v / (1 - pow(0.9, t))).squareRoot() + 1e-3)
            }
        }
    }
}
