import CKernels

/// The vector loops of one activation and what their backward pass needs.
package struct ActivationKernel: Sendable, Equatable {
    package enum Function: CaseIterable, Sendable {
        case linear, relu, rectifier, elu, selu, celu, gelu, geluTanh, silu, hardSilu, sigmoid, hardSigmoid, logSigmoid
        case tanh, hardTanh, tanhShrink, softShrink, hardShrink, softplus, softsign, squareplus, mish, exponential
        case threshold, sparseSigmoid, sparsePlus, softmax, logSoftmax, sparsemax
    }

    package let function: Function
    package let alpha: Float
    package let maximum: Float
    package let threshold: Float

    /// - Parameters:
    ///   - alpha: the slope of the rectifier, α of elu and celu, the threshold of the shrinks, b of squareplus, what
    ///     threshold gives up to its threshold.
    ///   - maximum: the greatest value of the rectifier.
    ///   - threshold: what the rectifier and threshold pass; at least 0.
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
    package func forward(_ slice: Slice, _ z: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>) {
        guard let loops else { return }
        loops.forward(slice.rows, slice.width, slice.stride, arguments, z + slice.offset, y + slice.offset)
    }

    /// d = d · f'(saved) on the slice; `saved` is the output, or the input where `needsInput`.
    package func backward(_ slice: Slice, _ saved: UnsafePointer<Float>, _ d: UnsafeMutablePointer<Float>) {
        guard let loops else { return }
        loops.backward(slice.rows, slice.width, slice.stride, arguments, saved + slice.offset, d + slice.offset)
    }

    private var arguments: ck_activation_arguments {
        ck_activation_arguments(alpha: alpha, maximum: maximum, threshold: threshold)
    }

    private typealias Loop = (
        Int, Int, Int, ck_activation_arguments, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?
    ) -> Void

    private var loops: (forward: Loop, backward: Loop)? {
        switch function {
        case .linear: nil
        case .relu: (ck_relu_forward, ck_relu_backward)
        case .rectifier: (ck_rectifier_forward, ck_rectifier_backward)
        case .elu: (ck_elu_forward, ck_elu_backward)
        case .selu: (ck_selu_forward, ck_selu_backward)
        case .celu: (ck_celu_forward, ck_celu_backward)
        case .gelu: (ck_gelu_forward, ck_gelu_backward)
        case .geluTanh: (ck_gelu_tanh_forward, ck_gelu_tanh_backward)
        case .silu: (ck_silu_forward, ck_silu_backward)
        case .hardSilu: (ck_hard_silu_forward, ck_hard_silu_backward)
        case .sigmoid: (ck_sigmoid_forward, ck_sigmoid_backward)
        case .hardSigmoid: (ck_hard_sigmoid_forward, ck_hard_sigmoid_backward)
        case .logSigmoid: (ck_log_sigmoid_forward, ck_log_sigmoid_backward)
        case .tanh: (ck_tanh_forward, ck_tanh_backward)
        case .hardTanh: (ck_hard_tanh_forward, ck_hard_tanh_backward)
        case .tanhShrink: (ck_tanh_shrink_forward, ck_tanh_shrink_backward)
        case .softShrink: (ck_soft_shrink_forward, ck_soft_shrink_backward)
        case .hardShrink: (ck_hard_shrink_forward, ck_hard_shrink_backward)
        case .softplus: (ck_softplus_forward, ck_softplus_backward)
        case .softsign: (ck_softsign_forward, ck_softsign_backward)
        case .squareplus: (ck_squareplus_forward, ck_squareplus_backward)
        case .mish: (ck_mish_forward, ck_mish_backward)
        case .exponential: (ck_exponential_forward, ck_exponential_backward)
        case .threshold: (ck_threshold_forward, ck_threshold_backward)
        case .sparseSigmoid: (ck_sparse_sigmoid_forward, ck_sparse_sigmoid_backward)
        case .sparsePlus: (ck_sparse_plus_forward, ck_sparse_plus_backward)
        case .softmax: (ck_softmax_rows_forward, ck_softmax_rows_backward)
        case .logSoftmax: (ck_log_softmax_rows_forward, ck_log_softmax_rows_backward)
        case .sparsemax: (ck_sparsemax_rows_forward, ck_sparsemax_rows_backward)
        }
    }
}
