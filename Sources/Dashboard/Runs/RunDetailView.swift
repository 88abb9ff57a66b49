import Runs
import TerminalUI
import Training

/// The selected run: its figures, where and when it was trained, tags, note and spec, and its curves where there is room.
enum RunDetailView {
    private struct Line {
        let name: String
        /// Parts of the value; the last ones are left out where there is no room for all.
        let groups: [[Span]]

        init(name: String, groups: [[Span]]) { (self.name, self.groups) = (name, groups) }

        init(name: String, spans: [Span]) { self.init(name: name, groups: [spans]) }
    }

    static func draw(_ state: ScreenContext<RunsScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let row = state.own.selectedRun else {
            let inner = Panel(title: "run").draw(in: area, on: &buffer, look: state.look)
            let text = RunDifferenceView.emptyText(state)
            return buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
        }
        let run = row.summary
        let title = "run \(run.id)" + (run.name.map { " \($0)" } ?? "")
        let (word, role) = RunsView.word(run.state) ?? (run.state.rawValue, .text)
        let inner = Panel(title: title, detail: [Span(word, theme.style(role))]).draw(
            in: area, on: &buffer, look: state.look)
        let lines = lines(row, state, room: inner.width - 9)
        let (upper, lower) = inner.splitTop(
            state.own.layout(state.place).hasCurves ? min(lines.count, inner.height - 6) : inner.height)
        for (index, line) in lines.prefix(upper.height).enumerated() {
            let y = upper.y + index
            buffer.write(line.name, x: upper.x + 1, y: y, theme.style(.dim))
            buffer.write(groups: line.groups, gap: 2, x: upper.x + 8, y: y, maxWidth: upper.width - 9)
        }
        if lower.height >= 5 { RunCurvesView.drawLosses(of: row, state, in: lower, on: &buffer) }
    }

    /// The most useful first: those without room are left out.
    private static func lines(_ row: RunRow, _ state: ScreenContext<RunsScreen>, room: Int) -> [Line] {
        let theme = state.look.theme
        let run = row.summary
        var lines = figures(run, theme, room: room)
        if let failure = run.failure {
            lines.insert(contentsOf: wrapped("failed", failure, theme.style(.bad), room), at: 0)
        }
        let typing = state.own.typing
        let tags = typedText(typing, row) { if case .tags = $0 { true } else { false } }
        if !run.tags.isEmpty || tags != nil {
            let text = tags ?? run.tags.map { "#\($0)" }.joined(separator: " ")
            lines.append(Line(name: "tags", spans: [Span(text, theme.style(.key))]))
        }
        let note = typedText(typing, row) { if case .note = $0 { true } else { false } }
        if !run.note.isEmpty || note != nil {
            let text = (note ?? run.note).split(separator: "\n").joined(separator: " · ")
            lines.append(Line(name: "note", spans: [Span(text, theme.style(.text))]))
        }
        return lines + wrapped("line", run.lineText, theme.style(.text), room)
            + (run.lineFault.map { wrapped("repeat", $0, theme.style(.warning), room) } ?? []) + origin(row, state)
    }

    /// Text in as many lines as it needs, broken between words.
    private static func wrapped(_ name: String, _ text: String, _ style: Style, _ room: Int) -> [Line] {
        let lines = WrappedText.lines(text, width: room)
        return lines.enumerated().map { Line(name: $0.offset == 0 ? name : "", spans: [Span($0.element, style)]) }
    }

    /// The text that is being typed for this run.
    private static func typedText(
        _ typing: RunsTyping?, _ row: RunRow, _ isIt: (RunsTyping.Purpose) -> Bool
    ) -> String? {
        guard let typing, isIt(typing.purpose), typing.run == row.saved else { return nil }
        return typing.field.text
    }

    private static func pair(
        _ name: String, _ value: String, _ role: Theme.Role, _ theme: Theme
    ) -> [Span] {
        [Span("\(name) ", theme.style(.dim)), Span(value, theme.style(role))]
    }

