import TerminalUI

/// The areas of the table, and below it of the selected run and the differences.
struct RunsLayout {
    let table: Rect
    /// The selected run; nil without room, or where the differences are shown.
    private(set) var run: Rect?
    private(set) var difference: Rect?

    /// - Parameter runs: how many there are, whatever the filter: a table that shrinks with every key would hide the rest.
    init(_ body: Rect, runs: Int, panel: RunsScreen.Panel) {
        guard body.height >= 12, runs > 0 else {
            table = body
            return
        }
        let isWide = body.width >= 110
        // Curves need some lines.
        let below = isWide && body.height >= 30 ? max(18, body.height / 2) : 9
        // The table has the height that it needs, and at least a third.
        let wanted = min(max(runs + 4, body.height / 3), body.height - below)
        let (upper, lower) = body.splitTop(wanted)
        table = upper
        if isWide {
            let (left, right) = lower.splitLeft(lower.width * 11 / 20)
            (run, difference) = (left, right)
        } else if panel == .run {
            run = lower
        } else {
            difference = lower
        }
    }

    /// Whether the run and the differences share one place.
    var hasOnePanel: Bool { (run == nil) != (difference == nil) }

    /// Rows of runs in the table: below its border and its heading.
    var rows: Int { max(0, table.height - 3) }

    /// The first visible run, so that the selected one is visible.
    func first(selected: Int, of count: Int) -> Int {
        max(0, min(selected - rows / 2, count - rows))
    }

    /// Whether the selected run's curves are drawn.
    var hasCurves: Bool { run.map { $0.width >= 50 && $0.height >= 15 } ?? false }
}
