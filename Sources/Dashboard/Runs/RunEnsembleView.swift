import Reports
import TerminalUI
import Training

/// The mean of the marked runs: each of them and the mean in a table, where they differ, and which digits each adds.
enum RunEnsembleView {
    /// Columns of a figure where there is room, and elsewhere; columns of the shortest name.
    private static let (wideColumn, narrowColumn, leastName) = (10, 9, 8)

    static func draw(_ state: RunEnsembleState, _ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        let all = lines(state, shared, width: body.width - 4)
        let digits = RunEnsembleDigits(state, shared, in: body, below: all.count + 2)
        let top = digits.map { body.splitBottom($0.area.height).rest } ?? body
        digits?.draw(on: &buffer)
        let inner = Panel(
            title: "ensemble of \(state.ensemble.runs.count) runs",
            detail: [Span("\(state.mean.rawValue) mean, test set", theme.style(.dim))], focused: true,
            footer: [Span("adds: right only with the run · costs: wrong only with it", theme.style(.dim))]
        ).draw(in: top, on: &buffer, look: shared.look)
        let start = min(state.start, max(0, all.count - inner.height))
        for (place, line) in all.dropFirst(start).prefix(inner.height).enumerated() {
            buffer.write(line, x: inner.x + 1, y: inner.y + place, maxWidth: inner.width - 2)
        }
    }

    /// Everything, a line each.
    static func lines(_ state: RunEnsembleState, _ shared: Shared, width: Int) -> [[Span]] {
        guard let report = state.report else { return [] }
        let theme = shared.look.theme
        let names = report.members.map { "run \($0.name)" } + ["ensemble"]
        let longest = names.map(\.columns).max() ?? leastName
        // Without room for all figures the log-loss is left out.
        let isNarrow = longest + 6 * wideColumn > width
        let (count, column) = isNarrow ? (5, narrowColumn) : (6, wideColumn)
        let nameWidth = min(longest, max(leastName, width - count * column))
        func cells(_ name: String, _ figures: [String], _ style: Style) -> [Span] {
            let name = DistinctLabels.fitting([name], room: nameWidth)[0]
            let padded = name + String(repeating: " ", count: max(0, nameWidth - name.columns))
            let shown = figures.enumerated().filter { !isNarrow || $0.offset != 2 }.map(\.element)
            let texts = shown.map { String(repeating: " ", count: max(1, column - $0.columns)) + $0 }
            return [Span(padded, style), Span(texts.joined(), style)]
        }
        var lines = [cells("", ["errors", "right %", "log-loss", "adds", "costs", "alone"], theme.style(.dim))]
        for (name, member) in zip(names, report.members) {
            lines.append(
                cells(
                    name,
                    [
                        Figures.grouped(member.errors), Figures.percent(member.accuracy, digits: 2),
                        member.logLoss.map { FigureText.fixed($0, 4) } ?? "none", "\(member.added.count)",
                        "\(member.lost.count)", "\(member.onlyItRight)",
                    ], theme.style(.text)))
        }
        lines.append(
            cells(
                "ensemble",
                [
                    Figures.grouped(report.errors), Figures.percent(report.accuracy, digits: 2),
                    report.logLoss.map { FigureText.fixed($0, 4) } ?? "none",
                ], theme.style(.title).bold()))
        lines.append([])
        lines += WrappedText.lines(gain(report), width: width).map { [Span($0, theme.style(.text))] }
        lines.append([])
        lines += facts(report).flatMap { name, text in
            WrappedText.lines("\(name): \(text)", width: width).map { [Span($0, theme.style(.text))] }
        }
        let saved = state.ensemble.saved
        if !saved.isEmpty {
            lines.append([])
            let names = saved.map { "\($0.name) (\($0.members.count))" }.joined(separator: ", ")
            lines += WrappedText.lines("saved ensembles: \(names)", width: width).map { [Span($0, theme.style(.dim))] }
        }
        return lines
    }

    /// What the mean gains over the best run and over their mean, in one sentence.
    static func gain(_ report: EnsembleReport) -> String {
        "The \(report.mean.rawValue) mean makes \(report.gainOverBest) the best run (\(report.bestErrors)); the runs make "
            + "\(FigureText.fixed(report.meanErrors, 1)) in the mean."
    }

    /// Where the runs differ, and which images each adds.
    static func facts(_ report: EnsembleReport) -> [(name: String, text: String)] {
        let pairs = report.members.indices.flatMap { one in
            ((one + 1)..<report.members.count).map { report.differing[one][$0] }
        }
        var facts = [
            ("two runs differ on", "\(FigureText.span(pairs) ?? "0") of \(FigureText.grouped(report.count))"),
            ("all are wrong on", counted(report.allWrong)),
            ("the mean is wrong, though a run is right, on", counted(report.wrongThoughKnown)),
        ]
        for member in report.members where !member.added.isEmpty {
            facts.append(("run \(member.name) adds", counted(member.added)))
        }
        return facts
    }

    /// `3 (247, 582, 2130)`.
    private static func counted(_ images: [Int]) -> String {
        guard !images.isEmpty else { return "0" }
        let some = images.prefix(8).map(String.init).joined(separator: ", ")
        return "\(images.count) (\(some)\(images.count > 8 ? ", ..." : ""))"
    }
}
