import Kernels
import Networks
import Specs
import Testing

@Suite struct NetworkTests {
    private struct Shape: Sendable {
        let widths: [Int]
        let density: Float
        let batch: Int
    }

    private static let shapes = [
        Shape(widths: [784, 200, 10], density: 0.2, batch: 32),
        Shape(widths: [784, 100, 200, 100, 10], density: 0.2, batch: 50),
        Shape(widths: [784, 300, 130, 10], density: 0.9, batch: 64),
        Shape(widths: [200, 8, 3], density: 0.5, batch: 7),
        Shape(widths: [90, 150], density: 0.3, batch: 200),
    ]

    @Test(arguments: shapes) private func `any number of threads gives the same bits, dropout included`(shape: Shape) {
        let classes = shape.widths[shape.widths.count - 1]
        let set = ByteSet(count: 200, width: shape.widths[0], classes: classes, density: shape.density, seed: 1)
        let spec = experiment(shape.widths, .relu, dropout: 0.3) { $0.l2 = 1e-4 }
        func run(threads: Int) -> (state: NetworkState, losses: [Double], prediction: Prediction) {
            let network = Network(spec: spec, transform: unitScale, threads: threads)
            let losses = network.fit(set, batch: shape.batch, epochs: 3).map(\.loss)
            return (network.state, losses, network.predict(set, 0..<set.count))
        }
        let one = run(threads: 1)
        #expect(one.state.weights.allSatisfy { $0.values.allSatisfy(\.isFinite) })
        for threads in [1, 2, 3] {
            let many = run(threads: threads)
            #expect(many.state == one.state && many.losses == one.losses && many.prediction == one.prediction)
        }
    }

    @Test(arguments: [
        "200tanh", "33relu-20relu adamw wd=0.1", "130relu+bn maxnorm=1",
        "200relu+bn+drop0.3-33softmax+noise0.2 l1=1e-4", "130tanh+bn+noise0.1-70softmax+bn sgd", "300softmax+drop0.1",
        "33mish+noise0.3 loss=categorical_focal_crossentropy smooth=0.1 l1=1e-3 l2=1e-3", "200gelu+bn muon clipnorm=1",
    ])
    func `any number of threads gives the same bits with every kind of layer`(line: String) throws {
        let set = ByteSet(count: 150, width: 200, classes: 6, density: 0.3, seed: 1)
        let spec = try ExperimentSpec(parsing: line, inputs: 200, classes: 6)
        func run(threads: Int) -> (state: NetworkState, losses: [Double], prediction: Prediction) {
            let network = Network(spec: spec, transform: unitScale, threads: threads)
            let losses = network.fit(set, batch: 64, epochs: 3).map(\.loss)
            return (network.state, losses, network.predict(set, 0..<set.count))
        }
        let one = run(threads: 1)
        #expect(one.losses.allSatisfy { $0.isFinite })
        for threads in [2, 3] {
            let many = run(threads: threads)
            #expect(many.state == one.state && many.losses == one.losses && many.prediction == one.prediction)
        }
    }

    #if arch(x86_64) || arch(arm64)
        @Test func `moments that fade away become zero, to the same bits on any number of threads`() {
            // Half of the pixels are never set again after the first steps: their moments fade.
            let bright = ByteSet(count: 8, width: 128, classes: 4, density: 0.5, seed: 1)
            let dark = ByteSet(
                pixels: bright.pixels.enumerated().map { $0.offset.isMultiple(of: 2) ? 0 : $0.element },
                labels: bright.labels, width: 128)
            func run(threads: Int) -> (state: NetworkState, prediction: Prediction) {
                let network = Network(spec: experiment([128, 64, 4], .relu), transform: unitScale, threads: threads)
                network.fit(bright, batch: 8, epochs: 3)
                network.fit(dark, batch: 8, epochs: 1000)
                return (network.state, network.predict(bright, 0..<8))
            }
            let one = run(threads: 1)
            let fading = one.state.moments[0][0].values
            let denormal = fading.filter(\.isSubnormal)
            #expect(denormal.isEmpty)
            // 0.9 to the power of 1000: what were denormal numbers on the way is 0 in the end. Without FMA a tenth of a
            // number below ten times the least normal one is already flushed to 0, and so never taken off.
            let least: Float = KernelLevel.current == .base ? 10 * .leastNormalMagnitude : 0
            func hasFaded(_ pixel: Int) -> Bool {
                fading[(64 * pixel)..<(64 * pixel + 64)].allSatisfy { abs($0) <= least }
            }
            let never = (0..<128).filter { pixel in (0..<8).allSatisfy { dark.pixels[$0 * 128 + pixel] == 0 } }
            let haveFaded = never.allSatisfy(hasFaded)
            #expect(never.count > 50 && haveFaded)
            for threads in [2, 3] {
                let many = run(threads: threads)
                #expect(many.state == one.state && many.prediction == one.prediction)
            }
        }
    #endif

    @Test func `another seed gives other weights, and biases start at zero`() {
        let one = Network(spec: experiment([40, 20, 4]) { $0.seed = 1 }, transform: unitScale, threads: 1).tensors()
        let two = Network(spec: experiment([40, 20, 4]) { $0.seed = 2 }, transform: unitScale, threads: 1).tensors()
        #expect(one[0].values != two[0].values && one[2].values != two[2].values)
        #expect(one[1].values == [Float](repeating: 0, count: 20) && one[3].values == [0, 0, 0, 0])
        #expect(one.map(\.name) == ["0.kernel", "0.bias", "1.kernel", "1.bias"])
        #expect(one.map(\.shape) == [[40, 20], [20], [20, 4], [4]])
    }

