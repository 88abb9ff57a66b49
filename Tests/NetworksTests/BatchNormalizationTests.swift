import Networks
import Specs
import Testing

@Suite struct BatchNormalizationTests {
    private func network(_ line: String, threads: Int = 1) throws -> Network {
        Network(
            spec: try ExperimentSpec(parsing: line, inputs: 50, classes: 4), transform: unitScale, threads: threads)
    }

    private func values(_ network: Network, _ name: String) -> [Float] {
        network.tensors().first { $0.name == name }?.values ?? []
    }

    @Test func `a batch of one row trains, moves the statistics and leaves the kernel before it alone`() throws {
        let set = ByteSet(count: 4, width: 50, classes: 4, density: 0.4, seed: 2)
        let network = try network("20tanh+bn sgd lr=0.1")
        let kernel = values(network, "0.kernel")
        let result = network.trainStep(set.batch(0..<1), labels: set.labelPointer)
        #expect(result.lossSum.isFinite)
        // One row's variance is zero: its normalized value is β, whatever the kernel is.
        #expect(values(network, "0.kernel") == kernel && values(network, "0.beta") != [Float](repeating: 0, count: 20))
        #expect(values(network, "0.moving_variance").allSatisfy { abs($0 - 0.99) < 1e-6 })
        #expect(values(network, "0.moving_mean").contains { $0 != 0 })
    }

    @Test func `predictions are by the moving statistics, and change none`() throws {
        let set = ByteSet(count: 40, width: 50, classes: 4, density: 0.4, seed: 3)
        let network = try network("33relu+bn-17softmax+bn")
        network.fit(set, batch: 8, epochs: 3)
        let state = network.state
        let found = network.predict(set, 0..<40)
        #expect(network.state == state)
        let reference = ReferenceNetwork(network.tensors(), spec: network.spec)
        let inputs = (0..<40).map { set.inputs($0, unitScale) }
        #expect(worstDifference(found.probabilities, reference.probabilities(inputs).flatMap { $0 }) < 5e-6)
        #expect(worstDifference(found.losses, reference.losses(inputs, labels: set.labels)) < 1e-5)
        // A row alone is multiplied in another order on some machines.
        let alone = network.predict(set, 7..<8).probabilities
        #expect(worstDifference(alone, found.probabilities[28..<32].map(Double.init)) < 1e-6)
    }

    @Test func `gradients alone move no statistics`() throws {
        let set = ByteSet(count: 8, width: 50, classes: 4, density: 0.4, seed: 4)
        let network = try network("20tanh+bn")
        let state = network.state
        _ = network.gradients(set.batch(0..<8), labels: set.labelPointer)
        #expect(network.state == state)
    }

    @Test func `no penalty and no max-norm falls on γ, β or a bias`() throws {
        let set = ByteSet(count: 8, width: 50, classes: 4, density: 0.4, seed: 5)
        let plain = try network("20tanh+bn")
        let penalized = try network("20tanh+bn l1=0.1 l2=0.1")
        let gradients = [plain, penalized].map { $0.gradients(set.batch(0..<8), labels: set.labelPointer) }
        for (one, other) in zip(gradients[0], gradients[1]) {
            #expect((one.values == other.values) == !one.name.hasSuffix("kernel"))
        }
        let kernels = penalized.tensors().filter { $0.name.hasSuffix("kernel") }.flatMap(\.values).map(Double.init)
        let sum = 0.1 * kernels.reduce(0) { $0 + abs($1) + $1 * $1 }
        #expect(abs(penalized.regularizationLoss - sum) < 1e-9 * sum)
    }
}
