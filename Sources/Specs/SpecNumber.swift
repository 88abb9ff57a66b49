/// Numbers as the spec language writes them. Both forms read back as exactly the same number.
public enum SpecNumber {
    /// The shorter one of `0.01` and `1e-2`, the decimal one of equals: `0.01`, `1e-3`, `3e-4`, `0.0015`.
    public static func short(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
        let (digits, exponent) = parts(value)
        let fraction = digits.dropFirst()
        let scientific = "\(digits.prefix(1))\(fraction.isEmpty ? "" : ".")\(fraction)e\(exponent)"
        let plain = decimal(digits, exponent)
        return (value < 0 ? "-" : "") + (scientific.count < plain.count ? scientific : plain)
    }

    /// Without an exponent, for places where a minus sign has a meaning of its own.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
        let (digits, exponent) = parts(value)
        return (value < 0 ? "-" : "") + decimal(digits, exponent)
    }

    private static func decimal(_ digits: String, _ exponent: Int) -> String {
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
        let whole = exponent + 1
        if digits.count <= whole { return digits + String(repeating: "0", count: whole - digits.count) }
        return "\(digits.prefix(whole)).\(digits.dropFirst(whole))"
    }

    /// The fewest digits that give the number back, first one not 0, and the power of ten of the first one.
    private static func parts(_ value: Double) -> (digits: String, exponent: Int) {
        let halves = value.magnitude.description.split(separator: "e")
        let mantissa = halves[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa[0]
        let all = whole + (mantissa.count > 1 ? mantissa[1] : "")
        let leading = all.prefix { $0 == "0" }.count
        var digits = all.dropFirst(leading)
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        let written = halves.count > 1 ? Int(halves[1]) ?? 0 : 0
        return (String(digits), written + whole.count - 1 - leading)
    }
}
