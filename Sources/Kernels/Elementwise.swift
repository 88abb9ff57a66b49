import CKernels

/// A rectangle of a row-major float matrix: the unit on which the element-wise kernels work.
package struct Slice {
    package let firstRow: Int
    package let firstColumn: Int
    package let rows: Int
    package let width: Int
    /// Floats from one row to the next.
    package let stride: Int

    package init(rows: Range<Int>, columns: Range<Int>, stride: Int) {
        firstRow = rows.lowerBound
        firstColumn = columns.lowerBound
        self.rows = rows.count
        width = columns.count
        self.stride = stride
    }

    /// From the matrix's start to the rectangle's first value.
    package var offset: Int { firstRow * stride + firstColumn }
}

/// The element-wise activations and what their backward pass needs.
package enum ActivationKernel: Sendable {
    case linear, relu, leakyRelu, elu, gelu, sigmoid, tanh, softplus, silu

    /// Whether the backward pass reads the layer's input (z) instead of its output.
    package var needsInput: Bool { self == .gelu || self == .silu }

    /// y = f(z) on the slice of both matrices, which may be the same.
    package func forward(_ slice: Slice, _ z: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>) {
        guard let function = forwardFunction else { return }
        function(slice.rows, slice.width, slice.stride, z + slice.offset, y + slice.offset)
    }

    /// d = d · f'(saved) on the slice; `saved` is the output, or the input where `needsInput`.
    package func backward(_ slice: Slice, _ saved: UnsafePointer<Float>, _ d: UnsafeMutablePointer<Float>) {
        guard let function = backwardFunction else { return }
        function(slice.rows, slice.width, slice.stride, saved + slice.offset, d + slice.offset)
    }

    private typealias Function = (Int, Int, Int, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?) -> Void

    private var forwardFunction: Function? {
        switch self {
        case .linear: nil
        case .relu: ck_relu_forward
        case .leakyRelu: ck_leaky_relu_forward
        case .elu: ck_elu_forward
        case .gelu: ck_gelu_forward
        case .sigmoid: ck_sigmoid_forward
        case .tanh: ck_tanh_forward
        case .softplus: ck_softplus_forward
        case .silu: ck_silu_forward
        }
    }

    private var backwardFunction: Function? {
        switch self {
        case .linear: nil
        case .relu: ck_relu_backward
        case .leakyRelu: ck_leaky_relu_backward
        case .elu: ck_elu_backward
        case .gelu: ck_gelu_backward
        case .sigmoid: ck_sigmoid_backward
        case .tanh: ck_tanh_backward
        case .softplus: ck_softplus_backward
        case .silu: ck_silu_backward
        }
    }
}

/// Biases, sums, dropout and the gather of input bytes.
package enum Elementwise {
    /// Every row of the slice becomes `bias`.
    package static func broadcast(
        _ slice: Slice, _ bias: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>
    ) {
        ck_broadcast_rows(slice.rows, slice.width, bias, out + slice.offset, slice.stride)
    }

    /// out (width) = sums over the slice's rows.
    package static func columnSums(
        _ slice: Slice, _ d: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>
    ) {
        ck_column_sums(slice.rows, slice.width, d + slice.offset, slice.stride, out)
    }

    package static func sumOfSquares(_ values: UnsafePointer<Float>, count: Int) -> Double {
        ck_sum_of_squares(count, values)
    }

    /// Inverted dropout of the slice; a key gives one mask for a whole matrix, however it is sliced. The backward pass is
    /// the same call on the gradient.
    package static func dropout(
        _ slice: Slice, rate: Float, key: UInt64, _ input: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>
    ) {
        ck_dropout(
            slice.rows, slice.width, slice.stride, slice.firstRow, slice.firstColumn, rate, key, input + slice.offset,
            out + slice.offset)
    }

    /// out (range, width) = the batch's bytes as inputs.
    package static func gather(
        _ range: Range<Int>, of batch: ImageBatch, transform: InputTransform, into out: UnsafeMutablePointer<Float>
    ) {
        ck_gather(
            range.count, batch.width, batch.pixels, batch.rows + range.lowerBound, transform.multiply, transform.add,
            out + range.lowerBound * batch.width, batch.width)
    }
}
