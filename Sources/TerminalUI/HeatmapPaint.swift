import Foundation

/// Colours and texts of a heatmap's cells.
struct HeatmapPaint {
    let heatmap: Heatmap
    let look: Look
    let page: Color
    private let amounts: HeatmapAmounts

    init(heatmap: Heatmap, look: Look) {
        self.heatmap = heatmap
        self.look = look
        page = look.theme.page
        amounts = HeatmapAmounts(heatmap)
    }

    private var isDifference: Bool { heatmap.baseline != nil }

    private func isSelected(_ row: Int, _ column: Int) -> Bool {
        heatmap.selected.map { $0.row == row && $0.column == column } ?? false
    }

    /// 0 to 1: relative to the greatest error for an error, to the row or column for a right prediction; for a
    /// difference its size.
    private func intensity(_ row: Int, _ column: Int) -> Double { amounts.intensity(row, column) }

    private func isBlank(_ row: Int, _ column: Int) -> Bool {
        amounts.count(row, column) == 0 || (row == column && heatmap.hideDiagonal)
    }

    /// Whether a difference is worse: more errors, or fewer right predictions.
    private func isWorse(_ row: Int, _ column: Int) -> Bool { (amounts.count(row, column) > 0) == (row != column) }

    /// The colour of a cell's area.
    func fill(_ row: Int, _ column: Int) -> Color {
        let theme = look.theme
        if isSelected(row, column) { return theme.page.readable([theme[.title]]) }
        if isBlank(row, column) { return theme[.background] }
        let share = intensity(row, column)
        if isDifference, !isWorse(row, column) {
            if look.colors == .palette16 { return Color(rgb: 0x00AA00) }
            return look.shade([page, theme[.good]], 0.18 + 0.52 * share)
        }
        if look.colors == .palette16 {
            // The themes' dark shades would all become one grey.
            if row == column, !isDifference { return Color(rgb: 0x0000AA) }
            return Color(rgb: share < 0.34 ? 0x555555 : share < 0.75 ? 0xAA0000 : 0xFF5555)
        }
        if row == column, !isDifference {
            // Recalls are close to 1: squaring spreads them.
            return look.diagonal(share * share)
        }
        return look.heat(share)
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
        if look.colors == .mono {
            return emphasis(row, column)
        }
        let background = fill(row, column)
        guard !background.isTerminalDefault else { return theme.style(.text) }
        if look.colors == .palette16 {
            // Few errors are coloured as text: a shade faint enough for them is not among the 16.
            if isDifference ? isWorse(row, column) : row != column, intensity(row, column) < 0.34 {
                return theme.style(.bad)
            }
            return Style(foreground: ColorQuantizer.text16(on: background), background: background)
        }
        let greatest = row != column && intensity(row, column) >= 1
        return Style(
            foreground: background.readable([theme[.text], theme[.title]]), background: background,
            attributes: greatest ? .bold : [])
    }

    /// The cell's style, but fainter.
    func secondStyle(_ row: Int, _ column: Int) -> Style {
        var style = style(row, column)
        style.attributes.remove(.bold)
        if look.colors == .mono { return style.with(.dim) }
        if look.colors == .palette16 { return style }
        // As faint as can still be read.
        let (text, cell) = (style.foreground, style.background)
        let shades = [0.35, 0.25, 0.15].lazy.map { text.mixed(with: cell, $0) }
        style.foreground = shades.first { $0.contrast(with: cell) >= 4.5 } ?? text
        return style
    }

    /// What a colour says elsewhere: right predictions and zeros are dim, errors plain; those from a third of the
    /// greatest on are bold, and from two thirds on underlined, too.
    private func emphasis(_ row: Int, _ column: Int) -> Style {
        let stands = isDifference ? isWorse(row, column) : row != column
        guard stands, !isBlank(row, column) else { return look.theme.style(.dim) }
        let share = intensity(row, column)
        let attributes: Style.Attributes = share < 0.34 ? [] : share < 0.67 ? .bold : [.bold, .underline]
        return look.theme.style(.title).with(attributes)
    }

    /// The number for a cell, at most `width` characters; a dot for zero, a sign before a difference.
    func text(_ row: Int, _ column: Int, width: Int) -> String { text(row, column, width: width, mode: heatmap.mode) }

    private func text(_ row: Int, _ column: Int, width: Int, mode: Heatmap.Mode) -> String {
        if isBlank(row, column) { return "·" }
        if mode == .rowPercent || mode == .columnPercent, let share = amounts.share(row, column, mode) {
            return percent(share * 100, width: width)
        }
        let value = amounts.count(row, column)
        let sign = isDifference && value > 0 ? "+" : ""
        let plain = sign + String(value)
        if plain.count <= width || abs(value) < 1_000 { return plain }
        if abs(value) < 1_000_000 { return "\(sign)\(value / 1000)k" }
        return abs(value) < 1_000_000_000 ? "\(sign)\(value / 1_000_000)M" : "∞"
    }

