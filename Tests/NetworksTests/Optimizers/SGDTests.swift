import Networks
import Specs
import Testing

@Suite struct SGDTests {
    @Test(arguments: OptimizerGolden.lines(of: .sgd))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.sgd).keras.className == "SGD")
        #expect(kerasArguments(.sgd) == ["momentum", "nesterov"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.sgd).momentCount == 0)
        #expect(optimizer(.sgd) { $0.momentum = 0.9 }.momentCount == 1)
    }

    @Test func `steps agree with the formula`() throws {
        try expectByHand("sgd lr=0.1 wd=0.05") { variable, _ in
            variable.each { w, g, _, _ in w += -0.1 * 0.05 * w - 0.1 * g }
        }
        try expectByHand("sgd lr=0.1 momentum=0.9") { variable, _ in
            variable.each { w, g, v, _ in
                v = 0.9 * v - 0.1 * g
                w += v
            }
        }
        try expectByHand("sgd lr=0.1 momentum=0.9 nesterov=true") { variable, _ in
            variable.each { w, g, v, _ in
                v = 0.9 * v - 0.1 * g
                w += 0.9 * v - 0.1 * g
            }
        }
    }
}
