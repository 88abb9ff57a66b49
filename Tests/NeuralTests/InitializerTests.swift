import Kernels
import Neural
import Testing

@Suite struct InitializerTests {
    private func moments(_ values: [Float]) -> (mean: Double, variance: Double, largest: Double) {
        let count = Double(values.count)
        let mean = values.reduce(0.0) { $0 + Double($1) } / count
        let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
        return (mean, variance, Double(values.map(abs).max() ?? 0))
    }

    private static let cases: [(initializer: Initializer, variance: Double, uniform: Bool)] = [
        (.glorotUniform, 0.004, true), (.glorotNormal, 0.004, false),
        (.heUniform, 2.0 / 300, true), (.heNormal, 2.0 / 300, false),
        (.lecunUniform, 1.0 / 300, true), (.lecunNormal, 1.0 / 300, false),
    ]

    @Test(arguments: cases)
    func `kernels have Keras's variance and limits`(initializer: Initializer, variance: Double, uniform: Bool) {
        var generator = SeededGenerator(seed: 9)
        let values = initializer.kernel(inputs: 300, units: 200, using: &generator)
        let found = moments(values)
        #expect(values.count == 60_000)
        #expect(abs(found.mean) < 0.02 * variance.squareRoot())
        #expect(abs(found.variance / variance - 1) < 0.03)
        // Uniform values end at √(3·variance), truncated normal ones at two widened deviations.
        let limit = uniform ? (3 * variance).squareRoot() : 2 * variance.squareRoot() / 0.87962566
        #expect(found.largest <= limit * 1.000001 && found.largest > 0.99 * limit)
    }

    @Test func `a network's kernels are drawn by its spec's initializer`() {
        let spec = experiment([300, 200, 4]) { $0.initializer = .lecunUniform }
        let kernel = Network(spec: spec, transform: unitScale, threads: 1).tensors()[0]
        #expect(abs(moments(kernel.values).variance * 300 - 1) < 0.03)
    }
}