    /// The text of a cell, and how many columns of the cell are before it.
    struct Number: Equatable {
        var text: String
        var offset: Int
    }

    /// The numbers of a row, each in the middle of its cell, none touching another one.
    ///
    /// - Returns: nil where they can't be apart in cells of this width.
    func line(_ row: Int, _ columns: Range<Int>, width: Int) -> [Number]? {
        let full = columns.map { text(row, $0, width: width) }
        if let line = HeatmapPaint.apart(full, width: width) { return line }
        return HeatmapPaint.apart(columns.map { text(row, $0, width: width - 1) }, width: width)
    }

    /// In the middle, but a column aside where the neighbour needs all of its cell.
    private static func apart(_ texts: [String], width: Int) -> [Number]? {
        var line: [Number] = []
        for (index, text) in texts.enumerated() {
            let columns = text.columns
            var offset = (width - columns) / 2
            let next = index + 1 < texts.count ? texts[index + 1].columns : 0
            if next == width, offset + columns == width { offset -= 1 }
            if let last = line.last, last.offset + last.text.columns == width, offset == 0 { offset += 1 }
            let touchesLast = line.last.map { $0.offset + $0.text.columns == width && offset == 0 } ?? false
            guard offset >= 0, offset + columns <= width, !touchesLast, !(next == width && offset + columns == width)
            else { return nil }
            line.append(Number(text: text, offset: offset))
        }
        return line
    }

    private func percent(_ value: Double, width: Int) -> String {
        if isDifference {
            let sign = value > 0 ? "+" : "-"
            let size = abs(value)
            if size < 0.05 || width < 3 && size < 0.5 { return "·" }
            if width > 4 { return sign + FixedNumber.fixed(size, decimals: size < 9.95 ? 1 : 0) }
            // Better no digit before the point than a zero with a sign.
            if width > 2, size < 0.95 { return sign + FixedNumber.fixed(size, decimals: 1).dropFirst() }
            return sign + FixedNumber.fixed(size, decimals: 0)
        }
        if width > 3 { return FixedNumber.fixed(value, decimals: value < 9.95 ? 1 : 0) }
        // Three columns: no digit before the point or none behind it, so that neighbours stay apart.
        return value < 0.95
            ? String(FixedNumber.fixed(value, decimals: 1).dropFirst()) : FixedNumber.fixed(value, decimals: 0)
    }

    /// What a cell of two lines shows below: the share where the count stands above, the count below the share.
    func secondText(_ row: Int, _ column: Int, width: Int) -> String {
        guard !isBlank(row, column) else { return "" }
        let isShare = heatmap.mode == .rowPercent || heatmap.mode == .columnPercent
        let text = text(row, column, width: width, mode: isShare ? .counts : .rowPercent)
        return !isShare && text.count < width ? text + "%" : text
    }

    /// Whether a cell is what is expected: zero, a right prediction, or a difference for the better.
    func isQuiet(_ row: Int, _ column: Int) -> Bool {
        isBlank(row, column) || (isDifference ? !isWorse(row, column) : row == column)
    }

    /// The amount relative to the greatest of its kind, 0 to 1.
    func share(_ row: Int, _ column: Int) -> Double { intensity(row, column) }

    /// How much a cell stands out: the selected one most, then errors by their amount.
    func rank(_ row: Int, _ column: Int) -> Double {
        isSelected(row, column) ? 2 : isQuiet(row, column) ? -1 : intensity(row, column)
    }

    /// A character for the amount: hits a backslash, as the diagonal runs.
    func density(_ row: Int, _ column: Int) -> Unicode.Scalar {
        if isBlank(row, column) { return "." }
        if isDifference {
            let isLarge = intensity(row, column) >= 0.5
            return amounts.count(row, column) > 0 ? (isLarge ? "#" : "+") : (isLarge ? "=" : "-")
        }
        if row == column { return "\\" }
        let ramp: [Unicode.Scalar] = [":", "-", "=", "+", "*", "#", "%", "@"]
        return ramp[min(ramp.count - 1, Int(intensity(row, column) * Double(ramp.count)))]
    }

    func rampStyle(_ row: Int, _ column: Int) -> Style {
        if isSelected(row, column) { return look.theme.style(.title).with([.reverse, .bold]) }
        if look.colors == .mono { return emphasis(row, column) }
        if isQuiet(row, column) { return look.theme.style(.dim) }
        return intensity(row, column) < 0.67 ? look.theme.style(.bad) : look.theme.style(.bad).bold()
    }
}
