import Foundation
import Networks
import Specs
import Testing

@Suite struct AdamaxTests {
    @Test(arguments: OptimizerGolden.lines(of: .adamax))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.adamax).keras.className == "Adamax")
        #expect(kerasArguments(.adamax) == ["beta_1", "beta_2", "epsilon"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.adamax).momentCount == 2)
    }

    @Test func `steps agree with the formula`() throws {
        try expectByHand("adamax lr=0.01 beta1=0.8 beta2=0.9 epsilon=1e-3 wd=0.1") { variable, t in
            variable.each { w, g, m, u in
                m = 0.8 * m + 0.2 * g
                u = max(0.9 * u, abs(g))
                w += -0.01 * 0.1 * w - 0.01 / (1 - pow(0.8, t)) * m / (u + 1e-3)
            }
        }
    }
}
