import Runs
import TerminalUI
import Training

/// The selected run: its figures, where and when it was trained, tags, note and spec, and its epochs where there is room:
/// as curves with a table beside them, or as a few lines.
enum RunDetailView {
    /// Something that is known of the run.
    private struct Fact {
        let name: String
        /// One line at least; each has parts, the last of which are left out where there is no room for all.
        let lines: [[[Span]]]

        init(name: String, lines: [[[Span]]]) { (self.name, self.lines) = (name, lines) }

        init(name: String, groups: [[Span]]) { self.init(name: name, lines: [groups]) }

        init(name: String, spans: [Span]) { self.init(name: name, groups: [spans]) }

        /// Text in as many lines as it needs, broken between words.
        init(name: String, _ text: String, _ style: Style, _ room: Int) {
            self.init(name: name, lines: WrappedText.lines(text, width: room).map { [[Span($0, style)]] })
        }
    }

    /// Rows of the panel from which on epochs can have room in it.
    static let leastWithEpochs = 11
    /// Rows of the smallest chart.
    private static let leastChart = 5
    /// Columns of the chart beside the table of the epochs, and of that table.
    private static let (chartColumns, leastTable, greatestTable) = (60, 16, 46)

    static func draw(_ state: ScreenContext<RunsScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let row = state.own.selectedRun else {
            let inner = Panel(title: "run").draw(in: area, on: &buffer, look: state.look)
            let text = RunDifferenceView.emptyText(state)
            return buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
        }
        guard area.height > 2 else { return drawBare(row, state, in: area, on: &buffer) }
        let run = row.summary
        let title = "run \(run.id)" + (run.name.map { " \($0)" } ?? "")
        let (word, role) = RunsView.word(run.state) ?? (run.stateWord, .text)
        let inner = Panel(title: title, detail: [Span(word, theme.style(role))]).draw(
            in: area, on: &buffer, look: state.look)
        let facts = facts(row, state, room: inner.width - 9)
        let (upper, lower) = inner.splitTop(min(inner.height, facts.reduce(0) { $0 + $1.lines.count }))
        draw(facts, theme, in: upper, on: &buffer)
        guard lower.height >= 2, let record = state.shared.record(row.key), record.history.count > 0 else { return }
        drawEpochs(of: record, row, state, in: lower, on: &buffer)
    }

    /// Without room for a frame, the figures alone.
    private static func drawBare(
        _ row: RunRow, _ state: ScreenContext<RunsScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        for (line, fact) in facts(row, state, room: area.width - 9).prefix(area.height).enumerated() {
            let start = buffer.write(
                line == 0 ? "run \(row.summary.id)  " : "", x: area.x + 1, y: area.y + line, theme.style(.title).bold())
            let end = buffer.write("\(fact.name) ", x: start, y: area.y + line, theme.style(.dim))
            buffer.write(groups: fact.lines[0], gap: 2, x: end, y: area.y + line, maxWidth: area.maxX - end)
        }
    }

    /// Those that fit as a whole; the others are counted.
    private static func draw(_ facts: [Fact], _ theme: Theme, in area: Rect, on buffer: inout Buffer) {
        var y = area.y
        for (index, fact) in facts.enumerated() {
            guard y + fact.lines.count <= area.maxY - (index == facts.count - 1 ? 0 : 1) else {
                buffer.write("\(facts.count - index) more", x: area.x + 1, y: y, theme.style(.dim))
                return
            }
            buffer.write(fact.name, x: area.x + 1, y: y, theme.style(.dim))
            for groups in fact.lines {
                buffer.write(groups: groups, gap: 2, x: area.x + 8, y: y, maxWidth: area.width - 9)
                y += 1
            }
        }
    }

    /// The curves with a table beside them, which comes in where the curves keep their width; without room for curves the
    /// newest epochs.
    private static func drawEpochs(
        of run: ShownRun, _ row: RunRow, _ state: ScreenContext<RunsScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        guard area.height >= leastChart else {
            return EpochTableView.drawLines(of: run, state.look, in: area, on: &buffer)
        }
        let width =
            area.width < chartColumns + leastTable
            ? min(area.width, chartColumns * 20 / 19) : max(chartColumns, area.width - greatestTable)
        let (chart, table) = area.splitLeft(width)
        RunCurvesView.drawLosses(of: row, state, in: chart, on: &buffer)
        if table.width >= leastTable { EpochTableView.drawLines(of: run, state.look, in: table, on: &buffer) }
    }

