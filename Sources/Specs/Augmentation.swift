/// How training images are distorted, each anew at every epoch. Images of validation and test never are.
///
/// Angles and shares are the greatest change either way, drawn evenly; lengths are in pixels of an image of 28 × 28, and grow
/// with larger ones. 0 leaves a part out.
public struct Augmentation: Codable, Equatable, Hashable, Sendable {
    /// Distortions with a name.
    public enum Preset: String, Codable, CaseIterable, Sendable {
        case none
        /// Rotated, stretched and shifted a little.
        case affine
        /// Bent by a smooth field, too.
        case elastic
    }

    /// What the strengths were taken from.
    public let preset: Preset
    /// The greatest rotation, in degrees.
    public var rotate: Double
    /// The greatest slant to the left or right, in degrees.
    public var shear: Double
    /// The greatest change of lengths, as a share; vertical and horizontal lengths change independently.
    public var stretch: Double
    /// The greatest shift, in pixels.
    public var shift: Double
    /// How far a smooth random field moves the pixels, in pixels, as the root of the mean square.
    public var bend: Double

    /// The strengths of a preset.
    public init(_ preset: Preset) {
        self.preset = preset
        let isOn = preset != .none
        (rotate, shear, stretch, shift) = isOn ? (12, 0, 0.12, 1) : (0, 0, 0, 0)
        bend = preset == .elastic ? 1.2 : 0
    }

    /// Images as they are.
    public static let none = Augmentation(.none)

    /// Whether images stay as they are.
    public var changesNothing: Bool { rotate == 0 && shear == 0 && stretch == 0 && shift == 0 && bend == 0 }
}
