import Runs
import Specs
import TerminalUI
import Training

/// The fields of the specs that differ between the selected run and the marked ones, or else the newest one.
enum RunDifferenceView {
    static func draw(_ state: ScreenContext<RunsScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let runs = compared(state)
        let names = 13
        let room = area.width - 2 - names
        let fitting = min(runs.count, max(1, room / leastWidth))
        let inner = Panel(title: "what differs", detail: detail(runs.count, fitting, theme)).draw(
            in: area, on: &buffer, look: state.look)
        guard inner.height > 0, inner.width > 20 else { return }
        guard runs.count > 1 else {
            let text = "train again after an edit to see it here"
            return buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
        }
        let width = min(26, max(leastWidth, room / fitting))
        let shown = Array(runs.prefix(fitting))
        for (index, run) in shown.enumerated() {
            drawHeading(run, state, x: inner.x + names + index * width, y: inner.y, width: width, on: &buffer)
        }
        var fields = differences(shown)
        if fields.isEmpty { fields = [SpecDifference(name: "line", texts: shown.map { _ in "the same" })] }
        for (line, field) in (fields + figures(shown)).prefix(inner.height - 1).enumerated() {
            let y = inner.y + 1 + line
            let isFigure = line >= fields.count
            buffer.write(field.name, x: inner.x + 1, y: y, theme.style(.dim), maxWidth: names - 2)
            for (index, text) in field.texts.enumerated() {
                buffer.write(
                    text, x: inner.x + names + index * width, y: y, theme.style(isFigure ? .text : .title),
                    maxWidth: width - 2)
            }
        }
    }

    /// Columns of a run, with the air to the next.
    private static let leastWidth = 14

    private static func detail(_ runs: Int, _ shown: Int, _ theme: Theme) -> [Span] {
        guard runs > 1 else { return [] }
        guard shown < runs else { return [Span("only what is not the same", theme.style(.dim))] }
        return [Span("\(shown) of \(runs)", theme.style(.text)), Span(" runs", theme.style(.dim))]
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

    /// The differences; or the line that this program can't read.
    static func differences(_ runs: [RunRow]) -> [SpecDifference] {
        do throws(SpecError) {
            return try SpecDifference.fields(runs.map(\.summary))
        } catch {
            let texts = runs.map { (try? $0.summary.line()) == nil ? "can't be read" : "–" }
            return [SpecDifference(name: "line", texts: texts)]
        }
    }

    /// The results, in the same columns.
    private static func figures(_ runs: [RunRow]) -> [SpecDifference] {
        [
            SpecDifference(name: "val loss", texts: runs.map { Figures.loss($0.summary.bestValidationLoss) }),
            SpecDifference(
                name: "test %", texts: runs.map { Figures.percent($0.summary.testAccuracy, digits: 2) }),
        ]
    }

    /// The selected run first; then the marked ones, or else the newest one of this session, or the next of the table.
    static func compared(_ state: ScreenContext<RunsScreen>) -> [RunRow] {
        guard let selected = state.own.selectedRun, selected.spec != nil else { return [] }
        let rows = state.own.rows
        func find(_ key: RunKey) -> RunRow? {
            rows.first { $0.key == key && $0.spec != nil } ?? state.shared.unlistedRow(key)
        }
        var others = state.comparison.marked.compactMap { find($0.key) }
        if let newest = state.run.flatMap({ find($0.key) }), !others.contains(newest) { others.append(newest) }
        others.removeAll { $0.key == selected.key }
        if others.isEmpty { others = [rows.first { $0.key != selected.key && $0.spec != nil }].compactMap { $0 } }
        return [selected] + others
    }
}
