import TerminalUI
import Training

/// The figures at the value cursor, the run's events, and the runs beside it.
enum PlainCurves {
    static func lines(_ state: ScreenContext<CurvesScreen>) -> [PlainLine] {
        guard let run = state.curvesRun else {
            return [PlainLine("curves", "none before the first run", isSelected: true)]
        }
        guard let reading = state.own.reading(of: run, state.shared) else {
            return [PlainLine("curves", "none before the first epoch", isSelected: true)]
        }
        var lines = [PlainLine("cursor", place(reading, state), isSelected: true)]
        lines += figures(reading)
        lines += gap(reading)
        if !state.own.perBatch { lines += gradient(reading, run) }
        if !state.own.perBatch { lines += changes(reading, run) }
        if let best = run.bestEpoch, let figures = run.history.figures(at: best) {
            let loss = figures.validationLoss.map { ", validation loss \(PlainText.loss($0))" } ?? ""
            lines.append(PlainLine("best epoch", "\(best)\(loss)"))
        }
        lines += run.markers.map { marker in
            PlainLine("at epoch \(FixedNumber.fixed(marker.position, decimals: 2))", words(marker.kind))
        }
        lines += chart(state, run, reading)
        for other in state.shownRuns where other.key != run.key {
            let reading = state.own.reading(of: other, state.shared)
            let data = other.dataset == run.dataset ? "" : ", data \(other.dataset)"
            lines.append(
                PlainLine(
                    "run \(other.number)",
                    "validation loss \(PlainText.loss(reading?.validationLoss)), validation accuracy "
                        + "\(PlainText.percent(reading?.validationAccuracy))\(data), \(other.spec.shortDescription)"))
        }
        return lines
    }

    private static func place(_ reading: CurveReading, _ state: ScreenContext<CurvesScreen>) -> String {
        let batch = reading.batch.map { ", batch \($0.done) of \($0.of)" } ?? ""
        return "epoch \(reading.epoch)\(batch)" + (state.own.cursor == nil ? ", the newest" : "")
    }

    private static func figures(_ reading: CurveReading) -> [PlainLine] {
        var lines = [
            PlainLine("training loss", PlainText.loss(reading.loss) + range(reading.losses)),
            PlainLine("validation loss", PlainText.loss(reading.validationLoss)),
            PlainLine("training accuracy", PlainText.percent(reading.accuracy)),
            PlainLine("validation accuracy", PlainText.percent(reading.validationAccuracy)),
        ]
        if let rate = reading.learningRate { lines.append(PlainLine("learning rate", Figures.plain(rate))) }
        if let seconds = reading.seconds { lines.append(PlainLine("time", Figures.duration(seconds))) }
        return lines
    }

    /// How much worse the validation rows are than the training rows.
    private static func gap(_ reading: CurveReading) -> [PlainLine] {
        guard let gap = reading.gap else { return [] }
        return [PlainLine("gap", "\(PlainText.loss(gap)), validation loss less training loss")]
    }

    /// The norm of the gradient by all weights at the epoch's end, where it was recorded.
    private static func gradient(_ reading: CurveReading, _ run: ShownRun) -> [PlainLine] {
        guard let norm = run.history.figures(at: reading.epoch)?.gradientNorm else { return [] }
        return [PlainLine("gradient norm", "\(PlainText.figure(norm)), last rows of the epoch")]
    }

    private static func range(_ losses: ClosedRange<Double>?) -> String {
        losses.map { ", batches from \(PlainText.loss($0.lowerBound)) to \(PlainText.loss($0.upperBound))" } ?? ""
    }

    /// Compared with the stored epoch before it.
    private static func changes(_ reading: CurveReading, _ run: ShownRun) -> [PlainLine] {
        guard reading.epoch > 1, let before = run.epochs.last(where: { $0.epoch < reading.epoch }),
            let old = before.validationLoss, let new = reading.validationLoss, old.isFinite, new.isFinite
        else { return [] }
        let words =
            new == old ? "the same" : "\(new < old ? "down" : "up") \(FixedNumber.fixed(abs(new - old), decimals: 4))"
        return [PlainLine("validation loss since epoch \(before.epoch)", words)]
    }

