import Datasets
import Networks
import Reports
import Specs
import Training

/// A run without the dashboard, on the caller's thread.
struct HeadlessRun {
    /// The run's line; for a resumed run as it was started.
    let line: RunLine
    let dataset: Dataset
    let threads: Int
    let progress: Progress.Style
    /// The CSV log, which gets a line for each finished epoch.
    var log: CSVFile?
    /// TensorBoard's files, which get every epoch and the end.
    var tensorBoard: TensorBoardFiles?
    /// Records the run, and has the state to resume from.
    var recorded: RecordedRun?
    /// Gives what its line names, where it begins anew.
    var named: WeightFinder?

    private var spec: ExperimentSpec { line.spec }

    /// The result; with `failure` if the run did not reach the end of its line.
    struct Outcome {
        let line: RunLine
        let report: RunReport
        let tensors: [Tensor]
        /// Figures of the test set; nil for a network that diverged, which is not tested.
        let test: Evaluation?
        let failure: CommandFailure?
        /// Why the log is incomplete.
        let logFailure: CommandFailure?
    }

    /// Trains to the run's end, to Ctrl-C, or until the loss becomes NaN or infinite.
    ///
    /// - Throws: `CommandFailure` if the run can't start.
    func train() throws(CommandFailure) -> Outcome {
        let host = HeadlessHost(
            epochs: recorded?.resumption?.epochs ?? [],
            progress: Progress(style: progress, epochs: recorded?.resumption?.plannedEpochs ?? spec.training.epochs),
            log: log, tensorBoard: tensorBoard, recorder: recorded?.recorder)
        var driver: RunDriver
        do throws(TrainingError) {
            driver = try RunDriver(spec: spec, dataset: dataset, threads: threads, start: start, host: host)
        } catch {
            throw CommandFailure(error)
        }
        let trainer = driver.trainer
        introduce(trainer, host.progress)
        Interrupt.watch()
        driver.run()
        host.end()
        tensorBoard?.runEnded(
            test: host.test, images: dataset.test, epochs: host.epochs.count, isWhole: host.failure == nil)
        let line = RunLine(spec: spec, changes: host.changes(before: recorded?.resumption))
        return Outcome(
            line: line, report: report(trainer, line, host), tensors: trainer.network.tensors(), test: host.test,
            failure: failure(host), logFailure: host.logFailure)
    }

    private var start: RunStart {
        if let recorded, let resumption = recorded.resumption { return resumption.start(recorder: recorded.recorder) }
        return RunStart(changes: line.changes, recorder: recorded?.recorder, weights: named)
    }

    private func introduce(_ trainer: Trainer, _ progress: Progress) {
        progress.say("\(line)")
        progress.say(
            "\(FigureText.grouped(spec.network.parameterCount)) parameters; \(dataset.name): "
                + "\(FigureText.grouped(trainer.split.training.count)) images to train on, "
                + "\(FigureText.grouped(trainer.split.validation.count)) to validate, "
                + "\(FigureText.grouped(dataset.test.count)) to test; threads: \(threads)")
        let counts = ClassCounts(trainer.split, dataset)
        if let trained = FigureText.span(counts.training) {
            let heldOut = trainer.split.validation.isEmpty ? nil : FigureText.span(counts.validation)
            progress.say("of each class \(trained) to train on" + (heldOut.map { ", \($0) to validate" } ?? ""))
        }
        if let recorded { progress.say(startLine(recorded, trainer)) }
        if let digest = spec.training.from, named != nil { progress.say("begins with the saved weights \(digest)") }
        if let digest = spec.training.distillation.teacher { progress.say("learns from the saved weights \(digest)") }
        if let tensorBoard { progress.say("for TensorBoard: \(tensorBoard.path)") }
    }

    private func startLine(_ recorded: RecordedRun, _ trainer: Trainer) -> String {
        guard recorded.resumption != nil else {
            return recorded.store.isDetached
                ? "to be saved in \(recorded.store.path)" : "run \(recorded.run), saved in \(recorded.store.path)"
        }
        let place = trainer.batch == 0 ? "" : ", batch \(trainer.batch) of \(trainer.batchesPerEpoch)"
        return "run \(recorded.run) is resumed from epoch \(trainer.epoch)\(place)"
    }

    private func failure(_ host: HeadlessHost) -> CommandFailure? {
        if let failure = host.failure { return CommandFailure(failure) }
        return host.wasInterrupted ? .interrupted : nil
    }

    private func report(_ trainer: Trainer, _ line: RunLine, _ host: HeadlessHost) -> RunReport {
        var data = RunReport.Data(dataset, trainer.split)
        data.pixels = trainer.pixelStatistics
        return RunReport(
            line: line, dataset: data, threads: threads, epochs: host.epochs,
            test: host.test.map(ClassificationMetrics.init))
    }
}
