import Dispatch
import Training

/// Keeps a run where it is at the end of certain epochs, until the test lets it go on.
package final class HoldingRecorder: RunRecording {
    private let epochs: Set<Int>
    private let inner: (any RunRecording)?
    private let arrived = DispatchSemaphore(value: 0)
    private let goesOn = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - epochs: from 1; the host has not heard of such an epoch while the run is held at it.
    ///   - inner: who keeps the run.
    package init(at epochs: Set<Int>, inner: (any RunRecording)? = nil) {
        self.epochs = epochs
        self.inner = inner
    }

    package func wantsState(at moment: CheckpointMoment) -> Bool { inner?.wantsState(at: moment) ?? false }
    package var wantsResult: Bool { inner?.wantsResult ?? true }

    package func record(_ event: RecordedEvent) {
        inner?.record(event)
        guard case .epoch(let report, _) = event, epochs.contains(report.figures.epoch) else { return }
        arrived.signal()
        goesOn.wait()
    }

    /// - Returns: whether the run has come to the next of the epochs.
    package func waitForArrival() -> Bool { arrived.wait(timeout: Patience.end) == .success }

    package func letGo() { goesOn.signal() }
}
