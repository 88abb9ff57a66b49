import TerminalUI

/// How many lines of a list lie out of sight, for its frame.
enum LeftOut {
    /// `↑ 3 more  ↓ 12 more`; empty where all of them are in sight.
    static func spans(above: Int, below: Int, _ look: Look) -> [Span] {
        let marks = [("↑", above), ("↓", below)].filter { $0.1 > 0 }.map { "\($0) \($1) more" }
        return marks.isEmpty ? [] : [Span(marks.joined(separator: "  "), look.theme.style(.dim))]
    }
}
