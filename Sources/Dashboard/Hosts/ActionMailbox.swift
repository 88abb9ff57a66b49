import Synchronization

/// Actions from other threads, until the main thread takes them.
final class ActionMailbox: Sendable {
    private let actions = Mutex<[Action]>([])
    private let wake: @Sendable () -> Void

    /// - Parameter wake: called from the posting thread after each action.
    init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    func post(_ action: Action) {
        actions.withLock { $0.append(action) }
        wake()
    }

    /// All actions since the last call, in the order in which they were posted.
    func take() -> [Action] {
        actions.withLock { actions in
            defer { actions = [] }
            return actions
        }
    }
}
