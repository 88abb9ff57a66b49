import Specs
import TerminalUI

/// Which row of the composer stands on which line of its panel.
struct ComposerLayout {
    let list: Rect
    /// The line of what the network costs.
    let foot: Rect
    /// What stands on each line; scrolled so that the cursor is in sight.
    let lines: [ComposerLine]
    /// Rows that are out of sight above, and below.
    let above: Int
    let below: Int

    /// - Parameter area: the panel, border included.
    init(_ area: Rect, _ composer: ComposerState) {
        (list, foot) = area.inset(by: 1).splitBottom(1)
        let height = max(0, list.height)
        let lines = ComposerLine.fitting(composer, height: height)
        let at = lines.firstIndex { $0.rows.contains(composer.cursor) } ?? 0
        let first = lines.count > height ? min(max(0, at - height + 2), lines.count - height) : 0
        let shown = first..<min(lines.count, first + height)
        self.lines = Array(lines[shown])
        above = lines[..<shown.lowerBound].reduce(0) { $0 + $1.rows.count }
        below = lines[shown.upperBound...].reduce(0) { $0 + $1.rows.count }
    }

    /// Rows of a panel that has all rows of the composer, border included.
    static func rows(_ composer: ComposerState) -> Int { ComposerLine.all(composer).count + 3 }

    /// The row at a line of the screen: of several the first.
    func row(atY y: Int) -> Int? { lines.indices.contains(y - list.y) ? lines[y - list.y].rows.first : nil }

    /// The step that a click on the arrows of the selected row asks for; nil elsewhere.
    func step(atX x: Int, _ composer: ComposerState) -> Int? {
        guard composer.selected.hasSteps else { return nil }
        return x == list.maxX - 3 || x == list.maxX - 4 ? -1 : x == list.maxX - 1 ? 1 : nil
    }
}
