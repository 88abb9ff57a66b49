import Experiments
import TerminalUI
import Training

/// The selected run: its figures, where and when it was trained, tags, note and spec, and its curves where there is room.
enum RunDetailView {
    /// A line of facts: whole ones, the last of which go where there is no room.
    private struct Line {
        let name: String
        let facts: [[Span]]

        init(name: String, facts: [[Span]]) { (self.name, self.facts) = (name, facts) }
        init(name: String, _ text: String, _ style: Style) { self.init(name: name, facts: [[Span(text, style)]]) }
    }

    /// Columns that the names take.
    private static let indent = 8

    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let row = state.selectedRun else {
            Panel(title: "run").draw(in: area, on: &buffer, look: state.look)
            return
        }
        let run = row.summary
        let title = "run \(run.id)" + (run.name.map { " \($0)" } ?? "")
        let (word, role) = RunsView.word(run.state) ?? (run.state.rawValue, .text)
        let inner = Panel(title: title, detail: [Span(word, theme.style(role))]).draw(
            in: area, on: &buffer, look: state.look)
        let lines = lines(row, state, width: inner.width - indent - 1)
        let (upper, lower) = inner.splitTop(
            state.runsLayout.hasCurves ? min(lines.count, inner.height - 6) : inner.height)
        for (index, line) in lines.prefix(upper.height).enumerated() {
            let y = upper.y + index
            buffer.write(line.name, x: upper.x + 1, y: y, theme.style(.dim))
            buffer.write(groups: line.facts, gap: 2, x: upper.x + indent, y: y, maxWidth: upper.width - indent - 1)
        }
        if lower.height >= 5 { drawCurves(row, state, in: lower, on: &buffer) }
    }

    /// The most useful first: what does not fit goes.
    private static func lines(_ row: RunRow, _ state: DashboardState, width: Int) -> [Line] {
        let theme = state.look.theme
        let run = row.summary
        var lines = figures(run, theme)
        if let failure = run.failure {
            lines.insert(contentsOf: wrapped("failed", failure, theme.style(.bad), width), at: 0)
        }
        let typing = state.runs.typing
        let tags = typedText(typing, row) { if case .tags = $0 { true } else { false } }
        if !run.tags.isEmpty || tags != nil {
            let text = tags ?? run.tags.map { "#\($0)" }.joined(separator: " ")
            lines.append(Line(name: "tags", text, theme.style(.key)))
        }
        let note = typedText(typing, row) { if case .note = $0 { true } else { false } }
        if !run.note.isEmpty || note != nil {
            let text = (note ?? run.note).split(separator: "\n").joined(separator: " · ")
            lines.append(Line(name: "note", text, theme.style(.text)))
        }
        return lines + wrapped("spec", run.specLine, theme.style(.text), width) + origin(row, state)
    }

    /// Text in as many lines as it takes, broken between words.
    private static func wrapped(_ name: String, _ text: String, _ style: Style, _ width: Int) -> [Line] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.unicodeScalars.count + word.unicodeScalars.count < width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.enumerated().map { Line(name: $0.offset == 0 ? name : "", $0.element, style) }
    }

    /// What is being typed for this run.
    private static func typedText(
        _ typing: RunsTyping?, _ row: RunRow, _ isIt: (RunsTyping.Purpose) -> Bool
    ) -> String? {
        guard let typing, isIt(typing.purpose), typing.run == row.saved else { return nil }
        return typing.field.text
    }

    private static func figures(_ run: RunSummary, _ theme: Theme) -> [Line] {
        func pair(_ name: String, _ value: String, _ role: Theme.Role = .text) -> [[Span]] {
            [[Span("\(name) ", theme.style(.dim)), Span(value, theme.style(role))]]
        }
        var lines: [Line] = []
        if let epoch = run.bestEpoch {
            lines.append(
                Line(
                    name: "best",
                    facts: pair("epoch", "\(epoch)", .title)
                        + pair("val loss", Figures.loss(run.bestValidationLoss), .validation)
                        + pair("val", Figures.percent(run.bestValidationAccuracy, digits: 2) + " %", .validation)))
        }
        lines.append(
            Line(
                name: "last",
                facts: pair("epoch", "\(run.epochs)/\(run.plannedEpochs)", .title)
                    + (run.epochs == 0
                        ? []
                        : pair("loss", Figures.loss(run.loss), .train)
                            + pair("val", Figures.loss(run.validationLoss), .validation)
                            + pair("acc", Figures.percent(run.accuracy, digits: 2) + " %", .train)
                            + pair("val", Figures.percent(run.validationAccuracy, digits: 2) + " %", .validation))))
        if let accuracy = run.testAccuracy {
            lines.append(
                Line(
                    name: "test",
                    facts: [[Span("\(Figures.percent(accuracy, digits: 2)) %", theme.style(.good).bold())]]
                        + (run.testErrors.map { pair("errors", Figures.grouped($0)) } ?? [])
                        + pair("loss", Figures.loss(run.testLoss))
                        + (run.testRecall.map { pair("macro recall", Figures.percent($0, digits: 2) + " %") } ?? [])))
        }
        return lines
    }

    private static func origin(_ row: RunRow, _ state: DashboardState) -> [Line] {
        let theme = state.look.theme
        let run = row.summary
        var lines: [Line] = []
        func add(_ name: String, _ words: [String]) {
            lines.append(Line(name: name, words.joined(separator: " · "), theme.style(.text)))
        }
        let time = run.seconds > 0 ? ["\(Figures.duration(run.seconds)) of training"] : []
        if row.isSaved {
            add("time", [span(run, state)] + time)
            add(
                "where",
                [run.machine.host, "\(run.machine.threads) threads", run.machine.blas, "trainspotter \(run.program)"]
                    .filter { !$0.isEmpty })
        } else {
            add("time", ["this session, not saved"] + time)
        }
        if run.trainingRows > 0 {
            add(
                "data",
                [
                    run.dataset, "\(Figures.grouped(run.trainingRows)) + \(Figures.grouped(run.validationRows)) images",
                    "\(Figures.grouped(run.parameters)) weights",
                ])
        }
        return lines
    }

    /// From when to when; of the same day the day stands once.
    private static func span(_ run: RunSummary, _ state: DashboardState) -> String {
        let start = Figures.date(run.started, offset: state.secondsFromGMT)
        guard let ended = run.ended else { return start }
        let end = Figures.date(ended, offset: state.secondsFromGMT)
        let isSameDay = start.prefix(10) == end.prefix(10)
        return start == end ? start : isSameDay ? "\(start) to \(end.dropFirst(11))" : "\(start) to \(end)"
    }

    private static func drawCurves(_ row: RunRow, _ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        let look = state.look
        guard let record = state.record(row.key) else { return }
        func points(_ quantity: EpochHistory.Quantity) -> [LineChart.Point] {
            record.history.points(quantity).map { LineChart.Point(x: Double($0.epoch), y: $0.value) }
        }
        var chart = LineChart(
            series: [
                LineChart.Series(name: "train", points: points(.loss), color: look.theme[.train], mark: "o"),
                LineChart.Series(
                    name: "validation", points: points(.validationLoss), color: look.theme[.validation], mark: "x",
                    dashed: true),
            ], xRange: 0...Double(max(1, record.history.count)))
        chart.xName = "epoch"
        chart.emptyText = "no epoch yet"
        chart.draw(in: area, on: &buffer, look: look)
    }
}
