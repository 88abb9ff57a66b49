import TerminalUI
import Training

/// The most confused pairs with bars; of a difference, what changed most.
enum ConfusedPairsView {
    static func draw(_ state: Shared, chosen: ConfusionCell? = nil, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let names = state.classNames.cut((area.width - 22) / 2)
        let shown = state.shownConfusion
        // Numbers of one digit have room up to column 5; what is longer takes what it needs beyond it.
        let digits = "\(max(1, shown?.classes ?? 1) - 1)".count
        let shift = max(0, 2 * (names.isEmpty ? digits : names.longest) - 2)
        let isDifference = shown?.baseline != nil
        let hasShares = area.width >= 42 + shift && !isDifference
        let title = isDifference ? "changed most" : "most confused"
        let unit = "\(state.classNames.noun)s" + (hasShares ? " · % of class" : "")
        let measured = shown?.measuredOn.fitting(area.width - 8 - title.count)
        let fits = measured.map { $0.columns + title.count + 8 <= area.width } ?? true
        let footer = [measured.map { fits ? unit : "\($0) · \(unit)" }].compactMap { $0 }
        let inner = Panel(
            title: title, detail: fits ? measured.map { [Span($0, theme.style(.dim))] } ?? [] : [],
            footer: footer.map { Span($0, theme.style(.dim)) }
        ).draw(in: area, on: &buffer, look: state.look)
        guard let shown else {
            return buffer.write(paragraph: ConfusionView.emptyText(state), centredIn: inner, theme.style(.dim))
        }
        guard inner.width > 14 else { return }
        let layout = ConfusedPairsLayout(area, state)
        let pairs = layout.pairs
        if !layout.others.isEmpty {
            let sum = layout.others.reduce(0) { $0 + abs($1.count) }
            let words = isDifference ? "" : ", \(Figures.grouped(sum)) \(state.classNames.noun)\(sum == 1 ? "" : "s")"
            let forms = ["\(layout.others.count) more pairs\(words)", "\(layout.others.count) more"]
            buffer.write(
                forms.first { $0.count + 2 <= inner.width } ?? "", x: inner.x + 1, y: inner.maxY - 1, theme.style(.dim))
        }
        let supports = shown.counts.map { $0.reduce(0, +) }
        let greatest = Double(pairs.first.map { abs($0.count) } ?? 1)
        let start = inner.x + shift + (hasShares ? 21 : 13)
        for (line, pair) in pairs.enumerated() {
            let y = inner.y + line
            let isChosen = chosen == ConfusionCell(row: pair.truth, column: pair.predicted)
            if isChosen { buffer.write("▸", x: inner.x, y: y, theme.style(.key)) }
            buffer.write(
                [
                    Span(names[pair.truth], theme.style(.good)), Span(" → ", theme.style(.dim)),
                    Span(names[pair.predicted], theme.style(.bad)),
                ], x: inner.x + 1, y: y)
            let role: Theme.Role = isDifference ? ConfusionView.role(pair) : .text
            let count = ConfusionView.count(pair, shown)
            buffer.write(count, rightAlignedAt: inner.x + shift + 11, y: y, theme.style(role))
            if hasShares {
                let share = Double(pair.count) / Double(max(1, supports[pair.truth]))
                let text = "\(Figures.percent(share)) %"
                buffer.write(text, rightAlignedAt: inner.x + shift + 19, y: y, theme.style(.dim))
            }
            let part = Double(abs(pair.count)) / greatest
            let width = Int(Double(inner.maxX - 1 - start) * part)
            let bar = String(repeating: state.look.glyphs == .ascii ? "=" : "━", count: max(1, width))
            buffer.write(bar, x: start, y: y, barStyle(pair, part, isDifference, state.look))
        }
    }

    private static func barStyle(_ pair: ConfusedPair, _ part: Double, _ isDifference: Bool, _ look: Look) -> Style {
        let theme = look.theme
        let heat = look.heat(0.3 + 0.7 * part)
        let color = isDifference && pair.count < 0 ? look.faint(theme[.good], 0.3) : heat
        return Style(foreground: color, background: theme[.background])
    }
}
