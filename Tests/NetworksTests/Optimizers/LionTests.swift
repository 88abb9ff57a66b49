import Networks
import Specs
import Testing

@Suite struct LionTests {
    @Test(arguments: OptimizerGolden.lines(of: .lion))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.lion).keras.className == "Lion")
        #expect(kerasArguments(.lion) == ["beta_1", "beta_2"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.lion).momentCount == 1)
    }

    @Test func `steps agree with the formula`() throws {
        try expectByHand("lion lr=0.01 beta1=0.7 beta2=0.8 wd=0.1") { variable, _ in
            variable.each { w, g, m, _ in
                let mixed = 0.7 * m + 0.3 * g
                w += -0.01 * 0.1 * w - (mixed == 0 ? 0 : mixed > 0 ? 0.01 : -0.01)
                m = 0.8 * m + 0.2 * g
            }
        }
    }
}
