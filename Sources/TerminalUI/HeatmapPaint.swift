import Foundation

/// Colours and texts of a heatmap's cells.
struct HeatmapPaint {
    let heatmap: Heatmap
    let look: Look
    let page: Color
    private let rowTotals: [Int]
    private let greatestError: Double

    init(heatmap: Heatmap, look: Look) {
        self.heatmap = heatmap
        self.look = look
        page = look.theme.page
        rowTotals = heatmap.counts.map { $0.reduce(0, +) }
        var greatest = 0.0
        for (row, values) in heatmap.counts.enumerated() {
            for (column, value) in values.enumerated() where column != row {
                greatest = max(greatest, HeatmapPaint.amount(value, total: rowTotals[row], mode: heatmap.mode))
            }
        }
        greatestError = greatest
    }

    private init(heatmap: Heatmap, look: Look, rowTotals: [Int]) {
        self.heatmap = heatmap
        self.look = look
        self.rowTotals = rowTotals
        page = look.theme.page
        greatestError = 0
    }

    private static func amount(_ value: Int, total: Int, mode: Heatmap.Mode) -> Double {
        switch mode {
        case .counts: Double(value)
        case .rowPercent: total > 0 ? Double(value) / Double(total) : 0
        case .logarithmic: log(1 + Double(max(0, value)))
        }
    }

    private func value(_ row: Int, _ column: Int) -> Int {
        guard row < heatmap.counts.count, column < heatmap.counts[row].count else { return 0 }
        return heatmap.counts[row][column]
    }

    private func isSelected(_ row: Int, _ column: Int) -> Bool {
        heatmap.selected.map { $0.row == row && $0.column == column } ?? false
    }

    /// 0 to 1: of the greatest error for an error, of the row for a hit.
    private func intensity(_ row: Int, _ column: Int) -> Double {
        let value = value(row, column)
        if row == column {
            return rowTotals[row] > 0 ? Double(value) / Double(rowTotals[row]) : 0
        }
        guard greatestError > 0 else { return 0 }
        return HeatmapPaint.amount(value, total: rowTotals[row], mode: heatmap.mode) / greatestError
    }

    private func isBlank(_ row: Int, _ column: Int) -> Bool {
        value(row, column) == 0 || (row == column && heatmap.hideDiagonal)
    }

    /// The colour of a cell's area.
    func fill(_ row: Int, _ column: Int) -> Color {
        let theme = look.theme
        if isSelected(row, column) { return theme.page.readable([theme[.title]]) }
        if isBlank(row, column) { return theme[.background] }
        let share = intensity(row, column)
        if look.colors == .palette16 {
            // The themes' dark shades would all become one grey.
            if row == column { return Color(rgb: 0x0000AA) }
            return Color(rgb: share < 0.34 ? 0x555555 : share < 0.75 ? 0xAA0000 : 0xFF5555)
        }
        if row == column {
            // Recalls lie close to 1: squaring spreads them.
            return theme[.diagonalStart].mixed(with: theme[.diagonalEnd], share * share)
        }
        let (start, middle, end) = (theme[.heatStart], theme[.heatMiddle], theme[.heatEnd])
        return share < 0.5 ? start.mixed(with: middle, share * 2) : middle.mixed(with: end, share * 2 - 1)
    }

    func style(_ row: Int, _ column: Int) -> Style {
        let theme = look.theme
        if isSelected(row, column) {
            if look.colors == .mono { return theme.style(.text).with([.bold, .reverse]) }
            let background = fill(row, column)
            return Style(foreground: background.readable([theme.page]), background: background, attributes: .bold)
        }
        if isBlank(row, column) {
            return Style(foreground: theme.faded(theme[.dim], 0.45), background: theme[.background])
        }
        if look.colors == .mono { return theme.style(row == column ? .dim : .title) }
        let background = fill(row, column)
        guard !background.isTerminalDefault else { return theme.style(.text) }
        if look.colors == .palette16 {
            // Few errors are coloured as text: a shade faint enough for them is not among the 16.
            if row != column, intensity(row, column) < 0.34 { return theme.style(.bad) }
            return Style(foreground: ColorQuantizer.text16(on: background), background: background)
        }
        let greatest = row != column && intensity(row, column) >= 1
        return Style(
            foreground: background.readable([theme[.text], theme[.title]]), background: background,
            attributes: greatest ? .bold : [])
    }

    /// As the cell's style, but quieter.
    func secondStyle(_ row: Int, _ column: Int) -> Style {
        var style = style(row, column)
        style.attributes.remove(.bold)
        if look.colors == .mono { return style.with(.dim) }
        if look.colors == .palette16 { return style }
        style.foreground = style.foreground.mixed(with: style.background, 0.35)
        return style
    }

    /// The number for a cell, at most `width` characters; a dot for zero.
    func text(_ row: Int, _ column: Int, width: Int) -> String {
        if isBlank(row, column) { return "·" }
        let value = value(row, column)
        if heatmap.mode == .rowPercent, rowTotals[row] > 0 {
            let percent = Double(value) / Double(rowTotals[row]) * 100
            if width > 3 { return NumberText.fixed(percent, decimals: percent < 9.95 ? 1 : 0) }
            // Three columns: no digit before the point or none behind it, so that neighbours stay apart.
            return percent < 0.95
                ? String(NumberText.fixed(percent, decimals: 1).dropFirst()) : NumberText.fixed(percent, decimals: 0)
        }
        let plain = String(value)
        if plain.count <= width { return plain }
        if value < 1_000_000 { return "\(value / 1000)k" }
        return value < 1_000_000_000 ? "\(value / 1_000_000)M" : "∞"
    }

    /// What a cell of two lines shows below: the share where the count stands above, the count below the share.
    func secondText(_ row: Int, _ column: Int, width: Int) -> String {
        guard !isBlank(row, column) else { return "" }
        var other = heatmap
        other.mode = heatmap.mode == .rowPercent ? .counts : .rowPercent
        let text = HeatmapPaint(heatmap: other, look: look, rowTotals: rowTotals).text(row, column, width: width)
        return other.mode == .rowPercent && text.count < width ? text + "%" : text
    }

    /// A character for the amount: hits a backslash, as the diagonal runs.
    func density(_ row: Int, _ column: Int) -> Unicode.Scalar {
        if isBlank(row, column) { return "." }
        if row == column { return "\\" }
        let ramp: [Unicode.Scalar] = [":", "-", "=", "+", "*", "#", "%", "@"]
        return ramp[min(ramp.count - 1, Int(intensity(row, column) * Double(ramp.count)))]
    }

    func rampStyle(_ row: Int, _ column: Int) -> Style {
        if isSelected(row, column) { return look.theme.style(.title).with([.reverse, .bold]) }
        let quiet = row == column || isBlank(row, column)
        guard look.colors != .mono, !quiet else { return look.theme.style(quiet ? .dim : .title) }
        return look.theme.style(.bad)
    }
}
