import Kernels
import Networks
import Specs
import Testing

/// Networks whose layers are divided into several stages, which hand rows forward and gradients back.
@Suite struct StageTests {
    private static let lines = [
        "40tanh-33relu-20elu sgd momentum=0.9 lr=0.05", "130relu+bn-33softmax+bn sgd lr=0.05",
        "40tanh+drop0.3-36gelu+noise0.2+drop0.1-9relu sgd lr=0.05 l2=1e-3 maxnorm=1",
        "33softmax-40tanh+bn-70relu sgd lr=0.05 clipnorm=0.5 ema=0.9", "none sgd lr=0.05",
    ]

    private let set = ByteSet(count: 150, width: 100, classes: 6, density: 0.3, seed: 1)

    private func network(_ line: String, layersPerStack: Int = .max, threads: Int = 1) throws -> Network {
        let spec = try ExperimentSpec(parsing: "\(line) batch=64", inputs: 100, classes: 6)
        return Network(spec: spec, transform: unitScale, threads: threads, layersPerStack: layersPerStack)
    }

    /// The greatest difference of two lists of tensors, relative to the second list's values; those below a hundredth of
    /// its greatest count as that.
    private func difference(_ found: [Tensor], _ wanted: [Tensor]) -> Double {
        guard found.map(\.name) == wanted.map(\.name), found.map(\.shape) == wanted.map(\.shape) else {
            return .infinity
        }
        let values = wanted.flatMap(\.values).map(Double.init)
        return worstDifference(found.flatMap(\.values), values, floor: greatest(values) / 100)
    }

    @Test(arguments: lines, [1, 2])
    func `stages one behind the other do what one stack does`(line: String, layersPerStack: Int) throws {
        let one = try network(line)
        let stages = try network(line, layersPerStack: layersPerStack)
        #expect(stages.tensors() == one.tensors())
        for rows in [0..<9, 0..<100] {
            let found = stages.gradients(set.batch(rows), labels: set.labelPointer)
            let wanted = one.gradients(set.batch(rows), labels: set.labelPointer)
            #expect(difference(found, wanted) < 1e-4, "\(rows.count) rows")
        }
        let start = one.tensors()
        let losses = one.fit(set, batch: 64, epochs: 3).map(\.loss)
        #expect(worstDifference(stages.fit(set, batch: 64, epochs: 3).map { Float($0.loss) }, losses) < 1e-5)
        #expect(difference(stages.tensors(), one.tensors()) < 1e-4 && one.tensors() != start)
        let (found, wanted) = (stages.predict(set, 0..<150), one.predict(set, 0..<150))
        #expect(worstDifference(found.probabilities, wanted.probabilities.map(Double.init)) < 1e-5)
        let (outputs, same) = (stages.hiddenOutputs(set.batch(0..<40)), one.hiddenOutputs(set.batch(0..<40)))
        #expect(outputs.map(\.count) == same.map(\.count))
        #expect(worstDifference(outputs.flatMap { $0 }, same.flatMap { $0 }.map(Double.init)) < 1e-5)
    }

    @Test(arguments: [
        "130relu+bn-33softmax", "200tanh+drop0.2-40gelu-33relu adamw", "130relu-33tanh muon clipvalue=0.1",
    ])
    func `any number of threads gives the same bits through stages, too`(line: String) throws {
        func run(threads: Int) throws -> (state: NetworkState, prediction: Prediction) {
            let network = try network(line, layersPerStack: 1, threads: threads)
            network.fit(set, batch: 64, epochs: 3)
            return (network.state, network.predict(set, 0..<150))
        }
        let one = try run(threads: 1)
        #expect(one.state.weights.allSatisfy { $0.values.allSatisfy(\.isFinite) })
        for threads in [2, 3] {
            let many = try run(threads: threads)
            #expect(many.state == one.state && many.prediction == one.prediction)
        }
    }

    @Test func `a state and live changes reach every stage`() throws {
        let first = try network("40tanh+bn-33relu+bn-20elu", layersPerStack: 1)
        first.fit(set, batch: 64, epochs: 2)
        let second = try network("40tanh+bn-33relu+bn-20elu seed=9", layersPerStack: 2)
        try second.restore(first.state)
        #expect(second.state == first.state)
        let plain = second.trainStep(set.batch(0..<64), labels: set.labelPointer).lossSum
        try second.restore(first.state)
        second.setDropout(0.5, layer: 2)
        #expect(second.trainStep(set.batch(0..<64), labels: set.labelPointer).lossSum != plain)
    }

    @Test func `the first layer that is not finite is found in any stage`() throws {
        let network = try network("40tanh-33relu-20elu", layersPerStack: 1)
        try network.load(
            network.tensors().map { tensor in
                guard tensor.name == "1.bias" else { return tensor }
                let values = [Float](repeating: .infinity, count: tensor.values.count)
                return Tensor(name: tensor.name, shape: tensor.shape, values: values)
            })
        _ = network.trainStep(set.batch(0..<64), labels: set.labelPointer)
        let found = try #require(network.nonFiniteLayer())
        #expect(found.description == "the outputs of layer 2 (33relu) are infinite")
    }
}
