import CKernels

/// Batch normalization of a block of units. One worker computes a block, rows in order.
package enum BatchNormalization {
    /// Keras's default.
    package static let epsilon: Float = 1e-3
    /// Keras's default: a step makes the moving statistics momentum · old + (1 − momentum) · new.
    package static let momentum: Float = 0.99
    /// 1 − momentum, computed in double precision as Keras does.
    package static let fresh = Float(1 - 0.99)

    /// One block's statistics of a batch, each (block width).
    package struct Statistics {
        /// Mean of each unit over the batch.
        package let mean: UnsafeMutablePointer<Float>
        /// Variance of each unit over the batch, the sum of squares divided by the rows.
        package let variance: UnsafeMutablePointer<Float>
        /// 1 / √(variance + ε)
        package let inverse: UnsafeMutablePointer<Float>

        package init(
            mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>,
            inverse: UnsafeMutablePointer<Float>
        ) {
            self.mean = mean
            self.variance = variance
            self.inverse = inverse
        }
    }

    /// Normalizes `x` in place by the batch's statistics, which it writes to `statistics`; z = gamma · x + beta. gamma
    /// and beta are (block width).
    package static func forward(
        _ slice: Slice, gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>,
        into z: UnsafeMutablePointer<Float>, _ statistics: Statistics,
        on level: KernelLevel = .current
    ) {
        precondition(slice.width <= Int(CK_NORMALIZED_BLOCK), "a block of units")
        level.kernels.pointee.batch_normalization_forward(
            slice.rows, slice.width, slice.stride, epsilon, gamma, beta, x + slice.offset, z + slice.offset,
            statistics.mean, statistics.variance, statistics.inverse)
    }

    /// Turns `d` from the gradient by z into the gradient by the input, and writes the gradients by gamma and beta,
    /// each (block width). `normalized` is x after `forward`.
    package static func backward(
        _ slice: Slice, gamma: UnsafePointer<Float>, normalized: UnsafePointer<Float>, _ statistics: Statistics,
        _ d: UnsafeMutablePointer<Float>, gammaGradient: UnsafeMutablePointer<Float>,
        betaGradient: UnsafeMutablePointer<Float>,
        on level: KernelLevel = .current
    ) {
        precondition(slice.width <= Int(CK_NORMALIZED_BLOCK), "a block of units")
        level.kernels.pointee.batch_normalization_backward(
            slice.rows, slice.width, slice.stride, gamma, normalized + slice.offset, statistics.inverse,
            d + slice.offset, gammaGradient, betaGradient)
    }
}
