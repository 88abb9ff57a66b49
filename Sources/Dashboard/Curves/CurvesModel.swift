import Foundation
import TerminalUI
import Training

/// The runs as chart series; the charts of loss and accuracy differ only in their figures.
struct CurvesModel {
    enum Quantity { case loss, accuracy }

    let run: ShownRun
    let state: ScreenContext<CurvesScreen>
    let quantity: Quantity
    /// The compared runs that are left out.
    let outliers: CurveOutliers?
    /// Seconds that an axis of time counts by.
    let timeUnit: Double
    /// Whether an axis of time counts all that passed.
    let isWall: Bool
    private let ownPlaces: CurvePlaces

    /// - Returns: nil without a run.
    init?(_ state: ScreenContext<CurvesScreen>, _ quantity: Quantity) {
        guard let run = state.curvesRun else { return nil }
        self.run = run
        self.state = state
        self.quantity = quantity
        timeUnit = state.own.timeUnit(state.shared)
        isWall = state.own.countsWallTime(state.shared)
        ownPlaces = CurvePlaces(run, state.own.axis, timeUnit: timeUnit, isWall: isWall)
        outliers =
            state.shownRuns.count > 1 && !state.own.showsOutliers ? CurvesModel.outliers(state, quantity) : nil
    }

    var look: Look { state.look }
    var curves: CurvesScreen { state.own }
    /// A run that has diverged has a logarithmic axis by itself: all that follows the greatest loss would be flat.
    var isLogarithmic: Bool { state.own.isLogarithmic(quantity, state.shared) }
    var factor: Double { quantity == .accuracy ? 100 : 1 }
    /// With other runs beside the newest one, each has a single line in its own colour.
    var compares: Bool { state.shownRuns.count > 1 }

    /// The chart of the visible part; its x axis grows with the run in round numbers.
    func chart() -> LineChart {
        let shown = state.shownRuns.filter { outliers?.contains($0) != true }
        let lines = compares ? shown.flatMap(compared) : ownLines
        let series = (compares ? [] : bands()) + lines
        var chart = LineChart(series: series, xRange: state.own.range(state.shared))
        chart.yRange = yRange(lines, in: chart.xRange)
        chart.yLimits = quantity == .accuracy ? 0...100 : 0 ... .infinity
        chart.logarithmic = isLogarithmic
        chart.cursor = curves.cursor.map { places(run).place($0) }
        let color = compares ? RunMark(slot: state.comparison.slot(of: run.key) ?? 0, look).color : nil
        chart.markers = CurveMarkers.markers(of: run, places: places(run), look.theme, runColor: color)
        chart.labelsOnBorder = true
        switch curves.axis {
        case .epochs:
            chart.xName = "epoch"
            chart.leastXStep = 1
        case .steps:
            chart.xName = "batch"
            chart.leastXStep = 1
            chart.xFormat = { Figures.grouped(Int($0.rounded())) }
        case .time:
            chart.xName = (timeUnit == 1 ? "s" : timeUnit == 60 ? "min" : "h") + (isWall ? "" : " of training")
        }
        if let beyond = state.own.beyond(state.shared) {
            chart.xNote = "run \(beyond.run) ends at \(Figures.grouped(beyond.epoch)) →"
        }
        return chart
    }

    func places(_ run: ShownRun) -> CurvePlaces {
        run.key == self.run.key ? ownPlaces : CurvePlaces(run, curves.axis, timeUnit: timeUnit, isWall: isWall)
    }

    // MARK: - Lines

    private var ownLines: [LineChart.Series] {
        let theme = look.theme
        return smoothed(training(run), name: "train", theme[.train], mark: "o", dashed: false)
            + smoothed(validation(run), name: "validation", theme[.validation], mark: "x", dashed: true)
    }

    /// The one line of a run among others: validation where there is one, and batches where they are asked for.
    private func compared(_ run: ShownRun) -> [LineChart.Series] {
        let mark = RunMark(slot: state.comparison.slot(of: run.key) ?? 0, look)
        var lines = smoothed(comparedPoints(run), name: "run \(run.number)", mark.color, mark: mark.mark, dashed: false)
        let digits = state.shownRuns.map { "\($0.number)".count }.max() ?? 1
        let number = String(repeating: " ", count: digits - "\(run.number)".count) + "\(run.number)"
        // The figure is the one at the end that is seen.
        let end = state.own.range(state.shared).upperBound
        let last = lines.last?.points.last { $0.x <= end + 1e-9 }
        lines[lines.count - 1].tag = "\(mark.symbol) \(number) " + text(last?.y)
        lines[lines.count - 1].symbol = mark.symbol
        return lines
    }

