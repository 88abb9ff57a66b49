import TerminalUI

/// The areas of Lab's panels: composer, charts and, from 166 columns on, what else there is, side by side. The widths
/// follow from the columns alone, so that no chart is narrower on a wider or higher screen.
///
/// With less room panels are left out in this order: pairs, shape, digit and epochs; then confusion and wrong digits, of
/// which the focused one replaces the curves; then all but the focused one.
package struct LabLayout {
    /// The panels that can have the focus.
    package private(set) var areas: [LabPanel: Rect] = [:]
    /// The network drawn as boxes; nil without room, as those below.
    private(set) var shape: Rect?
    /// The figures of each epoch.
    package private(set) var epochs: Rect?
    /// The digit at hand in full size.
    private(set) var digit: Rect?
    /// The most confused pairs.
    private(set) var pairs: Rect?

    /// The least columns of a screen with three columns of panels.
    private static let leastWide = 166
    /// The columns of the charts from 124 columns on, until there are three columns.
    private static let chartColumns = 80
    private static let composerColumns = 36

    /// - Parameter layers: the hidden layers of the network.
    package init(_ body: Rect, focus: LabPanel, layers: Int) {
        guard body.width >= 56 else {
            self.init(alone: body, focus)
            return
        }
        let (left, rest) = body.splitLeft(LabLayout.leftColumns(body.width))
        let rightColumns = body.width >= LabLayout.leastWide ? min(60, max(50, body.width / 3 - 4)) : 0
        let (middle, right) = rest.splitRight(rightColumns)
        if body.height < (body.width >= 76 ? 18 : 12) || body.width < 76 {
            self.init(low: left, middle, right, focus: focus)
        } else if right.isEmpty {
            self.init(left, middle, layers: layers)
        } else {
            self.init(left, middle, right, layers: layers)
        }
    }

    func panel(at x: Int, _ y: Int) -> LabPanel? { areas.first { $0.value.contains(x: x, y: y) }?.key }

    private static func leftColumns(_ width: Int) -> Int {
        if width >= leastWide { return composerColumns }
        if width < 76 { return 30 }
        let most = min(44, max(min(36, width - 44), width * 2 / 5))
        return width - min(chartColumns, width - most)
    }

    private init(alone body: Rect, _ focus: LabPanel) { areas = [focus: body] }

    /// Too low for all: the focused panel beside the composer, or the curves.
    private init(low left: Rect, _ middle: Rect, _ right: Rect, focus: LabPanel) {
        areas[.composer] = left
        if focus == .confusion || focus == .wrong {
            areas[focus] = middle
        } else if middle.height < 10 {
            areas[focus == .accuracy ? .accuracy : .loss] = middle
        } else {
            let (loss, accuracy) = middle.splitTop((middle.height + 1) / 2)
            (areas[.loss], areas[.accuracy]) = (loss, accuracy)
        }
        if !right.isEmpty, areas[.confusion] == nil { areas[.confusion] = right }
    }

    /// Composer above confusion, curves above wrong digits; the left column has the epochs, too, where it is wide.
    private init(_ left: Rect, _ middle: Rect, layers: Int) {
        let rows = left.height >= 26 ? (left.height >= 34 ? 14 : 10) : 8
        let (upper, confusion) = left.splitBottom(rows)
        let hasSide = left.width >= LabLayout.composerColumns + 26
        let (own, side) = upper.splitLeft(hasSide ? LabLayout.composerColumns : upper.width)
        let (composer, below) = own.splitTop(LabLayout.composerRows(own.height, layers))
        placeCurves(middle)
        (areas[.composer], areas[.confusion]) = (composer, confusion)
        shape = below.isEmpty ? nil : below
        guard hasSide else { return }
        let (epochs, pairs) = side.splitBottom(side.height >= 22 ? 10 : 0)
        self.epochs = epochs
        self.pairs = pairs.isEmpty ? nil : pairs
    }

    /// Three columns.
    private init(_ left: Rect, _ middle: Rect, _ right: Rect, layers: Int) {
        let (composer, below) = left.splitTop(LabLayout.composerRows(left.height, layers))
        let (confusion, lower) = right.splitTop(min(13, max(8, right.height)))
        placeCurves(middle)
        (areas[.composer], areas[.confusion]) = (composer, confusion)
        // Two lines for input, output and each hidden layer, and the border.
        let (shape, epochs) = below.splitTop(min(below.height, 2 * layers + 6))
        let split = epochs.height >= 6
        self.shape = below.isEmpty ? nil : split ? shape : below
        self.epochs = split ? epochs : nil
        let (digit, pairs) = lower.splitTop(lower.height >= 18 + 5 ? 18 : lower.height >= 10 ? lower.height : 0)
        self.digit = digit.isEmpty ? nil : digit
        self.pairs = pairs.isEmpty ? nil : pairs
    }

    private mutating func placeCurves(_ middle: Rect) {
        let (curves, wrong) = middle.splitBottom(middle.height >= 52 ? 19 : middle.height >= 26 ? 10 : 8)
        let (loss, accuracy) = curves.splitTop((curves.height + 1) / 2)
        (areas[.loss], areas[.accuracy], areas[.wrong]) = (loss, accuracy, wrong)
    }

    /// As many as its rows need, where what is below them has six.
    private static func composerRows(_ height: Int, _ layers: Int) -> Int {
        let wanted = max(20, layers + 17)
        return height - wanted >= 6 ? wanted : height
    }
}
