import Datasets
import Experiments
import Neural
import Training

/// A run without the dashboard, on the caller's thread.
struct HeadlessRun {
    let spec: ExperimentSpec
    let dataset: Dataset
    let threads: Int
    let progress: Progress.Style
    /// Gets a line for each finished epoch.
    var log: CSVFile?
    /// Gets every epoch, and the end.
    var tensorBoard: TensorBoardFiles?

    /// What came of it; `failure` if it did not reach its last epoch.
    struct Outcome {
        let spec: ExperimentSpec
        let report: RunReport
        let tensors: [Tensor]
        /// Nil for a network that diverged, which is not tested.
        let test: Evaluation?
        let failure: CommandFailure?
        /// Why the log is not whole.
        let logFailure: CommandFailure?
    }

    /// What the epochs gave.
    private struct Course {
        var epochs: [EpochFigures] = []
        var failure: CommandFailure?
        var logFailure: CommandFailure?
    }

    /// Trains to the last epoch, to Ctrl-C, or until the loss is no number any more.
    ///
    /// - Throws: `CommandFailure` if the run can't start.
    func train() throws(CommandFailure) -> Outcome {
        let trainer: Trainer
        do throws(TrainingError) {
            trainer = try Trainer(spec: spec, dataset: dataset, threads: threads)
        } catch {
            throw CommandFailure(error)
        }
        var progress = Progress(style: progress, epochs: spec.training.epochs)
        progress.say("\(spec)")
        progress.say(
            "\(Figures.grouped(spec.network.parameterCount)) parameters; \(dataset.name): "
                + "\(Figures.grouped(trainer.split.training.count)) images to train on, "
                + "\(Figures.grouped(trainer.split.validation.count)) to validate, "
                + "\(Figures.grouped(dataset.test.count)) to test; threads: \(threads)")
        if let tensorBoard { progress.say("for TensorBoard: \(tensorBoard.path)") }
        Interrupt.watch()
        let course = course(of: trainer, &progress)
        progress.end()
        if course.failure == nil, case .best(let epoch)? = trainer.finishRun() {
            progress.say("weights of epoch \(epoch), the best one")
        }
        // A network that diverged is not tested; an interrupted one is, as it is.
        let isTested = if case .running = course.failure { false } else { true }
        let test = isTested ? trainer.evaluateTest() : nil
        tensorBoard?.runEnded(
            test: test, images: dataset.test, epochs: course.epochs.count, isWhole: course.failure == nil)
        return Outcome(
            spec: spec, report: report(trainer, course.epochs, test), tensors: trainer.network.tensors(), test: test,
            failure: course.failure, logFailure: course.logFailure)
    }

    private func course(of trainer: Trainer, _ progress: inout Progress) -> Course {
        var course = Course()
        while trainer.epoch < spec.training.epochs, !trainer.stopsEarly, course.failure == nil {
            let result = trainer.step()
            if !result.lossSum.isFinite {
                course.failure = CommandFailure(.diverged(epoch: trainer.epoch + 1, batch: trainer.batch))
            } else if trainer.epochIsComplete {
                note(trainer.finishEpoch(), in: &course, &progress)
            } else {
                progress.batchFinished(trainer)
            }
            let isDone = trainer.epoch == spec.training.epochs || trainer.stopsEarly
            if course.failure == nil, Interrupt.isRequested, !isDone { course.failure = .interrupted }
        }
        return course
    }

    /// A log that can't be written takes nothing from the run.
    private func note(_ report: EpochReport, in course: inout Course, _ progress: inout Progress) {
        course.epochs.append(report.figures)
        progress.epochFinished(report.figures)
        for event in report.callbacks { progress.tell(event) }
        tensorBoard?.epochFinished(report)
        guard course.logFailure == nil else { return }
        do throws(CommandFailure) { try log?.append(report.figures) } catch { course.logFailure = error }
    }

    private func report(_ trainer: Trainer, _ epochs: [EpochFigures], _ test: Evaluation?) -> RunReport {
        RunReport(
            spec: spec,
            dataset: .init(
                name: dataset.name, train: trainer.split.training.count, validation: trainer.split.validation.count,
                test: dataset.test.count),
            threads: threads, epochs: epochs, test: test.map(ClassificationMetrics.init))
    }
}

extension RunReport {
    /// The results for a person, several lines.
    var summary: String {
        var rows = [["spec", spec]]
        if let test { rows += test.summaryRows }
        if let samplesPerSecond {
            let seconds = epochs.reduce(0) { $0 + $1.seconds }
            rows.append([
                "pace",
                "\(Figures.fixed(seconds / Double(epochs.count), 3)) s an epoch, "
                    + "\(Figures.grouped(Int(samplesPerSecond))) images a second",
            ])
        }
        return Figures.table(rows)
    }
}

extension TestReport {
    /// A name and its figures a row; a figure that does not exist is "none".
    var summaryRows: [[String]] {
        func text(_ value: Double?) -> String { value.map { Figures.fixed($0, 4) } ?? "none" }
        let topK = (topK ?? [:]).sorted { $0.key < $1.key }
        return [
            [
                "test",
                "accuracy \(Figures.perCent(accuracy)), \(Figures.grouped(errors)) errors, loss \(text(loss))",
            ],
            [
                "macro",
                "precision \(text(precisionMacro)), recall \(text(recallMacro)), F1 \(text(f1Macro)), "
                    + "ROC AUC \(text(rocAUCMacro))",
            ],
            ["top k", topK.map { "\($0.key): \($0.value.map(Figures.perCent) ?? "none")" }.joined(separator: ", ")],
            [
                "trust",
                "log loss \(text(logLoss)), Brier score \(text(brierScore)), "
                    + "expected calibration error \(text(expectedCalibrationError))",
            ],
        ]
    }
}