    /// What the chart shows beside the figures: its axes, the batches behind its lines, and runs that it leaves out.
    private static func chart(
        _ state: ScreenContext<CurvesScreen>, _ run: ShownRun, _ reading: CurveReading
    ) -> [PlainLine] {
        let time = state.own.countsWallTime(state.shared) ? "time without pauses" : "time of training"
        let axis = "x by \(state.own.axis == .time ? time : state.own.axis.name)"
        let range = state.own.epochs(state.shared)
        let ends = [range.lowerBound, range.upperBound].map { FixedNumber.fixed($0, decimals: $0 < 20 ? 1 : 0) }
        let window = state.own.window == nil ? "all of the run" : "epochs \(ends[0]) to \(ends[1])"
        var scale = "linear"
        if state.own.isLogarithmic(.loss, state.shared) {
            scale = "logarithmic" + (state.own.logarithmic ? "" : ", as the run has diverged")
        }
        var lines = [PlainLine("axes", "\(axis), \(window); loss \(scale)")]
        if state.own.smoothing.isOn {
            lines.append(PlainLine("smoothing", Figures.plain(state.own.smoothing.weight)))
        }
        guard state.shownRuns.count > 1 else { return lines + band(state, run, reading) }
        for (quantity, name) in [(CurvesModel.Quantity.loss, "loss"), (.accuracy, "accuracy")] {
            let outside = CurvesModel(state, quantity)?.outliers?.outside ?? []
            let runs = outside.map { outlier in
                let value = quantity == .loss ? PlainText.loss(outlier.value) : PlainText.percent(outlier.value)
                return "run \(outlier.number) at \(value)"
            }
            guard !runs.isEmpty else { continue }
            let key = state.shared.key(.outliers)
            lines.append(
                PlainLine("outside of the \(name) chart", "\(runs.joined(separator: ", ")); \(key) brings them in"))
        }
        if let beyond = state.own.beyond(state.shared) {
            lines.append(PlainLine("beyond the axis", "run \(beyond.run) ends at epoch \(beyond.epoch)"))
        }
        return lines
    }

    /// The quartiles of the losses of the batches in the epoch at hand.
    private static func band(
        _ state: ScreenContext<CurvesScreen>, _ run: ShownRun, _ reading: CurveReading
    ) -> [PlainLine] {
        guard state.own.band != .none, let samples = run.snapshot?.history.samples else { return [] }
        let batches = ((reading.epoch - 1) * run.batchesPerEpoch + 1)...(reading.epoch * run.batchesPerEpoch)
        let losses = samples.losses.indices.filter { batches.contains(samples.batches(at: $0)) }.map {
            samples.losses[$0]
        }
        guard let half = LineChart.quartiles(losses) else { return [] }
        var words = "half of the losses from \(PlainText.loss(half.lowerBound)) to \(PlainText.loss(half.upperBound))"
        if state.own.band == .all, let least = losses.min(), let most = losses.max() {
            words += ", all from \(PlainText.loss(Double(least))) to \(PlainText.loss(Double(most)))"
        }
        return [PlainLine("batches of epoch \(reading.epoch)", words)]
    }

    private static func words(_ kind: ShownRun.Marker.Kind) -> String {
        switch kind {
        case .setting(let setting): setting.phrase
        case .learningRate(let rate): "learning rate reduced to \(Figures.plain(rate))"
        case .pause: "paused"
        case .steps(let count): count == 1 ? "1 single batch" : "\(count) single batches"
        case .diverged: "diverged"
        case .failure: "the loss was not a number"
        case .stoppedEarly: "stopped early"
        case .weightsReplaced(.best(let epoch)): "weights of epoch \(epoch) restored"
        case .weightsReplaced(.average): "weights averaged"
        case .unsaved(let epochs): "could not be saved for \(epochs == 1 ? "1 epoch" : "\(epochs) epochs")"
        }
    }
}
