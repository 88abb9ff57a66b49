import Reports
import Runs
import Specs
import Training

/// What a run without the dashboard asks and hears: Ctrl-C and its like stop it, and its end ends it.
final class HeadlessHost: RunHost {
    private(set) var epochs: [EpochFigures]
    private(set) var test: Evaluation?
    private(set) var failure: TrainingError?
    /// Whether a signal stopped it.
    private(set) var wasInterrupted = false
    /// What was changed here, in order, and where it stopped before its end.
    private var changes: [LiveChange] = []
    private var place = RunPlace(epoch: 0)
    private(set) var logFailure: CommandFailure?
    private(set) var progress: Progress
    private let log: CSVFile?
    private let tensorBoard: TensorBoardFiles?
    /// A signal is told to it first: the run is then interrupted, not stopped.
    private let recorder: RunRecorder?
    private var isOver = false
    private var hasStopped = false

    /// - Parameter epochs: of a run that goes on, those that it has.
    init(
        epochs: [EpochFigures], progress: Progress, log: CSVFile?, tensorBoard: TensorBoardFiles?,
        recorder: RunRecorder?
    ) {
        self.epochs = epochs
        self.progress = progress
        self.log = log
        self.tensorBoard = tensorBoard
        self.recorder = recorder
    }

    // MARK: - What is asked

    func takeCommands() -> [TrainingCommand] {
        guard !hasStopped, isOver || Interrupt.isRequested else { return [] }
        hasStopped = true
        if !isOver {
            wasInterrupted = true
            recorder?.interrupt()
        }
        return [.stop]
    }

    /// The changes of the whole run: those before it was taken up, then those made here.
    func changes(before: Resumption?) -> [LiveChange] { (before?.changes ?? []) + changes }

    /// Nobody can ask anything of a run that has come to its end.
    func waitForCommand() { isOver = true }

    /// A measurement of some moments is not cut short: the result is of the weights that the run ends with.
    var isStopping: Bool { false }

    // MARK: - What is heard

    func tell(_ events: [TrainingEvent], _ snapshot: TrainingSnapshot?) {
        for event in events { hear(event) }
        guard let snapshot else { return }
        place = snapshot.place
        if snapshot.state == .running {
            // A line can end its run, and go on beyond that at the same place.
            isOver = false
            progress.show(snapshot)
        }
        if snapshot.state == .stopped, !isOver { changes.append(LiveChange(.stop, at: place)) }
    }

    func tell(_ inspection: Inspection) {}

    private func hear(_ event: TrainingEvent) {
        switch event {
        case .epochFinished(let report): note(report)
        case .changed(let change):
            changes.append(change)
            if case .epochs(let epochs) = change.setting { progress.epochs = epochs }
            progress.say("\(change.place): \(change.setting.phrase)")
            tensorBoard?.changed(to: changes)
        case .rateReduced(let old, let new, _): progress.tell(.rateReduced(from: old, to: new))
        case .stoppedEarly(_, let best): progress.tell(.stopsEarly(best: best))
        case .weightsReplaced(.best(let epoch), _): progress.say("weights of epoch \(epoch), the best one")
        case .weightsReplaced(.average, _): progress.say("averaged weights, as ema= asks")
        case .testEvaluated(let evaluation): test = evaluation
        case .finished: isOver = true
        case .diverges(let finding, let place):
            progress.say(
                "\(place): diverged: the loss is \(FigureText.significant(finding.loss)), it was "
                    + "\(FigureText.significant(finding.least)); a lower learning rate may help")
        case .failed(let error): (failure, isOver) = (error, true)
        case .started, .bestEpoch, .paused, .stopped: break
        }
    }

    /// A log that can't be written takes nothing from the run.
    private func note(_ report: EpochReport) {
        epochs.append(report.figures)
        progress.epochFinished(report.figures)
        tensorBoard?.epochFinished(report)
        guard logFailure == nil else { return }
        do throws(CommandFailure) { try log?.append(report.figures) } catch { logFailure = error }
    }

    /// Removes the bar.
    func end() { progress.end() }
}
