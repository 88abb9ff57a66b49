import Foundation
import Networks
import Specs
import Testing

@Suite struct FtrlTests {
    @Test(arguments: OptimizerGolden.lines(of: .ftrl))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line, first: 2e-5) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.ftrl).keras.className == "Ftrl")
        #expect(kerasArguments(.ftrl) == ["learning_rate_power", "initial_accumulator_value"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.ftrl).momentCount == 2)
    }

    @Test(arguments: [-0.5, -0.7])
    func `steps agree with the formula`(power: Double) throws {
        // Powers in single precision that differ by little are subtracted; for roots the core has a better way.
        let tolerance = power == -0.5 ? 1e-5 : 5e-5
        let line = "ftrl lr=0.1 accumulator=0.3 power=\(power) wd=0.1"
        try expectByHand(line, start: 0.3, tolerance: tolerance) { variable, _ in
            variable.each { w, g, a, z in
                w -= 0.1 * 0.1 * w
                let next = a + g * g
                z += g - (pow(next, -power) - pow(a, -power)) / 0.1 * w
                w = -z / (pow(next, -power) / 0.1)
                a = next
            }
        }
    }

    @Test func `a step at rate 0, by which it would divide, changes nothing`() throws {
        let set = ByteSet(count: 10, width: 6, classes: 3, density: 0.6, seed: 4)
        let spec = try ExperimentSpec(parsing: "9tanh ftrl", inputs: 6, classes: 3)
        let network = Network(spec: spec, transform: unitScale, threads: 1)
        let before = network.state
        network.learningRate = 0
        network.fit(set, batch: 10, epochs: 1)
        #expect(network.state.weights == before.weights && network.state.moments == before.moments)
    }
}
