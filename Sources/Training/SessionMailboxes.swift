import Dispatch
import Synchronization

/// Passes events from a session's thread to its owner, and commands the other way.
final class SessionMailboxes: RunHost, Sendable {
    private struct Content {
        var news = TrainingSession.News()
        var commands: [TrainingCommand] = []
    }

    private let content = Mutex(Content())
    private let commandsWaiting = Atomic(false)
    private let stopping = Atomic(false)
    private let wake = DispatchSemaphore(value: 0)
    private let onNews: @Sendable () -> Void

    init(onNews: @escaping @Sendable () -> Void) { self.onNews = onNews }

    // MARK: - The session's side

    func send(_ command: TrainingCommand) {
        if command == .stop { stopping.store(true, ordering: .releasing) }
        content.withLock { $0.commands.append(command) }
        commandsWaiting.store(true, ordering: .releasing)
        wake.signal()
    }

    /// Events, snapshot and inspection since the last call.
    func takeNews() -> TrainingSession.News {
        content.withLock { content in
            defer { content.news = TrainingSession.News() }
            return content.news
        }
    }

    // MARK: - The thread's side

    var canWatch: Bool { true }

    /// Whether `stop` was sent, even where it was not taken yet.
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    func takeCommands() -> [TrainingCommand] {
        // Read first: a write at every batch would take the cache line away from other threads that use it.
        guard commandsWaiting.load(ordering: .acquiring),
            commandsWaiting.exchange(false, ordering: .acquiringAndReleasing)
        else { return [] }
        return content.withLock { content in
            defer { content.commands = [] }
            return content.commands
        }
    }

    /// Sleeps until a command is sent.
    func waitForCommand() { wake.wait() }

    /// Events and the snapshot that belongs to them are read together. A snapshot from before an event that changed the
    /// run's state would undo that change.
    func tell(_ events: [TrainingEvent], _ snapshot: TrainingSnapshot?) {
        content.withLock { content in
            for event in events { content.news.events.append(superseding: event) }
            if let snapshot { content.news.snapshot = snapshot }
        }
        onNews()
    }

    func tell(_ inspection: Inspection) {
        content.withLock { $0.news.inspection = inspection }
        onNews()
    }
}

extension [TrainingEvent] {
    /// Appends an event. An epoch removes the evaluation from the epoch before: it is large, and out of date before
    /// anyone has read it. The figures of every epoch stay.
    fileprivate mutating func append(superseding event: TrainingEvent) {
        if case .epochFinished = event { dropLastEvaluation() }
        append(event)
    }

    private mutating func dropLastEvaluation() {
        for index in indices.reversed() {
            guard case .epochFinished(var report) = self[index] else { continue }
            report.validation = nil
            self[index] = .epochFinished(report)
            return
        }
    }
}
