import Foundation

/// Numbers as reports and commands print them.
package enum FigureText {
    /// With so many decimals; from a million on as `1.2346e10`, so that a growing loss keeps its digits within a line.
    package static func fixed(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return "\(value)" }
        return value.magnitude < 1e6 ? String(format: "%.\(digits)f", value) : scientific(value, max(digits, 2))
    }

    /// With so many decimals and a power of ten: `1.80e10`.
    package static func scientific(_ value: Double, _ digits: Int) -> String {
        let parts = String(format: "%.\(digits)e", value).split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
        return "\(parts[0])e\(exponent)"
    }

    /// A share, 0 ... 1, in per cent with two digits: `96.18 %`.
    package static func perCent(_ share: Double) -> String { "\(fixed(100 * share, 2)) %" }

    /// A whole number with separated thousands: `60,000`.
    package static func grouped(_ value: Int) -> String {
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
    /// The least and the greatest of some counts: `542 to 674`, or `600` where they are equal; nil without any.
    package static func span(_ counts: [Int]) -> String? {
        guard let least = counts.min(), let most = counts.max() else { return nil }
        return least == most ? grouped(least) : "\(grouped(least)) to \(grouped(most))"
    }

    /// Up to four significant digits, without zeros at the end: `0.025`, `97.5`, `1e-05`.
    package static func significant(_ value: Double) -> String { String(format: "%.4g", value) }
}
