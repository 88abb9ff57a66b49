import Foundation
import TerminalUI
import Training

/// The runs as chart series; the charts of loss and accuracy differ only in their figures.
struct CurvesModel {
    enum Quantity { case loss, accuracy }

    let run: ShownRun
    let state: ScreenContext<CurvesScreen>
    let quantity: Quantity

    /// - Returns: nil without a run.
    init?(_ state: ScreenContext<CurvesScreen>, _ quantity: Quantity) {
        guard let run = state.curvesRun else { return nil }
        self.run = run
        self.state = state
        self.quantity = quantity
    }

    var look: Look { state.look }
    private var curves: CurvesScreen { state.own }
    private var isLogarithmic: Bool { curves.logarithmic && quantity == .loss }
    private var factor: Double { quantity == .accuracy ? 100 : 1 }
    /// With other runs beside the newest one, each has a single line in its own colour.
    private var compares: Bool { state.shownRuns.count > 1 }

    /// The chart of the visible part; its x axis grows with the run in round numbers.
    func chart() -> LineChart {
        let lines = compares ? state.shownRuns.flatMap(compared) : ownLines
        let series = (compares ? [] : [envelope]) + lines
        var chart = LineChart(series: series, xRange: state.own.range(state.shared))
        chart.yRange = yRange(lines.filter { !$0.faint }, in: chart.xRange)
        chart.logarithmic = isLogarithmic
        chart.cursor = curves.cursor.map { $0 * unit(run) }
        let color = compares ? RunMark(slot: state.comparison.slot(of: run.key) ?? 0, look).color : nil
        chart.markers = CurveMarkers.markers(of: run, unit: unit(run), look.theme, runColor: color)
        chart.labelsOnBorder = true
        chart.xName = curves.perBatch ? "batch" : "epoch"
        if curves.perBatch { chart.xFormat = { Figures.grouped(Int($0.rounded())) } }
        return chart
    }

    /// Steps of the x axis in an epoch of a run.
    private func unit(_ run: ShownRun) -> Double { state.own.unit(of: run) }

    // MARK: - Lines

    private var ownLines: [LineChart.Series] {
        let theme = look.theme
        return smoothed(training(run), name: "train", theme[.train], mark: "o", dashed: false)
            + smoothed(validation(run), name: "validation", theme[.validation], mark: "x", dashed: true)
    }

    /// The one line of a run among others: validation where there is one, and batches where they are asked for.
    private func compared(_ run: ShownRun) -> [LineChart.Series] {
        let mark = RunMark(slot: state.comparison.slot(of: run.key) ?? 0, look)
        let validation = curves.perBatch ? [] : validation(run)
        let points = validation.isEmpty ? training(run) : validation
        var lines = smoothed(points, name: "run \(run.number)", mark.color, mark: mark.mark, dashed: false)
        lines[lines.count - 1].tag = "\(mark.symbol)\(run.number)"
        lines[lines.count - 1].symbol = mark.symbol
        return lines
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
        // The first batches of an epoch are not representative of it: the average would count them as a whole epoch.
        if let snapshot = run.snapshot, snapshot.batch > 0, snapshot.epoch == run.history.count,
            !curves.smoothing.isOn
        {
            let value = quantity == .loss ? snapshot.loss : snapshot.accuracy
            points.append(LineChart.Point(x: snapshot.position, y: value * factor))
        }
        return points
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
        let unit = unit(run)
        guard curves.smoothing.isOn else {
            return run.history.points(line).map { LineChart.Point(x: Double($0.epoch) * unit, y: $0.value * factor) }
        }
        return run.history.buckets.compactMap { bucket in
            line.value(of: bucket.figures).map {
                LineChart.Point(x: Double(bucket.figures.epoch) * unit, y: $0 * factor)
            }
        }
    }

    /// The least and the greatest of the batches, behind all lines.
    private var envelope: LineChart.Series {
        guard let history = run.snapshot?.history else {
            return LineChart.Series(name: "batches", envelope: [], color: look.theme[.train])
        }
        let step = Double(history.stride) / Double(run.batchesPerEpoch) * unit(run)
        let points = history.buckets.enumerated().map { index, bucket in
            let extent = quantity == .loss ? bucket.loss : bucket.accuracy
            let range = extent.range
            return LineChart.EnvelopePoint(
                x: (Double(index) + 0.5) * step, low: range.map { $0.lowerBound * factor } ?? .nan,
                high: range.map { $0.upperBound * factor } ?? .nan)
        }
        return LineChart.Series(name: "batches", envelope: points, color: look.theme[.train])
    }

    // MARK: - The y axis

    /// From the lines, not from the batches, so that one extreme batch does not flatten the rest. In a window from its
    /// own values, so that small differences are visible.
    private func yRange(_ lines: [LineChart.Series], in range: ClosedRange<Double>) -> ClosedRange<Double>? {
        let values = lines.flatMap(\.points).filter { range.contains($0.x) && $0.y.isFinite }.map(\.y).sorted()
        guard var low = values.first, var high = values.last else { return quantity == .accuracy ? 0...100 : nil }
        if curves.perBatch {
            // The very first batches would flatten all that follow; they continue to the edge.
            let beyond = values.count / 30
            if quantity == .loss { high = values[values.count - 1 - beyond] } else { low = values[beyond] }
        }
        if isLogarithmic { return nil }
        if curves.window != nil || curves.perBatch, high > low {
            let margin = (high - low) * 0.06
            let top = quantity == .accuracy ? min(100, high + margin) : high + margin
            return max(min(low, 0), low - margin)...top
        }
        switch quantity {
        case .loss: return 0...Figures.niceCeiling(max(high * 1.1, 1e-6))
        case .accuracy:
            let floor =
                low > 97.5 ? 96 : low > 92 ? 90 : low > 85 ? 80 : low > 60 ? 50 : low > 45 ? 40 : low > 25 ? 20 : 0
            return Double(floor)...100
        }
    }
}
