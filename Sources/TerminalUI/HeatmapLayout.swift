/// The places of a heatmap's cells, in the richest form that the area has room for.
struct HeatmapLayout {
    enum Form {
        /// A line a class, with counts.
        case numbers
        /// Two classes a line by half blocks.
        case halfBlocks
        /// Two classes a line by dots of growing density, for terminals without the colours.
        case dots
        /// Characters of growing density, for terminals without blocks.
        case ramp
    }

    /// The room at the right for the rows' figures; the raw value is its columns.
    enum Margin: Int {
        case none = 0
        /// A blank, five columns, and a blank.
        case figures = 7
        /// The same with a bar before the figure.
        case bars = 16
    }

    let form: Form
    /// Columns of a class: without numbers two, or one where all classes would not be there else.
    let cellWidth: Int
    /// Lines of a cell in the form with numbers: count and share stand on two of two, on one of three.
    let cellHeight: Int
    let rowsPerLine: Int
    let labelWidth: Int
    /// The names in the room of the row labels and of the columns; nil: numbers.
    let rowNames: [String]?
    let columnNames: [String]?
    /// The visible classes.
    let rows: Range<Int>
    let columns: Range<Int>
    let headerRow: Int?
    /// Where the rows' figures stand, and below the matrix those of the columns; nil without room.
    let right: Rect?
    let below: Rect?
    private let originX: Int
    private let originY: Int

    /// The widest row label.
    private static let longestName = 10
    /// From so many columns on, a cell has the name of its class above it.
    private static let namedCell = 7

    /// The width of a cell, and what stands beside the matrix.
    private struct Plan {
        var rowNames: [String]?
        var columnNames: [String]?
        var label: Int
        var margin = Margin.none
        var cell: Int
    }

    /// - Parameters:
    ///   - names: of the classes; nil: numbers.
    ///   - hasMargins: whether there are figures to show beside the matrix.
    ///   - allowsNumbers: whether the counts are apart in the cells' width.
    init(
        area: Rect, classes: Int, selected: (row: Int, column: Int)?, look: Look, names: ShortNames? = nil,
        hasMargins: Bool = false, allowsNumbers: Bool = true
    ) {
        let tall = area.height >= classes + 1
        let numbers = tall && allowsNumbers ? HeatmapLayout.plan(area.width, classes, names, hasMargins) : nil
        let isNumbers = numbers.map { $0.cell >= 3 } ?? false
        // 8 of the 16 colours can't be a background, so that the lower class of a half block would have none.
        let plain = look.glyphs == .ascii || look.colors == .mono || look.colors == .palette16
        form =
            isNumbers ? .numbers : !plain ? .halfBlocks : tall || look.glyphs == .ascii ? .ramp : .dots
        rowsPerLine = isNumbers || (plain && tall) ? 1 : 2
        // Characters of two classes are beside one another.
        let plan: Plan
        if let numbers, isNumbers {
            plan = numbers
        } else {
            plan = HeatmapLayout.smallPlan(
                area.width, classes, names, leastCell: form == .ramp && rowsPerLine == 2 ? 2 : 1)
        }
        (rowNames, columnNames, labelWidth) = (plan.rowNames, plan.columnNames, plan.label)
        let left = (area.width >= plan.label + 2 + 2 * classes ? 1 : 0) + plan.label + 1
        let hasBelow = isNumbers && plan.margin != .none && area.height >= classes + 2
        let width = area.width - left - plan.margin.rawValue
        if isNumbers {
            let lines = area.height - 1 - (hasBelow ? 1 : 0)
            // Cells of four columns are square with two lines.
            cellHeight = min(plan.cell >= 6 ? 3 : 2, max(1, lines / max(1, classes)))
            cellWidth = min(plan.columnNames == nil ? 3 + 2 * cellHeight : 9, plan.cell)
        } else {
            (cellWidth, cellHeight) = (plan.cell, 1)
        }
        // Wide cells have their labels above, as a table; small ones below, where the eye goes after the picture.
        let lines = (classes + rowsPerLine - 1) / rowsPerLine
        let hasHeader = area.height > lines || area.height > 3
        let shownLines = min(lines, max(0, area.height - (hasHeader ? 1 : 0)) / cellHeight)
        rows = HeatmapLayout.window(
            of: classes, showing: shownLines * rowsPerLine, around: selected?.row, step: rowsPerLine)
        columns = HeatmapLayout.window(
            of: classes, showing: max(0, width / cellWidth), around: selected?.column, step: 1)
        let spare = form == .numbers ? max(0, width - cellWidth * columns.count) : 0
        originX = area.x + left + spare / 2
        originY = area.y + (hasHeader && form == .numbers ? 1 : 0)
        headerRow = hasHeader ? (form == .numbers ? area.y : area.y + shownLines) : nil
        let end = (x: originX + cellWidth * columns.count, y: originY + shownLines * cellHeight)
        let hasRight = isNumbers && plan.margin != .none
        right = hasRight ? Rect(x: end.x, y: originY, width: plan.margin.rawValue, height: end.y - originY) : nil
        let free = area.maxY - end.y
        below =
            hasBelow && free > 0 ? Rect(x: originX, y: end.y, width: end.x - originX, height: min(2, free)) : nil
    }

