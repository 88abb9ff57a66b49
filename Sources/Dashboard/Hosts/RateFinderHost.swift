import Datasets
import Foundation
import Specs
import Synchronization
import Training

/// Searches for a learning rate on a thread of its own; the run under way is not touched. Lives on the main thread.
final class RateFinderHost {
    private let mailbox: ActionMailbox
    private let onThread: @Sendable () -> Void
    private var dataset: Dataset?
    private var search: Search?

    /// Tells the thread of a search that nobody waits for it.
    private final class Search: Sendable {
        let isCancelled = Atomic(false)
    }

    /// - Parameter onThread: called first on every thread that searches.
    init(mailbox: ActionMailbox, onThread: @escaping @Sendable () -> Void) {
        self.mailbox = mailbox
        self.onThread = onThread
    }

    /// The data set that is searched on.
    func use(_ dataset: Dataset) { self.dataset = dataset }

    /// Starts a search, in place of the one under way; `rateFound` or `rateRefused` will come.
    ///
    /// - Parameter weights: gives the saved weights that the spec names.
    func find(_ spec: ExperimentSpec, weights: WeightFinder?, ticket: Int) {
        cancel()
        guard let dataset else { return }
        let search = Search()
        self.search = search
        let (mailbox, onThread) = (mailbox, onThread)
        let thread = Thread {
            onThread()
            do throws(TrainingError) {
                let found = try RateSearch.run(spec, dataset: dataset, weights: weights) {
                    search.isCancelled.load(ordering: .relaxed)
                }
                if let found { mailbox.post(.rateFound(found, ticket: ticket)) }
            } catch {
                mailbox.post(.rateRefused(error, ticket: ticket))
            }
        }
        thread.name = "rate finder"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Ends the search under way before its next step.
    func cancel() {
        search?.isCancelled.store(true, ordering: .relaxed)
        search = nil
    }
}
