import TerminalUI

/// The areas of the table, and of what is below it.
///
/// As the screen grows, neither the table nor what is below it gets lower, and no chart gets narrower.
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

    /// Columns from which on two panels stand side by side.
    private static let leastWide = 110
    /// Columns of what differs there: names and two runs.
    private static let leastDifference = 48
    /// Rows of a panel that comes in below another one.
    private static let leastBeneath = 6

    /// - Parameters:
    ///   - runs: how many there are, whatever the filter: a table that shrinks with every key would hide the rest.
    ///   - differences: rows that what differs takes with its frame; 0 where nothing is compared.
    init(_ body: Rect, runs: Int, panel: RunsScreen.Panel, differences: Int = 0) {
        guard runs > 0 else {
            table = body
            return
        }
        isWide = body.width >= Self.leastWide
        let (upper, lower) = body.splitTop(min(runs + 3, body.height - Self.rowsBelow(body.height)))
        table = upper
        guard lower.height > 2, panel != .run || isWide else {
            run = lower.height > 0 ? lower : nil
            return
        }
        guard isWide, panel != .curves else {
            place(panel, in: lower)
            return
        }
        let (left, right) = lower.splitLeft(lower.width - Self.differenceColumns(lower.width, panel))
        place(panel == .parallel ? .parallel : .run, in: left)
        guard differences > 0, right.height - differences >= Self.leastBeneath else {
            difference = right
            return
        }
        let (above, beneath) = right.splitTop(differences)
        difference = above
        place(panel == .parallel ? .run : .parallel, in: beneath)
    }

    private mutating func place(_ panel: RunsScreen.Panel, in area: Rect) {
        switch panel {
        case .run: run = area
        case .curves: curves = area
        case .parallel: parallel = area
        case .difference: difference = area
        }
    }

    /// Columns of what differs in a window of so many columns.
    static func differenceColumns(_ width: Int, _ panel: RunsScreen.Panel) -> Int {
        guard width >= leastWide, panel != .curves else { return width }
        return width - max(leastWide - leastDifference, width * 11 / 20)
    }

    /// Two of three rows beyond the first eight, then half of all: the table never loses a row to what is below it.
    private static func rowsBelow(_ height: Int) -> Int { max(0, min((height - 8) * 2 / 3, height / 2)) }

    /// Whether there is room for a panel below the table.
    var hasPanel: Bool { difference != nil || curves != nil || parallel != nil || run.map { $0.height > 2 } ?? false }

    /// Rows of runs in the table: below its border and its heading.
    var rows: Int { max(0, table.height - 3) }

    /// The first visible run, so that the selected one is visible.
    func first(selected: Int, of count: Int) -> Int {
        max(0, min(selected - rows / 2, count - rows))
    }

    /// Whether the epochs of the selected run are drawn.
    var drawsSelected: Bool { curves != nil || run.map { $0.height >= RunDetailView.leastWithEpochs } ?? false }
}
