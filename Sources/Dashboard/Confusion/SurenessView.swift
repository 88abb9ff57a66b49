import TerminalUI
import Training

/// Shares of sure and unsure, right and wrong predictions through the epochs: why the validation loss rises while the
/// accuracy stands. The wrong ones become sure.
enum SurenessView {
    static let title = "how sure, and right?"

    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let words = ["validation · sure: p ≥ 0.9", "val · sure: p ≥ 0.9"].first { $0.count + 6 <= area.width } ?? "val"
        let picture = SurenessPicture(state)
        let inner = Panel(
            title: title, detail: picture.map { [Span($0.epochWords, theme.style(.dim))] } ?? [],
            footer: picture == nil ? [] : [Span(words, theme.style(.dim))]
        ).draw(in: area, on: &buffer, look: state.look)
        guard let picture else {
            let isMeasured = state.run?.confusions.epochs.isEmpty == false
            let text =
                isMeasured
                ? "how sure the predictions were is recorded from version 0.3.0 on"
                : ConfusionView.emptyText(state, of: .validation)
            return buffer.write(paragraph: text, centredIn: inner, theme.style(.dim))
        }
        picture.draw(in: inner.inset(left: 1, right: 1), on: &buffer, look: state.look)
    }
}

/// The shares after each epoch, stacked from the sure and wrong ones up.
struct SurenessPicture {
    let epochs: [Int]
    /// The network of epoch 0, in words.
    private let start: String
    /// nil where they were not recorded.
    let shares: [SureShares?]
    /// Index of the epoch on the screen.
    let shown: Int
    /// The share at the top of the picture; what is sure and right goes on above it up to 1.
    let top: Double

