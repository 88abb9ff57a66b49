import Foundation
import TerminalUI
import Training

/// A chart before the first run: its axes, the level of chance, the newest saved run faintly, and how training starts.
enum EmptyChartView {
    static func draw(
        _ quantity: CurvesModel.Quantity, _ shared: Shared, hasXLabels: Bool, in area: Rect, on buffer: inout Buffer
    ) {
        guard !area.isEmpty else { return }
        let epochs = shared.composer.spec.training.epochs
        let classes = Double(max(2, shared.data.loaded?.dataset.classes ?? 10))
        let previous = previous(quantity, shared)
        let length = max(1, epochs, Int(previous.flatMap(\.points).map(\.x).max() ?? 1))
        var chart = LineChart(series: previous, xRange: 0...Double(length))
        chart.labelsOnBorder = true
        chart.hasXLabels = hasXLabels
        chart.xName = "epoch"
        chart.leastXStep = 1
        if area.width >= 48 { chart.leastLabel = 5 }
        switch quantity {
        case .loss:
            let chance = log(classes)
            chart.yRange = 0...(chance * 1.1)
            chart.yLimits = 0 ... .infinity
            chart.levels = [LineChart.Level(y: chance, label: "\(FixedNumber.fixed(chance, decimals: 2)) by chance")]
        case .accuracy:
            let chance = 100 / classes
            (chart.yRange, chart.yLimits) = (0...100, 0...100)
            chart.levels = [
                LineChart.Level(y: chance, label: "\(FixedNumber.fixed(chance, decimals: 0)) % by chance")
            ]
        }
        chart.draw(in: area, on: &buffer, look: shared.look)
        guard quantity == .loss else { return }
        invite(shared, epochs, in: chart.plot(in: area), on: &buffer)
    }

    /// Both lines of the newest saved run, whose number stands at the end of one.
    private static func previous(_ quantity: CurvesModel.Quantity, _ shared: Shared) -> [LineChart.Series] {
        guard let run = shared.previousRun.flatMap({ shared.savedRuns.histories[$0]?.record }) else { return [] }
        let lines: [EpochHistory.Quantity] =
            quantity == .loss ? [.loss, .validationLoss] : [.accuracy, .validationAccuracy]
        var series = lines.map { line in
            let points = run.history.points(line).map { point in
                LineChart.Point(x: Double(point.epoch), y: quantity == .loss ? point.value : point.value * 100)
            }
            var series = LineChart.Series(name: "before", points: points, color: shared.look.theme[.dim], mark: ".")
            series.faint = true
            return series
        }.filter { !$0.points.isEmpty }
        if !series.isEmpty { series[series.count - 1].tag = "run \(run.number)" }
        return series
    }

    /// The one thing to do next, in the middle.
    private static func invite(_ shared: Shared, _ epochs: Int, in plot: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        let dim = theme.style(.dim)
        let y = plot.y + plot.height / 2
        guard shared.data.loaded != nil else {
            return buffer.write(shared.loadingText, centredIn: plot, y: y, dim)
        }
        // Blanks at both ends keep the lines of the saved run away from the words.
        var words = [
            Span("press ", dim), Span(shared.key(.train), theme.style(.key).bold()),
            Span(" to train", theme.style(.text)),
        ]
        if words.width + 2 <= plot.width { words = [Span(" ", dim)] + words + [Span(" ", dim)] }
        buffer.write(words, x: plot.x + max(0, plot.width - words.width) / 2, y: y, maxWidth: plot.width)
        guard let time = shared.epochTime, plot.height >= 5 else { return }
        let all = time.seconds * Double(epochs)
        let length = all < 0.1 ? "less than 0.1 s" : "about \(Figures.duration(all))"
        var text = "\(length) for \(epochs) epoch\(epochs == 1 ? "" : "s")"
        if text.columns + 2 <= plot.width { text = " \(text) " }
        buffer.write(text, centredIn: plot, y: y + 1, dim)
    }
}