    /// The most useful first: those without room are left out.
    private static func facts(_ row: RunRow, _ state: ScreenContext<RunsScreen>, room: Int) -> [Fact] {
        let theme = state.look.theme
        let run = row.summary
        var facts = figures(row, state, room: room)
        if let failure = run.failure {
            facts.insert(Fact(name: "failed", failure, theme.style(.bad), room), at: 0)
        }
        let typing = state.own.typing
        let tags = typedText(typing, row) { if case .tags = $0 { true } else { false } }
        if !run.tags.isEmpty || tags != nil {
            let text = tags ?? run.tags.map { "#\($0)" }.joined(separator: " ")
            facts.append(Fact(name: "tags", spans: [Span(text, theme.style(.key))]))
        }
        if !run.ensembles.isEmpty {
            let names = run.ensembles.joined(separator: ", ")
            facts.append(Fact(name: "in", spans: [Span("ensemble \(names)", theme.style(.text))]))
        }
        let note = typedText(typing, row) { if case .note = $0 { true } else { false } }
        if !run.note.isEmpty || note != nil {
            let text = (note ?? run.note).split(separator: "\n").joined(separator: " · ")
            facts.append(Fact(name: "note", spans: [Span(text, theme.style(.text))]))
        }
        facts.append(Fact(name: "line", run.lineText, theme.style(.text), room))
        if let fault = run.lineFault { facts.append(Fact(name: "repeat", fault, theme.style(.warning), room)) }
        return facts + origin(row, state)
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

    private static func figures(_ row: RunRow, _ state: ScreenContext<RunsScreen>, room: Int) -> [Fact] {
        let theme = state.look.theme
        let run = row.summary
        var facts: [Fact] = []
        if let epoch = run.bestEpoch {
            let accuracy = Figures.percent(run.bestValidationAccuracy, digits: 2) + " %"
            facts.append(
                Fact(
                    name: "best",
                    groups: [
                        pair("epoch", "\(epoch)", .title, theme),
                        pair("val loss", Figures.loss(run.bestValidationLoss), .validation, theme),
                        pair(
                            "greatest val", accuracy + (RunSpread.chance(run.validationChance) ?? ""), .validation,
                            theme),
                    ]))
        }
        let last = lastForms(run, theme)
        facts.append(Fact(name: "last", groups: last.first { width($0) <= room } ?? last[last.count - 1]))
        if let accuracy = run.testAccuracy {
            let errors = run.testErrors.map { pair("errors", Figures.grouped($0), .text, theme) }
            let recall = run.testRecall.map {
                pair("macro recall", Figures.percent($0, digits: 2) + " %", .text, theme)
            }
            let chance = RunSpread.chance(run.testChance) ?? ""
            let role = Theme.Role.accuracy(accuracy, classes: row.spec?.network.classes ?? 10)
            let share = [Span("\(Figures.percent(accuracy, digits: 2)) %\(chance)", theme.style(role).bold())]
            let groups = [share, errors, pair("loss", Figures.loss(run.testLoss), .text, theme), recall]
            let words = run.testStanding == .end(nil) ? nil : run.testWords
            let standing = words.map { [[[Span($0, theme.style(.dim))]]] } ?? []
            facts.append(Fact(name: "test", lines: [groups.compactMap { $0 }] + standing))
        }
        if let group = row.saved.flatMap({ state.own.groups[$0] }) {
            let parts = [("val", group.validationAccuracy), ("test", group.testAccuracy)].compactMap { name, spread in
                RunSpread.seeds(spread).map { pair(name, $0, .text, theme) }
            }
            if !parts.isEmpty { facts.append(Fact(name: "seeds", groups: parts)) }
        }
        return facts
    }

    private static func width(_ groups: [[Span]]) -> Int {
        groups.reduce(0) { $0 + $1.width + 2 } - 2
    }

    /// The figures of the last epoch, in full and ever shorter.
    private static func lastForms(_ run: RunSummary, _ theme: Theme) -> [[[Span]]] {
        if run.isImported { return [[[Span("no epochs: its weights were imported", theme.style(.text))]]] }
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

    private static func origin(_ row: RunRow, _ state: ScreenContext<RunsScreen>) -> [Fact] {
        let theme = state.look.theme
        let run = row.summary
        var facts: [Fact] = []
        func add(_ name: String, _ words: [String]) {
            facts.append(Fact(name: name, spans: [Span(words.joined(separator: " · "), theme.style(.text))]))
        }
        if row.isSaved { add("saved", savedWords(run)) }
        if run.trainingRows > 0 {
            add(
                "data",
                [
                    run.dataset, "\(Figures.grouped(run.trainingRows)) + \(Figures.grouped(run.validationRows)) images",
                    "\(Figures.grouped(run.parameters)) weights",
                ])
        }
        let time = run.seconds > 0 ? ["trained in \(Figures.duration(run.seconds))"] : []
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
        return facts
    }

    /// What the store has of the network.
    private static func savedWords(_ run: RunSummary) -> [String] {
        var words: [String] = []
        if run.finalPlace != nil, run.hasWeights { words.append(run.finalWords) }
        if let place = run.checkpointPlace {
            let epochs = "state after \(PlainText.count(place.epoch, "epoch"))"
            words.append(place.batch == 0 ? epochs : "\(epochs) and \(PlainText.count(place.batch, "batch"))")
        }
        if words.isEmpty { words.append("figures alone, no weights") }
        return words + (run.size.map { [ByteAmount.text($0.total)] } ?? [])
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
