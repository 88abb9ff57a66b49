import TerminalUI

/// Which row of the composer stands on which line of its panel.
struct ComposerLayout {
    let list: Rect
    /// The line of what the network costs.
    let foot: Rect
    /// Row numbers by line, a blank between layers and settings; scrolled so that the cursor is in sight.
    let lines: [Int?]

    /// - Parameter area: the panel, border included.
    init(_ area: Rect, _ composer: ComposerState) {
        (list, foot) = area.inset(by: 1).splitBottom(1)
        lines = ComposerLayout.visible(composer, height: list.height)
    }

    private static func visible(_ composer: ComposerState, height: Int) -> [Int?] {
        var lines: [Int?] = []
        for (index, row) in composer.rows.enumerated() {
            if row == .optimizer, composer.rows.count < height { lines.append(nil) }
            lines.append(index)
        }
        guard lines.count > height else { return lines }
        let at = lines.firstIndex(of: composer.cursor) ?? 0
        let first = min(max(0, at - height + 2), lines.count - height)
        return Array(lines[first..<min(lines.count, first + height)])
    }

    /// The row at a line of the screen.
    func row(atY y: Int) -> Int? { lines.indices.contains(y - list.y) ? lines[y - list.y] : nil }

    /// The step that a click on the arrows of the selected row asks for; nil elsewhere.
    func step(atX x: Int, _ composer: ComposerState) -> Int? {
        guard composer.selected.hasSteps else { return nil }
        return x == list.maxX - 3 || x == list.maxX - 4 ? -1 : x == list.maxX - 1 ? 1 : nil
    }
}
