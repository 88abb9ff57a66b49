import Reports
import TerminalUI
import Training

/// The digits behind an ensemble's figures, in panels side by side below them: what nobody gets right, what the mean loses, and what
/// each run adds. Nothing where there is no room for a line of digits, or the open data set has other images.
struct RunEnsembleDigits {
    /// What the panels lie in.
    let area: Rect
    private let groups: [Group]
    private let answers: [Int: EnsembleReport.Answer]
    private let shared: Shared
    private let data: LoadedData

    private struct Group {
        let title: String
        let short: String
        /// Numbers of the images.
        let rows: [Int]
    }

    /// - Parameters:
    ///   - body: all that the ensemble has.
    ///   - lines: what its figures take of that, from the top.
    init?(_ state: RunEnsembleState, _ shared: Shared, in body: Rect, below lines: Int) {
        guard let report = state.report, let data = shared.data.loaded, Self.hasImages(of: report, data) else {
            return nil
        }
        area = body.splitTop(min(body.height, lines)).rest
        let all =
            [
                Group(title: "all are wrong", short: "all wrong", rows: report.allWrong),
                Group(title: "wrong, though a run is right", short: "mean wrong", rows: report.wrongThoughKnown),
            ]
            + zip(state.ensemble.runs, report.members).map { run, member in
                Group(title: "run \(member.name) adds", short: "run \(run) adds", rows: member.added)
            }
        groups = all.filter { !$0.rows.isEmpty }
        guard area.height >= DigitsGallery.height + 2, area.width >= DigitsGallery.width(of: 1), !groups.isEmpty else {
            return nil
        }
        (answers, self.shared, self.data) = (report.answers, shared, data)
    }

    private static func hasImages(of report: EnsembleReport, _ data: LoadedData) -> Bool {
        let labels = data.dataset.test.labels
        return report.source == .test
            && report.answers.allSatisfy { labels.indices.contains($0.key) && Int(labels[$0.key]) == $0.value.truth }
    }

    func draw(on buffer: inout Buffer) {
        let count = min(groups.count, area.width / DigitsGallery.width(of: 1))
        var rest = area
        for (place, group) in groups.prefix(count).enumerated() {
            let (panel, right) = rest.splitLeft(rest.width / (count - place))
            rest = right
            draw(group, in: panel, on: &buffer)
        }
    }

    private func draw(_ group: Group, in panel: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        let (rows, gallery) = (group.rows, DigitsGallery(panel))
        let shown = rows.prefix(gallery.perPage)
        let whole = shown.count == rows.count ? "\(rows.count)" : "\(shown.count) of \(Figures.grouped(rows.count))"
        let isNarrow = group.title.columns + whole.columns + 10 > panel.width
        let count = isNarrow ? Figures.grouped(rows.count) : whole
        _ = Panel(
            title: isNarrow ? group.short : group.title, detail: [Span(count, theme.style(.dim))],
            footer: [Span(panel.width < 32 ? "true: mean" : "true: predicted by the mean", theme.style(.dim))]
        ).draw(in: panel, on: &buffer, look: shared.look)
        for (number, row) in shown.enumerated() {
            guard let answer = answers[row] else { continue }
            let (place, caption) = gallery.parts(of: gallery.cell(number))
            let image = DigitsView.image(row, .test, data)
            image.draw(in: place, form: data.smallForm, on: &buffer, look: shared.look)
            let isRight = answer.truth == answer.predicted
            let (truth, other) = (theme.style(.title).bold(), theme.style(isRight ? .good : .bad).bold())
            let names = shared.classNames.cut((caption.width - 3) / 2)
            buffer.write(
                [
                    Span(" " + names[answer.truth], truth), Span(": ", theme.style(.dim)),
                    Span(names[answer.predicted], other),
                ], x: caption.x, y: caption.y, maxWidth: caption.width)
        }
    }
}
