import Dispatch
import Foundation
import Synchronization

/// Work of one other thread of the program that lasts for milliseconds, such as drawing a frame: while it is under way,
/// short steps are made by one thread, and a processor is free for it.
///
/// A third thread beside two workers on two processors costs more than its own time: the worker that lost its processor
/// lets the other one wait, and that one then sleeps.
package final class OtherWork: Sendable {
    /// How long it counts at most, in nanoseconds: what takes longer waits for something, a slow terminal say, and needs
    /// no processor.
    private static let limit: UInt64 = 20_000_000
    /// How long `makeRoom` sleeps, in microseconds: a short step is over then, and a worker without work asleep.
    private static let notice: UInt32 = 200

    /// Until when it counts, on the clock; 0 while there is none.
    private let deadline = Atomic<UInt64>(0)
    private let now: @Sendable () -> UInt64

    /// - Parameter now: a steady clock in nanoseconds.
    package init(now: @escaping @Sendable () -> UInt64 = { DispatchTime.now().uptimeNanoseconds }) {
        self.now = now
    }

    /// Begins, and sleeps until a processor should be free. To be followed by `end`.
    package func makeRoom() {
        begin()
        usleep(Self.notice)
    }

    /// Begins at once. To be followed by `end`.
    package func begin() { deadline.store(now() + Self.limit, ordering: .relaxed) }

    package func end() { deadline.store(0, ordering: .relaxed) }

    /// From any thread.
    package var isUnderWay: Bool {
        let deadline = deadline.load(ordering: .relaxed)
        return deadline > 0 && now() < deadline
    }

    /// Itself, where so many workers leave no processor of the machine for it; nil where they do.
    package func beside(workers: Int) -> OtherWork? {
        workers < ProcessInfo.processInfo.activeProcessorCount ? nil : self
    }
}
