import Foundation

/// A confusion matrix as a heatmap: the diagonal in a scale of its own, so that errors own the hot one.
///
/// Three forms, by the room there is: counts in wide cells; counts in narrow cells; half blocks, two classes a line.
public struct Heatmap {
    public enum Mode: String, Sendable, Equatable {
        /// Colour by count, relative to the greatest error.
        case counts
        /// Colour and figures by share of the row.
        case rowPercent
        /// Colour by the logarithm of the count.
        case logarithmic
    }

    private let counts: [[Int]]
    private let labels: [String]
    private let selected: (row: Int, column: Int)?
    private let mode: Mode
    private let hideDiagonal: Bool

    /// - Parameters:
    ///   - counts: rows true, columns predicted; square.
    ///   - labels: one a class.
    public init(
        counts: [[Int]], labels: [String], selected: (row: Int, column: Int)?, mode: Mode, hideDiagonal: Bool
    ) {
        self.counts = counts
        self.labels = labels
        self.selected = selected
        self.mode = mode
        self.hideDiagonal = hideDiagonal
    }

    /// Sizes and places for an area.
    struct Grid {
        /// Columns a cell.
        let cellWidth: Int
        /// Lines a cell; 0 in the compact form, where two classes share a line.
        let cellHeight: Int
        let origin: (x: Int, y: Int)
        var isCompact: Bool { cellHeight == 0 }
    }

    func grid(_ area: Rect) -> Grid? {
        let classes = counts.count
        guard classes > 0, area.height >= 2, area.width >= 6 else { return nil }
        let room = (area.width - 4) / classes
        if area.height >= classes + 1, room >= 3 {
            let cellHeight = area.height >= classes * 2 + 2 && room >= 6 ? 2 : 1
            let width = min(room, cellHeight == 2 ? 8 : 5)
            return Grid(
                cellWidth: width, cellHeight: cellHeight,
                origin: (area.x + 4 + max(0, (area.width - 4 - width * classes) / 2), area.y + 1))
        }
        return Grid(cellWidth: max(1, min(2, room)), cellHeight: 0, origin: (area.x + 3, area.y))
    }

    /// The cell at a place of the screen; nil beside the map.
    public func cell(atX x: Int, y: Int, in area: Rect) -> (row: Int, column: Int)? {
        guard let grid = grid(area) else { return nil }
        let column = Int((Double(x - grid.origin.x) / Double(grid.cellWidth)).rounded(.down))
        let line = y - grid.origin.y
        guard line >= 0 else { return nil }
        let row = grid.isCompact ? line * 2 : line / grid.cellHeight
        guard counts.indices.contains(row), counts.indices.contains(column) else { return nil }
        return (row, column)
    }

