import Foundation
import Kernels
import Networks
import Specs

/// A small labelled set of byte rows at a fixed address.
final class ByteSet {
    let width: Int
    let count: Int
    let pixels: [UInt8]
    let labels: [UInt8]
    private let pixelBuffer: AlignedBuffer<UInt8>
    private let labelBuffer: AlignedBuffer<UInt8>
    private let rowBuffer: AlignedBuffer<Int32>

    init(pixels: [UInt8], labels: [UInt8], width: Int) {
        self.pixels = pixels
        self.labels = labels
        self.width = width
        count = labels.count
        pixelBuffer = AlignedBuffer(count: pixels.count)
        labelBuffer = AlignedBuffer(count: labels.count)
        rowBuffer = AlignedBuffer(count: labels.count)
        for (index, byte) in pixels.enumerated() { pixelBuffer.pointer[index] = byte }
        for (index, label) in labels.enumerated() {
            labelBuffer.pointer[index] = label
            rowBuffer.pointer[index] = Int32(index)
        }
    }

    /// Random bytes, of which about `density` are not zero, and random labels.
    convenience init(count: Int, width: Int, classes: Int, density: Float, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pixels = (0..<(count * width)).map { _ in
            generator.uniform() < density ? UInt8(1 + generator.next() % 255) : 0
        }
        let labels = (0..<count).map { _ in UInt8(generator.next() % UInt64(classes)) }
        self.init(pixels: pixels, labels: labels, width: width)
    }

    var labelPointer: UnsafePointer<UInt8> { UnsafePointer(labelBuffer.pointer) }

    func batch(_ range: Range<Int>) -> ImageBatch {
        ImageBatch(
            pixels: pixelBuffer.pointer, width: width, rows: rowBuffer.pointer + range.lowerBound, count: range.count)
    }

    /// A row as inputs.
    func inputs(_ row: Int, _ transform: InputTransform) -> [Double] {
        pixels[(row * width)..<((row + 1) * width)].map {
            Double($0) * Double(transform.multiply) + Double(transform.add)
        }
    }
}

/// Pixels divided by 255.
let unitScale = InputTransform(multiply: 1 / 255, add: 0)

/// Probabilities and losses of some rows.
struct Prediction: Equatable {
    var probabilities: [Float]
    var losses: [Float]
}

extension Network {
    func predict(_ set: ByteSet, _ range: Range<Int>) -> Prediction {
        let classes = spec.network.classes
        var found = Prediction(
            probabilities: [Float](repeating: .nan, count: range.count * classes),
            losses: [Float](repeating: .nan, count: range.count))
        predict(
            set.batch(range), labels: set.labelPointer, probabilities: &found.probabilities, losses: &found.losses)
        return found
    }

    /// Steps through the whole set in order, `epochs` times; returns each epoch's mean loss and accuracy.
    @discardableResult
    func fit(_ set: ByteSet, batch: Int, epochs: Int) -> [(loss: Double, accuracy: Double)] {
        (0..<epochs).map { _ in
            var loss = 0.0
            var correct = 0
            for start in stride(from: 0, to: set.count, by: batch) {
                let range = start..<min(start + batch, set.count)
                let result = trainStep(set.batch(range), labels: set.labelPointer)
                loss += result.lossSum
                correct += result.correct
            }
            return (loss / Double(set.count), Double(correct) / Double(set.count))
        }
    }
}

/// A spec in a line.
func experiment(
    _ widths: [Int], _ activation: Activation = .tanh, dropout: Double = 0,
    _ change: (inout TrainingConfiguration) -> Void = { _ in }
) -> ExperimentSpec {
    let hidden = widths.dropFirst().dropLast().map {
        HiddenLayer(units: $0, activation: activation, dropout: dropout)
    }
    var spec = ExperimentSpec(
        network: NetworkSpec(inputs: widths[0], hidden: hidden, classes: widths[widths.count - 1]))
    change(&spec.training)
    return spec
}

/// The largest of |a - b| / max(|b|, floor).
func worstDifference(_ a: [Float], _ b: [Double], floor: Double = 1) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { worst, pair in
        let difference = abs(Double(pair.0) - pair.1) / max(abs(pair.1), floor)
        return difference.isNaN ? .infinity : max(worst, difference)
    }
}

/// An optimizer with some settings changed.
func optimizer(_ kind: Optimizer.Kind, _ change: (inout Optimizer) -> Void) -> Optimizer {
    var optimizer = Optimizer(kind)
    change(&optimizer)
    return optimizer
}
