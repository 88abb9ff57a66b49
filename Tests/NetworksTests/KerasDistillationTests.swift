import Kernels
import Networks
import Specs
import TestSupport
import Testing

/// Holds the loss by a teacher to that of Keras's example, values and gradients by the logits.
@Suite("Learning from a teacher") struct KerasDistillationTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            let temperature: Float
            let hard: Float
            let soft: [Double]
            let losses: [Double]
            let gradient: [Double]
        }
        let classes: Int
        let labels: [UInt8]
        let probabilities: [Float]
        let logits: [Float]
        let cases: [Case]
    }

    @Test func `probabilities at a temperature, losses and gradients are Keras's`() throws {
        let golden: Golden = try KerasFixture.read("distillation")
        let (rows, classes) = (golden.labels.count, golden.classes)
        for wanted in golden.cases {
            var soft = golden.probabilities
            Softmax.soften(&soft, rows: rows, classes: classes, temperature: wanted.temperature)
            record("probabilities", worstRelative(soft, wanted.soft, floor: 1e-37), below: 1e-5)
            var gradient = [Float](repeating: .nan, count: rows * classes)
            var losses = [Float](repeating: .nan, count: rows)
            var hits = [UInt8](repeating: 9, count: rows)
            let scale = 1 / Float(rows)
            Softmax.gradient(
                of: SoftmaxLoss(.crossEntropy, smoothing: 0.1), rows: rows, classes: classes, logits: golden.logits,
                stride: classes, labels: golden.labels, scale: wanted.hard * scale, gradient: &gradient,
                losses: &losses, hits: &hits)
            soft.withUnsafeBufferPointer { soft in
                guard let soft = soft.baseAddress else { return }
                Softmax.addDistillation(
                    of: SoftTargets(probabilities: soft, temperature: wanted.temperature, hard: wanted.hard),
                    rows: rows, classes: classes, logits: golden.logits, stride: classes, scale: scale,
                    gradient: &gradient, losses: &losses)
            }
            record("losses", worstRelative(losses, wanted.losses, floor: 1e-3), below: 1e-5)
            let floor = greatest(wanted.gradient) / 100
            record("gradient", worstRelative(gradient, wanted.gradient, floor: floor), below: 1e-5)
        }
    }

    @Test func `a step by a teacher alone that agrees in all changes nothing`() throws {
        let spec = try ExperimentSpec(parsing: "5tanh sgd lr=0.5 batch=4", inputs: 6, classes: 3)
        let network = Network(spec: spec, transform: InputTransform(multiply: 1 / 255, add: 0), threads: 1)
        let pixels = (0..<24).map { UInt8(truncatingIfNeeded: $0 * 53) }
        let (numbers, labels): ([Int32], [UInt8]) = ([0, 1, 2, 3], [0, 1, 2, 0])
        var probabilities = [Float](repeating: 0, count: 12)
        let before = network.tensors()
        let batch = ImageBatch(pixels: pixels, width: 6, rows: numbers, count: 4)
        network.predict(batch, labels: nil, probabilities: &probabilities, losses: nil)
        let result = probabilities.withUnsafeBufferPointer { soft in
            network.trainStep(
                batch, labels: labels,
                soft: soft.baseAddress.map { SoftTargets(probabilities: $0, temperature: 1, hard: 0) })
        }
        #expect(abs(result.lossSum) < 1e-5)
        for (old, new) in zip(before, network.tensors()) {
            #expect(zip(old.values, new.values).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }
}
