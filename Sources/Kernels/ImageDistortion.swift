import CKernels
import Foundation

/// Distorts images of one size at random: each is rotated, slanted, stretched and shifted, and moved by a smooth field; a
/// rectangle is made black, and noise is added.
///
/// The distortions of MNIST's digits by Simard et al., "Best Practices for Convolutional Neural Networks" (2003), and
/// Cireşan et al., "Deep, Big, Simple Neural Nets" (2010). Their smoothed noise is a spline here. The rectangle is that of Zhong
/// et al., "Random Erasing Data Augmentation" (2020), of up to a third of the image.
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
        /// The widths between which that of the ink is drawn, in pixels of 28; nil leaves it.
        package var width: ClosedRange<Double>?
        /// The share of the images of which a rectangle is made black.
        package var erase = 0.0
        /// The standard deviation of the noise, as a share of white.
        package var noise = 0.0

        package init(rotate: Double, shear: Double, stretch: Double, shift: Double, bend: Double) {
            (self.rotate, self.shear, self.stretch, self.shift, self.bend) = (rotate, shear, stretch, shift, bend)
        }

        /// Whether pixels go to other places.
        package var movesPixels: Bool {
            rotate != 0 || shear != 0 || stretch != 0 || shift != 0 || bend != 0 || width != nil
        }

        /// All parts but the width multiplied by a factor, rotation and slant by another one besides.
        package func scaled(by factor: Double, turning: Double = 1) -> Strengths {
            var scaled = self
            (scaled.rotate, scaled.shear) = (rotate * factor * turning, shear * factor * turning)
            (scaled.stretch, scaled.shift, scaled.bend) = (min(0.9, stretch * factor), shift * factor, bend * factor)
            (scaled.erase, scaled.noise) = (min(1, erase * factor), noise * factor)
            return scaled
        }
    }

    /// What counts as ink when its width is measured.
    private static let leastInk: UInt8 = 32
    /// The least and the greatest change of the ink's width.
    private static let widthFactors: ClosedRange<Float> = 0.5...2
    /// The least and the greatest share of an image that a rectangle takes.
    private static let erased: (least: Float, most: Float) = (0.02, 0.33)
    /// The greatest ratio of a rectangle's sides, either way.
    private static let erasedRatio: Float = 3
    /// The standard deviation of the noise that the kernel adds for an amplitude of 2¹⁶.
    private static let noiseUnit = 147.80

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
    ///   - inkWidth: that of a picture of which the image is a channel; the image's own if nil.
    ///   - out: rows × columns bytes that don't overlap with the image.
    package func distort(
        _ image: UnsafePointer<UInt8>, _ generator: inout SeededGenerator, _ scratch: Scratch, inkWidth: Int? = nil,
        into out: UnsafeMutablePointer<UInt8>, on level: KernelLevel = .current
    ) {
        if strengths.movesPixels {
            move(image, &generator, scratch, inkWidth, into: out, on: level)
        } else {
            out.update(from: image, count: rows * columns)
        }
        if strengths.erase > 0, Double(generator.uniform()) < strengths.erase { erase(out, &generator) }
        guard strengths.noise > 0 else { return }
        let amplitude = Int32((strengths.noise * 255 / Self.noiseUnit * 65_536).rounded())
        level.kernels.pointee.add_noise(rows * columns, amplitude, UInt32(truncatingIfNeeded: generator.next()), out)
    }

    /// Moves the pixels.
    private func move(
        _ image: UnsafePointer<UInt8>, _ generator: inout SeededGenerator, _ scratch: Scratch, _ inkWidth: Int?,
        into out: UnsafeMutablePointer<UInt8>, on level: KernelLevel
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
        if let width = strengths.width {
            let wanted = Float(width.lowerBound) + Float(width.upperBound - width.lowerBound) * generator.uniform()
            let factor = Float(inkWidth ?? self.inkWidth(image)) / (wanted * scale.across)
            let narrower = min(max(factor, Self.widthFactors.lowerBound), Self.widthFactors.upperBound)
            map[3] *= narrower
            map[4] *= narrower
        }
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

    /// Columns from the first to the last with ink; all where there is none.
    package func inkWidth(_ image: UnsafePointer<UInt8>) -> Int {
        var (first, last) = (columns, -1)
        for row in 0..<rows {
            let line = image + row * columns
            if let left = (0..<first).first(where: { line[$0] >= Self.leastInk }) { first = left }
            var right = columns - 1
            while right > last, line[right] < Self.leastInk { right -= 1 }
            last = max(last, right)
        }
        return last < first ? columns : last - first + 1
    }

    /// Makes a rectangle black, somewhere in the image.
    private func erase(_ image: UnsafeMutablePointer<UInt8>, _ generator: inout SeededGenerator) {
        let (least, most) = Self.erased
        let area = Float(rows * columns) * (least + (most - least) * generator.uniform())
        let ratio = exp(log(Self.erasedRatio) * (2 * generator.uniform() - 1))
        let height = min(rows, max(1, Int((area * ratio).squareRoot())))
        let width = min(columns, max(1, Int((area / ratio).squareRoot())))
        let top = Int(generator.uniform() * Float(rows - height + 1))
        let left = Int(generator.uniform() * Float(columns - width + 1))
        for row in top..<(top + height) { (image + row * columns + left).update(repeating: 0, count: width) }
    }
}