    /// The line of a cell that its count stands on.
    var textLine: Int { cellHeight == 3 ? 1 : 0 }

    private static func digits(_ classes: Int) -> Int { classes > 100 ? 3 : classes > 10 ? 2 : 1 }

    /// The fullest of what has room: names, figures beside the matrix, bars before them.
    private static func plan(_ width: Int, _ classes: Int, _ names: ShortNames?, _ hasMargins: Bool) -> Plan {
        let digits = digits(classes)
        func cell(_ label: Int, _ margin: Margin) -> Int {
            let left = label + 1 + (width >= label + 2 + 2 * classes ? 1 : 0)
            return classes > 0 ? (width - left - margin.rawValue) / classes : 0
        }
        func least(_ margin: Margin) -> Int {
            switch margin {
            case .bars: 6
            case .figures: 5
            case .none: 3
            }
        }
        let margins: [Margin] = hasMargins ? [.bars, .figures, .none] : [.none]
        if let names, let rowNames = names.fitting(longestName) {
            let label = max(digits, ShortNames(rowNames).longest)
            for margin in margins where cell(label, margin) >= namedCell {
                let cell = cell(label, margin)
                guard let columnNames = names.fitting(min(cell, 9) - 1) else { break }
                return Plan(
                    rowNames: rowNames, columnNames: columnNames, label: label, margin: margin, cell: cell)
            }
        }
        for margin in margins {
            for form in names.map(rowForms) ?? [] where cell(form.columns, margin) >= least(margin) {
                let cell = cell(form.columns, margin)
                guard let columnNames = names?.beginnings(min(cell, 9) - 1) else { continue }
                return Plan(
                    rowNames: form.names, columnNames: columnNames, label: form.columns, margin: margin, cell: cell)
            }
        }
        for margin in margins where margin == .none || cell(digits, margin) >= least(margin) {
            return Plan(label: digits, margin: margin, cell: cell(digits, margin))
        }
        return Plan(label: digits, cell: cell(digits, .none))
    }

    /// Forms of the names for the rows with the columns that they take, the longest first.
    private static func rowForms(_ names: ShortNames) -> [(names: [String], columns: Int)] {
        (ShortNames.least...longestName).reversed().compactMap(names.fitting).map { ($0, ShortNames($0).longest) }
    }

    /// For cells without numbers: so many columns a class that all classes are there, if that can be, with names where a
    /// letter or two tell them apart.
    private static func smallPlan(_ width: Int, _ classes: Int, _ names: ShortNames?, leastCell: Int) -> Plan {
        let digits = digits(classes)
        let codes = names.flatMap { $0.beginnings(1) ?? $0.beginnings(2) }
        let label = codes.map { ShortNames($0).longest } ?? digits
        let cell = label + 1 + 2 * classes <= width ? 2 : leastCell
        guard let names, let codes else { return Plan(label: digits, cell: cell) }
        let rows = rowForms(names).first { $0.columns + 1 + cell * classes <= width }
        return Plan(
            rowNames: rows?.names ?? codes, columnNames: codes, label: rows?.columns ?? label, cell: cell)
    }

    /// As many of `count` as fit, scrolled in steps until one is among them.
    private static func window(of count: Int, showing: Int, around selected: Int?, step: Int) -> Range<Int> {
        guard count > showing else { return 0..<count }
        guard showing > 0 else { return 0..<0 }
        var start = min(max(0, (selected ?? 0) - showing + 1), count - 1)
        start = (start + step - 1) / step * step
        return start..<min(count, start + showing)
    }

    func rect(row: Int, column: Int) -> Rect {
        Rect(
            x: originX + (column - columns.lowerBound) * cellWidth,
            y: originY + (row - rows.lowerBound) / rowsPerLine * cellHeight,
            width: cellWidth, height: cellHeight)
    }

    func cell(atX x: Int, y: Int) -> (row: Int, column: Int)? {
        guard x >= originX, y >= originY else { return nil }
        let column = columns.lowerBound + (x - originX) / cellWidth
        var row = rows.lowerBound + (y - originY) / cellHeight * rowsPerLine
        if form == .ramp, rowsPerLine == 2, (x - originX) % 2 == 1 { row += 1 }
        return rows.contains(row) && columns.contains(column) ? (row, column) : nil
    }
}
