import TerminalUI
import Training

/// Whether predictions of 70 % are right in 70 % of the cases: the share of right ones by the probability of the predicted
/// class.
enum ReliabilityView {
    static func draw(_ state: ScreenContext<ConfusionScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let diagram = state.evaluation == nil ? nil : state.metrics?.reliability.first
        let words = state.evaluation.map { state.shared.measured($0.measuredOn).fitting(area.width - 6) } ?? ""
        let error = diagram.map {
            [Span("off by \(Figures.percent($0.expectedError, digits: 2)) %", theme.style(.text))]
        }
        let inner = Panel(
            title: "reliability", detail: error ?? [], footer: words.isEmpty ? [] : [Span(words, theme.style(.dim))]
        ).draw(in: area, on: &buffer, look: state.look)
        guard let diagram else {
            let text =
                state.evaluation == nil ? ConfusionView.emptyText(state.shared) : "the probabilities are no numbers"
            return buffer.write(paragraph: text, centredIn: inner, theme.style(.dim))
        }
        draw(
            diagram, classes: state.evaluation?.classes ?? 1, state.classNames.noun,
            in: inner.inset(left: 1, right: 1), on: &buffer, look: state.look)
    }

    /// Lines of the table, its heading among them.
    static func rows(classes: Int) -> Int {
        let bins = ClassificationMetrics.binCounts[0]
        return 1 + (1...bins).count { Double($0) / Double(bins) > 1 / Double(max(1, classes)) }
    }

    /// A line a bin: its probabilities, the share of right predictions as a bar with a mark where the bar would end if
    /// the probabilities were true, that share, and the images.
    private static func draw(
        _ diagram: ReliabilityDiagram, classes: Int, _ noun: String, in area: Rect, on buffer: inout Buffer, look: Look
    ) {
        let theme = look.theme
        guard area.height >= 3, area.width >= 20 else { return }
        let dim = theme.style(.dim)
        let bar = Rect(x: area.x + 7, y: area.y, width: area.width - 7 - 13, height: 1)
        buffer.write("p %", rightAlignedAt: area.x + 6, y: area.y, dim)
        buffer.write("right", rightAlignedAt: area.maxX - 7, y: area.y, dim)
        buffer.write("\(noun)s", rightAlignedAt: area.maxX, y: area.y, dim)
        // The surest first. The least sure predictions still have a share above that of chance.
        let bins = Array(diagram.bins.indices.reversed().filter { diagram.edges(ofBin: $0).upTo > 1 / Double(classes) })
        let shown = bins.count > area.height - 1 ? area.height - 2 : bins.count
        if shown < bins.count {
            let rest = bins.dropFirst(shown).reduce(0) { $0 + diagram.bins[$1].count }
            let words = "\(Figures.grouped(rest)) \(noun)s below"
            buffer.write(words, rightAlignedAt: area.maxX, y: area.maxY - 1, dim, maxWidth: area.width)
        }
        for (line, bin) in bins.prefix(shown).enumerated() {
            let y = area.y + 1 + line
            let (low, high) = diagram.edges(ofBin: bin)
            let range = "\(Figures.percent(low, digits: 0))–\(Figures.percent(high, digits: 0))"
            buffer.write(range, rightAlignedAt: area.x + 6, y: y, dim)
            let content = diagram.bins[bin]
            guard let accuracy = content.accuracy, let confidence = content.confidence else {
                buffer.write("–", rightAlignedAt: area.maxX - 7, y: y, dim)
                buffer.write("0", rightAlignedAt: area.maxX, y: y, dim)
                continue
            }
            drawBar(
                accuracy, confidence, in: Rect(x: bar.x, y: y, width: bar.width, height: 1), on: &buffer, look: look)
            buffer.write(Figures.percent(accuracy), rightAlignedAt: area.maxX - 7, y: y, theme.style(.text))
            buffer.write(Figures.grouped(content.count), rightAlignedAt: area.maxX, y: y, dim)
        }
    }

    private static func drawBar(
        _ accuracy: Double, _ confidence: Double, in bar: Rect, on buffer: inout Buffer, look: Look
    ) {
        guard bar.width > 0 else { return }
        let ascii = look.glyphs == .ascii
        let filled = Int((accuracy * Double(bar.width)).rounded())
        for column in 0..<filled {
            buffer[bar.x + column, bar.y] = Cell(ascii ? "=" : "━", style: look.theme.style(.probability))
        }
        let mark = min(bar.width - 1, Int(confidence * Double(bar.width)))
        buffer[bar.x + mark, bar.y] = Cell(ascii ? "|" : "┃", style: look.theme.style(.key).bold())
    }
}
