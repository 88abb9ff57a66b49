import TerminalUI
import Training

/// The figures at the cursor or of the newest epoch, and at the right what was chosen.
enum CurvesReadingView {
    static func draw(_ state: DashboardState, in line: Rect, on buffer: inout Buffer) {
        guard line.height > 0, let run = state.run else { return }
        let chosen = choices(state)
        let room = line.width - 2 - (chosen.isEmpty ? 0 : chosen.width + 3)
        buffer.write(chosen, x: line.maxX - 1 - chosen.width, y: line.y)
        // With other runs the figures stand in the legend.
        guard let reading = state.reading(of: run), room > 0 else { return }
        let groups = groups(reading, state)
        buffer.write(groups: groups, x: line.x + 1, y: line.y, maxWidth: room)
    }

    private static func groups(_ reading: CurveReading, _ state: DashboardState) -> [[Span]] {
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
        range.map { " (\(text($0.lowerBound))–\(text($0.upperBound)))" } ?? ""
    }

    /// What differs from a fresh chart, with the keys that change it.
    private static func choices(_ state: DashboardState) -> [Span] {
        let theme = state.look.theme
        let curves = state.curves
        var words: [String] = []
        if curves.perBatch { words.append("by batch") }
        if curves.smoothing.isOn { words.append("smooth \(Figures.plain(curves.smoothing.weight))") }
        if curves.window != nil {
            let unit = state.run.map(state.curvesUnit) ?? 1
            let range = state.curvesRange
            let ends = [range.lowerBound, range.upperBound].map { NumberText.fixed($0 / unit, decimals: 1) }
            words.append("epochs \(ends[0])–\(ends[1])")
        }
        return words.isEmpty ? [] : [Span(words.joined(separator: " · "), theme.style(.key))]
    }
}