    private static func figures(_ run: RunSummary, _ theme: Theme, room: Int) -> [Line] {
        var lines: [Line] = []
        if let epoch = run.bestEpoch {
            let accuracy = Figures.percent(run.bestValidationAccuracy, digits: 2) + " %"
            lines.append(
                Line(
                    name: "best",
                    groups: [
                        pair("epoch", "\(epoch)", .title, theme),
                        pair("val loss", Figures.loss(run.bestValidationLoss), .validation, theme),
                        pair("val", accuracy + (RunSpread.chance(run.validationChance) ?? ""), .validation, theme),
                    ]))
        }
        let last = lastForms(run, theme)
        lines.append(Line(name: "last", groups: last.first { width($0) <= room } ?? last[last.count - 1]))
        if let accuracy = run.testAccuracy {
            let errors = run.testErrors.map { pair("errors", Figures.grouped($0), .text, theme) }
            let recall = run.testRecall.map {
                pair("macro recall", Figures.percent($0, digits: 2) + " %", .text, theme)
            }
            let chance = RunSpread.chance(run.testChance) ?? ""
            let share = [Span("\(Figures.percent(accuracy, digits: 2)) %\(chance)", theme.style(.title).bold())]
            let groups = [share, errors, pair("loss", Figures.loss(run.testLoss), .text, theme), recall]
            lines.append(Line(name: "test", groups: groups.compactMap { $0 }))
            if run.testStanding != .end(nil), let words = run.testWords {
                lines.append(Line(name: "", spans: [Span(words, theme.style(.dim))]))
            }
        }
        return lines
    }

    private static func width(_ groups: [[Span]]) -> Int {
        groups.reduce(0) { $0 + $1.width + 2 } - 2
    }

    /// The figures of the last epoch, in full and ever shorter.
    private static func lastForms(_ run: RunSummary, _ theme: Theme) -> [[[Span]]] {
        let epoch = pair("epoch", run.progressWords, .title, theme)
        guard run.epochs > 0 else { return [[epoch]] }
        let losses =
            pair("loss", Figures.loss(run.loss), .train, theme)
            + pair("  val", Figures.loss(run.validationLoss), .validation, theme)
        return [(2, " %"), (1, " %"), (2, ""), (1, "")].map { digits, unit in
            let accuracies =
                pair("acc", Figures.percent(run.accuracy, digits: digits) + unit, .train, theme)
                + pair("  val", Figures.percent(run.validationAccuracy, digits: digits) + unit, .validation, theme)
            return [epoch, losses, accuracies]
        }
    }

    private static func origin(_ row: RunRow, _ state: ScreenContext<RunsScreen>) -> [Line] {
        let theme = state.look.theme
        let run = row.summary
        var lines: [Line] = []
        func add(_ name: String, _ words: [String]) {
            lines.append(Line(name: name, spans: [Span(words.joined(separator: " · "), theme.style(.text))]))
        }
        let time = run.seconds > 0 ? ["\(Figures.duration(run.seconds)) of training"] : []
        if row.isSaved, row.hasOrigin {
            add("time", [span(run, state)] + time)
            add(
                "where",
                [
                    run.machine.host, PlainText.count(run.machine.threads, "thread"), run.machine.blas,
                    "trainspotter \(run.program)",
                ]
                .filter { !$0.isEmpty })
        } else {
            add("time", ["this session\(row.isSaved ? "" : ", not saved")"] + time)
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

    /// Start and end; for the same day the day is written once.
    private static func span(_ run: RunSummary, _ state: ScreenContext<RunsScreen>) -> String {
        let start = Figures.date(run.started, offset: state.secondsFromGMT)
        guard let ended = run.ended else { return start }
        let end = Figures.date(ended, offset: state.secondsFromGMT)
        let isSameDay = start.prefix(10) == end.prefix(10)
        return start == end ? start : isSameDay ? "\(start) to \(end.dropFirst(11))" : "\(start) to \(end)"
    }
}
