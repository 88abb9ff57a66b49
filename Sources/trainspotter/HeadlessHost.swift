import Reports
import Runs
import Specs
import Training

/// The host of a run without the dashboard: Ctrl-C and other signals stop the run, and its end ends it.
final class HeadlessHost: RunHost {
    private(set) var epochs: [EpochFigures]
    private(set) var test: Evaluation?
    private(set) var failure: TrainingError?
    /// Whether a signal stopped it.
    private(set) var wasInterrupted = false
    /// Live changes of this session, in order, and where it stopped before its end.
    private var changes: [LiveChange] = []
    private var place = RunPlace(epoch: 0)
    private(set) var logFailure: CommandFailure?
    private(set) var progress: Progress
    private let log: CSVFile?
    private let tensorBoard: TensorBoardFiles?
    /// Gets a signal first: the run is then interrupted, not stopped.
    private let recorder: RunRecorder?
    private var isOver = false
    private var hasStopped = false

    /// - Parameter epochs: the earlier epochs of a resumed run.
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

    // MARK: - Commands

    func takeCommands() -> [TrainingCommand] {
        guard !hasStopped, isOver || Interrupt.isRequested else { return [] }
        hasStopped = true
        if !isOver {
            wasInterrupted = true
            recorder?.interrupt()
        }
        return [.stop]
    }

    /// The live changes of the whole run: the earlier ones, then those of this session.
    func changes(before: Resumption?) -> [LiveChange] { (before?.changes ?? []) + changes }

    /// No one can send commands to a run that has ended.
    func waitForCommand() { isOver = true }

    /// A short evaluation is not cut short: the result is that of the final weights.
    var isStopping: Bool { false }

    // MARK: - Events

    func tell(_ events: [TrainingEvent], _ snapshot: TrainingSnapshot?) {
        for event in events { hear(event) }
        guard let snapshot else { return }
        place = snapshot.place
        if snapshot.state == .running {
            // A line can end its run, and continue it at the same place.
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

    /// A log that can't be written must not stop the run.
    private func note(_ report: EpochReport) {
        epochs.append(report.figures)
        progress.epochFinished(report.figures)
        tensorBoard?.epochFinished(report)
        guard logFailure == nil else { return }
        do throws(CommandFailure) { try log?.append(report.figures) } catch { logFailure = error }
    }

    /// Removes the bar, and completes the log.
    func end() {
        progress.end()
        guard logFailure == nil else { return }
        do throws(CommandFailure) { try log?.finish() } catch { logFailure = error }
    }
}
