import TerminalUI

/// Where Confusion has the heatmap and the panels beside it, and what lies within the heatmap's panel; or the one panel
/// of Lab.
struct ConfusionLayout {
    let heatmap: Rect
    /// The panels beside it that have room.
    let details: [ConfusionDetail: Rect]
    /// The heatmap itself: Confusion keeps the epochs, the selected cell in words and its digits below it, Lab keeps room
    /// for the worst pairs beside a compact map.
    let map: Rect
    /// The line of the epochs, right below the map; nil without room or epochs.
    let slider: Rect?

    /// Columns of a window that has panels beside the matrix.
    static let leastWidth = 76
    /// Columns of a panel beside the matrix, at least and at most.
    private static let column = 32...46
    /// Rows of the matrix's panel that others stand below, at least.
    private static let tall = 36
    /// Rows of those.
    private static let belowMap = 20...24
    /// Columns of the matrix's panel at which cells have nine columns, with figures and bars beside them.
    private static let fullMap = 114

    /// - Parameters:
    ///   - first: the first panel beside the matrix.
    ///   - alone: what has all of the screen; nil for matrix and panels.
    ///   - glyphs: what can be drawn.
    init(
        _ place: Place, _ contents: ConfusionContents, names: ClassNames, first: ConfusionDetail,
        alone: ConfusionScreen.Alone? = nil, glyphs: GlyphLevel = .braille
    ) {
        let body = place.area
        guard place.panel == nil else {
            (heatmap, details, slider) = (body, [:], nil)
            let inner = body.inset(by: 1)
            // Characters for two classes a line would be noise, and a part of the matrix says little of the whole: the
            // pairs stand there alone.
            guard glyphs == .ascii ? inner.height > contents.classes : Heatmap.isWhole(contents.classes, in: inner)
            else {
                map = inner.splitLeft(0).left
                return
            }
            map = inner.width >= 32 && inner.height < 11 ? inner.splitRight(10).rest : inner
            return
        }
        guard alone != .detail else {
            (heatmap, map, details, slider) = (.zero, .zero, [first: body], nil)
            return
        }
        let widths = alone == .matrix ? [] : ConfusionLayout.columns(body.width, hasNames: !names.isEmpty)
        var (rest, columns) = (body, [Rect]())
        for width in widths.reversed() {
            let (left, right) = rest.splitRight(width)
            columns.insert(right, at: 0)
            rest = left
        }
        if alone == nil, widths.count < 2, rest.height >= ConfusionLayout.tall + ConfusionLayout.belowMap.lowerBound {
            let below = min(ConfusionLayout.belowMap.upperBound, rest.height - ConfusionLayout.tall)
            let (top, bottom) = rest.splitBottom(below)
            let parts = bottom.width >= 2 * ConfusionLayout.column.lowerBound ? 2 : 1
            columns += bottom.columns(parts)
            rest = top
        }
        heatmap = rest
        details = PanelStack(columns) { _ in first.andFollowing.map { $0.member(contents) } }.areas
        let inner = heatmap.inset(by: 1)
        // Numbers come before the words below them.
        let free = inner.height > contents.classes ? inner.height - 1 - contents.classes : 2
        let hasSlider = inner.height >= 10 && contents.hasEpochs && free >= 2
        if inner.height >= 8, free > 0 {
            let lines = hasSlider ? 2 : 1
            map = inner.splitTop(ConfusionLayout.mapHeight(inner, lines: lines, classes: contents.classes)).top
        } else {
            map = inner
        }
        slider = hasSlider ? Rect(x: inner.x, y: map.maxY, width: inner.width, height: 1) : nil
    }

    /// Widths of the columns beside the matrix, which grow only where the matrix keeps its size.
    private static func columns(_ width: Int, hasNames: Bool) -> [Int] {
        guard width >= leastWidth else { return [] }
        // With names, cells of seven columns; without, cells of six with figures and bars beside them.
        let map = hasNames ? 84 : 81
        let first = min(column.upperBound, max(column.lowerBound, width - map))
        let both = min(2 * column.upperBound, width - fullMap)
        return both >= first + column.lowerBound + 4 ? [both - both / 2, both / 2] : [first]
    }

    /// The lines of the map: what it fills, where seven lines of digits have room below it.
    ///
    /// - Parameter lines: the lines of words below it.
    private static func mapHeight(_ inner: Rect, lines: Int, classes: Int) -> Int {
        let height = inner.height - lines
        // Figures need a column, and cells of three lines six columns a class; then a header, the classes, and the
        // columns' figures with their bars.
        let hasFigures = inner.width >= 10 + 5 * classes
        let cells = inner.width >= 10 + 6 * classes ? [3, 2, 1] : [2, 1]
        let forms = cells.map { 1 + $0 * classes + (hasFigures ? 2 : 0) }
        if let fitting = forms.first(where: { height >= $0 + 7 }) { return fitting }
        let spare = height - 1 - classes
        return height - (spare >= 3 ? min(7, spare) : 0)
    }
}

/// Which of the most confused pairs stands on which line of their panel.
struct ConfusedPairsLayout {
    let inner: Rect
    let pairs: [ConfusedPair]
    /// Those that have no room.
    let others: [ConfusedPair]

    /// - Parameter area: the panel, border included.
    init(_ area: Rect, _ shared: Shared) {
        inner = area.inset(by: 1)
        let all = shared.shownConfusion?.mostConfused(.max) ?? []
        let lines = ConfusedPairsLayout.lines(inner.height, pairs: all.count)
        // The last line counts those that have no room.
        let count = all.count > lines && lines > 1 ? lines - 1 : min(all.count, lines)
        (pairs, others) = (Array(all.prefix(count)), Array(all.dropFirst(count)))
    }

    /// Lines of the list while other panels stand below it; see `lines(_:pairs:)`.
    private static let steady = 8

    /// The lines that are used of so many rows: a row or two more than a list has beside other panels stay free, so that it
    /// loses no line when another panel comes in below it.
    private static func lines(_ rows: Int, pairs: Int) -> Int {
        guard pairs > rows else { return pairs }
        return (steady...(steady + 2)).contains(rows) ? steady : rows
    }

    /// The panel among others; one with few pairs has all of them.
    ///
    /// - Parameters:
    ///   - isWhole: whether it comes in with all of its lines only.
    ///   - opens: whether it may be the first of a column.
    static func member<Name>(
        _ name: Name, pairs: Int, isWhole: Bool = false, opens: Bool = false
    ) -> PanelStack<Name>.Member {
        let rows = pairs <= steady + 2 ? max(2, pairs) : steady
        return .init(name, least: isWhole ? rows + 2 : 4, keeps: rows + 2, most: rows + 4, opens: opens) { height in
            height - 2 - min(height - 2, lines(height - 2, pairs: pairs))
        }
    }

    func pair(atX x: Int, y: Int) -> ConfusedPair? {
        guard inner.contains(x: x, y: y), pairs.indices.contains(y - inner.y) else { return nil }
        return pairs[y - inner.y]
    }
}
