import Foundation

/// A confusion matrix: rows are true classes, columns predicted ones; errors and hits have scales of their own.
package struct Heatmap: Widget {
    /// The number that a cell shows.
    package enum Mode: String, Sendable, CaseIterable {
        case counts
        /// Share of the row, 0 ... 1: of the rows of the true class.
        case rowPercent
        /// Share of the column, 0 ... 1: of the rows predicted as the class.
        case columnPercent
        /// Counts, coloured by their logarithm.
        case logarithmic
    }

    /// classes × classes: rows true, columns predicted.
    package var counts: [[Int]]
    /// One for each class.
    package var labels: [String]
    /// The marked cell; nil marks none.
    package var selected: (row: Int, column: Int)?
    /// The number that cells show.
    package var mode: Mode
    /// Whether cells of right predictions are left empty, so that errors stand out.
    package var hideDiagonal: Bool
    /// Counts that the difference is shown from; nil shows the counts themselves.
    package var baseline: [[Int]]?
    /// Names of the classes, where cells have seven columns; nil: `labels`.
    package var names: ShortNames?
    /// Figures beside the matrix, where there is room for them.
    package var margins: HeatmapMargins?

    /// - Parameter baseline: as large as `counts`; another size counts as nil.
    package init(
        counts: [[Int]], labels: [String] = [], selected: (row: Int, column: Int)? = nil, mode: Mode = .counts,
        hideDiagonal: Bool = false, baseline: [[Int]]? = nil, names: ShortNames? = nil, margins: HeatmapMargins? = nil
    ) {
        self.counts = counts
        self.labels = labels
        self.names = names?.names.count == counts.count ? names : nil
        self.margins = margins
        self.selected = selected
        self.mode = mode
        self.hideDiagonal = hideDiagonal
        self.baseline = baseline?.map(\.count) == counts.map(\.count) ? baseline : nil
    }

    /// The class cell under a column and row of the screen, for a heatmap drawn in `area`.
    package static func cell(
        atX x: Int, y: Int, in area: Rect, classes: Int = 10, look: Look = Look()
    ) -> (row: Int, column: Int)? {
        HeatmapLayout(area: area, classes: classes, selected: nil, look: look).cell(atX: x, y: y)
    }

    /// As the static function, for a matrix that is larger than its area and scrolled to the selected cell.
    package func cell(atX x: Int, y: Int, in area: Rect, look: Look = Look()) -> (row: Int, column: Int)? {
        layout(in: area, look: look).cell(atX: x, y: y)
    }

    /// In numbers only where no two of them touch.
    func layout(in area: Rect, look: Look) -> HeatmapLayout {
        func layout(_ names: ShortNames?, _ allowsNumbers: Bool) -> HeatmapLayout {
            HeatmapLayout(
                area: area, classes: counts.count, selected: selected, look: look, names: names,
                hasMargins: margins != nil, allowsNumbers: allowsNumbers)
        }
        let paint = HeatmapPaint(heatmap: self, look: look)
        func isReadable(_ layout: HeatmapLayout) -> Bool {
            layout.form != .numbers
                || layout.rows.allSatisfy { paint.line($0, layout.columns, width: layout.cellWidth) != nil }
        }
        // Names beside the rows leave less for the cells.
        return [layout(names, true), layout(nil, true)].first { $0.form == .numbers && isReadable($0) }
            ?? layout(names, false)
    }

    /// Whether all of so many classes are there, at least as half blocks, when it is drawn in an area.
    package static func isWhole(_ classes: Int, in area: Rect) -> Bool {
        let layout = HeatmapLayout(area: area, classes: classes, selected: nil, look: Look())
        return layout.rows.count == classes && layout.columns.count == classes
    }

    /// The classes that are there, for a matrix that is larger than its area.
    package func visible(in area: Rect, look: Look) -> (rows: Range<Int>, columns: Range<Int>) {
        let layout = layout(in: area, look: look)
        return (layout.rows, layout.columns)
    }

    /// Draws in the richest form that has room in an area: numbers, half blocks or characters.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty, !counts.isEmpty else { return }
        let layout = layout(in: area, look: look)
        let paint = HeatmapPaint(heatmap: self, look: look)
        buffer.clipped(to: area) { buffer in
            drawLabels(layout, &buffer, look)
            switch layout.form {
            case .numbers: drawNumbers(layout, paint, &buffer)
            case .halfBlocks: drawHalfBlocks(layout, paint, &buffer)
            case .dots: HeatmapDots(layout: layout, paint: paint, look: look).draw(on: &buffer)
            case .ramp: drawRamp(layout, paint, &buffer)
            }
            if let margins { HeatmapMarginsView(margins: margins, layout: layout, look: look).draw(on: &buffer) }
        }
    }

    func label(_ index: Int) -> String { index < labels.count ? labels[index] : String(index) }

    private func drawLabels(_ layout: HeatmapLayout, _ buffer: inout Buffer, _ look: Look) {
        func style(_ marked: Bool) -> Style {
            marked ? look.theme.style(.title).bold() : look.theme.style(.dim)
        }
        for (column, text) in columnLabels(layout) {
            guard let y = layout.headerRow else { break }
            let rect = layout.rect(row: layout.rows.lowerBound, column: column)
            // In the middle of its column, as the numbers below it.
            let x = layout.form == .numbers ? rect.x + (layout.cellWidth - text.columns) / 2 : rect.x + 1 - text.columns
            buffer.write(text, x: x, y: y, style(selected?.column == column))
        }
        for row in stride(from: layout.rows.lowerBound, to: layout.rows.upperBound, by: layout.rowsPerLine) {
            let rect = layout.rect(row: row, column: layout.columns.lowerBound)
            let marked = selected.map { $0.row >= row && $0.row < row + layout.rowsPerLine } ?? false
            buffer.write(
                layout.rowNames?[row] ?? label(row), rightAlignedAt: rect.x - 1, y: rect.y + layout.textLine,
                style(marked), maxWidth: layout.labelWidth)
        }
    }

    /// Whole labels of the columns: where they are wider than a column, of each second or third one, and of the marked one.
    private func columnLabels(_ layout: HeatmapLayout) -> [(column: Int, text: String)] {
        let labels = layout.columns.map { ($0, layout.columnNames?[$0] ?? label($0)) }
        let widest = labels.map(\.1.columns).max() ?? 1
        let step = max(1, (widest + layout.cellWidth) / layout.cellWidth)
        let marked = selected.map(\.column).flatMap { layout.columns.contains($0) && $0 % step != 0 ? $0 : nil }
        return labels.filter { column, _ in
            guard let marked else { return column % step == 0 }
            return column == marked || (column % step == 0 && abs(column - marked) >= step)
        }
    }

    private func drawNumbers(_ layout: HeatmapLayout, _ paint: HeatmapPaint, _ buffer: inout Buffer) {
        for row in layout.rows {
            let line = paint.line(row, layout.columns, width: layout.cellWidth) ?? []
            for (column, number) in zip(layout.columns, line) {
                let rect = layout.rect(row: row, column: column)
                buffer.fill(rect, Cell(" ", style: paint.style(row, column)))
                drawNumber(number, row, column, in: rect, layout, paint, &buffer)
            }
        }
    }

    /// A count and its share: below one another in two lines, beside one another in the middle one of three.
    private func drawNumber(
        _ number: HeatmapPaint.Number, _ row: Int, _ column: Int, in rect: Rect, _ layout: HeatmapLayout,
        _ paint: HeatmapPaint, _ buffer: inout Buffer
    ) {
        let style = paint.style(row, column)
        let y = rect.y + layout.textLine
        let second =
            layout.cellHeight > 1 && baseline == nil ? paint.secondText(row, column, width: rect.width - 1) : ""
        let fitsBeside = number.text.columns + 1 + second.columns < rect.width
        guard layout.cellHeight == 3, !second.isEmpty, fitsBeside else {
            buffer.write(number.text, x: rect.x + number.offset, y: y, style)
            guard layout.cellHeight == 2 else { return }
            let x = rect.x + (rect.width - second.columns) / 2
            buffer.write(second, x: x, y: y + 1, paint.secondStyle(row, column))
            return
        }
        let spans = [Span(number.text, style), Span(" " + second, paint.secondStyle(row, column))]
        buffer.write(spans, x: rect.x + (rect.width - spans.width) / 2, y: y)
    }

    private func drawHalfBlocks(_ layout: HeatmapLayout, _ paint: HeatmapPaint, _ buffer: inout Buffer) {
        for row in stride(from: layout.rows.lowerBound, to: layout.rows.upperBound, by: 2) {
            for column in layout.columns {
                let rect = layout.rect(row: row, column: column)
                let lower = row + 1 < layout.rows.upperBound ? paint.fill(row + 1, column) : paint.page
                let style = Style(foreground: paint.fill(row, column), background: lower)
                buffer.fill(rect, Cell("▀", style: style))
            }
        }
    }

    /// Two classes a line: the left character of a cell is the upper class, the right one the lower.
    private func drawRamp(_ layout: HeatmapLayout, _ paint: HeatmapPaint, _ buffer: inout Buffer) {
        for row in layout.rows {
            for column in layout.columns {
                let rect = layout.rect(row: row, column: column)
                let part = layout.rowsPerLine == 2 ? (row - layout.rows.lowerBound) % 2 : 0
                buffer[rect.x + part, rect.y] = Cell(paint.density(row, column), style: paint.rampStyle(row, column))
            }
        }
    }
}
