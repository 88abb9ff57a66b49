import Foundation

/// Colours of a confusion matrix, by the share of a true class that is predicted as a class.
struct HeatColor: Equatable, Sendable {
    let red: Double
    let green: Double
    let blue: Double

    /// The colours of right and wrong predictions at the full share. Readers who see no red or green can distinguish
    /// them.
    private static let right = HeatColor(red: 33, green: 102, blue: 172)
    private static let wrong = HeatColor(red: 197, green: 74, blue: 12)

    /// The colour of a cell on white paper.
    ///
    /// - Parameter share: share of the true class's images, 0 ... 1. For mistakes its cube root is shown, so that a few
    ///   of them are visible, and greater shares differ.
    static func cell(share: Double, isRight: Bool) -> HeatColor {
        let strength = isRight ? share : cbrt(share)
        let full = isRight ? right : wrong
        func mixed(_ value: Double) -> Double { 255 + (value - 255) * strength }
        return HeatColor(red: mixed(full.red), green: mixed(full.green), blue: mixed(full.blue))
    }

    var bytes: [UInt8] { [red, green, blue].map { UInt8(min(max($0, 0), 255).rounded()) } }

    /// Whether black text on it is easier to read than white, by sRGB's weights of brightness.
    var isLight: Bool { 0.299 * red + 0.587 * green + 0.114 * blue > 150 }
}
