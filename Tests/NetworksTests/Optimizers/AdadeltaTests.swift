import Networks
import Specs
import Testing

@Suite struct AdadeltaTests {
    @Test(arguments: OptimizerGolden.lines(of: .adadelta))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.adadelta).keras.className == "Adadelta")
        #expect(kerasArguments(.adadelta) == ["rho", "epsilon"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.adadelta).momentCount == 2)
    }

    @Test func `steps agree with the formula`() throws {
        try expectByHand("adadelta lr=1 rho=0.8 epsilon=1e-3 wd=0.01") { variable, _ in
            variable.each { w, g, a, s in
                a = 0.8 * a + 0.2 * g * g
                let change = g * (s + 1e-3).squareRoot() / (a + 1e-3).squareRoot()
                s = 0.8 * s + 0.2 * change * change
                w += -0.01 * w - change
            }
        }
    }
}
