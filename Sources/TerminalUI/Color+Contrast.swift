import Foundation

extension Color {
    /// Relative luminance, 0 (black) to 1 (white), after WCAG 2.1.
    package var luminance: Double {
        func linear(_ channel: UInt8) -> Double {
            let value = Double(channel) / 255
            return value <= 0.040_45 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// The contrast ratio of two colours, 1 to 21, after WCAG 2.1.
    package func contrast(with other: Color) -> Double {
        let (a, b) = (luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// Whether it stands out more on black than on white.
    var isLight: Bool { contrast(with: Color(0, 0, 0)) >= contrast(with: Color(255, 255, 255)) }

    /// The first candidate that reads well on this colour, or else the best of them, black and white.
    package func readable(_ candidates: [Color], enough: Double = 4.5) -> Color {
        let candidates = candidates.filter { !$0.isTerminalDefault }
        if let first = candidates.first(where: { $0.contrast(with: self) >= enough }) { return first }
        let all = candidates + [Color(0, 0, 0), Color(255, 255, 255)]
        return all.max { $0.contrast(with: self) < $1.contrast(with: self) } ?? self
    }

    /// This colour where it reads well on another; else the one nearest to it, towards black or white, that does.
    ///
    /// - Parameter ratio: the least contrast; where neither black nor white has it, the better of the two.
    package func lifted(on page: Color, to ratio: Double) -> Color {
        guard !isTerminalDefault, contrast(with: page) < ratio else { return self }
        let (black, white) = (Color(0, 0, 0), Color(255, 255, 255))
        let end = black.contrast(with: page) > white.contrast(with: page) ? black : white
        let steps = 64
        let share = (1...steps).first { mixed(with: end, Double($0) / Double(steps)).contrast(with: page) >= ratio }
        return mixed(with: end, Double(share ?? steps) / Double(steps))
    }

    /// `#rrggbb`, as in theme files and SVG.
    package var hexadecimal: String {
        let digits = String(packed & 0xFF_FFFF, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
