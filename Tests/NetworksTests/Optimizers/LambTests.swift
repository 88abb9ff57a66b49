import Foundation
import Networks
import Specs
import Testing

@Suite struct LambTests {
    @Test(arguments: OptimizerGolden.lines(of: .lamb))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.lamb).keras.className == "Lamb")
        #expect(kerasArguments(.lamb) == ["beta_1", "beta_2", "epsilon"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.lamb).momentCount == 2)
    }

    @Test func `steps agree with the formula`() throws {
        try expectByHand("lamb lr=0.01 beta1=0.8 beta2=0.9 epsilon=1e-3 wd=0.1") { variable, t in
            var direction: [Double] = []
            variable.each { w, g, m, v in
                m = 0.8 * m + 0.2 * g
                v = 0.9 * v + 0.1 * g * g
                direction.append(m / (1 - pow(0.8, t)) / ((v / (1 - pow(0.9, t))).squareRoot() + 1e-3))
                w -= 0.01 * 0.1 * w
            }
            let (weights, step) = (HandVariable.norm(variable.w), HandVariable.norm(direction))
            let ratio = weights > 0 && step > 0 ? weights / step : 1
            for place in variable.w.indices { variable.w[place] -= 0.01 * ratio * direction[place] }
        }
    }
}
