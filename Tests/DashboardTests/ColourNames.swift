import TerminalUI

/// Colours of a theme in words: the role that has them, or how far they are on a ramp between roles.
final class ColourNames {
    struct Name: Hashable {
        var word: String
        /// From 0, the ramp's start, to 9, its end; nil for a role's own colour.
        var level: Int?
    }

    private let ramps: [(word: String, stops: [Color])]
    private var known: [Color: Name]

    init(_ theme: Theme) {
        let roles = Theme.Role.allCases.filter { $0 != .background }
        ramps =
            [
                ("heat", [theme[.heatStart], theme[.heatMiddle], theme[.heatEnd]]),
                ("diag", [theme[.diagonalStart], theme[.diagonalEnd]]),
                ("digit", [theme[.digitStart], theme[.digitEnd]]),
            ]
            // Faded into the background.
            + roles.map { ("\(ColourNames.word($0))~", [theme[$0], theme[.background]]) }
        // Where roles share a colour the first of them stands for all.
        known = Dictionary(roles.map { (theme[$0], Name(word: ColourNames.word($0))) }) { first, _ in first }
        known[theme[.background]] = Name(word: "")
        known[.terminalDefault] = Name(word: "")
        for role in [Theme.Role.heatStart, .heatMiddle, .heatEnd, .diagonalStart, .diagonalEnd, .digitStart, .digitEnd]
        {
            known[theme[role]] = nearest(theme[role])
        }
    }

    subscript(_ color: Color) -> Name {
        if let name = known[color] { return name }
        let name = nearest(color)
        known[color] = name
        return name
    }

    /// Roles by short words: a screen has thousands of them.
    private static func word(_ role: Theme.Role) -> String {
        switch role {
        case .focusedBorder: "box"
        case .border: "line"
        case .selectedBackground: "sel"
        case .validation: "val"
        case .warning: "warn"
        case .probability: "prob"
        default: "\(role)"
        }
    }

    /// A ramp that passes within the rounding of 8 bits, or the colour in hexadecimal.
    private func nearest(_ color: Color) -> Name {
        var best: (name: Name, distance: Double)?
        for ramp in ramps {
            for (index, (start, end)) in zip(ramp.stops, ramp.stops.dropFirst()).enumerated() {
                let share = ColourNames.share(of: color, from: start, to: end)
                let distance = ColourNames.distance(color, start.mixed(with: end, share))
                guard distance < best?.distance ?? 5 else { continue }
                let whole = (Double(index) + share) / Double(ramp.stops.count - 1)
                best = (Name(word: ramp.word, level: Int((9 * whole).rounded())), distance)
            }
        }
        return best?.name ?? Name(word: "#" + [color.red, color.green, color.blue].map(hexadecimal).joined())
    }

    private func hexadecimal(_ channel: UInt8) -> String {
        (channel < 16 ? "0" : "") + String(channel, radix: 16)
    }

    private static func channels(_ color: Color) -> [Double] {
        [Double(color.red), Double(color.green), Double(color.blue)]
    }

    /// Where on the way from one colour to another a third is nearest to it, from 0 to 1.
    private static func share(of color: Color, from start: Color, to end: Color) -> Double {
        let (a, b, c) = (channels(start), channels(end), channels(color))
        let length = zip(a, b).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }
        guard length > 0 else { return 0 }
        let along = (0..<3).reduce(0) { $0 + (b[$1] - a[$1]) * (c[$1] - a[$1]) }
        return min(1, max(0, along / length))
    }

    /// Squared, in steps of 8-bit channels.
    private static func distance(_ a: Color, _ b: Color) -> Double {
        zip(channels(a), channels(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
}
