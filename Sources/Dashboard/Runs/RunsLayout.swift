import TerminalUI

/// The areas of the table, and of what is below it.
struct RunsLayout {
    let table: Rect
    /// The selected run; nil without room, or where another panel is shown.
    private(set) var run: Rect?
    /// What differs between runs.
    private(set) var difference: Rect?
    /// Curves of the marked runs.
    private(set) var curves: Rect?
    /// Parallel coordinates.
    private(set) var parallel: Rect?
    /// Whether what differs stands beside another panel.
    private(set) var isWide = false

    /// - Parameter runs: how many there are, whatever the filter: a table that shrinks with every key would hide the rest.
    init(_ body: Rect, runs: Int, panel: RunsScreen.Panel) {
        guard body.height >= 12, runs > 0 else {
            table = body
            return
        }
        isWide = body.width >= 110
        // Curves need some lines.
        let below = isWide && body.height >= 30 ? max(18, body.height / 2) : 9
        // The table has the height that it needs, and at least a third.
        let wanted = min(max(runs + 4, body.height / 3), body.height - below)
        let (upper, lower) = body.splitTop(wanted)
        table = upper
        var place = lower
        if isWide { (place, difference) = lower.splitLeft(lower.width * 11 / 20) }
        switch panel {
        case .run: run = place
        case .curves: curves = place
        case .parallel: parallel = place
        case .difference where isWide: run = place
        case .difference: difference = place
        }
    }

    /// Whether there is room below the table.
    var hasPanel: Bool { run != nil || difference != nil || curves != nil || parallel != nil }

    /// Rows of runs in the table: below its border and its heading.
    var rows: Int { max(0, table.height - 3) }

    /// The first visible run, so that the selected one is visible.
    func first(selected: Int, of count: Int) -> Int {
        max(0, min(selected - rows / 2, count - rows))
    }

    /// Whether the selected run's curves are drawn beside its figures.
    var hasCurves: Bool { run.map { $0.width >= 50 && $0.height >= 15 } ?? false }

    /// Whether the selected run is drawn as a curve.
    var drawsSelected: Bool { hasCurves || curves != nil }
}
