import Foundation

/// Amounts of bytes on a disk as they are written: `3.8 MB`, `2GB`. A kB has 1,000 bytes, a KiB 1,024.
package enum ByteAmount {
    private static let units: [(name: String, bytes: Double)] = [
        ("tib", 1_099_511_627_776), ("gib", 1_073_741_824), ("mib", 1_048_576), ("kib", 1024),
        ("tb", 1e12), ("gb", 1e9), ("mb", 1e6), ("kb", 1e3), ("b", 1),
    ]
    /// The greatest amount that is read.
    private static let most = 1e18

    /// What a refusal says was expected.
    package static let expected = "an amount such as 500MB or 2GB"

    /// With a decimal unit and one decimal at most: `812 B`, `3.8 MB`, `2 GB`.
    package static func text(_ bytes: Int) -> String {
        let value = Double(max(0, bytes))
        guard value >= 1000 else { return "\(max(0, bytes)) B" }
        let names = ["kB", "MB", "GB", "TB"]
        var (amount, index) = (value / 1000, 0)
        // 999.95 would be printed as 1000.0.
        while amount >= 999.95, index < names.count - 1 { (amount, index) = (amount / 1000, index + 1) }
        let digits = String(format: amount < 99.95 ? "%.1f" : "%.0f", amount)
        return (digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits) + " " + names[index]
    }

    /// The bytes of an amount as it is typed, with or without a blank before its unit; nil where it is none.
    package static func bytes(_ text: String) -> Int? {
        let text = text.lowercased().filter { $0 != " " }
        let unit = units.first { text.hasSuffix($0.name) }
        let digits = text.dropLast(unit?.name.count ?? 0)
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let number = Double(digits)
        else { return nil }
        let bytes = number * (unit?.bytes ?? 1)
        return bytes <= most ? Int(bytes.rounded()) : nil
    }
}
