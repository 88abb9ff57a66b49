import Foundation
import TerminalUI
import Training

/// How far the right and the wrong predictions are from the border: the probability of the true class minus the greatest
/// other one.
enum MarginsView {
    static func draw(_ state: ScreenContext<ConfusionScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let words = state.evaluation.map { state.shared.measured($0.measuredOn).fitting(area.width - 6) } ?? ""
        let inner = Panel(
            title: "margins", detail: [Span("p(true) − p(next)", theme.style(.dim))],
            footer: words.isEmpty ? [] : [Span(words, theme.style(.dim))]
        ).draw(in: area, on: &buffer, look: state.look)
        guard let evaluation = state.evaluation, let margins = state.pictures?.margins else {
            return buffer.write(paragraph: ConfusionView.emptyText(state.shared), centredIn: inner, theme.style(.dim))
        }
        draw(
            margins, evaluation, state.classNames.noun,
            in: inner.inset(left: 1, right: inner.width > margins.counts.count + 1 ? 1 : 0), on: &buffer,
            look: state.look)
    }

    private static func draw(
        _ margins: MarginHistogram, _ evaluation: Evaluation, _ noun: String, in area: Rect, on buffer: inout Buffer,
        look: Look
    ) {
        let theme = look.theme
        guard area.height >= 3 else { return }
        let counts = fitted(margins.counts, width: area.width)
        let pitch = max(1, area.width / counts.count)
        let left = area.x + (area.width - pitch * counts.count) / 2
        // Nearly all rows are in the last bin: on a linear scale the others would not show.
        let greatest = log(1 + Double(max(1, counts.max() ?? 1)))
        let values = counts.map { $0 > 0 ? log(1 + Double($0)) / greatest : nil }
        let roles = counts.indices.map { 2 * $0 < counts.count ? Theme.Role.bad : .good }
        let words = area.height >= 6 ? 2 : 1
        let plot = Rect(x: left, y: area.y, width: pitch * counts.count, height: area.height - 1 - words)
        BarColumns(values, roles: roles, pitch: pitch).draw(in: plot, on: &buffer, look: look)
        let dim = theme.style(.dim)
        buffer.write("-1", x: plot.x, y: plot.maxY, dim)
        buffer.write("0", x: plot.x + plot.width / 2, y: plot.maxY, dim)
        buffer.write("1", rightAlignedAt: plot.maxX, y: plot.maxY, dim)
        buffer.write("log", rightAlignedAt: plot.maxX - 3, y: plot.maxY, dim)
        let far = evaluation.errors == 0 ? 0 : margins.rows(from: -1, upTo: -0.8)
        let near = margins.rows(from: 0, upTo: 0.2)
        let lines = [
            [
                Span(Figures.grouped(evaluation.errors), theme.style(.bad)),
                Span(" wrong, \(Figures.grouped(far)) below -0.8", dim),
            ],
            [
                Span(Figures.grouped(evaluation.count - evaluation.errors), theme.style(.good)),
                Span(" right, \(Figures.grouped(near)) below 0.2", dim),
            ],
        ]
        for (index, line) in lines.prefix(words).enumerated() {
            buffer.write(line, x: area.x, y: plot.maxY + 1 + index, maxWidth: area.width)
        }
    }

    /// As many bins as have columns, each the sum of the same number of finer ones.
    private static func fitted(_ counts: [Int], width: Int) -> [Int] {
        let each = [1, 2, 4].first { counts.count / $0 <= width } ?? 4
        return stride(from: 0, to: counts.count, by: each).map { counts[$0..<($0 + each)].reduce(0, +) }
    }
}

extension MarginHistogram {
    /// Rows between two margins that are edges of bins.
    func rows(from low: Double, upTo high: Double) -> Int {
        counts.indices.reduce(0) { sum, bin in
            let middle = (edges(ofBin: bin).from + edges(ofBin: bin).upTo) / 2
            return sum + (middle > low && middle < high ? counts[bin] : 0)
        }
    }
}
