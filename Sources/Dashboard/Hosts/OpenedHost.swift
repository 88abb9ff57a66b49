import Datasets
import Specs
import Training

/// The network of the run that was opened, on a thread of its own beside the run under way: it is evaluated and
/// inspected, never trained or saved. Lives on the main thread.
final class OpenedHost {
    private var opened: (ticket: Int, training: TrainingSession)?
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
        guard case .success(let state) = network.state, let spec = content.saved.spec,
            let dataset = network.data?.dataset ?? dataset
        else { return }
        let training = TrainingSession(
            spec: spec, dataset: dataset, threads: threads, paused: true, start: RunStart(state: state),
            onThread: calls.onThread, onEnded: calls.wake, onNews: calls.onNews)
        opened = (content.ticket, training)
    }

    func send(_ command: TrainingCommand) { opened?.training.send(command) }

    func close() {
        leaving.removeAll(where: \.hasEnded)
        guard let opened else { return }
        opened.training.send(.stop)
        leaving.append(opened.training)
        self.opened = nil
    }

    /// What happened since the last call.
    func takeActions() -> [Action] {
        guard let (ticket, training) = opened else { return [] }
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
