import CKernels
import Foundation

/// Distorts images of one size by chance: each is turned, stretched and shifted, and if it `bends`, too, by a smooth field.
///
/// What Simard et al., "Best Practices for Convolutional Neural Networks" (2003), and Cireşan et al., "Deep, Big, Simple
/// Neural Nets" (2010), do to MNIST's digits, a little weaker; their smoothed noise is a spline here.
package struct ImageDistortion: Sendable {
    package let rows: Int
    package let columns: Int
    package let bends: Bool

    /// At most so far either way, in radians.
    private static let rotation: Float = 12 * .pi / 180
    /// The share by which lengths are changed at most, either way, up and across for themselves.
    private static let stretch: Float = 0.12
    /// At most so far either way, in pixels of 28.
    private static let shift: Float = 1
    /// The field's knots lie at most so far from their places, in pixels of 28; pixels then move by 1.2, as the root of
    /// the mean square.
    private static let bend: Float = 4.3

    package init(rows: Int, columns: Int, bends: Bool) {
        precondition(rows > 0 && columns > 0, "an image has pixels")
        self.rows = rows
        self.columns = columns
        self.bends = bends
    }

    /// What a thread needs for itself.
    package final class Scratch {
        fileprivate let floats: AlignedBuffer<Float>
        /// (2, knots of rows, knots of columns); empty where nothing bends.
        fileprivate let field: AlignedBuffer<Float>

        package init(_ distortion: ImageDistortion) {
            floats = AlignedBuffer(count: ck_distort_scratch(distortion.rows, distortion.columns))
            let knots = ck_knots(distortion.rows) * ck_knots(distortion.columns)
            field = AlignedBuffer(count: distortion.bends ? 2 * knots : 0)
        }
    }

    /// Draws a distortion from the generator, and makes it.
    ///
    /// - Parameters:
    ///   - image: rows × columns bytes, zero around it.
    ///   - out: as many bytes, elsewhere.
    package func distort(
        _ image: UnsafePointer<UInt8>, _ generator: inout SeededGenerator, _ scratch: Scratch,
        into out: UnsafeMutablePointer<UInt8>,
        on level: KernelLevel = .current
    ) {
        func between(_ bound: Float) -> Float { bound * (2 * generator.uniform() - 1) }
        let angle = between(Self.rotation)
        let (down, across) = (1 + between(Self.stretch), 1 + between(Self.stretch))
        // How large the image is beside a digit of MNIST.
        let scale = (down: Float(rows) / 28, across: Float(columns) / 28)
        let map = [
            down * cos(angle), across * sin(angle), between(Self.shift * scale.down),
            -down * sin(angle), across * cos(angle), between(Self.shift * scale.across),
        ]
        let knots = scratch.field.count / 2
        for index in 0..<knots { scratch.field.pointer[index] = between(Self.bend * scale.down) }
        for index in knots..<(2 * knots) { scratch.field.pointer[index] = between(Self.bend * scale.across) }
        level.kernels.pointee.distort(
            rows, columns, image, map, bends ? scratch.field.pointer : nil, scratch.floats.pointer, out)
    }
}
