import Foundation
import Kernels
import Testing

@Suite struct SoftmaxTests {
    /// Losses and probabilities of rows of logits in double precision.
    private func reference(_ logits: [Float], classes: Int, stride: Int, labels: [UInt8])
        -> (losses: [Double], probabilities: [Double])
    {
        var losses: [Double] = []
        var probabilities: [Double] = []
        for (row, label) in labels.enumerated() {
            let values = logits[(row * stride)..<(row * stride + classes)].map(Double.init)
            let top = values.max() ?? 0
            let sum = values.reduce(0) { $0 + exp($1 - top) }
            losses.append(log(sum) + top - values[Int(label)])
            probabilities += values.map { exp($0 - top) / sum }
        }
        return (losses, probabilities)
    }

    @Test(
        arguments: [(1, 1, 8), (5, 2, 8), (7, 10, 16), (3, 10, 10), (2, 37, 48), (4, 256, 256)], KernelLevel.available)
    func `both passes agree with double precision for any shape`(shape: (Int, Int, Int), level: KernelLevel) {
        let (rows, classes, stride) = shape
        let logits = randomFloats(rows * stride, scale: 6, seed: UInt64(rows * 1000 + classes))
        let labels = (0..<rows).map { UInt8(($0 * 7) % classes) }
        let wanted = reference(logits, classes: classes, stride: stride, labels: labels)

        var probabilities = [Float](repeating: 9, count: rows * classes)
        var losses = [Float](repeating: 9, count: rows)
        Softmax.forward(
            rows: rows, classes: classes, logits: logits, stride: stride, probabilities: &probabilities,
            labels: labels, losses: &losses, on: level)
        #expect(worstDifference(probabilities, wanted.probabilities) < 1e-6)
        #expect(worstDifference(losses, wanted.losses) < 1e-6)

        var gradient = [Float](repeating: 9, count: rows * stride)
        var trainLosses = [Float](repeating: 9, count: rows)
        var hits = [UInt8](repeating: 9, count: rows)
        Softmax.gradient(
            of: SoftmaxLoss(.crossEntropy), rows: rows, classes: classes, logits: logits, stride: stride,
            labels: labels, scale: 0.25,
            gradient: &gradient, losses: &trainLosses, hits: &hits, on: level)
        #expect(trainLosses == losses)
        for row in 0..<rows {
            let values = logits[(row * stride)..<(row * stride + classes)]
            let best = values.indices.max { values[$0] < values[$1] }.map { $0 - row * stride }
            #expect(hits[row] == (best == Int(labels[row]) ? 1 : 0))
            for column in 0..<stride {
                let hot = column == Int(labels[row]) ? 1.0 : 0
                let slope = column < classes ? 0.25 * (wanted.probabilities[row * classes + column] - hot) : 9
                #expect(abs(Double(gradient[row * stride + column]) - slope) < 1e-6)
            }
        }
    }

    @Test(arguments: KernelLevel.available)
    func `a loss stays exact where the label's probability underflows`(level: KernelLevel) {
        let logits: [Float] = [300, 0, -250]
        var probabilities = [Float](repeating: 0, count: 3)
        var losses: [Float] = [0]
        Softmax.forward(
            rows: 1, classes: 3, logits: logits, stride: 3, probabilities: &probabilities, labels: [2], losses: &losses,
            on: level)
        #expect(losses == [550] && probabilities == [1, 0, 0])
    }

    @Test(arguments: SoftmaxLoss.Kind.allCases, KernelLevel.available)
    func `NaN logits give a NaN loss, not a number that looks fine`(kind: SoftmaxLoss.Kind, level: KernelLevel) {
        let places: [[Float]] = [[.nan, 1, 0], [0, .nan, 1], [0, 1, .nan]]
        for (logits, smoothing) in places.flatMap({ logits in [Float(0), 0.1].map { (logits, $0) } }) {
            var gradient: [Float] = [0, 0, 0]
            var losses: [Float] = [0]
            var hits: [UInt8] = [0]
            Softmax.gradient(
                of: SoftmaxLoss(kind, smoothing: smoothing), rows: 1, classes: 3, logits: logits, stride: 3,
                labels: [1], scale: 1, gradient: &gradient, losses: &losses, hits: &hits, on: level)
            #expect(losses[0].isNaN)
        }
    }

    @Test(arguments: SoftmaxLoss.Kind.allCases, KernelLevel.available)
    func `every loss leaves the padding alone, and predicts the same probabilities`(
        kind: SoftmaxLoss.Kind, level: KernelLevel
    ) {
        let (rows, classes, stride) = (5, 10, 16)
        let logits = randomFloats(rows * stride, scale: 3, seed: 2)
        let loss = SoftmaxLoss(kind, smoothing: 0.1)
        let labels: [UInt8] = [0, 9, 3, 3, 5]
        var gradient = [Float](repeating: 9, count: rows * stride)
        var losses = [Float](repeating: 9, count: rows)
        var hits = [UInt8](repeating: 9, count: rows)
        Softmax.gradient(
            of: loss, rows: rows, classes: classes, logits: logits, stride: stride, labels: labels, scale: 1,
            gradient: &gradient, losses: &losses, hits: &hits, on: level)
        var probabilities = [[Float]](repeating: [Float](repeating: 9, count: rows * classes), count: 2)
        var predicted = [Float](repeating: 9, count: rows)
        Softmax.forward(
            rows: rows, classes: classes, logits: logits, stride: stride, probabilities: &probabilities[0], loss: loss,
            labels: labels, losses: &predicted, on: level)
        Softmax.forward(
            rows: rows, classes: classes, logits: logits, stride: stride, probabilities: &probabilities[1], loss: loss,
            labels: nil, losses: nil, on: level)
        #expect(probabilities[0] == probabilities[1] && predicted == losses)
        for row in 0..<rows {
            let values = gradient[(row * stride)..<((row + 1) * stride)]
            #expect(values.suffix(stride - classes).allSatisfy { $0 == 9 })
            // Probabilities sum to one, so the slopes sum to zero.
            #expect(abs(values.prefix(classes).reduce(0) { $0 + Double($1) }) < 1e-6)
        }
    }

    @Test(arguments: KernelLevel.available)
    func `of equal logits the first counts as the prediction`(level: KernelLevel) {
        var gradient: [Float] = [0, 0, 0, 0]
        var losses: [Float] = [0, 0]
        var hits: [UInt8] = [9, 9]
        Softmax.gradient(
            of: SoftmaxLoss(.crossEntropy), rows: 2, classes: 2, logits: [1, 1, 1, 1], stride: 2, labels: [0, 1],
            scale: 1, gradient: &gradient,
            losses: &losses, hits: &hits, on: level)
        #expect(hits == [1, 0])
    }
}
