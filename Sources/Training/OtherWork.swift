import Dispatch
import Foundation
import Synchronization

/// Work of one other thread of the program that lasts for milliseconds, such as drawing a frame. While it is under way,
/// short steps are computed by one thread, so that a processor is free for it.
///
/// A third thread beside two workers on two processors costs more than its own time. The worker that lost its processor
/// makes the other one wait, and that one then sleeps.
package final class OtherWork: Sendable {
    /// How long it counts at most, in nanoseconds. What takes longer waits for something, such as a slow terminal, and
    /// needs no processor.
    private static let limit: UInt64 = 20_000_000
    /// How long `makeRoom` sleeps, in microseconds. By then a short step is over, and a worker without work is asleep.
    private static let notice: UInt32 = 200

    /// Until when it counts, in nanoseconds of the clock; 0 while there is none.
    private let deadline = Atomic<UInt64>(0)
    private let now: @Sendable () -> UInt64

    /// - Parameter now: a steady clock in nanoseconds.
    package init(now: @escaping @Sendable () -> UInt64 = { DispatchTime.now().uptimeNanoseconds }) {
        self.now = now
    }

    /// Begins, and sleeps for 0.2 ms, until a processor should be free. To be followed by `end`.
    package func makeRoom() {
        begin()
        usleep(Self.notice)
    }

    /// Begins at once. To be followed by `end`.
    package func begin() { deadline.store(now() + Self.limit, ordering: .relaxed) }

    /// Lets the workers share every step again. Can be called from any thread.
    package func end() { deadline.store(0, ordering: .relaxed) }

    /// Whether it has begun, has not ended and is not over its time limit. Can be read from any thread.
    package var isUnderWay: Bool {
        let deadline = deadline.load(ordering: .relaxed)
        return deadline > 0 && now() < deadline
    }

    /// Itself, where that many workers leave no processor of the machine idle; nil where one is.
    package func beside(workers: Int) -> OtherWork? {
        workers < ProcessInfo.processInfo.activeProcessorCount ? nil : self
    }
}
