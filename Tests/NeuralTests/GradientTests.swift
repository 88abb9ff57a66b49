import Kernels
import Neural
import Testing

@Suite struct GradientTests {
    private static let rows = 9
    private static let step = 1e-5

    /// The worst difference between the network's gradients and central differences of the reference, over a sample of
    /// every tensor's weights, relative to the tensor's largest gradient.
    private func worst(
        _ network: Network, _ set: ByteSet, activation: Activation, transform: InputTransform, masks: [[Double]] = []
    ) -> Double {
        let rows = 0..<Self.rows
        let inputs = rows.map { set.inputs($0, transform) }
        let labels = Array(set.labels[rows])
        var reference = ReferenceNetwork(network.tensors(), activation: activation, l2: network.l2)
        reference.masks = masks
        var worst = 0.0
        for (index, gradient) in network.gradients(set.batch(rows), labels: set.labelPointer).enumerated() {
            let scale = Double(gradient.values.map(abs).max() ?? 0)
            guard scale > 0 else { return .infinity }
            for place in stride(from: 0, to: gradient.values.count, by: max(1, gradient.values.count / 30)) {
                let value = reference.values[index][place]
                reference.values[index][place] = value + Self.step
                let above = reference.loss(inputs, labels: labels)
                reference.values[index][place] = value - Self.step
                let below = reference.loss(inputs, labels: labels)
                reference.values[index][place] = value
                let slope = (above - below) / (2 * Self.step)
                worst = max(worst, abs(slope - Double(gradient.values[place])) / scale)
            }
        }
        return worst
    }

    @Test(arguments: implemented)
    func `gradients of every layer agree with finite differences`(activation: Activation) {
        for (widths, density) in [([30, 12, 9, 4], Float(0.2)), ([30, 40, 5], 0.9), ([40, 130, 33, 10], 0.3)] {
            let set = ByteSet(count: 12, width: widths[0], classes: widths[widths.count - 1], density: density, seed: 3)
            let spec = experiment(widths, activation) { $0.seed = 5 }
            let network = Network(spec: spec, transform: unitScale, threads: 2)
            #expect(worst(network, set, activation: activation, transform: unitScale) < 2e-5)
        }
    }

    @Test func `softmax regression and shifted inputs have right gradients`() {
        let shifted = InputTransform(multiply: 1 / 80, add: -0.4)
        for transform in [unitScale, shifted] {
            let set = ByteSet(count: 12, width: 50, classes: 10, density: 0.3, seed: 4)
            let network = Network(spec: experiment([50, 10]), transform: transform, threads: 1)
            #expect(worst(network, set, activation: .linear, transform: transform) < 2e-5)
        }
    }

    @Test func `the penalty of L2 is in the gradients of kernels and not of biases`() {
        let set = ByteSet(count: 12, width: 30, classes: 4, density: 0.3, seed: 5)
        let network = Network(spec: experiment([30, 20, 4]) { $0.l2 = 0.05 }, transform: unitScale, threads: 1)
        #expect(worst(network, set, activation: .tanh, transform: unitScale) < 2e-5)
    }

    @Test(arguments: [Activation.tanh, .relu, .gelu])
    func `gradients flow through dropout's mask alone`(activation: Activation) {
        let widths = [30, 40, 36, 4]
        let set = ByteSet(count: 12, width: 30, classes: 4, density: 0.3, seed: 6)
        let network = Network(spec: experiment(widths, activation, dropout: 0.4), transform: unitScale, threads: 2)
        let masks = (0..<2).map { layer -> [Double] in
            let units = widths[layer + 1]
            let ones = [Float](repeating: 1, count: Self.rows * units)
            var mask = ones
            let slice = Slice(rows: 0..<Self.rows, columns: 0..<units, stride: units)
            Elementwise.dropout(slice, rate: 0.4, key: network.dropoutKey(layer: layer), ones, into: &mask)
            return mask.map(Double.init)
        }
        #expect(worst(network, set, activation: activation, transform: unitScale, masks: masks) < 2e-5)
    }
}