    @Test func `training learns what can be learned`() {
        let set = ByteSet(count: 64, width: 100, classes: 4, density: 0.3, seed: 2)
        let network = Network(
            spec: experiment([100, 48, 4], .relu) { $0.learningRate = 0.01 }, transform: unitScale, threads: 1)
        let epochs = network.fit(set, batch: 16, epochs: 60)
        #expect(epochs[0].accuracy < 0.6 && epochs[59].accuracy == 1 && epochs[59].loss < 0.05)
    }

    @Test(arguments: [Float(0.1), 0.9], [InputTransform(multiply: 1 / 255, add: 0), .init(multiply: 0.01, add: -0.7)])
    func `predictions agree with double precision, over chunks and for any density`(
        density: Float, transform: InputTransform
    ) {
        let set = ByteSet(count: 300, width: 60, classes: 5, density: density, seed: 3)
        let network = Network(
            spec: experiment([60, 140, 20, 5], Activation(.silu), dropout: 0.5), transform: transform, threads: 2)
        let reference = ReferenceNetwork(network.tensors(), spec: network.spec)
        let found = network.predict(set, 10..<300)
        let inputs = (10..<300).map { set.inputs($0, transform) }
        #expect(worstDifference(found.probabilities, reference.probabilities(inputs).flatMap { $0 }) < 2e-6)
        let losses = reference.losses(inputs, labels: Array(set.labels[10..<300]))
        #expect(worstDifference(found.losses, losses) < 5e-6)
    }

    @Test func `predicting without labels gives the same probabilities`() {
        let set = ByteSet(count: 5, width: 60, classes: 5, density: 0.2, seed: 4)
        let network = Network(spec: experiment([60, 16, 5]), transform: unitScale, threads: 1)
        var probabilities = [Float](repeating: 0, count: 25)
        network.predict(set.batch(0..<5), labels: nil, probabilities: &probabilities, losses: nil)
        #expect(probabilities == network.predict(set, 0..<5).probabilities)
        #expect((0..<5).allSatisfy { abs(probabilities[($0 * 5)..<($0 * 5 + 5)].reduce(0, +) - 1) < 1e-6 })
    }

    @Test func `a step reports the loss before it, with the penalty, and the hits`() {
        let set = ByteSet(count: 20, width: 60, classes: 5, density: 0.2, seed: 5)
        let network = Network(
            spec: experiment([60, 40, 5]) { ($0.l1, $0.l2) = (0.002, 0.01) }, transform: unitScale, threads: 1)
        let before = network.predict(set, 0..<20)
        let reference = ReferenceNetwork(network.tensors(), spec: network.spec)
        #expect(abs(network.regularizationLoss - reference.penalty) < 1e-6 * reference.penalty)
        let result = network.trainStep(set.batch(0..<20), labels: set.labelPointer)
        let data = before.losses.reduce(0.0) { $0 + Double($1) }
        #expect(abs(result.lossSum - data - 20 * reference.penalty) < 1e-4)
        let hits = (0..<20).count { row in
            let values = before.probabilities[(row * 5)..<(row * 5 + 5)]
            return values.max() == values[row * 5 + Int(set.labels[row])]
        }
        #expect(result.correct == hits)
    }

    @Test func `batches above the spec's size and empty ones are taken`() {
        let set = ByteSet(count: 50, width: 60, classes: 5, density: 0.2, seed: 6)
        let small = Network(spec: experiment([60, 40, 5]) { $0.batch = 4 }, transform: unitScale, threads: 1)
        let large = Network(spec: experiment([60, 40, 5]) { $0.batch = 50 }, transform: unitScale, threads: 1)
        let none = small.trainStep(set.batch(0..<0), labels: set.labelPointer)
        #expect(none == StepResult(lossSum: 0, correct: 0))
        let first = small.trainStep(set.batch(0..<50), labels: set.labelPointer)
        #expect(first == large.trainStep(set.batch(0..<50), labels: set.labelPointer))
        #expect(small.tensors() == large.tensors())
    }

    @Test func `learning rate, penalty and dropout change live`() {
        let set = ByteSet(count: 32, width: 60, classes: 5, density: 0.2, seed: 7)
        let network = Network(spec: experiment([60, 40, 5]), transform: unitScale, threads: 1)
        network.learningRate = 0
        let start = network.tensors()
        network.fit(set, batch: 32, epochs: 2)
        #expect(network.tensors() == start)
        let plain = network.trainStep(set.batch(0..<32), labels: set.labelPointer).lossSum
        network.setDropout(0.5, layer: 0)
        let dropping = network.trainStep(set.batch(0..<32), labels: set.labelPointer).lossSum
        #expect(dropping != plain)
        network.setDropout(0, layer: 0)
        network.l2 = 0.1
        let penalized = network.trainStep(set.batch(0..<32), labels: set.labelPointer).lossSum
        #expect(abs(penalized - plain - 32 * network.regularizationLoss) < 1e-4)
        network.l1 = 0.03
        let both = network.trainStep(set.batch(0..<32), labels: set.labelPointer).lossSum
        #expect(both > penalized && abs(both - plain - 32 * network.regularizationLoss) < 1e-4)
        network.learningRate = 0.01
        network.fit(set, batch: 32, epochs: 1)
        #expect(network.tensors() != start)
    }
}
