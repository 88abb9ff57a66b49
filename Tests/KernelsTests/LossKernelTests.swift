import Foundation
import Kernels
import Testing

/// The losses over a softmax against their formulas in double precision; gradients against differences of these.
@Suite struct LossKernelTests {
    /// A row's loss by its logits.
    private static func reference(_ loss: SoftmaxLoss, _ logits: [Double], label: Int) -> Double {
        let top = logits.max() ?? 0
        let sum = logits.reduce(0) { $0 + exp($1 - top) }
        let p = logits.map { exp($0 - top) / sum }
        let hot = p.indices.map { $0 == label ? 1.0 : 0 }
        let smoothing = Double(loss.smoothing)
        let smooth = hot.map { $0 * (1 - smoothing) + smoothing / Double(p.count) }
        switch loss.kind {
        case .crossEntropy: return -zip(smooth, p).reduce(0) { $0 + $1.0 * log($1.1) }
        case .meanSquaredError:
            return zip(hot, p).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(p.count)
        case .focal:
            return zip(smooth, p).reduce(0) { sum, pair in
                let (y, p) = pair
                return sum - Double(loss.focalAlpha) * y * pow(1 - p, Double(loss.focalGamma)) * log(p)
            }
        case .klDivergence:
            return zip(hot, p).reduce(0) { sum, pair in
                let y = max(pair.0, 1e-7)
                return sum + y * log(y / pair.1)
            }
        case .hinge:
            let rest = p.indices.filter { $0 != label }.map { p[$0] }.max() ?? 0
            return max(0, rest - p[label] + 1)
        }
    }

    private static let losses = SoftmaxLoss.Kind.allCases.flatMap {
        [SoftmaxLoss($0), SoftmaxLoss($0, smoothing: 0.1, focalAlpha: 0.4, focalGamma: 1.5)]
    }

    @Test(arguments: losses, KernelLevel.available)
    func `losses and gradients are those of the formulas`(loss: SoftmaxLoss, level: KernelLevel) {
        let (rows, classes, stride, scale) = (9, 10, 16, Float(0.5))
        let logits = randomFloats(rows * stride, scale: 1.5, seed: 21)
        let labels = (0..<rows).map { UInt8($0 * 3 % classes) }
        var gradient = [Float](repeating: 9, count: rows * stride)
        var found = [Float](repeating: 9, count: rows)
        var hits = [UInt8](repeating: 9, count: rows)
        Softmax.gradient(
            of: loss, rows: rows, classes: classes, logits: logits, stride: stride, labels: labels, scale: scale,
            gradient: &gradient, losses: &found, hits: &hits, on: level)
        for row in 0..<rows {
            let (own, label) = (logits[(row * stride)..<(row * stride + classes)].map(Double.init), Int(labels[row]))
            #expect(worstDifference([found[row]], [Self.reference(loss, own, label: label)]) < 1e-6)
            for place in 0..<classes {
                func moved(_ by: Double) -> Double {
                    var logits = own
                    logits[place] += by
                    return Self.reference(loss, logits, label: label)
                }
                let slope = Double(scale) * (moved(1e-5) - moved(-1e-5)) / 2e-5
                #expect(abs(Double(gradient[row * stride + place]) - slope) < 2e-6)
            }
        }
    }
}
