import Dispatch

/// Holds threads up until it is opened: a test hands it in to keep work where it is.
public final class Gate: Sendable {
    private let arrived = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    public init() {}

    /// Waits until it is open; from then on everybody passes.
    public func pass() {
        arrived.signal()
        opened.wait()
        opened.signal()
    }

    /// - Returns: whether a thread has come, and waits.
    public func waitForArrival() -> Bool { arrived.wait(timeout: Patience.end) == .success }

    public func open() { opened.signal() }
}
