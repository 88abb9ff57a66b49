import Specs
import Testing

@Suite struct LayerFactsTests {
    private func layers(_ line: String) throws -> [LayerFacts] {
        try ExperimentSpec(parsing: line, inputs: 784, classes: 10).network.layers
    }

    @Test("A layer's words and shapes")
    func words() throws {
        let layers = try layers("200tanh+bn+noise0.1+drop0.2-100")
        #expect(
            layers.map { "\($0.name): \($0.input) to \($0.title), \($0.word)" } == [
                "layer 1: 784 to 200 bn tanh noise 0.1 drop 0.2, 200tanh+bn+noise0.1+drop0.2",
                "layer 2: 200 to 100 linear, 100", "output: 100 to 10 softmax, 10",
            ])
        #expect(layers.map(\.isNormalized) == [true, false, false] && layers.map(\.isMasked) == [true, false, false])
    }

    @Test("What stands behind a layer's activation is named shortly and in whole words")
    func extras() throws {
        let layers = try layers("200tanh+bn+noise0.1+drop0.2-100")
        #expect(layers[0].extras.map(\.label) == ["bn", "noise 0.1", "drop 0.2"])
        #expect(layers[0].extras.map(\.phrase) == ["batch normalization", "noise 0.1", "dropout 0.2"])
        #expect(layers[1].extras.isEmpty && layers[2].extras.isEmpty)
        #expect(layers[0].parts.map(\.phrase).contains("tanh") && layers[0].parts[0].phrase == nil)
    }

    @Test("The output layer is the last one, with hidden layers and without")
    func outputLayer() throws {
        #expect(try layers("30relu-20relu").last?.title == "10 softmax")
        for line in ["30relu-20relu", "none"] {
            let network = try ExperimentSpec(parsing: line, inputs: 784, classes: 10).network
            #expect(network.outputLayer == network.layers.last && network.outputLayer.isOutput)
        }
    }

    @Test("Parameters are counted apart from what is kept beside them")
    func parameters() throws {
        let layers = try layers("200tanh+bn-100relu+drop0.5")
        #expect(layers.map(\.parameters) == [784 * 200 + 600, 200 * 100 + 100, 100 * 10 + 10])
        #expect(layers.map(\.vectorParameters) == [600, 100, 10] && layers.map(\.kept) == [400, 0, 0])
        #expect(
            layers[0].variables.map { "\($0.name) \($0.shape) \($0.isTrainable)" } == [
                "kernel [784, 200] true", "bias [200] true", "gamma [200] true", "beta [200] true",
                "moving_mean [200] false", "moving_variance [200] false",
            ])
    }

    @Test("A training step takes two products of the first layer, and three of every other")
    func operations() throws {
        let network = try ExperimentSpec(parsing: "200tanh+bn-100relu", inputs: 784, classes: 10).network
        #expect(network.layers.map(\.multiplyAdds) == [784 * 200, 200 * 100, 100 * 10])
        #expect(network.layers.map(\.trainingMultiplyAdds) == [2 * 784 * 200, 3 * 200 * 100, 3 * 100 * 10])
        #expect(network.trainingOperations == 2 * (2 * 784 * 200 + 3 * 200 * 100 + 3 * 100 * 10))
    }

    @Test("The first layer is the one that reads the pixels, with hidden layers and without")
    func firstLayer() throws {
        #expect(try layers("30relu-20relu")[0].output.count == 30)
        #expect(NetworkSpec(inputs: 64, hidden: [], classes: 3).firstLayer.title == "3 softmax")
        #expect(NetworkSpec(inputs: 64, hidden: [], classes: 3).widths == [64, 3])
    }

    @Test("The ends of a network are those of its first and last kernel")
    func ends() {
        let kernels = [[64, 8], [8, 3]].compactMap { KernelShape($0) }
        #expect(NetworkSpec.ends(of: kernels) == NetworkSpec(inputs: 64, hidden: [], classes: 3))
        #expect(NetworkSpec.ends(of: [KernelShape(inputs: 64, units: 1)]) == nil)
        #expect(NetworkSpec.ends(of: [KernelShape(inputs: 64, units: 257)]) == nil)
        #expect(NetworkSpec.ends(of: []) == nil && KernelShape([64]) == nil && KernelShape([1, 2, 3]) == nil)
    }

    @Test("A shape says its sides, and its count stays within an Int")
    func shape() {
        #expect("\(Shape(units: 200)) \(Shape(rows: 28, columns: 28, channels: 3))" == "200 28 × 28 × 3")
        #expect(Shape(rows: 28, columns: 28, channels: 3).count == 2352)
        #expect(Shape(rows: .max, columns: 2, channels: 1).count == .max)
    }
}
