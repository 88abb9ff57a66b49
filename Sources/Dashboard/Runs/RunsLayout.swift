import TerminalUI

/// Where Runs has its table, and below it what tells runs apart.
struct RunsLayout {
    let table: Rect
    /// nil without room.
    let difference: Rect?

    /// - Parameter runs: how many there are.
    init(_ body: Rect, runs: Int) {
        guard body.height >= 12 else {
            (table, difference) = (body, nil)
            return
        }
        // The table takes what it needs, and a third at least.
        let wanted = min(max(runs + 4, body.height / 3), body.height - 8)
        let (upper, lower) = body.splitTop(wanted)
        (table, difference) = (upper, lower)
    }

    /// Rows of runs in the table: below its border and its heading.
    var rows: Int { max(0, table.height - 3) }

    /// The first run that is shown, so that the selected one is among them.
    func first(selected: Int, of count: Int) -> Int {
        max(0, min(selected - rows / 2, count - rows))
    }
}
