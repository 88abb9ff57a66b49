import CKernels

/// One activation function with its numbers, and the vector loops of its forward and backward pass.
package struct ActivationKernel: Sendable, Equatable {
    /// Its formula, which is written beside the C loops.
    package enum Function: CaseIterable, Sendable {
        case linear, relu, rectifier, elu, selu, celu, gelu, geluTanh, silu, hardSilu, sigmoid, hardSigmoid, logSigmoid
        case tanh, hardTanh, tanhShrink, softShrink, hardShrink, softplus, softsign, squareplus, mish, exponential
        case threshold, sparseSigmoid, sparsePlus, softmax, logSoftmax, sparsemax
    }

    /// The formula of the loops.
    package let function: Function
    /// The slope or shape number of the functions that have one: see `init`.
    package let alpha: Float
    /// The greatest value that the rectifier gives; +∞ where it has no limit.
    package let maximum: Float
    /// Inputs above it pass the rectifier and threshold unchanged; at least 0.
    package let threshold: Float

    /// - Parameters:
    ///   - alpha: the slope of the rectifier, α of elu and celu, the threshold of the shrinks, b of squareplus, the value
    ///     that threshold gives up to its threshold.
    ///   - maximum: the greatest value of the rectifier.
    ///   - threshold: the rectifier and threshold pass inputs above it; at least 0.
    package init(_ function: Function, alpha: Float = 0, maximum: Float = .infinity, threshold: Float = 0) {
        precondition(threshold >= 0, "a threshold is not negative")
        self.function = function
        self.alpha = alpha
        self.maximum = maximum
        self.threshold = threshold
    }

    /// Whether the backward pass reads the layer's input (z) instead of its output.
    package var needsInput: Bool {
        switch function {
        case .gelu, .geluTanh, .silu, .hardSilu, .tanhShrink, .softsign, .mish, .threshold: true
        default: false
        }
    }

    /// Whether a value depends on its whole row: the slices must then span all units.
    package var needsWholeRows: Bool {
        switch function {
        case .softmax, .logSoftmax, .sparsemax: true
        default: false
        }
    }

    /// y = f(z) on the slice of both matrices, which may be the same.
    package func forward(
        _ slice: Slice, _ z: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, on level: KernelLevel = .current
    ) {
        guard let loops = loops(level) else { return }
        loops.forward(slice.rows, slice.width, slice.stride, arguments, z + slice.offset, y + slice.offset)
    }

    /// d = d · f'(saved) on the slice; `saved` is the output, or the input where `needsInput`.
    package func backward(
        _ slice: Slice, _ saved: UnsafePointer<Float>, _ d: UnsafeMutablePointer<Float>,
        on level: KernelLevel = .current
    ) {
        guard let loops = loops(level) else { return }
        loops.backward(slice.rows, slice.width, slice.stride, arguments, saved + slice.offset, d + slice.offset)
    }

    private var arguments: ck_activation_arguments {
        ck_activation_arguments(alpha: alpha, maximum: maximum, threshold: threshold)
    }

    /// The kernels of a level; nil for the identity.
    private func loops(_ level: KernelLevel) -> ck_activation? {
        let kernels = level.kernels
        switch function {
        case .linear: return nil
        case .relu: return kernels.pointee.relu
        case .rectifier: return kernels.pointee.rectifier
        case .elu: return kernels.pointee.elu
        case .selu: return kernels.pointee.selu
        case .celu: return kernels.pointee.celu
        case .gelu: return kernels.pointee.gelu
        case .geluTanh: return kernels.pointee.gelu_tanh
        case .silu: return kernels.pointee.silu
        case .hardSilu: return kernels.pointee.hard_silu
        case .sigmoid: return kernels.pointee.sigmoid
        case .hardSigmoid: return kernels.pointee.hard_sigmoid
        case .logSigmoid: return kernels.pointee.log_sigmoid
        case .tanh: return kernels.pointee.tanh
        case .hardTanh: return kernels.pointee.hard_tanh
        case .tanhShrink: return kernels.pointee.tanh_shrink
        case .softShrink: return kernels.pointee.soft_shrink
        case .hardShrink: return kernels.pointee.hard_shrink
        case .softplus: return kernels.pointee.softplus
        case .softsign: return kernels.pointee.softsign
        case .squareplus: return kernels.pointee.squareplus
        case .mish: return kernels.pointee.mish
        case .exponential: return kernels.pointee.exponential
        case .threshold: return kernels.pointee.threshold
        case .sparseSigmoid: return kernels.pointee.sparse_sigmoid
        case .sparsePlus: return kernels.pointee.sparse_plus
        case .softmax: return kernels.pointee.softmax_rows
        case .logSoftmax: return kernels.pointee.log_softmax_rows
        case .sparsemax: return kernels.pointee.sparsemax_rows
        }
    }
}
