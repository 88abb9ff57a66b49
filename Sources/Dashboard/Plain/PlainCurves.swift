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
        if !state.own.perBatch { lines += changes(reading, run) }
        if let best = run.bestEpoch, let figures = run.history.figures(at: best) {
            let loss = figures.validationLoss.map { ", validation loss \(PlainText.loss($0))" } ?? ""
            lines.append(PlainLine("best epoch", "\(best)\(loss)"))
        }
        lines += run.markers.map { marker in
            PlainLine("at epoch \(FixedNumber.fixed(marker.position, decimals: 2))", words(marker.kind))
        }
        for other in state.shownRuns where other.key != run.key {
            let reading = state.own.reading(of: other, state.shared)
            lines.append(
                PlainLine(
                    "run \(other.number)",
                    "validation loss \(PlainText.loss(reading?.validationLoss)), validation accuracy "
                        + "\(PlainText.percent(reading?.validationAccuracy)), \(other.spec.shortDescription)"))
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

    private static func words(_ kind: ShownRun.Marker.Kind) -> String {
        switch kind {
        case .setting(let setting): setting.phrase
        case .learningRate(let rate): "learning rate reduced to \(Figures.plain(rate))"
        case .pause: "paused"
        case .steps(let count): count == 1 ? "1 single batch" : "\(count) single batches"
        case .diverged: "diverged"
        case .failure: "the loss was not a number"
        case .stoppedEarly: "stopped early"
        case .weightsReplaced(.best(let epoch)): "weights of epoch \(epoch) put back"
        case .weightsReplaced(.average): "weights averaged"
        case .unsaved(let epochs): "could not be saved for \(epochs == 1 ? "1 epoch" : "\(epochs) epochs")"
        }
    }
}
