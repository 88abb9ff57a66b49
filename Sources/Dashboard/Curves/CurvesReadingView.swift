import TerminalUI
import Training

/// The figures at the cursor or of the newest epoch, and at the right what was chosen.
enum CurvesReadingView {
    static func draw(_ state: ScreenContext<CurvesScreen>, in line: Rect, on buffer: inout Buffer) {
        guard line.height > 0, let run = state.curvesRun else { return }
        let reading = state.own.reading(of: run, state.shared)
        let groups = reading.map { self.groups($0, state) } ?? []
        // Place and loss go before what was chosen: the axis shows that, too.
        let needed = groups.prefix(2).reduce(0) { $0 + $1.width + 3 }
        let chosen = choices(state).reduce(into: "") { text, word in
            let longer = text.isEmpty ? word : "\(text) · \(word)"
            if needed + longer.count + 2 <= line.width { text = longer }
        }
        let style = state.look.theme.style(.key)
        let start = buffer.write(chosen, rightAlignedAt: line.maxX - 1, y: line.y, style)
        buffer.write(groups: groups, x: line.x + 1, y: line.y, maxWidth: start - line.x - 3)
    }

    private static func groups(_ reading: CurveReading, _ state: ScreenContext<CurvesScreen>) -> [[Span]] {
        let theme = state.look.theme
        func group(_ name: String, _ train: String, _ validation: String) -> [Span] {
            [
                Span("\(name) ", theme.style(.dim)), Span(train, theme.style(.train)),
                Span(" val ", theme.style(.dim)), Span(validation, theme.style(.validation)),
            ]
        }
        var place = [Span("epoch \(reading.epoch)", theme.style(.title).bold())]
        if let batch = reading.batch {
            place += [
                Span(" batch \(batch.done)", theme.style(.title).bold()), Span("/\(batch.of)", theme.style(.dim)),
            ]
        }
        var groups = [place]
        if state.shownRuns.count < 2 {
            groups += [
                group(
                    "loss", Figures.loss(reading.loss) + range(reading.losses, Figures.loss),
                    Figures.loss(reading.validationLoss)),
                group(
                    "accuracy", "\(Figures.percent(reading.accuracy, digits: 2)) %",
                    "\(Figures.percent(reading.validationAccuracy, digits: 2)) %"),
            ]
        }
        if let rate = reading.learningRate { groups.append([Span("rate \(Figures.plain(rate))", theme.style(.dim))]) }
        if let seconds = reading.seconds { groups.append([Span(Figures.duration(seconds), theme.style(.dim))]) }
        return groups
    }

    private static func range(_ range: ClosedRange<Double>?, _ text: (Double?) -> String) -> String {
        guard let range else { return "" }
        let (low, high) = (text(range.lowerBound), text(range.upperBound))
        return low == high ? "" : " (\(low)–\(high))"
    }

    /// What differs from a fresh chart, and what the axes don't say at a glance first.
    private static func choices(_ state: ScreenContext<CurvesScreen>) -> [String] {
        let curves = state.own
        var words: [String] = []
        if curves.smoothing.isOn { words.append("smooth \(Figures.plain(curves.smoothing.weight))") }
        if let window = curves.window {
            let range = state.own.epochs(state.shared)
            let ends = [range.lowerBound, range.upperBound].map {
                FixedNumber.fixed($0, decimals: window.span < 20 ? 1 : 0)
            }
            words.append("epochs \(ends[0])–\(ends[1])")
        }
        return words
    }
}
