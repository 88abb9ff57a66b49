import Kernels
import Networks
import Specs
import Testing

@Suite struct NonFiniteLayerTests {
    private let set = ByteSet(count: 12, width: 20, classes: 3, density: 0.5, seed: 1)

    /// What is found after a step of a network one of whose values was changed; the rate as given.
    private func found(
        _ line: String = "7relu-6relu+bn-5tanh sgd", rate: Double = 0.01,
        _ change: (inout [Tensor]) -> Void = { _ in }
    ) throws -> NonFiniteLayer? {
        let spec = try ExperimentSpec(parsing: line, inputs: 20, classes: 3)
        let network = Network(spec: spec, transform: unitScale, threads: 2)
        network.learningRate = rate
        var tensors = network.tensors()
        change(&tensors)
        try network.load(tensors)
        _ = network.trainStep(set.batch(0..<12), labels: set.labelPointer)
        return network.nonFiniteLayer()
    }

    private func fill(_ tensors: inout [Tensor], _ name: String, _ value: Float) {
        for index in tensors.indices where tensors[index].name == name {
            tensors[index].values = tensors[index].values.map { _ in value }
        }
    }

    @Test func `a step whose numbers are finite has none`() throws { #expect(try found() == nil) }

    @Test func `the first layer in forward order whose outputs ran out is named`() throws {
        let first = try #require(try found { fill(&$0, "0.kernel", .nan) })
        #expect(first.layer == 0 && first.place == .outputs && first.value.isNaN)
        #expect(first.description == "the outputs of layer 1 (7relu) are no numbers")
        let plain = "7relu-6relu-5tanh sgd"
        let second = try #require(
            try found(plain) {
                fill(&$0, "0.kernel", 1)
                fill(&$0, "1.kernel", 3e38)
            })
        #expect(second.description == "the outputs of layer 2 (6relu) are infinite" && second.value == .infinity)
        let last = try #require(
            try found(plain) {
                fill(&$0, "2.bias", 1)
                fill(&$0, "2.kernel", 0)
                fill(&$0, "3.kernel", 3e38)
            })
        #expect(last.description == "the outputs of the output layer are infinite" && last.layer == 3)
    }

    @Test func `where outputs are finite, weights after the step are looked at`() throws {
        let found = try #require(try found("7tanh-6tanh sgd", rate: 1e39))
        #expect(found.description.hasPrefix("the weights of layer 1 (7tanh) are "))
    }
}
