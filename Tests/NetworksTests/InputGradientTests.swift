import Foundation
import Kernels
import Networks
import Specs
import Testing

/// Gradients of logits by the inputs.
@Suite struct InputGradientTests {
    @Test(
        "The gradient of a logit by the inputs is what finite differences give",
        arguments: ["20tanh", "16sigmoid-12softplus", "14gelu+bn-9silu", "10softmax-8tanh+drop0.4", "none"])
    func differences(line: String) throws {
        let inputs = 12
        let spec = try ExperimentSpec(parsing: line + " scale=raw batch=8", inputs: inputs, classes: 4)
        // A pixel byte is an input of its own size, divided by a hundred.
        let network = Network(spec: spec, transform: InputTransform(multiply: 0.01, add: 0.2), threads: 1)
        let pixels = (0..<(8 * inputs)).map { UInt8(($0 * 37 + 11) % 251) }
        let labels = (0..<8).map { UInt8($0 % 4) }
        withBatch(pixels, rows: 8, width: inputs) { batch in
            labels.withUnsafeBufferPointer { labels in
                guard let labels = labels.baseAddress else { return }
                for _ in 0..<20 { _ = network.trainStep(batch, labels: labels) }
            }
            let gradients = network.logitGradients(batch, classes: [0, 2])
            #expect(gradients.map(\.count) == [8 * inputs, 8 * inputs])
            check(gradients, network, pixels, inputs)
        }
    }

    /// Steps of 20 bytes each way: logits of other inputs come from their probabilities, up to a constant for each row.
    private func check(_ gradients: [[Float]], _ network: Network, _ pixels: [UInt8], _ inputs: Int) {
        for row in [0, 5] {
            for input in [0, 3, inputs - 1] {
                let place = row * inputs + input
                guard pixels[place] >= 4, pixels[place] <= 250 else { continue }
                var (less, more) = (pixels, pixels)
                less[place] -= 4
                more[place] += 4
                let step = 2 * 4 * 0.01
                // Of the difference of two logits nothing is lost in the softmax.
                let found = (logRatio(network, more, row, inputs) - logRatio(network, less, row, inputs)) / step
                let expected = Double(gradients[0][place] - gradients[1][place])
                #expect(abs(found - expected) < 0.01 * max(1, abs(expected)), "row \(row), input \(input)")
            }
        }
    }

    /// The logit of class 0 less that of class 2.
    private func logRatio(_ network: Network, _ pixels: [UInt8], _ row: Int, _ inputs: Int) -> Double {
        var probabilities = [Float](repeating: 0, count: 8 * 4)
        withBatch(pixels, rows: 8, width: inputs) { batch in
            probabilities.withUnsafeMutableBufferPointer { out in
                guard let out = out.baseAddress else { return }
                network.predict(batch, labels: nil, probabilities: out, losses: nil)
            }
        }
        return log(Double(probabilities[row * 4])) - log(Double(probabilities[row * 4 + 2]))
    }

    private func withBatch(_ pixels: [UInt8], rows: Int, width: Int, _ body: (ImageBatch) -> Void) {
        let numbers = (0..<Int32(rows)).map { $0 }
        pixels.withUnsafeBufferPointer { pixels in
            numbers.withUnsafeBufferPointer { numbers in
                guard let pixels = pixels.baseAddress, let numbers = numbers.baseAddress else { return }
                body(ImageBatch(pixels: pixels, width: width, rows: numbers, count: rows))
            }
        }
    }
}
