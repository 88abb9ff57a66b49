import Kernels
import Specs

extension Activation {
    /// The vector loops of this activation, with its arguments.
    package var kernel: ActivationKernel {
        let alpha = Float(alpha)
        switch kind {
        case .linear: return ActivationKernel(.linear)
        case .relu where alpha == 0 && maximum == nil && threshold == 0: return ActivationKernel(.relu)
        case .relu:
            return ActivationKernel(
                .rectifier, alpha: alpha, maximum: maximum.map(Float.init) ?? .infinity, threshold: Float(threshold))
        case .relu6: return ActivationKernel(.rectifier, maximum: 6)
        case .leakyRelu: return ActivationKernel(.rectifier, alpha: alpha)
        case .elu: return ActivationKernel(.elu, alpha: alpha)
        case .selu: return ActivationKernel(.selu)
        case .celu: return ActivationKernel(.celu, alpha: alpha)
        case .gelu: return ActivationKernel(.gelu)
        case .geluTanh: return ActivationKernel(.geluTanh)
        case .silu: return ActivationKernel(.silu)
        case .hardSilu: return ActivationKernel(.hardSilu)
        case .sigmoid: return ActivationKernel(.sigmoid)
        case .hardSigmoid: return ActivationKernel(.hardSigmoid)
        case .logSigmoid: return ActivationKernel(.logSigmoid)
        case .tanh: return ActivationKernel(.tanh)
        case .hardTanh: return ActivationKernel(.hardTanh)
        case .tanhShrink: return ActivationKernel(.tanhShrink)
        case .softShrink: return ActivationKernel(.softShrink, alpha: alpha)
        case .hardShrink: return ActivationKernel(.hardShrink, alpha: alpha)
        case .softplus: return ActivationKernel(.softplus)
        case .softsign: return ActivationKernel(.softsign)
        case .squareplus: return ActivationKernel(.squareplus, alpha: alpha)
        case .mish: return ActivationKernel(.mish)
        case .exponential: return ActivationKernel(.exponential)
        case .threshold: return ActivationKernel(.threshold, alpha: alpha, threshold: Float(threshold))
        case .sparseSigmoid: return ActivationKernel(.sparseSigmoid)
        case .sparsePlus: return ActivationKernel(.sparsePlus)
        case .softmax: return ActivationKernel(.softmax)
        case .logSoftmax: return ActivationKernel(.logSoftmax)
        case .sparsemax: return ActivationKernel(.sparsemax)
        }
    }
}
