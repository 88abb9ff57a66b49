import TerminalUI

/// How runs are distinguished: by colour, by a symbol, and by a character where there are no symbols.
struct RunMark {
    let color: Color
    let symbol: Unicode.Scalar
    /// On its line in ASCII.
    let mark: Unicode.Scalar

    private static let symbols: [Unicode.Scalar] = ["●", "○", "■", "□", "◆", "◇", "▲", "△"]
    private static let marks: [Unicode.Scalar] = ["*", "o", "#", "x", "+", "%", "&", "$"]

    /// - Parameter slot: as in `Comparison`.
    init(slot: Int, _ look: Look) {
        let index = slot % Comparison.most
        color = look.theme[Theme.runRoles[index]]
        mark = RunMark.marks[index]
        symbol = look.glyphs == .ascii ? mark : RunMark.symbols[index]
    }
}
