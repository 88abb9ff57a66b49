import Dispatch
import Foundation
import Synchronization

/// Work of one other thread of the program that lasts for milliseconds, such as drawing a frame: while it is under way,
/// short steps are made by one thread, and a processor is free for it.
///
/// A third thread beside two workers on two processors costs more than its own time: the worker that lost its processor
/// lets the other one wait, and that one then sleeps.
public final class OtherWork: Sendable {
    /// What takes longer waits for something, a slow terminal say, and needs no processor.
    private static let limit: UInt64 = 20_000_000
    /// Microseconds after which a short step is over, and a worker without work has fallen asleep.
    private static let notice: UInt32 = 200

    /// On the clock of `DispatchTime`, in nanoseconds; 0 while there is none.
    private let end = Atomic<UInt64>(0)

    public init() {}

    /// Begins, and sleeps until a processor should be free. To be followed by `ends`.
    public func makeRoom() {
        begins()
        usleep(Self.notice)
    }

    /// Begins at once. To be followed by `ends`.
    public func begins() { end.store(DispatchTime.now().uptimeNanoseconds + Self.limit, ordering: .relaxed) }

    public func ends() { end.store(0, ordering: .relaxed) }

    /// From any thread.
    public var isUnderWay: Bool {
        let end = end.load(ordering: .relaxed)
        return end > 0 && DispatchTime.now().uptimeNanoseconds < end
    }
}
