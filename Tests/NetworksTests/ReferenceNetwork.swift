import Foundation
import Kernels
import Networks
import Specs
import TestSupport

/// The forward pass in double precision, straight from the formulas: what finite differences are taken of.
struct ReferenceNetwork {
    /// Values by the tensors' names.
    var values: [String: [Double]]
    let spec: ExperimentSpec
    /// What each hidden layer's activations are multiplied by after `noise` was added, (rows, units); empty for neither.
    var masks: [[Double]] = []
    var noise: [[Double]] = []
    /// What a row's loss is multiplied by while training, one a class; empty where all count the same.
    var classWeights: [Double] = []

    init(_ tensors: [Tensor], spec: ExperimentSpec) {
        values = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.values.map(Double.init)) })
        self.spec = spec
    }

    private func tensor(_ layer: Int, _ name: String) -> [Double] { values["\(layer).\(name)"] ?? [] }

    /// (rows, classes); while training batch normalization takes the rows' own statistics, and masks and noise count.
    func logits(_ inputs: [[Double]], training: Bool) -> [[Double]] {
        let hidden = spec.network.hidden
        var x = inputs
        for layer in 0...hidden.count {
            let kernel = tensor(layer, "kernel")
            let bias = tensor(layer, "bias")
            x = x.map { row in
                var z = bias
                for (i, value) in row.enumerated() where value != 0 {
                    for unit in z.indices { z[unit] += value * kernel[i * z.count + unit] }
                }
                return z
            }
            guard layer < hidden.count else { break }
            if hidden[layer].batchNormalization { x = normalized(x, layer, training: training) }
            x = x.map { Self.activate($0, hidden[layer].activation) }
            if training { x = disturbed(x, layer) }
        }
        return x
    }

    private func normalized(_ x: [[Double]], _ layer: Int, training: Bool) -> [[Double]] {
        let (gamma, beta) = (tensor(layer, "gamma"), tensor(layer, "beta"))
        var (mean, variance) = (tensor(layer, "moving_mean"), tensor(layer, "moving_variance"))
        if training {
            let count = Double(x.count)
            mean = gamma.indices.map { unit in x.reduce(0) { $0 + $1[unit] } / count }
            variance = gamma.indices.map { unit in x.reduce(0) { $0 + pow($1[unit] - mean[unit], 2) } / count }
        }
        return x.map { row in
            row.indices.map { gamma[$0] * (row[$0] - mean[$0]) / (variance[$0] + 1e-3).squareRoot() + beta[$0] }
        }
    }

    private static func activate(_ z: [Double], _ activation: Activation) -> [Double] {
        let kernel = activation.kernel
        if kernel.needsWholeRows { return RowActivation.values(kernel.function, z) }
        let formula = ActivationCase(kernel)
        return z.map(formula.value)
    }

    private func disturbed(_ x: [[Double]], _ layer: Int) -> [[Double]] {
        x.enumerated().map { row, values in
            values.indices.map { unit in
                let place = row * values.count + unit
                let shifted = values[unit] + (layer < noise.count ? noise[layer][place] : 0)
                return shifted * (layer < masks.count ? masks[layer][place] : 1)
            }
        }
    }

    private static func softmax(_ z: [Double]) -> [Double] { RowActivation.values(.softmax, z) }

    func probabilities(_ inputs: [[Double]]) -> [[Double]] { logits(inputs, training: false).map(Self.softmax) }

    /// Each row's loss without the penalties.
    func losses(_ inputs: [[Double]], labels: [UInt8], training: Bool = false) -> [Double] {
        zip(logits(inputs, training: training), labels).map { loss(Self.softmax($0), label: Int($1)) }
    }

    private func loss(_ p: [Double], label: Int) -> Double {
        let settings = spec.training.loss
        let smoothing = settings.labelSmoothing
        let y = p.indices.map { ($0 == label ? 1 - smoothing : 0) + smoothing / Double(p.count) }
        switch settings.kind {
        case .crossentropy: return -zip(y, p).reduce(0) { $0 + $1.0 * log($1.1) }
        case .mse: return zip(y, p).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(p.count)
        case .focal:
            return -zip(y, p).reduce(0) {
                $0 + $1.0 * settings.focalAlpha * pow(1 - $1.1, settings.focalGamma) * log($1.1)
            }
        case .klDivergence: return zip(y, p).reduce(0) { $0 + max($1.0, 1e-7) * log(max($1.0, 1e-7) / $1.1) }
        case .hinge: return max(0, (zip(y, p).map { (1 - $0) * $1 }.max() ?? 0) - p[label] + 1)
        }
    }

    var penalty: Double {
        values.filter { $0.key.hasSuffix("kernel") }.values.joined().reduce(0) {
            $0 + spec.training.l1 * abs($1) + spec.training.l2 * $1 * $1
        }
    }

    /// Mean loss of training and penalties.
    func loss(_ inputs: [[Double]], labels: [UInt8]) -> Double {
        let losses = zip(losses(inputs, labels: labels, training: true), labels).map { loss, label in
            classWeights.isEmpty ? loss : classWeights[Int(label)] * loss
        }
        return losses.reduce(0, +) / Double(inputs.count) + penalty
    }
}
