import Kernels
import Networks
import Specs
import Testing

@Suite struct LayerFactsTests {
    @Test(
        "A layer's variables are those that its network has: names, shapes, order and numbers",
        arguments: [
            "none", "8tanh", "200tanh", "200relu+drop0.2", "30gelu+noise0.1", "20relu+bn", "16+bn+noise0.1+drop0.5",
            "100relu-200relu-100relu", "33softmax-17elu:0.5", "9leaky_relu:0.1+bn-8-7tanh+drop0.3", "1-1-1",
            "64silu+bn-64silu+bn adafactor", "40relu-30tanh muon ema=0.99",
        ])
    func variables(line: String) throws {
        let spec = try ExperimentSpec(parsing: line, inputs: 36, classes: 5)
        let network = Network(spec: spec, transform: InputTransform(multiply: 0.01, add: 0), threads: 1)
        let (tensors, layers) = (network.tensors(), spec.network.layers)
        let facts = layers.flatMap { layer in layer.variables.map { (layer.tensorName($0), $0) } }
        #expect(tensors.map(\.name) == facts.map(\.0))
        #expect(tensors.map(\.shape) == facts.map(\.1.shape))
        let values = tensors.map(\.values.count).reduce(0, +)
        #expect(spec.network.parameterCount + layers.reduce(0) { $0 + $1.kept } == values)
        #expect(spec.network.weightBytes == 4 * values)
        #expect(network.kernelNorms.count == layers.count)
    }
}
