import Networks
import Specs
import Testing

@Suite struct RMSpropTests {
    @Test(arguments: OptimizerGolden.lines(of: .rmsprop))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.rmsprop).keras.className == "RMSprop")
        #expect(kerasArguments(.rmsprop) == ["rho", "momentum", "epsilon", "centered"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.rmsprop).momentCount == 1)
        #expect(optimizer(.rmsprop) { ($0.centered, $0.momentum) = (true, 0.8) }.momentCount == 3)
    }

    @Test func `steps agree with the formula`() throws {
        try expectByHand("rmsprop lr=0.01 rho=0.8 epsilon=1e-3 wd=0.1") { variable, _ in
            variable.each { w, g, v, _ in
                v = 0.8 * v + 0.2 * g * g
                w += -0.01 * 0.1 * w - 0.01 * g / (v + 1e-3).squareRoot()
            }
        }
        try expectByHand("rmsprop lr=0.01 epsilon=1e-3 centered=true") { variable, _ in
            variable.each { w, g, v, mean in
                v = 0.9 * v + 0.1 * g * g
                mean = 0.9 * mean + 0.1 * g
                w -= 0.01 * g / (v - mean * mean + 1e-3).squareRoot()
            }
        }
        try expectByHand("rmsprop lr=0.01 epsilon=1e-3 momentum=0.7") { variable, _ in
            variable.each { w, g, v, step in
                v = 0.9 * v + 0.1 * g * g
                step = 0.7 * step + 0.01 * g / (v + 1e-3).squareRoot()
                w -= step
            }
        }
    }
}