    private func comparedPoints(_ run: ShownRun) -> [LineChart.Point] {
        let validation = curves.perBatch ? [] : validation(run)
        return validation.isEmpty ? training(run) : validation
    }

    private static func outliers(_ state: ScreenContext<CurvesScreen>, _ quantity: Quantity) -> CurveOutliers {
        let name: (EpochHistory.Quantity, EpochHistory.Quantity) =
            quantity == .loss ? (.validationLoss, .loss) : (.validationAccuracy, .accuracy)
        let ends = state.shownRuns.compactMap { run in
            run.history.last.flatMap { last in
                (name.0.value(of: last) ?? name.1.value(of: last)).map { (run: run, value: $0) }
            }
        }
        return quantity == .loss
            ? CurveOutliers(ends, least: 0) { $0 } : CurveOutliers(ends, least: 0.2) { 1 - $0 }
    }

    /// A line, and the values that it was smoothed from behind it.
    private func smoothed(
        _ points: [LineChart.Point], name: String, _ color: Color, mark: Unicode.Scalar, dashed: Bool
    ) -> [LineChart.Series] {
        let line = LineChart.Series(
            name: name, points: curves.smoothing.applied(to: points), color: color, mark: mark, dashed: dashed)
        // Merged batches have their band behind the line; raw values of many runs would hide each other.
        let hasBand = name == "train" && curves.perBatch && run.batchStride > 1
        guard curves.smoothing.isOn, !hasBand, !compares || name == "run \(run.number)" else { return [line] }
        var raw = LineChart.Series(name: "\(name), raw", points: points, color: color, mark: ".")
        raw.faint = true
        return [raw, line]
    }

    private func training(_ run: ShownRun) -> [LineChart.Point] {
        if curves.perBatch { return batches(run) }
        var points = points(quantity == .loss ? .loss : .accuracy, run)
        if let live = livePoint(run) { points.append(live) }
        return points
    }

    /// The epoch under way. Its first batches are not representative of it: an average would count them as a whole
    /// epoch.
    func livePoint(_ run: ShownRun) -> LineChart.Point? {
        guard let snapshot = run.snapshot, snapshot.batch > 0, snapshot.epoch == run.history.count,
            !curves.smoothing.isOn, !curves.perBatch
        else { return nil }
        let value = quantity == .loss ? snapshot.loss : snapshot.accuracy
        return LineChart.Point(x: places(run).place(snapshot.position), y: value * factor)
    }

    private func validation(_ run: ShownRun) -> [LineChart.Point] {
        points(quantity == .loss ? .validationLoss : .validationAccuracy, run)
    }

    /// Means of the batches, over an axis of batches.
    private func batches(_ run: ShownRun) -> [LineChart.Point] {
        guard let history = run.snapshot?.history else { return [] }
        return history.buckets.enumerated().map { index, bucket in
            let extent = quantity == .loss ? bucket.loss : bucket.accuracy
            let x = Double(index * history.stride + bucket.count)
            return LineChart.Point(x: x, y: extent.mean(bucket.count) * factor)
        }
    }

    /// A line through every extreme; what is smoothed takes one value from each place instead.
    private func points(_ line: EpochHistory.Quantity, _ run: ShownRun) -> [LineChart.Point] {
        let places = places(run)
        guard curves.smoothing.isOn else {
            return run.history.points(line).map {
                LineChart.Point(x: places.place(Double($0.epoch)), y: $0.value * factor)
            }
        }
        return run.history.buckets.compactMap { bucket in
            line.value(of: bucket.figures).map {
                LineChart.Point(x: places.place(Double(bucket.figures.epoch)), y: $0 * factor)
            }
        }
    }

    // MARK: - Figures

    /// A value of the chart in six columns.
    func text(_ value: Double?) -> String {
        quantity == .loss
            ? Figures.loss(value).padded(to: 6) : Figures.percent(value.map { $0 / 100 }, digits: 2).padded(to: 6)
    }
}

extension String {
    /// With blanks before it, so that what stands beside it does not move.
    func padded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
