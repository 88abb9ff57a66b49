import Kernels
import Specs

extension Loss {
    /// The loops of this loss, with its arguments.
    package var kernel: SoftmaxLoss {
        switch kind {
        case .crossentropy: SoftmaxLoss(.crossEntropy, smoothing: Float(labelSmoothing))
        case .mse: SoftmaxLoss(.meanSquaredError)
        case .focal:
            SoftmaxLoss(
                .focal, smoothing: Float(labelSmoothing), focalAlpha: Float(focalAlpha), focalGamma: Float(focalGamma))
        case .klDivergence: SoftmaxLoss(.klDivergence)
        case .hinge: SoftmaxLoss(.hinge)
        }
    }
}
