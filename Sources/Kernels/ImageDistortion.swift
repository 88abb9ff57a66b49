import CKernels
import Foundation

/// Distorts images of one size by chance: each is turned, stretched and shifted, and if it `bends`, too, by a smooth field.
///
/// What Simard et al., "Best Practices for Convolutional Neural Networks" (2003), and Cireşan et al., "Deep, Big, Simple
/// Neural Nets" (2010), do to MNIST's digits, a little weaker; their smoothed noise is a spline here.
public struct ImageDistortion: Sendable {
    public let rows: Int
    public let columns: Int
    public let bends: Bool

    /// At most so far either way, in radians.
    private static let rotation: Float = 12 * .pi / 180
    /// At most by this share either way, up and across for themselves.
    private static let stretch: Float = 0.12
    /// At most so far either way, in pixels.
    private static let shift: Float = 1
    /// The field's knots lie at most so far from their places, in pixels; pixels then move by 1.2 on average, as the
    /// root of the mean square.
    private static let bend: Float = 4.3

    public init(rows: Int, columns: Int, bends: Bool) {
        precondition(rows > 0 && columns > 0, "an image has pixels")
        self.rows = rows
        self.columns = columns
        self.bends = bends
    }

    /// What a thread needs for itself.
    public final class Scratch {
        fileprivate let floats: AlignedBuffer<Float>
        fileprivate let knots: AlignedBuffer<Float>
        private let down: AlignedBuffer<Float>
        private let across: AlignedBuffer<Float>

        public init(_ distortion: ImageDistortion) {
            let (rows, columns) = (distortion.rows, distortion.columns)
            floats = AlignedBuffer(count: ck_distort_scratch(rows, columns))
            knots = AlignedBuffer(count: 2 * ck_knots(rows) * ck_knots(columns))
            down = AlignedBuffer(count: ck_knots(rows) * rows)
            across = AlignedBuffer(count: ck_knots(columns) * columns)
            ck_splines(rows, down.pointer)
            ck_splines(columns, across.pointer)
        }

        fileprivate var field: ck_field {
            ck_field(knots: knots.pointer, splines_down: down.pointer, splines_across: across.pointer)
        }
    }

    /// Draws a distortion from the generator, and makes it.
    ///
    /// - Parameters:
    ///   - image: rows × columns bytes, zero around it.
    ///   - out: as many bytes, elsewhere.
    public func distort(
        _ image: UnsafePointer<UInt8>, _ generator: inout SeededGenerator, _ scratch: Scratch,
        into out: UnsafeMutablePointer<UInt8>
    ) {
        func between(_ bound: Float) -> Float { bound * (2 * generator.uniform() - 1) }
        let angle = between(Self.rotation)
        let (down, across) = (1 + between(Self.stretch), 1 + between(Self.stretch))
        let map = [
            down * cos(angle), across * sin(angle), between(Self.shift),
            -down * sin(angle), across * cos(angle), between(Self.shift),
        ]
        guard bends else { return ck_distort(rows, columns, image, map, nil, scratch.floats.pointer, out) }
        for index in 0..<scratch.knots.count { scratch.knots.pointer[index] = between(Self.bend) }
        var field = scratch.field
        ck_distort(rows, columns, image, map, &field, scratch.floats.pointer, out)
    }
}
