import Foundation

/// Numbers as short text with a decimal point, in every locale.
package enum FixedNumber {
    /// A value with a fixed number of decimals; `nan`, `inf` or a power of ten where that is not possible.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        let decimals = min(9, max(0, decimals))
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(value) * Double(scale)).rounded()
        guard scaled < 1e15 else { return scientific(value) }
        let whole = Int(scaled)
        let sign = value < 0 && whole > 0 ? "-" : ""
        if decimals == 0 { return "\(sign)\(whole)" }
        let fraction = String(whole % scale)
        return "\(sign)\(whole / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }

    /// The nearest value with so many decimals.
    static func rounded(_ value: Double, decimals: Int) -> Double {
        let scale = pow(10, Double(decimals))
        return (value * scale).rounded() / scale
    }

    /// One significant digit or two and a power of ten: `1e-3`, `2.5e-4`.
    package static func scientific(_ value: Double) -> String {
        guard value.isFinite else { return fixed(value, decimals: 0) }
        guard value != 0 else { return "0" }
        var exponent = Int(log10(abs(value)).rounded(.down))
        var mantissa = value / pow(10, Double(exponent))
        if abs(mantissa) >= 9.95 {
            mantissa /= 10
            exponent += 1
        }
        let text = fixed(mantissa, decimals: 1)
        return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + "e\(exponent)"
    }

    /// A label for an axis whose ticks are `step` apart, with just enough decimals to distinguish them.
    package static func tick(_ value: Double, step: Double) -> String {
        guard value.isFinite, step.isFinite, step > 0 else { return fixed(value, decimals: 2) }
        let magnitude = max(abs(value), step)
        if magnitude >= 1e6 || magnitude < 1e-5 { return scientific(value) }
        let decimals = max(0, Int(-(log10(step) + 1e-9).rounded(.down)))
        return fixed(value, decimals: decimals)
    }
}
