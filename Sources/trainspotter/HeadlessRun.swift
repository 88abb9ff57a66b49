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
    /// Saves it; the run goes on from where that was left.
    var kept: KeptRun?

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
        var keeping: RunKeeping?
    }

    /// Trains to the last epoch, to Ctrl-C, or until the loss is no number any more.
    ///
    /// - Throws: `CommandFailure` if the run can't start.
    func train() throws(CommandFailure) -> Outcome {
        let trainer: Trainer
        do throws(TrainingError) {
            trainer = try Trainer(spec: spec, dataset: dataset, threads: threads)
            if let state = kept?.state {
                do throws(TrainerStateError) { try trainer.restore(state) } catch { throw TrainingError.state(error) }
            }
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
        if let kept { progress.say(startLine(kept, trainer)) }
        if let tensorBoard { progress.say("for TensorBoard: \(tensorBoard.path)") }
        keepStart(of: trainer)
        Interrupt.watch()
        let course = course(of: trainer, &progress)
        progress.end()
        // What a later run can go on from: the end replaces weights.
        let state = kept == nil ? nil : trainer.state
        let weights = course.failure == nil ? trainer.finishRun() : nil
        if case .best(let epoch)? = weights { progress.say("weights of epoch \(epoch), the best one") }
        // A network that diverged is not tested; an interrupted one is, as it is.
        let isTested = if case .running = course.failure { false } else { true }
        let test = isTested ? trainer.evaluateTest() : nil
        tensorBoard?.runEnded(
            test: test, images: dataset.test, epochs: course.epochs.count, isWhole: course.failure == nil)
        end(trainer, course, state: state, weights: weights, test: test)
        return Outcome(
            spec: spec, report: report(trainer, course.epochs, test), tensors: trainer.network.tensors(), test: test,
            failure: course.failure, logFailure: course.logFailure)
    }

    private func course(of trainer: Trainer, _ progress: inout Progress) -> Course {
        var course = Course(
            epochs: kept?.epochs ?? [], keeping: kept.map { RunKeeping($0.recorder, leastLoss: $0.leastLoss) })
        while trainer.epoch < spec.training.epochs, !trainer.stopsEarly, course.failure == nil {
            let result = trainer.step()
            if !result.lossSum.isFinite {
                course.failure = CommandFailure(.diverged(epoch: trainer.epoch + 1, batch: trainer.batch))
            } else if trainer.epochIsComplete {
                let report = trainer.finishEpoch()
                course.keeping?.epochFinished(report, trainer)
                note(report, in: &course, &progress)
            } else {
                course.keeping?.stepped(trainer)
                progress.batchFinished(trainer)
            }
            let isDone = trainer.epoch == spec.training.epochs || trainer.stopsEarly
            if course.failure == nil, Interrupt.isRequested, !isDone { course.failure = .interrupted }
        }
        return course
    }

    private func startLine(_ kept: KeptRun, _ trainer: Trainer) -> String {
        guard kept.state != nil else { return "run \(kept.run), saved in \(kept.store.path)" }
        let place = trainer.batch == 0 ? "" : ", batch \(trainer.batch) of \(trainer.batchesPerEpoch)"
        return "run \(kept.run) goes on from epoch \(trainer.epoch)\(place)"
    }

    /// A run that is saved has what the untrained network says, too, as the first of its confusion matrices.
    private func keepStart(of trainer: Trainer) {
        guard let kept, kept.state == nil else { return }
        kept.recorder.keep(.started(trainer.facts, untrained: trainer.evaluateValidation()))
    }

    /// Tells the keeper how the run ended.
    private func end(
        _ trainer: Trainer, _ course: Course, state: TrainerState?, weights: FinalWeights?, test: Evaluation?
    ) {
        guard let keeper = kept?.recorder else { return }
        let position = trainer.position
        if let weights { keeper.keep(.weightsReplaced(weights, position: position)) }
        if let test { keeper.keep(.test(test)) }
        switch course.failure {
        case nil: keeper.keep(.ended(.finished, position: position, state, weights: trainer.network.tensors()))
        case .running:
            let error = TrainingError.diverged(epoch: trainer.epoch + 1, batch: trainer.batch)
            keeper.keep(.ended(.failed(error), position: position, nil, weights: nil))
        default: keeper.keep(.ended(.interrupted, position: position, state, weights: trainer.network.tensors()))
        }
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
    ///
    /// - Parameter run: its number where it is saved.
    func summary(run: Int?) -> String {
        var rows = run.map { [["run", "\($0)"]] } ?? []
        rows.append(["spec", spec])
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
