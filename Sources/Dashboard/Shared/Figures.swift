import Foundation
import Reports
import Specs

/// Numbers as the screens show them.
enum Figures {
    /// As the spec language writes it: `1e-3`, `0.9`, `30`.
    static func plain(_ value: Double) -> String { SpecNumber.short(value) }

    /// With one decimal: `3.4`.
    static func decimal(_ value: Double) -> String { String(format: "%.1f", value) }

    /// Thousands apart: `119,810`.
    static func grouped(_ value: Int) -> String { FigureText.grouped(value) }

    /// Three figures and a unit: `412k`, `1.2M`.
    static func rate(_ value: Double) -> String {
        guard value.isFinite, value > 0 else { return "–" }
        if value >= 999_500 { return String(format: "%.1fM", value / 1e6) }
        if value >= 9_995 { return String(format: "%.0fk", value / 1e3) }
        if value >= 1_000 { return String(format: "%.1fk", value / 1e3) }
        return String(format: "%.0f", value)
    }

    /// `0.09 s`, `4.7 s`, `3 min 05 s`, `2 h 10 min`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "–" }
        if seconds > 0, seconds < 0.00995 { return String(format: "%.1f ms", seconds * 1000) }
        if seconds < 1 { return String(format: "%.2f s", seconds) }
        if seconds < 59.95 { return String(format: "%.1f s", seconds) }
        let whole = Int(seconds.rounded())
        if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
        return String(format: "%d h %02d min", whole / 3600, whole / 60 % 60)
    }

    /// Bytes with a binary unit: `7.3 MiB`.
    static func bytes(_ count: Int) -> String {
        let value = Double(count)
        if count >= 1 << 30 { return String(format: "%.1f GiB", value / Double(1 << 30)) }
        if count >= 1 << 20 { return String(format: "%.1f MiB", value / Double(1 << 20)) }
        return String(format: "%.0f KiB", max(1, value / 1024))
    }

    /// Per cent without the sign: `97.8`; a dash for a value that is not there.
    static func percent(_ share: Double?, digits: Int = 1) -> String {
        guard let share, share.isFinite else { return "–" }
        return String(format: "%.\(digits)f", share * 100)
    }

    /// An area under a curve, 0 ... 1, with four decimals: `0.9987`.
    static func area(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "–" }

    /// A loss in six characters, as wide as its columns are: three decimals, fewer from 10 on, none from 1,000 on, and
    /// from 100,000 on a power of ten, `1.8e10`.
    static func loss(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "–" }
        let size = value.magnitude
        if size >= 99_999.5 { return FigureText.scientific(value, size >= 9.95e99 || value < 0 ? 0 : 1) }
        if size >= 999.5 { return String(format: "%.0f", value) }
        if size >= 99.95 { return String(format: "%.1f", value) }
        return String(format: size >= 9.9995 ? "%.2f" : "%.3f", value)
    }

    /// As the spec language writes it, with fewer digits where that is wider than the room for it.
    static func plain(_ value: Double, room: Int) -> String {
        let text = plain(value)
        guard text.count > room, value.isFinite else { return text }
        let shorter = (0..<6).reversed().lazy.compactMap { digits in
            Double(String(format: "%.\(digits)e", value)).map(plain)
        }
        return shorter.first { $0.count <= room } ?? text
    }
}

extension Figures {
    /// The least of 1, 1.5, 2, 3, 4, 5, 6, 8, 10 times a power of ten that is no less.
    static func niceCeiling(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return 1 }
        let power = pow(10, log10(value).rounded(.down))
        let mantissa = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].first { $0 * power >= value * 0.999_999 } ?? 10
        return mantissa * power
    }
}
