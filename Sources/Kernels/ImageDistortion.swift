import CKernels
import Foundation

/// Distorts images of one size at random: each is rotated, slanted, stretched and shifted, and moved by a smooth field.
///
/// The distortions of MNIST's digits by Simard et al., "Best Practices for Convolutional Neural Networks" (2003), and
/// Cireşan et al., "Deep, Big, Simple Neural Nets" (2010). Their smoothed noise is a spline here.
package struct ImageDistortion: Sendable {
    /// Pixels of an image from top to bottom.
    package let rows: Int
    /// Pixels of an image from left to right.
    package let columns: Int
    /// How much of each part there is.
    package let strengths: Strengths

    /// The greatest change either way of each part; 0 leaves it out.
    package struct Strengths: Sendable, Equatable {
        /// In degrees.
        package var rotate: Double
        /// To the left or right, in degrees.
        package var shear: Double
        /// As a share; vertical and horizontal lengths change independently.
        package var stretch: Double
        /// In pixels of a 28 × 28 image.
        package var shift: Double
        /// How far the field moves the pixels of a 28 × 28 image, in pixels, as the root of the mean square.
        package var bend: Double

        package init(rotate: Double, shear: Double, stretch: Double, shift: Double, bend: Double) {
            (self.rotate, self.shear, self.stretch, self.shift, self.bend) = (rotate, shear, stretch, shift, bend)
        }
    }

    /// The greatest distance of the field's knots from their places that moves pixels by 1, as the root of the mean square.
    private static let knotsPerPixel = 4.3 / 1.2

    package init(rows: Int, columns: Int, _ strengths: Strengths) {
        precondition(rows > 0 && columns > 0, "an image has pixels")
        self.rows = rows
        self.columns = columns
        self.strengths = strengths
    }

    private var bends: Bool { strengths.bend > 0 }

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
        // A part that is left out draws nothing.
        func between(_ bound: Float) -> Float { bound == 0 ? 0 : bound * (2 * generator.uniform() - 1) }
        let angle = between(Float(strengths.rotate) * .pi / 180)
        let (down, across) = (1 + between(Float(strengths.stretch)), 1 + between(Float(strengths.stretch)))
        // The image's size relative to MNIST's.
        let scale = (down: Float(rows) / 28, across: Float(columns) / 28)
        let shift = Float(strengths.shift)
        var map = [
            down * cos(angle), across * sin(angle), between(shift * scale.down),
            -down * sin(angle), across * cos(angle), between(shift * scale.across),
        ]
        if strengths.shear > 0 {
            // A row below the middle lies to the right by so many of its distances.
            let slant = tan(between(Float(strengths.shear) * .pi / 180))
            map[0] += map[1] * slant
            map[3] += map[4] * slant
        }
        let knots = scratch.field.count / 2
        let bend = Float(strengths.bend * Self.knotsPerPixel)
        for index in 0..<knots { scratch.field.pointer[index] = between(bend * scale.down) }
        for index in knots..<(2 * knots) { scratch.field.pointer[index] = between(bend * scale.across) }
        level.kernels.pointee.distort(
            rows, columns, image, map, bends ? scratch.field.pointer : nil, scratch.floats.pointer, out)
    }
}
