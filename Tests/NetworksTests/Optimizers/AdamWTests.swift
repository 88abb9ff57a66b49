import Foundation
import Networks
import Specs
import Testing

@Suite struct AdamWTests {
    @Test(arguments: OptimizerGolden.lines(of: .adamw))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.adamw).keras.className == "AdamW")
        #expect(kerasArguments(.adamw) == ["beta_1", "beta_2", "epsilon", "amsgrad"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.adamw).momentCount == 2)
    }

    @Test func `steps agree with the formula`() throws {
        try expectByHand("adamw lr=0.01 beta1=0.8 beta2=0.9 epsilon=1e-3 wd=0.1") { variable, t in
            variable.each { w, g, m, v in
                m = 0.8 * m + 0.2 * g
                v = 0.9 * v + 0.1 * g * g
                let rate = 0.01 * (1 - pow(0.9, t)).squareRoot() / (1 - pow(0.8, t))
                w += -0.01 * 0.1 * w - rate * m / (v.squareRoot() + 1e-3)
            }
        }
    }

    @Test func `weights decay where nothing is said`() {
        #expect(Optimizer(.adamw).weightDecay == 0.004 && Optimizer(.adam).weightDecay == 0)
    }
}
