import Datasets
import Foundation
import TerminalUI
import Training

/// How often each value of a pixel occurs, on a logarithmic scale, and what that comes to.
enum PixelsView {
    static func draw(_ file: DatasetPart, _ shared: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        let dim = theme.style(.dim)
        let title = "pixels"
        guard let survey = shared.surveyAtHand, let data = shared.data.loaded else {
            let inner = Panel(title: title).draw(in: area, on: &buffer, look: shared.look)
            let text = shared.data.loaded == nil ? shared.loadingText : "looking at all images ..."
            return buffer.write(paragraph: text, centredIn: inner, dim)
        }
        let images = file == .train ? data.dataset.train : data.dataset.test
        let levels = survey[file].levels
        let words = [
            "of all \(Figures.grouped(images.count)) \(file == .train ? "training" : "test") images",
            "\(Figures.grouped(images.count)) images",
        ]
        let inner = Panel(
            title: title,
            detail: [Span(words.first { $0.count <= area.width - 14 } ?? "", dim)].filter { $0.text != "" }
        ).draw(in: area, on: &buffer, look: shared.look).inset(left: 1, right: 1)
        let facts = facts(levels, survey, images, room: inner.width - 8)
        let (plot, below) = inner.splitBottom(min(facts.count, max(0, inner.height - 1)))
        drawHistogram(levels, shared, in: plot, on: &buffer)
        for (row, fact) in facts.prefix(below.height).enumerated() {
            let y = below.y + row
            buffer.write(fact.name, x: below.x, y: y, dim)
            buffer.write(
                fact.value, x: below.x + 8, y: y, theme.style(fact.isWarning ? .warning : .text),
                maxWidth: max(0, below.width - 8))
        }
    }

    typealias Fact = (name: String, value: String, isWarning: Bool)

    /// - Parameter room: columns of a value.
    static func facts(_ levels: PixelLevels, _ survey: DataSurvey, _ images: ImageSet, room: Int) -> [Fact] {
        func fitting(_ forms: [String]) -> String { forms.first { $0.count <= room } ?? forms[forms.count - 1] }
        let equal = survey.equal
        let counts = [equal.withinTrain, equal.withinTest, equal.testInTrain].map(Figures.grouped)
        let twice =
            equal.groups.isEmpty
            ? ["no image is there twice", "no image"]
            : [
                "\(counts[0]) train, \(counts[1]) test, \(counts[2]) both",
                "\(counts[0]), \(counts[1]), both \(counts[2])",
            ]
        let (mean, deviation) = (Figures.decimal(levels.mean), Figures.decimal(levels.deviation))
        let channels = images.shape.channels == 1 ? "" : " × \(images.shape.channels)"
        return [
            (
                "values",
                fitting([
                    "\(levels.least) to \(levels.greatest), mean \(mean) ± \(deviation)",
                    "\(levels.least)–\(levels.greatest), \(mean) ± \(deviation)",
                ]), levels.greatest - levels.least < 128
            ), ("not 0", "\(Figures.percent(levels.ink)) % of \(images.rows) × \(images.columns)\(channels)", false),
            ("twice", fitting(twice), !equal.groups.isEmpty),
        ]
    }

    /// Bars from value 0 at the left to 255 at the right, the height by the logarithm of the number.
    private static func drawHistogram(
        _ levels: PixelLevels, _ shared: Shared, in area: Rect, on buffer: inout Buffer
    ) {
        guard area.width >= 8, area.height > 0 else { return }
        let (plot, axis) = area.height > 1 ? area.splitBottom(1) : (area, .zero)
        let bins = levels.bins(min(128, plot.width))
        let present = bins.filter { $0 > 0 }
        guard let least = present.min().map(log), let most = present.max().map(log) else { return }
        // From the rarest value that occurs to the most frequent one.
        let shares: [Double?] = bins.map { count in
            count == 0 ? nil : most > least ? 0.1 + 0.9 * (log(count) - least) / (most - least) : 1
        }
        BarColumns(shares, roles: bins.map { _ in .probability }).draw(in: plot, on: &buffer, look: shared.look)
        guard !axis.isEmpty else { return }
        let dim = shared.look.theme.style(.dim)
        buffer.write("0", x: axis.x, y: axis.y, dim)
        buffer.write("log scale", centredIn: Rect(x: axis.x, y: axis.y, width: bins.count, height: 1), y: axis.y, dim)
        buffer.write("255", rightAlignedAt: axis.x + bins.count, y: axis.y, dim)
    }
}
