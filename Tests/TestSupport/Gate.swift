import Dispatch

/// Holds threads up until it is opened: a test hands it in to keep work where it is.
package final class Gate: Sendable {
    private let arrived = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    package init() {}

    /// Waits until it is open; from then on everybody passes.
    package func pass() {
        arrived.signal()
        opened.wait()
        opened.signal()
    }

    /// - Returns: whether a thread has come, and waits.
    package func waitForArrival() -> Bool { arrived.wait(timeout: Patience.end) == .success }

    package func open() { opened.signal() }
}
