import Foundation
import TerminalUI
import Training

/// The ROC curve, or the precision-recall curve, of the true class of the selected cell against all others.
enum RankCurvesView {
    enum Kind { case roc, precisionRecall }

    static func draw(_ kind: Kind, _ state: ScreenContext<ConfusionScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let label = state.own.cell(state.shared).row
        let curves = state.pictures?.curves(of: label)
        let (name, number) = (state.classNames.title(label), "\(label)")
        let titles =
            kind == .roc
            ? ["ROC of \(name)", "ROC of \(number)"]
            : ["precision, recall of \(name)", "prec., recall of \(name)", "prec., recall of \(number)"]
        let title = titles.first { $0.columns + 6 <= area.width } ?? titles[titles.count - 1]
        let figure = curves.map {
            kind == .roc ? "area \(Figures.area($0.area))" : "mean \(Figures.area($0.averagePrecision))"
        }
        let words = state.evaluation.map { state.shared.measured($0.measuredOn).fitting(area.width - 6) } ?? ""
        let inner = Panel(
            title: title, detail: figure.map { [Span($0, theme.style(.text))] } ?? [],
            footer: words.isEmpty ? [] : [Span(words, theme.style(.dim))]
        ).draw(in: area, on: &buffer, look: state.look)
        guard let curves else {
            let text =
                state.evaluation == nil
                ? ConfusionView.emptyText(state.shared) : "there is no curve of \(state.classNames.title(label))"
            return buffer.write(paragraph: text, centredIn: inner, theme.style(.dim))
        }
        let plot = kind == .roc ? roc(curves) : precisionRecall(curves)
        plot.draw(in: inner.inset(left: 1, right: 1), on: &buffer, look: state.look)
    }

    /// False positives on a logarithmic axis: a network that tells digits apart has its whole curve below 1 %.
    static func roc(_ curves: RankCurves) -> DotPlot {
        let least = 1e-4
        func x(_ share: Double) -> Double { log10(max(least, share)) }
        let points = [(x: x(0), y: 0.0)] + steps(curves.points.map { (x: x($0.falsePositives), y: $0.recall) })
        let chance = stride(from: -4.0, through: 0, by: 0.1).map { (x: $0, y: pow(10, $0)) }
        return DotPlot(
            lines: [
                DotPlot.Line(chance, role: .border, mark: "."), DotPlot.Line(points, role: .validation, mark: "*"),
            ], xRange: -4...0, yRange: 0...1,
            xLabels: ("0.01 %", "false pos., log", "100 %"), yLabels: ("0", "recall"))
    }

    /// Precision by recall, from the surest predictions on.
    static func precisionRecall(_ curves: RankCurves) -> DotPlot {
        let points = curves.points.map { (x: $0.recall, y: $0.precision) }
        return DotPlot(
            lines: [DotPlot.Line([(x: 0, y: points.first?.y ?? 1)] + points, role: .validation, mark: "*")],
            xRange: 0...1, yRange: 0...1, xLabels: ("0", "recall", "1"), yLabels: ("0", "prec."))
    }

    /// At each share of false positives the curve rises before it goes on to the right.
    private static func steps(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
        var steps: [(x: Double, y: Double)] = []
        for point in points {
            if let last = steps.last, last.x != point.x, last.y != point.y { steps.append((x: point.x, y: last.y)) }
            steps.append(point)
        }
        return steps
    }
}
