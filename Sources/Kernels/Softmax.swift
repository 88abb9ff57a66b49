import CKernels

/// A loss over a softmax, with Keras's arguments.
package struct SoftmaxLoss: Sendable, Equatable {
    /// The formula, as Keras defines it for one-hot targets.
    package enum Kind: CaseIterable, Sendable { case crossEntropy, meanSquaredError, focal, klDivergence, hinge }

    /// The formula.
    package let kind: Kind
    /// Label smoothing of cross-entropy and focal loss, 0 ... 1: the target is (1 − smoothing) · one-hot + smoothing /
    /// classes.
    package let smoothing: Float
    /// α, the factor of the focal loss.
    package let focalAlpha: Float
    /// γ, the exponent of the focal loss.
    package let focalGamma: Float

    package init(_ kind: Kind, smoothing: Float = 0, focalAlpha: Float = 0.25, focalGamma: Float = 2) {
        self.kind = kind
        self.smoothing = smoothing
        self.focalAlpha = focalAlpha
        self.focalGamma = focalGamma
    }

    /// Whether the loss is cross-entropy without smoothing, which has loops of its own.
    fileprivate var isPlain: Bool { kind == .crossEntropy && smoothing == 0 }

    fileprivate var arguments: ck_loss {
        let number =
            switch kind {
            case .crossEntropy: CK_LOSS_CROSS_ENTROPY
            case .meanSquaredError: CK_LOSS_MSE
            case .focal: CK_LOSS_FOCAL
            case .klDivergence: CK_LOSS_KL_DIVERGENCE
            case .hinge: CK_LOSS_HINGE
            }
        return ck_loss(kind: Int32(number), smoothing: smoothing, alpha: focalAlpha, gamma: focalGamma)
    }
}

/// Softmax, and its fusion with the losses, on logits (rows, classes).
package enum Softmax {
    /// probabilities (rows, classes) = softmax(logits); with labels also writes each row's loss.
    package static func forward(
        rows: Int, classes: Int, logits: UnsafePointer<Float>, stride: Int,
        probabilities: UnsafeMutablePointer<Float>, loss: SoftmaxLoss = SoftmaxLoss(.crossEntropy),
        labels: UnsafePointer<UInt8>?, losses: UnsafeMutablePointer<Float>?,
        on level: KernelLevel = .current
    ) {
        guard !loss.isPlain, let labels, let losses else {
            level.kernels.pointee.softmax_forward(rows, classes, stride, logits, probabilities, classes, labels, losses)
            return
        }
        level.kernels.pointee.softmax_loss(
            rows, classes, stride, logits, labels, loss.arguments, 1, probabilities, classes, 0, losses, nil)
    }

    /// gradient (rows, classes) = scale · the gradient of the sum of the rows' losses by the logits, with the logits'
    /// stride. Also writes each row's loss, and to `hits` 1 where the first greatest logit is the label's, else 0.
    package static func gradient(
        of loss: SoftmaxLoss, rows: Int, classes: Int, logits: UnsafePointer<Float>, stride: Int,
        labels: UnsafePointer<UInt8>, scale: Float, gradient: UnsafeMutablePointer<Float>,
        losses: UnsafeMutablePointer<Float>, hits: UnsafeMutablePointer<UInt8>,
        on level: KernelLevel = .current
    ) {
        if loss.isPlain {
            level.kernels.pointee.softmax_cross_entropy(
                rows, classes, stride, logits, labels, scale, gradient, losses, hits)
        } else {
            level.kernels.pointee.softmax_loss(
                rows, classes, stride, logits, labels, loss.arguments, scale, gradient, stride, 1, losses, hits)
        }
    }
}
