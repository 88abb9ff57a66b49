import Foundation
import TerminalUI
import Training

/// A run as chart series; charts of loss and accuracy differ only in what they read.
struct CurvesModel {
    enum Quantity { case loss, accuracy }

    let run: RunRecord
    let quantity: Quantity
    let look: Look

    private var factor: Double { quantity == .accuracy ? 100 : 1 }

    /// The chart over all epochs so far; its x axis grows with the run by nice numbers.
    func chart(_ state: CurvesState) -> LineChart {
        let (training, validation) = (training, validation)
        var chart = LineChart(series: [envelope, training, validation], xRange: 0...span)
        let values = (training.points + validation.points).map(\.y).filter(\.isFinite)
        chart.yRange = yRange(values, logarithmic: state.logarithmic && quantity == .loss)
        chart.logarithmic = state.logarithmic && quantity == .loss
        chart.cursor = state.cursor.map(Double.init)
        chart.markers = run.markers.map(marker)
        chart.labelsOnBorder = true
        chart.xName = "epoch"
        return chart
    }

    private var envelope: LineChart.Series {
        guard let history = run.snapshot?.history, let perEpoch = run.snapshot?.batchesPerEpoch, perEpoch > 0 else {
            return LineChart.Series(name: "batches", envelope: [], color: look.theme[.train])
        }
        let step = Double(history.stride) / Double(perEpoch)
        let points = history.buckets.enumerated().map { index, bucket in
            let extent = quantity == .loss ? bucket.loss : bucket.accuracy
            let finite = extent.low <= extent.high
            return LineChart.EnvelopePoint(
                x: (Double(index) + 0.5) * step, low: finite ? Double(extent.low) * factor : .nan,
                high: finite ? Double(extent.high) * factor : .nan)
        }
        return LineChart.Series(name: "batches", envelope: points, color: look.theme[.train])
    }

    private var training: LineChart.Series {
        var points = points(quantity == .loss ? .loss : .accuracy)
        if let snapshot = run.snapshot, snapshot.batch > 0, snapshot.epoch == run.history.count {
            let value = quantity == .loss ? snapshot.loss : snapshot.accuracy
            points.append(LineChart.Point(x: snapshot.position, y: value * factor))
        }
        return LineChart.Series(name: "train", points: points, color: look.theme[.train], mark: "o")
    }

    private var validation: LineChart.Series {
        let points = points(quantity == .loss ? .validationLoss : .validationAccuracy)
        return LineChart.Series(
            name: "validation", points: points, color: look.theme[.validation], mark: "x", dashed: true)
    }

    private func points(_ line: EpochHistory.Quantity) -> [LineChart.Point] {
        run.history.points(line).map { LineChart.Point(x: Double($0.epoch), y: $0.value * factor) }
    }

    private func marker(_ marker: RunRecord.Marker) -> LineChart.Marker {
        switch marker.kind {
        case .learningRate(let rate):
            LineChart.Marker(x: marker.position, label: "lr \(Figures.plain(rate))", color: look.theme[.key])
        case .pause: LineChart.Marker(x: marker.position, label: "pause", color: look.theme[.dim])
        case .failure: LineChart.Marker(x: marker.position, label: "NaN", color: look.theme[.bad])
        }
    }

    /// The right end of the x axis: the next nice number of epochs, at most the planned ones until they are passed.
    var span: Double {
        let position = run.snapshot?.position ?? Double(run.history.count)
        let planned = Double(run.spec.training.epochs)
        let ladder: [Double] = [1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 50, 75]
        var scale = 1.0
        while scale * 75 < position { scale *= 10 }
        let nice = ladder.map { $0 * scale }.first { $0 >= position } ?? position
        return position <= planned ? min(nice, max(1, planned)) : nice
    }

    /// From the lines, not from the batches, so that one wild batch does not flatten the rest.
    private func yRange(_ values: [Double], logarithmic: Bool) -> ClosedRange<Double>? {
        guard let low = values.min(), let high = values.max() else {
            return quantity == .accuracy ? 0...100 : nil
        }
        switch quantity {
        case .loss:
            guard !logarithmic else { return nil }
            return 0...Figures.niceCeiling(max(high * 1.1, 1e-6))
        case .accuracy:
            let floor = low > 97.5 ? 96 : low > 92 ? 90 : low > 85 ? 80 : low > 60 ? 50 : 0
            return Double(floor)...100
        }
    }
}
