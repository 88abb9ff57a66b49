import Networks
import Specs
import Testing

@Suite struct AdagradTests {
    @Test(arguments: OptimizerGolden.lines(of: .adagrad))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.adagrad).keras.className == "Adagrad")
        #expect(kerasArguments(.adagrad) == ["initial_accumulator_value", "epsilon"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.adagrad).momentCount == 1)
    }

    @Test func `steps agree with the formula`() throws {
        try expectByHand("adagrad lr=0.1 accumulator=0.3 epsilon=1e-3 wd=0.1", start: 0.3) { variable, _ in
            variable.each { w, g, s, _ in
                s += g * g
                w += -0.1 * 0.1 * w - 0.1 * g / (s + 1e-3).squareRoot()
            }
        }
    }
}
