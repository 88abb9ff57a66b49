import Foundation
import Synchronization
import Testing
import Training

@Suite struct ThreadHookTests {
    @Test("Before anything else a run's thread is handed over to be prepared")
    func preparedFirst() throws {
        let log = Log()
        let session = TrainingSession(
            spec: try SmallData.spec("8relu epochs=1"), dataset: SmallData.dataset, threads: 1, paused: true,
            onThread: { log.note("prepared") }, onNews: { log.note("news") })
        session.send(.stop)
        session.waitUntilEnded()
        let entries = log.entries.withLock { $0 }
        #expect(entries.first?.what == "prepared")
        #expect(entries.count > 1 && entries.dropFirst().allSatisfy { $0.what == "news" })
        #expect(Set(entries.map(\.thread)).count == 1 && entries.first?.thread != pthread_self())
    }

    private final class Log: Sendable {
        let entries = Mutex<[(what: String, thread: pthread_t)]>([])
        func note(_ what: String) { entries.withLock { $0.append((what, pthread_self())) } }
    }
}
