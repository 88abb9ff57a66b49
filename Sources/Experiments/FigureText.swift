import Foundation

/// Numbers as reports and commands print them.
public enum FigureText {
    public static func fixed(_ value: Double, _ digits: Int) -> String {
        value.isFinite ? String(format: "%.\(digits)f", value) : "\(value)"
    }

    public static func perCent(_ share: Double) -> String { "\(fixed(100 * share, 2)) %" }

    /// Thousands are set apart: `60,000`.
    public static func grouped(_ value: Int) -> String {
        var groups: [Substring] = []
        var digits = String(value.magnitude)[...]
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits = digits.dropLast(3)
        }
        return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }
}

extension FigureText {
    /// Up to four significant digits, without zeros at the end: `0.025`, `97.5`, `1e-05`.
    package static func significant(_ value: Double) -> String { String(format: "%.4g", value) }
}
