import Runs
import Specs
import TerminalUI
import Training

/// The runs of the charts, a line each: mark, number, figures at the cursor, and what its spec has of its own.
enum CurvesLegend {
    /// - Parameter first: how many of the runs, the newest first, stand elsewhere.
    static func draw(_ state: ScreenContext<CurvesScreen>, from first: Int, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let runs = Array(state.shownRuns.reversed().dropFirst(first))
        guard area.height >= 2, !runs.isEmpty, let newest = state.curvesRun else { return }
        let columns = columns(area.width)
        for column in columns {
            buffer.write(column.title, rightAlignedAt: area.x + column.end, y: area.y, theme.style(.dim))
        }
        let start = area.x + (columns.last?.end ?? 6) + (area.width < 50 ? 2 : 3)
        buffer.write("spec", x: start, y: area.y, theme.style(.dim), maxWidth: area.maxX - start)
        for (line, run) in runs.prefix(area.height - 1).enumerated() {
            let y = area.y + 1 + line
            let mark = RunMark(slot: state.comparison.slot(of: run.key) ?? 0, state.look)
            let style = Style(foreground: mark.color, background: theme[.background])
            buffer.write("\(mark.symbol) run \(run.number)", x: area.x + 1, y: y, style.bold())
            let reading = state.own.reading(of: run, state.shared)
            for column in columns {
                buffer.write(
                    column.text(run, reading, state.shared), rightAlignedAt: area.x + column.end, y: y,
                    theme.style(run.key == newest.key ? .title : .text))
            }
            let words = run.key == newest.key ? newest.words : differences(run, newest)
            buffer.write(
                words, x: start, y: y, theme.style(run.key == newest.key ? .text : .dim),
                maxWidth: area.maxX - start - 1)
        }
    }

    private static func differences(_ run: ShownRun, _ newest: ShownRun) -> String {
        let fields = SpecDifference.fields([run.line, newest.line])
        let own = fields.map { $0.isPlain ? $0.texts[0] : "\($0.name) \($0.texts[0])" }
        // Figures of other images are the first thing to know.
        let words = (run.dataset == newest.dataset ? [] : ["data \(run.dataset)"]) + own
        return words.isEmpty
            ? (run.changes.isEmpty ? "the same spec" : "the same spec and changes") : words.joined(separator: "  ")
    }

    private struct Column {
        let title: String
        let end: Int
        let text: (ShownRun, CurveReading?, Shared) -> String

        init(_ title: String, end: Int, _ text: @escaping (CurveReading?) -> String) {
            (self.title, self.end, self.text) = (title, end, { _, reading, _ in text(reading) })
        }

        /// How far the best accuracy spreads.
        init(spread title: String, end: Int) {
            (self.title, self.end, self.text) = (title, end, { run, _, shared in RunSpread.ofCurves(run, shared) })
        }
    }

    private static func columns(_ width: Int) -> [Column] {
        if width < 50 {
            return [
                Column("val loss", end: 18) { Figures.loss($0?.validationLoss) },
                Column("val %", end: 25) { Figures.percent($0?.validationAccuracy, digits: 2) },
            ]
        }
        let all: [Column] = [
            Column("epoch", end: 16) { $0.map { "\($0.epoch)" } ?? "–" },
            Column("val loss", end: 26) { Figures.loss($0?.validationLoss) },
            Column("val %", end: 33) { Figures.percent($0?.validationAccuracy, digits: 2) },
            Column("loss", end: 42) { Figures.loss($0?.loss) },
            Column("acc %", end: 49) { Figures.percent($0?.accuracy, digits: 2) },
        ]
        guard width >= 76 else { return Array(all.prefix(3)) }
        return width < 100 ? all : all + [Column(spread: "best val % ± spread", end: 72)]
    }
}

extension ShownRun {
    /// Its line with the hidden layers alone.
    fileprivate var words: String {
        ([spec.shortDescription] + (changes.isEmpty ? [] : [RunLine.text(of: changes)])).joined(separator: " ")
    }
}

extension CurvesScreen {
    /// What a run says where the cursor stands, or at its newest point.
    func reading(of run: ShownRun, _ shared: Shared) -> CurveReading? {
        guard perBatch else { return run.reading(atEpoch: cursor) }
        let unit = shared.curvesRun.map { Double($0.batchesPerEpoch) } ?? 1
        return run.reading(atBatch: cursor.map { $0 * unit })
    }
}