    public func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard let grid = grid(area) else { return }
        buffer.clipped(to: area) { buffer in
            if grid.isCompact {
                drawCompact(grid, in: area, on: &buffer, look)
            } else {
                drawCells(grid, in: area, on: &buffer, look)
            }
        }
    }

    // MARK: - Colour

    private var greatestError: Int {
        var greatest = 1
        for (row, line) in counts.enumerated() {
            for (column, count) in line.enumerated() where row != column { greatest = max(greatest, count) }
        }
        return greatest
    }

    /// How hot a cell is, 0 ... 1.
    private func heat(_ row: Int, _ column: Int, _ greatest: Int) -> Double {
        let count = counts[row][column]
        guard count > 0 else { return 0 }
        let total = max(1, counts[row].reduce(0, +))
        if row == column { return Double(count) / Double(total) }
        switch mode {
        case .counts: return Double(count) / Double(greatest)
        case .rowPercent: return min(1, Double(count) / Double(total) * 20).squareRoot()
        case .logarithmic: return log(Double(count) + 1) / log(Double(greatest) + 1)
        }
    }

    /// The background of a cell.
    private func color(_ row: Int, _ column: Int, _ greatest: Int, _ theme: Theme) -> Color {
        let count = counts[row][column]
        guard count > 0, !(row == column && hideDiagonal) else { return theme[.background] }
        let heat = heat(row, column, greatest)
        if row == column { return theme[.diagonalStart].mixed(with: theme[.diagonalEnd], heat) }
        return heat < 0.5
            ? theme[.heatStart].mixed(with: theme[.heatMiddle], heat * 2)
            : theme[.heatMiddle].mixed(with: theme[.heatEnd], heat * 2 - 1)
    }

    private static func isLight(_ color: Color) -> Bool {
        !color.isTerminalDefault
            && 0.299 * Double(color.red) + 0.587 * Double(color.green) + 0.114 * Double(color.blue) > 140
    }

    // MARK: - Forms

    private func text(_ row: Int, _ column: Int, width: Int) -> String {
        let count = counts[row][column]
        guard count > 0, !(row == column && hideDiagonal) else { return "·" }
        guard mode == .rowPercent else { return width >= "\(count)".count ? "\(count)" : "+" }
        let share = Double(count) / Double(max(1, counts[row].reduce(0, +))) * 100
        let fine = String(format: share >= 99.95 || share < 0.05 ? "%.0f" : "%.1f", share)
        return fine.count <= width - 1 ? fine : String(format: "%.0f", share)
    }

    private func drawCells(_ grid: Grid, in area: Rect, on buffer: inout Buffer, _ look: Look) {
        let theme = look.theme
        let greatest = greatestError
        for (column, label) in labels.enumerated() {
            let right = grid.origin.x + (column + 1) * grid.cellWidth
            let style = selected?.column == column ? theme.style(.title).bold() : theme.style(.dim)
            buffer.write(label, rightAlignedAt: right - (grid.cellWidth > 3 ? 1 : 0), y: area.y, style)
        }
        for row in counts.indices {
            let y = grid.origin.y + row * grid.cellHeight
            let style = selected?.row == row ? theme.style(.title).bold() : theme.style(.dim)
            buffer.write(labels[row], rightAlignedAt: grid.origin.x - 1, y: y, style)
            for column in counts.indices {
                drawCell(row, column, grid, y, greatest, on: &buffer, look)
            }
        }
    }

    private func drawCell(
        _ row: Int, _ column: Int, _ grid: Grid, _ y: Int, _ greatest: Int, on buffer: inout Buffer, _ look: Look
    ) {
        let theme = look.theme
        let background = color(row, column, greatest, theme)
        let rect = Rect(
            x: grid.origin.x + column * grid.cellWidth, y: y, width: grid.cellWidth, height: grid.cellHeight)
        var style = Style(foreground: theme[.title], background: background)
        if Heatmap.isLight(background) { style.foreground = Color(rgb: 0x101010) }
        if counts[row][column] == 0 { style = theme.style(.border) }
        if look.colors == .mono {
            style = theme.style(.text)
            if row == column { style = style.with(.dim) } else if heat(row, column, greatest) > 0.5 { style = style.bold() }
        }
        let isSelected = selected.map { $0.row == row && $0.column == column } ?? false
        if isSelected {
            style = look.colors == .mono
                ? style.with(.reverse)
                : Style(foreground: theme[.background], background: theme[.title], attributes: .bold)
            if theme[.background].isTerminalDefault { style = Style(attributes: [.reverse, .bold]) }
        }
        buffer.fill(rect, Cell(style: style))
        let text = text(row, column, width: grid.cellWidth)
        buffer.write(text, rightAlignedAt: rect.maxX - (grid.cellWidth > 3 ? 1 : 0), y: y, style)
        if isSelected, look.colors == .mono { buffer.write("[", x: rect.x, y: y, style) }
    }

    private func drawCompact(_ grid: Grid, in area: Rect, on buffer: inout Buffer, _ look: Look) {
        let theme = look.theme
        let greatest = greatestError
        let lines = (counts.count + 1) / 2
        let plain = look.colors == .mono || look.glyphs == .ascii
        for line in 0..<lines {
            let y = grid.origin.y + line
            buffer.write(labels[line * 2], rightAlignedAt: grid.origin.x - 1, y: y, theme.style(.dim))
            for column in counts.indices {
                let x = grid.origin.x + column * grid.cellWidth
                let top = line * 2
                let bottom = top + 1 < counts.count ? top + 1 : top
                let cell: Cell
                if plain {
                    let density = max(density(top, column, greatest), density(bottom, column, greatest))
                    cell = Cell(density, style: theme.style(.text))
                } else {
                    let style = Style(
                        foreground: shade(top, column, greatest, theme), background: shade(bottom, column, greatest, theme))
                    cell = Cell("▀", style: style)
                }
                for offset in 0..<grid.cellWidth { buffer[x + offset, y] = cell }
            }
        }
        guard area.height > lines else { return }
        for (column, label) in labels.enumerated() {
            buffer.write(label, x: grid.origin.x + column * grid.cellWidth, y: grid.origin.y + lines, theme.style(.dim))
        }
    }

    /// In half blocks the selected cell is shown by the brightest colour.
    private func shade(_ row: Int, _ column: Int, _ greatest: Int, _ theme: Theme) -> Color {
        if let selected, selected.row == row, selected.column == column { return theme[.title] }
        return color(row, column, greatest, theme)
    }

    private func density(_ row: Int, _ column: Int, _ greatest: Int) -> Unicode.Scalar {
        if row == column, hideDiagonal { return " " }
        let ramp = Array(" .:-=+*#%@".unicodeScalars)
        let heat = heat(row, column, greatest)
        return heat == 0 ? " " : ramp[max(1, min(ramp.count - 1, Int(heat * Double(ramp.count))))]
    }
}
