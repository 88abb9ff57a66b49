import TerminalUI

/// The areas of Lab's panels: composer, charts and, from 166 columns on, what else there is, side by side. The widths
/// follow from the columns alone, so that no chart is narrower on a wider or higher screen; `LabColumns` has the heights.
///
/// With less room panels are left out in this order: digit, pairs, epochs; wrong digits and confusion; the charts, in
/// place of which the focused panel stands.
package struct LabLayout {
    /// What the panels need to show all that they have, in rows with their borders.
    package struct Needs: Equatable {
        /// Hidden layers of the network.
        package var layers: Int
        /// Rows of the composer.
        package var composer: Int
        /// Rows of the epochs.
        package var epochs: Int
        /// Rows of the most confused pairs.
        package var pairs: Int
        /// How many digits there are.
        package var digits: Int

        package init(layers: Int = 1, composer: Int = 36, epochs: Int = 13, pairs: Int = 12, digits: Int = .max) {
            (self.layers, self.composer, self.epochs, self.pairs) = (layers, composer, epochs, pairs)
            self.digits = digits
        }
    }

    /// The panels that can have the focus.
    package private(set) var areas: [LabPanel: Rect] = [:]
    /// The network drawn as boxes; nil without room, as those below.
    private(set) var shape: Rect?
    /// What the run has come to.
    private(set) var facts: [Rect] = []
    /// The figures of each epoch.
    package private(set) var epochs: Rect?
    /// How sure the predictions were.
    private(set) var sureness: Rect?
    /// The digit at hand in full size.
    private(set) var digit: Rect?
    /// The most confused pairs.
    private(set) var pairs: Rect?

    /// The least columns of a screen with two columns of panels, and with three.
    private static let leastColumns = (two: 56, three: 166)
    /// The columns of the charts from 124 columns on, until there are three columns.
    private static let chartColumns = 80
    private static let composerColumns = 36
    /// The least columns of what stands beside the composer.
    private static let sideColumns = 26

    package init(_ body: Rect, focus: LabPanel, needs: Needs) {
        guard body.width >= LabLayout.leastColumns.two else {
            if focus == .composer { placeLeft(body, needs, isNarrow: true) } else { areas = [focus: body] }
            return
        }
        let (left, rest) = body.splitLeft(LabLayout.leftColumns(body.width))
        let isWide = body.width >= LabLayout.leastColumns.three
        let (middle, right) = rest.splitRight(isWide ? min(60, max(50, body.width / 3 - 5)) : 0)
        placeLeft(left, needs, isNarrow: left.width < LabLayout.composerColumns)
        let hasDigits = body.width >= 76 && body.height >= 18
        placeMiddle(middle, focus: focus, digits: hasDigits ? needs.digits : 0)
        if isWide { placeSide(right, needs) }
    }

    func panel(at x: Int, _ y: Int) -> LabPanel? { areas.first { $0.value.contains(x: x, y: y) }?.key }

    private static func leftColumns(_ width: Int) -> Int {
        if width >= leastColumns.three { return composerColumns }
        if width < 76 { return 30 }
        let most = min(44, max(min(36, width - 44), width * 2 / 5))
        return width - min(chartColumns, width - most)
    }

    /// Composer above confusion, with the epochs beside the composer where the column is wide.
    ///
    /// - Parameter isNarrow: whether the matrix is compact at any height, as it is on the next wider screens.
    private mutating func placeLeft(_ column: Rect, _ needs: Needs, isNarrow: Bool) {
        let rows = LabColumns.Left(column.height, needs, isNarrow: isNarrow)
        let (upper, confusion) = column.splitBottom(rows.confusion)
        let hasSide = column.width >= LabLayout.composerColumns + LabLayout.sideColumns
        let (own, side) = upper.splitLeft(hasSide ? LabLayout.composerColumns : upper.width)
        let (composer, belowComposer) = own.splitTop(rows.composer)
        let (shape, others) = belowComposer.splitTop(rows.shape)
        let (facts, sureness) = others.splitTop(rows.facts)
        areas[.composer] = composer
        if !confusion.isEmpty { areas[.confusion] = confusion }
        if !shape.isEmpty { self.shape = shape }
        if !facts.isEmpty { self.facts.append(facts) }
        if !sureness.isEmpty { self.sureness = sureness }
        if hasSide { placeSide(side, needs) }
    }

    /// Curves above wrong digits; where it is too low for the digits the curves, or in their place the focused panel.
    private mutating func placeMiddle(_ column: Rect, focus: LabPanel, digits: Int) {
        guard digits > 0 else {
            if focus == .wrong || focus == .confusion && areas[.confusion] == nil {
                areas[focus] = column
            } else if column.height < 10 {
                areas[focus == .accuracy ? .accuracy : .loss] = column
            } else {
                placeCurves(column)
            }
            return
        }
        let (curves, wrong) = column.splitBottom(LabColumns.digitRows(column, digits))
        placeCurves(curves)
        areas[.wrong] = wrong
    }

    private mutating func placeCurves(_ column: Rect) {
        let (loss, accuracy) = column.splitTop((column.height + 1) / 2)
        (areas[.loss], areas[.accuracy]) = (loss, accuracy)
    }

    /// Epochs, pairs, and what else has room.
    private mutating func placeSide(_ column: Rect, _ needs: Needs) {
        let rows = LabColumns.Side(column.height, needs)
        let (epochs, belowEpochs) = column.splitTop(rows.epochs)
        let (pairs, belowPairs) = belowEpochs.splitTop(rows.pairs)
        let (digit, belowDigit) = belowPairs.splitTop(rows.digit)
        let (facts, sureness) = belowDigit.splitTop(rows.facts)
        self.epochs = epochs
        if !pairs.isEmpty { self.pairs = pairs }
        if !digit.isEmpty { self.digit = digit }
        if !facts.isEmpty { self.facts.append(facts) }
        if !sureness.isEmpty { self.sureness = sureness }
    }
}
