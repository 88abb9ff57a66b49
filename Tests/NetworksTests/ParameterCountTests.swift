import Specs
import Testing

@Suite struct ParameterCountTests {
    @Test("Parameters are kernels and biases of all layers")
    func count() {
        #expect(NetworkSpec(hidden: [HiddenLayer(units: 8)]).parameterCount == 784 * 8 + 8 + 8 * 10 + 10)
        #expect(NetworkSpec(hidden: []).parameterCount == 7_850)
    }

    @Test("A network beyond all memory has a count that can still be reckoned with", arguments: [1 << 33, 1 << 62])
    func beyondMemory(inputs: Int) {
        let layers = [HiddenLayer(units: 1 << 30), HiddenLayer(units: 1 << 62)]
        #expect(NetworkSpec(inputs: inputs, hidden: layers).parameterCount == 1 << 50)
    }
}