    /// - Returns: nil where nothing was recorded.
    init?(_ shared: Shared) {
        start = shared.startWords
        guard let history = shared.run?.confusions else { return nil }
        let all = history.sureShares
        // The untrained network is never sure: beside it the later epochs would be a thin line.
        let skipped = history.epochs.first == 0 && history.epochs.count > 1 ? 1 : 0
        epochs = Array(history.epochs.dropFirst(skipped))
        let shares = Array(all.dropFirst(skipped))
        let at = shared.lookBack.epoch.flatMap { epoch in history.epochs.lastIndex { $0 <= epoch } }
        let index = max(0, (at ?? history.epochs.count - 1) - skipped)
        self.shares = shares
        shown = index
        // The first epoch is unsure of much: where there are others, they fill the picture, and it goes beyond its top.
        let later = shares.count > 3 ? shares.dropFirst() : shares[...]
        let most = later.compactMap { $0.map { 1 - $0.sureRight } }.max()
        guard let most else { return nil }
        top = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].first { $0 >= most } ?? 1
    }

    var epochWords: String { epochs[shown] == 0 ? start : "epoch \(epochs[shown])" }

    /// The colours from the bottom up, and the characters where there are none.
    private static func styles(_ look: Look) -> [(style: Style, scalar: Unicode.Scalar)] {
        let theme = look.theme
        let scalars: [Unicode.Scalar] = look.glyphs == .ascii ? ["#", "x", ":", "."] : ["█", "▓", "░", "·"]
        let colors = [
            theme[.bad], look.faint(theme[.bad], 0.45), look.faint(theme[.good], 0.45),
            look.faint(theme[.good], 0.8),
        ]
        return zip(colors, scalars).map { (Style(foreground: $0, background: theme[.background]), $1) }
    }

    /// Whether characters tell the shares apart: 16 colours have no shades for them.
    private static func hasMarks(_ look: Look) -> Bool {
        look.glyphs == .ascii || look.colors == .mono || look.colors == .palette16
    }

    private static func mark(_ kind: Int, _ look: Look) -> Cell {
        let role: Theme.Role = look.colors == .mono ? .text : kind < 2 ? .bad : kind == 2 ? .good : .dim
        return Cell(styles(look)[kind].scalar, style: look.theme.style(role))
    }

    /// A cell of the legend.
    private static func swatch(_ kind: Int, _ look: Look) -> Cell {
        hasMarks(look) ? mark(kind, look) : Cell("█", style: styles(look)[kind].style)
    }

    func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        if area.width >= 60 {
            let (chart, legend) = area.splitRight(24)
            drawChart(in: chart.inset(right: 2), on: &buffer, look: look)
            return drawLegend(in: legend, on: &buffer, look: look)
        }
        let lines = legendLines(area)
        let (chart, legend) = area.splitBottom(lines)
        drawChart(in: chart, on: &buffer, look: look)
        if area.width >= SurenessPicture.tableWidth, lines >= 2 {
            drawTable(in: legend, on: &buffer, look: look)
        } else {
            drawLegend(in: legend, on: &buffer, look: look)
        }
    }

    /// Columns of a line of `unsure █ right 95.22 %  █ wrong 1.50 %`.
    private static let tableWidth = 39

    /// Lines below the chart, which has three at least: all shares in two lines, or a line each.
    private func legendLines(_ area: Rect) -> Int {
        let room = max(0, area.height - (area.width >= SurenessPicture.tableWidth ? 2 : 3))
        return min(room, area.width >= SurenessPicture.tableWidth ? 2 : 4)
    }

    /// The figures of the epoch on the screen as two lines, the sure ones above the unsure ones.
    private func drawTable(in area: Rect, on buffer: inout Buffer, look: Look) {
        let theme = look.theme
        let figures = shares[shown]?.stacked
        // Indices into the shares from the bottom up.
        for (line, row) in [("sure", 3, 0), ("unsure", 2, 1)].enumerated() {
            let y = area.y + line
            buffer.write(row.0, x: area.x, y: y, theme.style(.dim))
            for (x, kind, word) in [(area.x + 7, row.1, "right"), (area.x + 24, row.2, "wrong")] {
                buffer[x, y] = SurenessPicture.swatch(kind, look)
                buffer.write(word, x: x + 2, y: y, theme.style(kind == 0 ? .title : .dim))
                let text = figures.map { "\(Figures.percent($0[kind], digits: 2)) %" } ?? "–"
                buffer.write(text, rightAlignedAt: x + 15, y: y, theme.style(.title))
            }
        }
    }

    private func drawChart(in area: Rect, on buffer: inout Buffer, look: Look) {
        let dim = look.theme.style(.dim)
        let label = "\(Figures.percent(top, digits: 0)) %"
        buffer.write(label, x: area.x, y: area.y, dim)
        if area.height > 1 { buffer.write("0", rightAlignedAt: area.x + label.count, y: area.maxY - 1, dim) }
        let plot = area.inset(left: label.count + 1)
        guard !plot.isEmpty else { return }
        if shares.first ?? nil == nil {
            let words = "not recorded before epoch \(epochs[shares.firstIndex { $0 != nil } ?? 0])"
            let line = plot.y + plot.height / 2
            buffer.write(words, x: plot.x, y: line, dim, maxWidth: max(0, plot.width - 2))
        }
        let columns = min(plot.width, 6 * shares.count)
        for column in 0..<columns {
            // Where several epochs share a column, it has the last of them, so that the newest one is always there.
            let index = max(column * shares.count / columns, (column + 1) * shares.count / columns - 1)
            guard let here = shares[index] else { continue }
            drawColumn(here, x: plot.x + column, in: plot, isShown: index == shown, on: &buffer, look: look)
        }
    }

    private func drawColumn(
        _ shares: SureShares, x: Int, in plot: Rect, isShown: Bool, on buffer: inout Buffer, look: Look
    ) {
        let styles = SurenessPicture.styles(look)
        let halves = 2 * plot.height
        // What is sure and wrong shows, however little it is.
        let least = shares.sureWrong > 0 ? 0.5 / Double(halves) * top : 0
        func kind(_ share: Double) -> Int {
            if share <= least { return 0 }
            var sum = 0.0
            for (kind, part) in shares.stacked.enumerated() {
                sum += part
                if share < sum { return kind }
            }
            return 3
        }
        for row in 0..<plot.height {
            // In the middle of each half of a cell.
            let upper = kind((Double(halves - 2 * row) - 0.5) / Double(halves) * top)
            let lower = kind((Double(halves - 2 * row) - 1.5) / Double(halves) * top)
            let y = plot.y + row
            if SurenessPicture.hasMarks(look) {
                buffer[x, y] = SurenessPicture.mark(lower, look)
            } else {
                let style = Style(
                    foreground: styles[upper].style.foreground, background: styles[lower].style.foreground)
                buffer[x, y] = Cell("▀", style: style)
            }
        }
        if isShown, shares.sureWrong > 0, look.colors == .mono {
            buffer[x, plot.maxY - 1].style = buffer[x, plot.maxY - 1].style.bold()
        }
    }

    /// The figures of the epoch on the screen, beside the marks of the picture, in its order.
    private func drawLegend(in area: Rect, on buffer: inout Buffer, look: Look) {
        let theme = look.theme
        let styles = SurenessPicture.styles(look)
        let figures = shares[shown]?.stacked
        // With a line less, what is sure and right goes without saying.
        for (line, kind) in styles.indices.reversed().suffix(area.height).enumerated() {
            let y = area.y + line
            buffer[area.x, y] = SurenessPicture.swatch(kind, look)
            buffer.write(SureShares.names[kind], x: area.x + 2, y: y, theme.style(kind == 0 ? .title : .dim))
            let text = figures.map { "\(Figures.percent($0[kind], digits: 2)) %" } ?? "not recorded"
            buffer.write(text, rightAlignedAt: min(area.maxX, area.x + 24), y: y, theme.style(.title))
        }
    }
}
