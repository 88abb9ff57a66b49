import Synchronization

/// Keeps a run's events from waking the main thread before it would draw them. A run sends dozens of events a second,
/// and each wake-up takes a processor from a worker.
///
/// The run's thread first stores its events, then checks whether the gate is open; the main thread opens the gate
/// before it reads them. So no event is missed: either the run wakes the main thread, or that finds the event.
final class NewsGate: Sendable {
    private let closed = Atomic(false)

    var isOpen: Bool { !closed.load(ordering: .sequentiallyConsistent) }

    func open() { closed.store(false, ordering: .sequentiallyConsistent) }

    func close() { closed.store(true, ordering: .sequentiallyConsistent) }
}
