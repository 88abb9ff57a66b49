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
    /// The standard deviation of normal noise that is added, as a share of white.
    public var noise = 0.0
    /// The share of the images of which a rectangle is made black.
    public var erase = 0.0
    /// Numbers of classes whose images are rotated and slanted only half as far.
    public var mild: [Int] = []
    /// What the parts are multiplied by at the first epoch and at the last; between these the factor moves evenly.
    public var strength = SettingInterval(1)

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
    public var changesNothing: Bool { !movesPixels && noise == 0 && erase == 0 || strength == SettingInterval(0) }

    /// Whether pixels go to other places.
    public var movesPixels: Bool { rotate != 0 || shear != 0 || stretch != 0 || shift != 0 || bend != 0 }

    /// The factor of the parts in an epoch, from 0, of so many.
    public func factor(epoch: Int, of epochs: Int) -> Double {
        strength.value(at: epochs < 2 ? 1 : min(1, Double(epoch) / Double(epochs - 1)))
    }
}
