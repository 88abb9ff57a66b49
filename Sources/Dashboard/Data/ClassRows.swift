import TerminalUI

/// Which classes have room in a panel below its heading, the one at hand among them.
struct ClassRows {
    let shown: Range<Int>
    private let area: Rect

    /// - Parameters:
    ///   - label: the class at hand; nil for none.
    ///   - area: the panel, border included.
    init(_ classes: Int, label: Int?, in area: Rect) {
        self.area = area
        let lines = max(0, area.height - 3)
        guard classes > lines else {
            shown = 0..<classes
            return
        }
        let first = min(classes - lines, max(0, (label ?? 0) - lines / 2))
        shown = first..<(first + lines)
    }

    /// The class of a line of the panel; nil where it has none.
    func label(atY y: Int) -> Int? {
        let line = y - area.y - 2
        return line >= 0 && line < shown.count ? shown.lowerBound + line : nil
    }
}
