import Dispatch
import Training

/// Keeps a run where it is at the end of certain epochs, until the test lets it go on.
package final class HoldingKeeper: RunKeeper {
    private let epochs: Set<Int>
    private let inner: (any RunKeeper)?
    private let arrived = DispatchSemaphore(value: 0)
    private let goesOn = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - epochs: from 1; the host has not heard of such an epoch while the run is held at it.
    ///   - inner: who keeps the run.
    package init(at epochs: Set<Int>, inner: (any RunKeeper)? = nil) {
        self.epochs = epochs
        self.inner = inner
    }

    package func wantsState(at moment: KeepingMoment) -> Bool { inner?.wantsState(at: moment) ?? false }
    package var wantsResult: Bool { inner?.wantsResult ?? true }

    package func keep(_ news: RunNews) {
        inner?.keep(news)
        guard case .epoch(let report, _) = news, epochs.contains(report.figures.epoch) else { return }
        arrived.signal()
        goesOn.wait()
    }

    /// - Returns: whether the run has come to the next of the epochs.
    package func waitForArrival() -> Bool { arrived.wait(timeout: Patience.end) == .success }

    package func letGo() { goesOn.signal() }
}
