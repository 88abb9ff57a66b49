import Foundation
import TerminalUI
import Training

/// Numbers as words: no sign stands for one.
enum PlainText {
    /// `97.83 percent`
    static func percent(_ share: Double?, digits: Int = 2) -> String {
        guard let share, share.isFinite else { return "not known" }
        return String(format: "%.\(digits)f percent", share * 100)
    }

    /// With three decimals at most.
    static func loss(_ value: Double?) -> String {
        guard let value else { return "not known" }
        guard !value.isNaN else { return "not a number" }
        return value.isFinite ? Figures.loss(value) : "infinite"
    }

    /// Three figures.
    static func figure(_ value: Double?) -> String {
        guard let value else { return "not known" }
        return value.isFinite ? String(format: "%.3g", value) : "not a number"
    }

    static func count(_ number: Int, _ noun: String) -> String {
        "\(Figures.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// What of a text is beyond ASCII, spelled out, but for letters: names have those of any language.
    static func spelled(_ text: String) -> String {
        // What is waited for; a text is seldom of anything else that has to be spelled.
        var text = text.hasSuffix("...") ? String(text.dropLast(text.hasSuffix(" ...") ? 4 : 3)) : text
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        for (sign, words) in signs { text = text.replacingOccurrences(of: sign, with: words) }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let stays = scalar.isASCII || scalar.properties.isAlphabetic || scalar.columns == 0
            scalars.append(stays ? scalar : Buffer.ascii(scalar))
        }
        return String(scalars)
    }

    private static let signs = [
        ("…", ""), (" → ", " as "), ("→", "right"), ("←", "left"), ("↑", "up"),
        ("↓", "down"), (" × ", " by "), (" · ", ", "), ("–", "none"), ("λ", "lambda "), ("Σ", "sum "), ("γ", "gamma"),
        ("β", "beta"), ("‹ ", ""), (" ›", ""), ("²", " squared"),
    ]
}
