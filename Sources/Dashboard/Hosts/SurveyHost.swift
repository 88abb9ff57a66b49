import Datasets
import Foundation
import Memory
import Synchronization

/// Surveys a data set on a thread of its own; `surveyed` comes of it. Lives on the main thread.
final class SurveyHost {
    private let mailbox: ActionMailbox
    private let onThread: @Sendable () -> Void
    private var work: Work?

    /// Tells the thread that nobody waits for it.
    private final class Work: Sendable {
        let isCancelled = Atomic(false)
    }

    /// - Parameter onThread: called first on every thread that surveys.
    init(mailbox: ActionMailbox, onThread: @escaping @Sendable () -> Void) {
        (self.mailbox, self.onThread) = (mailbox, onThread)
    }

    /// Starts a survey, in place of the one under way.
    func survey(_ data: LoadedData) {
        cancel()
        let work = Work()
        self.work = work
        let (mailbox, onThread) = (mailbox, onThread)
        let thread = Thread {
            onThread()
            let found = DataSurvey(data.dataset) { work.isCancelled.load(ordering: .relaxed) }
            if let found { mailbox.post(.surveyed(LoadedSurvey(found, of: data))) }
            FreedMemory.giveBackAtTimes()
        }
        thread.name = "survey"
        thread.start()
    }

    /// Ends the survey under way before its next class.
    func cancel() {
        work?.isCancelled.store(true, ordering: .relaxed)
        work = nil
    }
}
