import Datasets
import Memory
import Specs
import Training

/// A network beside the run under way, on a thread of its own: that of a run that was opened, or the one that the composed
/// spec begins with. It is evaluated and inspected, never trained or saved. Lives on the main thread.
final class NetworkHost {
    private var network: (ticket: Int, training: TrainingSession)?
    /// Threads that were told to stop and may still be at work.
    private var leaving: [TrainingSession] = []
    private let calls: SessionHost.Calls

    init(calls: SessionHost.Calls) { self.calls = calls }

    /// Makes the network of a run that was read.
    ///
    /// - Parameters:
    ///   - dataset: the session's, where the run has no other.
    ///   - threads: workers of its evaluations.
    func use(_ content: OpenedContent, dataset: Dataset?, threads: Int) {
        guard let network = content.network else { return }
        close()
        guard case .success(let state) = network.state, let spec = content.saved.spec else { return }
        make(
            spec, dataset: network.data?.dataset ?? dataset, threads: threads, start: RunStart(state: state),
            ticket: content.ticket)
    }

    /// Makes the network of a spec in place of the one before.
    ///
    /// - Parameters:
    ///   - start: its weights; those that its seed draws where there is no state, and the spec names none.
    ///   - ticket: its name in actions.
    func make(
        _ spec: ExperimentSpec, dataset: Dataset?, threads: Int, start: RunStart = RunStart(), ticket: Int
    ) {
        close()
        guard let dataset else { return }
        let wake = calls.wake
        let training = TrainingSession(
            spec: spec, dataset: dataset, threads: threads, paused: true, start: start, onThread: calls.onThread,
            onEnded: {
                FreedMemory.giveBack()
                wake()
            }, onNews: calls.onNews)
        network = (ticket, training)
    }

    func send(_ command: TrainingCommand) { network?.training.send(command) }

    func close() {
        leaving.removeAll(where: \.hasEnded)
        guard let network else { return }
        network.training.send(.stop)
        leaving.append(network.training)
        self.network = nil
    }

    /// What happened since the last call.
    func takeActions() -> [Action] {
        guard let (ticket, training) = network else { return [] }
        let news = training.takeNews()
        var actions = news.events.map { Action.event($0, run: ticket) }
        if let inspection = news.inspection { actions.append(.inspection(inspection, run: ticket)) }
        if let snapshot = news.snapshot { actions.append(.snapshot(snapshot, run: ticket)) }
        return actions
    }

    /// - Parameter limit: the longest wait; nil waits for ever.
    /// - Returns: whether all threads have ended.
    func waitUntilEnded(limit: Duration?) -> Bool {
        close()
        return leaving.allSatisfy { $0.waitUntilEnded(limit: limit) }
    }
}
