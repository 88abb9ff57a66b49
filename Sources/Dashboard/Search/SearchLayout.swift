import Search
import TerminalUI

/// Where Search has its panels: one in a small window; else what is known of all trials on top, and the trials below; the settings
/// side by side between the two, where there is room.
struct SearchLayout {
    private(set) var areas: [SearchScreen.Panel: Rect] = [:]

    /// Columns of a window in which two panels stand side by side.
    private static let leastWidth = 64
    private static let leastHeight = 15
    /// Columns of a panel in which the best so far is drawn against trials and against time.
    static let leastForBoth = 76
    /// Rows from which on trials and settings are both shown.
    private static let threeBands = 30
    private static let listColumns = 34
    private static let factsColumns = 30

    /// - Parameter shown: what its panels have to show; nil before anything is known.
    init(_ body: Rect, panel: SearchScreen.Panel, isAlone: Bool, shown: ShownSearch?) {
        guard let shown else {
            // The list says what there is, or why there is nothing.
            areas = [.list: body]
            return
        }
        guard !isAlone, body.width >= Self.leastWidth, body.height >= Self.leastHeight else {
            areas = [panel: body]
            return
        }
        let hasBands = body.height >= Self.threeBands
        // All settings stand below the rungs, where that leaves the others more than half.
        let facts = shown.summary.halving.rungs.count + shown.summary.space.dimensions.count + 6
        let band = max(min(17, max(13, body.height * 3 / 8)), min(facts, body.height * 9 / 20))
        let top = hasBands ? band : max(8, body.height * 2 / 5)
        let (upper, lower) = body.splitTop(top)
        placeUpper(upper, panel, shown)
        let below: SearchScreen.Panel = panel == .axes || panel == .list && areas[.list] == nil ? panel : .trials
        guard hasBands else {
            areas[below] = lower
            return
        }
        let rows = shown.summary.trials.count + 3
        let (middle, bottom) = lower.splitTop(max(lower.height * 11 / 20, lower.height - rows))
        (areas[.axes], areas[.trials]) = (middle, bottom)
    }

    private mutating func placeUpper(_ area: Rect, _ panel: SearchScreen.Panel, _ shown: ShownSearch) {
        var rest = area
        if area.width >= 112 {
            let (left, right) = rest.splitLeft(Self.listColumns + (area.width - 112) / 8)
            (areas[.list], rest) = (left, right)
        }
        let columns = Self.factsColumns + max(0, area.width - 112) / 8
        let rungs = shown.summary.halving.rungs.count + 3
        let (best, right) = rest.splitRight(columns)
        areas[.best] = best
        // Four settings at least stand below the rungs.
        guard right.height - rungs >= 6 else {
            areas[panel == .rungs ? .rungs : .importance] = right
            return
        }
        let (above, below) = right.splitTop(rungs)
        (areas[.rungs], areas[.importance]) = (above, below)
    }
}
