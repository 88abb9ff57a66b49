import CKernels
import Foundation

/// Distorts images of one size at random: each is rotated, stretched and shifted, and, where it `bends`, moved by a
/// smooth field.
///
/// The distortions of MNIST's digits by Simard et al., "Best Practices for Convolutional Neural Networks" (2003), and
/// Cireşan et al., "Deep, Big, Simple Neural Nets" (2010), a little weaker. Their smoothed noise is a spline here.
package struct ImageDistortion: Sendable {
    /// Pixels of an image from top to bottom.
    package let rows: Int
    /// Pixels of an image from left to right.
    package let columns: Int
    /// Whether a smooth random field also moves the pixels.
    package let bends: Bool

    /// The greatest rotation either way, in radians.
    private static let rotation: Float = 12 * .pi / 180
    /// The greatest change of lengths either way, as a share; vertical and horizontal lengths change independently.
    private static let stretch: Float = 0.12
    /// The greatest shift either way, in pixels of a 28 × 28 image.
    private static let shift: Float = 1
    /// The greatest distance of the field's knots from their places, in pixels of a 28 × 28 image. Pixels then move by
    /// 1.2, as the root of the mean square.
    private static let bend: Float = 4.3

    package init(rows: Int, columns: Int, bends: Bool) {
        precondition(rows > 0 && columns > 0, "an image has pixels")
        self.rows = rows
        self.columns = columns
        self.bends = bends
    }

    /// Memory that one thread needs for its distortions.
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

    /// Draws a distortion from the generator, and applies it.
    ///
    /// - Parameters:
    ///   - image: rows × columns bytes; pixels outside count as 0.
    ///   - out: rows × columns bytes that don't overlap with the image.
    package func distort(
        _ image: UnsafePointer<UInt8>, _ generator: inout SeededGenerator, _ scratch: Scratch,
        into out: UnsafeMutablePointer<UInt8>,
        on level: KernelLevel = .current
    ) {
        func between(_ bound: Float) -> Float { bound * (2 * generator.uniform() - 1) }
        let angle = between(Self.rotation)
        let (down, across) = (1 + between(Self.stretch), 1 + between(Self.stretch))
        // The image's size relative to MNIST's.
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
