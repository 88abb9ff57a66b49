import Synchronization

/// Keeps a run's news from waking the main thread before it would draw them: a run says something dozens of times a
/// second, and each time the main thread takes a processor from a worker.
///
/// Who has news puts them where they are taken, then looks whether the gate is open; who takes them opens the gate
/// first. So nothing is left lying: either the one wakes the other, or the other finds it.
final class NewsGate: Sendable {
    private let closed = Atomic(false)

    var isOpen: Bool { !closed.load(ordering: .sequentiallyConsistent) }

    func open() { closed.store(false, ordering: .sequentiallyConsistent) }

    func close() { closed.store(true, ordering: .sequentiallyConsistent) }
}
