/// The places of a heatmap's cells, in the richest form that the area has room for.
struct HeatmapLayout {
    enum Form {
        /// A line a class, with counts.
        case numbers
        /// Two classes a line by half blocks.
        case halfBlocks
        /// Two classes a line by characters of growing density, for terminals without colours or blocks.
        case ramp
    }

    let form: Form
    let cellWidth: Int
    /// Lines of a cell in the form with numbers: 1, or more where count and share have room.
    let cellHeight: Int
    let rowsPerLine: Int
    let labelWidth: Int
    /// The visible classes.
    let rows: Range<Int>
    let columns: Range<Int>
    let headerRow: Int?
    private let originX: Int
    private let originY: Int

    init(area: Rect, classes: Int, selected: (row: Int, column: Int)?, look: Look) {
        let label = classes > 100 ? 3 : classes > 10 ? 2 : 1
        let margin = area.width >= label + 2 + 2 * classes ? 1 : 0
        labelWidth = label
        let left = margin + label + 1
        let width = area.width - left
        let fitting = classes > 0 ? width / classes : 0
        let tall = area.height >= classes + 1
        if tall, fitting >= 3 {
            form = .numbers
            cellHeight = fitting >= 6 ? min(3, max(1, (area.height - 1) / classes)) : 1
            cellWidth = min(3 + 2 * cellHeight, fitting)
            rowsPerLine = 1
        } else {
            // 8 of the 16 colours can't be a background, so that the lower class of a half block would have none.
            let plain = look.glyphs == .ascii || look.colors == .mono || look.colors == .palette16
            form = plain ? .ramp : .halfBlocks
            cellWidth = 2
            cellHeight = 1
            rowsPerLine = plain && tall ? 1 : 2
        }
        // Wide cells have their labels above, as a table; small ones below, where the eye goes after the picture.
        let lines = (classes + rowsPerLine - 1) / rowsPerLine
        let hasHeader = area.height > lines || area.height > 3
        let shownLines = min(lines, max(0, area.height - (hasHeader ? 1 : 0)) / cellHeight)
        rows = HeatmapLayout.window(
            of: classes, showing: shownLines * rowsPerLine, around: selected?.row, step: rowsPerLine)
        columns = HeatmapLayout.window(
            of: classes, showing: max(0, width / cellWidth), around: selected?.column, step: 1)
        originX = area.x + left + (form == .numbers ? max(0, (width - cellWidth * columns.count) / 2) : 0)
        originY = area.y + (hasHeader && form == .numbers ? 1 : 0)
        headerRow = hasHeader ? (form == .numbers ? area.y : area.y + shownLines) : nil
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
