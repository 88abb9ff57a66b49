import CKernels
import Foundation

/// What a teacher says of the rows of a training step, and how much it counts (Hinton et al., "Distilling the Knowledge in a
/// Neural Network", 2015).
package struct SoftTargets {
    /// The teacher's probabilities at the temperature (rows, classes), in the order of the batch.
    package let probabilities: UnsafePointer<Float>
    /// T, what the logits are divided by.
    package let temperature: Float
    /// The share of the labels in the loss, 0 ... 1.
    package let hard: Float

    package init(probabilities: UnsafePointer<Float>, temperature: Float, hard: Float) {
        (self.probabilities, self.temperature, self.hard) = (probabilities, temperature, hard)
    }

    /// Those of the rows from one on.
    package func part(from row: Int, classes: Int) -> SoftTargets {
        SoftTargets(probabilities: probabilities + row * classes, temperature: temperature, hard: hard)
    }
}

extension Softmax {
    /// Brings probabilities (rows, classes) to a temperature T: the softmax of their logarithms divided by T.
    package static func soften(
        _ probabilities: UnsafeMutablePointer<Float>, rows: Int, classes: Int, temperature: Float,
        on level: KernelLevel = .current
    ) {
        guard temperature != 1 else { return }
        let count = rows * classes
        withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { logits in
            guard let logits = logits.baseAddress else { return }
            for place in 0..<count {
                logits[place] = log(max(probabilities[place], .leastNormalMagnitude)) / temperature
            }
            level.kernels.pointee.softmax_forward(rows, classes, classes, logits, probabilities, classes, nil, nil)
        }
    }

    /// Makes each row's loss L by the label hard · L + (1 − hard) · T² · Σ q ln(q / p), where q are the teacher's
    /// probabilities at the temperature T and p the softmax of the logits divided by T, and adds the second part's gradient
    /// by the logits, (1 − hard) · T · (p − q), multiplied by `scale`.
    ///
    /// - Parameters:
    ///   - logits: (rows, classes), with a stride that the gradient has, too.
    ///   - gradient: that of hard · L.
    ///   - losses: L of each row.
    package static func addDistillation(
        of soft: SoftTargets, rows: Int, classes: Int, logits: UnsafePointer<Float>, stride: Int, scale: Float,
        gradient: UnsafeMutablePointer<Float>, losses: UnsafeMutablePointer<Float>,
        on level: KernelLevel = .current
    ) {
        let count = rows * classes
        let (temperature, share) = (soft.temperature, 1 - soft.hard)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * count) { room in
            guard let scaled = room.baseAddress else { return }
            let probabilities = scaled + count
            for row in 0..<rows {
                for column in 0..<classes {
                    scaled[row * classes + column] = logits[row * stride + column] / temperature
                }
            }
            level.kernels.pointee.softmax_forward(rows, classes, classes, scaled, probabilities, classes, nil, nil)
            for row in 0..<rows {
                let (own, start) = (row * classes, row * stride)
                var greatest = own
                for place in own..<(own + classes) where scaled[place] > scaled[greatest] { greatest = place }
                // ln p = logit / T − this, without the logarithm of a p near 0.
                let logSum = Double(scaled[greatest]) - log(Double(probabilities[greatest]))
                var divergence = 0.0
                for column in 0..<classes {
                    let (p, q) = (probabilities[own + column], soft.probabilities[own + column])
                    gradient[start + column] += scale * share * temperature * (p - q)
                    if q > 0 { divergence += Double(q) * (log(Double(q)) - Double(scaled[own + column]) + logSum) }
                }
                let squared = Double(temperature) * Double(temperature)
                losses[row] = soft.hard * losses[row] + Float(Double(share) * squared * divergence)
            }
        }
    }
}
