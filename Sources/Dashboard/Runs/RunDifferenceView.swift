import Runs
import Specs
import TerminalUI

/// What differs between the selected run and the marked ones, or else the newest one: data set, spec, and what came of it.
enum RunDifferenceView {
    static func draw(_ state: ScreenContext<RunsScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let comparison = state.own.comparison
        let runs = comparison?.runs ?? []
        let inner = Panel(title: "what differs", detail: detail(runs, comparison?.shown ?? 0, theme)).draw(
            in: area, on: &buffer, look: state.look)
        guard inner.height > 0, inner.width > 20 else { return }
        guard let comparison, runs.count > 1 else {
            return buffer.write(
                emptyText(state), centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
        }
        let width = comparison.width(area.width)
        for (index, run) in runs.prefix(comparison.shown).enumerated() {
            let x = inner.x + RunComparison.names + index * width
            drawHeading(run, state, x: x, y: inner.y, width: width, on: &buffer)
        }
        let below = drawRows(comparison.rows, width: width, in: inner.inset(top: 1), state.look, on: &buffer)
        drawCommon(comparison, in: below, state.look, on: &buffer)
    }

    /// In rows that are left over: what the runs have in common.
    private static func drawCommon(
        _ comparison: RunComparison, in area: Rect, _ look: Look, on buffer: inout Buffer
    ) {
        let lines = comparison.commonLines(width: area.width - 2, most: area.height - 1)
        guard area.height >= 2, !lines.isEmpty else { return }
        let words = comparison.shown > 2 ? "the same in all" : "the same in both"
        drawRule(words, in: area.splitTop(1).top, look, on: &buffer)
        for (index, line) in lines.enumerated() {
            buffer.write(line, x: area.x + 1, y: area.y + 1 + index, look.theme.style(.dim))
        }
    }

    /// Whole values, on several lines where one is too long: what is cut could be the difference. Rows without room are
    /// counted.
    ///
    /// - Returns: what is left over.
    private static func drawRows(
        _ rows: [RunComparison.Row], width: Int, in area: Rect, _ look: Look, on buffer: inout Buffer
    ) -> Rect {
        let theme = look.theme
        var y = area.y
        for (index, row) in rows.enumerated() {
            let (lines, height) = RunComparison.lines(row.field, width: width)
            let isFirstResult = !row.isCause && (index == 0 || rows[index - 1].isCause)
            let isLast = index == rows.count - 1
            guard y + height + (isFirstResult ? 1 : 0) <= area.maxY - (isLast ? 0 : 1) else {
                buffer.write(
                    "\(rows.count - index) more", x: area.x + 1, y: min(y, area.maxY - 1), theme.style(.dim))
                return area.splitTop(0).top
            }
            if isFirstResult {
                drawRule("what came of it", in: Rect(x: area.x, y: y, width: area.width, height: 1), look, on: &buffer)
                y += 1
            }
            buffer.write(
                row.field.name, x: area.x + 1, y: y, theme.style(.dim), maxWidth: RunComparison.names - 2)
            for (column, texts) in lines.enumerated() {
                for (line, text) in texts.enumerated() {
                    buffer.write(
                        text, x: area.x + RunComparison.names + column * width, y: y + line,
                        theme.style(row.isCause ? .title : .text), maxWidth: width - 2)
                }
            }
            y += height
        }
        return area.inset(top: y - area.y)
    }

    /// A line with words in it.
    private static func drawRule(_ words: String, in line: Rect, _ look: Look, on buffer: inout Buffer) {
        let theme = look.theme
        let dash: Unicode.Scalar = look.glyphs == .ascii ? "-" : "─"
        for x in (line.x + 1)..<max(line.x + 1, line.maxX - 1) {
            buffer[x, line.y] = Cell(dash, style: theme.style(.border))
        }
        buffer.write(" \(words) ", x: line.x + 2, y: line.y, theme.style(.dim), maxWidth: max(0, line.width - 4))
    }

    /// Why there is nothing to compare.
    static func emptyText(_ state: ScreenContext<RunsScreen>) -> String {
        if state.own.rows.isEmpty, state.own.total > 0 { return "no run passes the filter" }
        if let run = state.own.selectedRun, !run.isReadable { return "this run's spec can't be read here" }
        if state.own.total > 1 { return "one run passes the filter: a second one would show what differs" }
        return state.own.total == 1 ? "a second run will show what differs" : "no run yet"
    }

    private static func detail(_ runs: [RunRow], _ shown: Int, _ theme: Theme) -> [Span] {
        guard runs.count > 1 else { return [] }
        var spans: [Span] = []
        let data = Set(runs.map(\.summary.dataset))
        if data.count == 1, let name = data.first, !name.isEmpty {
            spans.append(Span("all of \(name)", theme.style(.dim)))
        }
        guard shown < runs.count else { return spans }
        let separator = spans.isEmpty ? "" : " · "
        return spans + [Span("\(separator)\(shown) of \(runs.count) runs", theme.style(.text))]
    }

    private static func drawHeading(
        _ run: RunRow, _ state: ScreenContext<RunsScreen>, x: Int, y: Int, width: Int, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        var spans = [Span("run \(run.summary.id)", theme.style(.title).bold())]
        if let slot = state.comparison.slot(of: run.key) {
            let mark = RunMark(slot: slot, state.look)
            let style = Style(foreground: mark.color, background: theme[.background])
            spans = [Span("\(mark.symbol) ", style), Span("run \(run.summary.id)", style.bold())]
        }
        buffer.write(spans, x: x, y: y, maxWidth: width - 1)
    }

    /// The differences, the data set first; or that there are none.
    static func fields(_ runs: [RunRow]) -> [SpecDifference] {
        let fields = differences(runs)
        return fields.isEmpty ? [SpecDifference(name: "line", texts: runs.map { _ in "the same" })] : fields
    }

    /// The differences; or the line that this program can't read.
    static func differences(_ runs: [RunRow]) -> [SpecDifference] {
        do throws(SpecError) {
            return try SpecDifference.fields(runs.map(\.summary))
        } catch {
            let texts = runs.map { (try? $0.summary.line()) == nil ? "can't be read" : "–" }
            return [SpecDifference(name: "line", texts: texts)]
        }
    }

    /// What came of the runs, each figure with its rows, with its epoch or weights, and with its spread; the most useful
    /// first.
    static func results(_ runs: [RunRow], _ groups: [Int: SeedGroup]) -> [SpecDifference] {
        func row(_ name: String, _ text: (RunSummary) -> String?) -> SpecDifference {
            SpecDifference(name: name, texts: runs.map { text($0.summary) ?? "–" })
        }
        func percent(_ share: Double?, _ chance: Double?) -> String? {
            share.map { Figures.percent($0, digits: 2) + (RunSpread.chance(chance) ?? "") }
        }
        func seeds(_ name: String, _ spread: (SeedGroup) -> MeanAndDeviation?) -> SpecDifference {
            SpecDifference(
                name: name,
                texts: runs.map { run in RunSpread.seeds(run.saved.flatMap { groups[$0] }.flatMap(spread)) ?? "–" })
        }
        func figure(_ value: Double?) -> String? { value.map { Figures.loss($0) } }
        let all = [
            row("best val loss") { run in
                run.bestValidationLoss.map { Figures.loss($0) + (run.bestEpoch.map { ", epoch \($0)" } ?? "") }
            },
            row("best val %") { percent($0.bestValidationAccuracy, $0.validationChance) },
            seeds("val of seeds", \.validationAccuracy),
            row("test %") { percent($0.testAccuracy, $0.testChance) },
            seeds("test of seeds", \.testAccuracy),
            row("test weights", \.testWeightWords),
            row("test errors") { $0.testErrors.map(Figures.grouped) },
            row("last val loss") { figure($0.validationLoss) },
            row("last val %") { $0.validationAccuracy.map { Figures.percent($0, digits: 2) } },
            row("last loss") { figure($0.loss) },
            row("epochs done") { $0.epochs > 0 ? "\($0.epochs)" : nil },
            row("training time") { $0.seconds > 0 ? Figures.duration($0.seconds) : nil },
        ]
        return all.filter { $0.texts.contains { $0 != "–" } }
    }

    /// The selected run first; then the marked ones, or else the newest one of this session, or the next of the table.
    static func compared(_ state: ScreenContext<RunsScreen>) -> [RunRow] {
        guard let selected = state.own.selectedRun, selected.isReadable else { return [] }
        let rows = state.own.rows
        func find(_ key: RunKey) -> RunRow? {
            rows.first { $0.key == key && $0.isReadable } ?? state.shared.unlistedRow(key)
        }
        var others = state.comparison.marked.compactMap { find($0.key) }
        if let newest = state.run.flatMap({ find($0.key) }), !others.contains(newest) { others.append(newest) }
        others.removeAll { $0.key == selected.key }
        if others.isEmpty { others = [rows.first { $0.key != selected.key && $0.isReadable }].compactMap { $0 } }
        return [selected] + others
    }
}
