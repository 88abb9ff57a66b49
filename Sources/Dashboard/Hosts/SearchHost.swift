import Datasets
import Foundation
import Runs
import Searching
import Specs
import Synchronization
import Training

/// Runs a search on threads of its own; what it reaches is read from the store, as that of any search.
final class SearchHost: Sendable {
    private let source: DatasetSource
    private let open: (@Sendable () throws(StoreError) -> RunStore)?
    private let onThread: @Sendable () -> Void
    private let post: @Sendable (SearchReply) -> Void
    private let dataset = Mutex<Dataset?>(nil)
    private let running = Mutex<SearchRun?>(nil)
    private let ended = DispatchGroup()
    /// Why the last moments of a search are not saved.
    private let trouble = Mutex<StoreError?>(nil)
    private let isLeaving = Atomic(false)

    /// - Parameters:
    ///   - open: opens the store, for a search alone; makes it where it does not exist. Nil where nothing is saved.
    ///   - onThread: called first on every thread that searches.
    ///   - post: called from any thread with what happens.
    init(
        source: DatasetSource, open: (@Sendable () throws(StoreError) -> RunStore)?,
        onThread: @escaping @Sendable () -> Void, post: @escaping @Sendable (SearchReply) -> Void
    ) {
        (self.source, self.open, self.onThread, self.post) = (source, open, onThread, post)
    }

    /// The data set that is searched on.
    func use(_ dataset: Dataset) { self.dataset.withLock { $0 = dataset } }

    func begin(_ request: SearchRequest, workers: Int) {
        start(workers: workers) { place, onTrouble in
            try SearchRun(beginning: request, in: place, onTrouble: onTrouble)
        }
    }

    func resume(_ number: Int, workers: Int) {
        start(workers: workers) { place, onTrouble in
            try SearchRun(resuming: number, in: place, onTrouble: onTrouble)
        }
    }

    private typealias Making = @Sendable (SearchRun.Place, @escaping @Sendable (StoreError) -> Void) throws -> SearchRun

    private func start(workers: Int, _ make: @escaping Making) {
        guard let open, let dataset = dataset.withLock(\.self) else {
            return post(.refused("no data set is loaded, or nothing is saved"))
        }
        guard running.withLock({ $0 == nil }) else { return post(.refused("a search runs here already")) }
        ended.enter()
        let thread = Thread { [self, source, onThread, post] in
            defer { ended.leave() }
            onThread()
            let search: SearchRun
            do {
                let place = SearchRun.Place(store: try open(), dataset: dataset, source: source, workers: workers)
                search = try make(place) { error in post(.trouble(error.description)) }
            } catch { return post(.refused((error as? SearchProblem)?.words ?? "\(error)")) }
            running.withLock { $0 = search }
            // The program may have been left while the store was opened.
            if isLeaving.load(ordering: .acquiring) { search.engine.stop() }
            post(.started(search.number))
            let (ending, unsaved) = search.run()
            running.withLock { $0 = nil }
            trouble.withLock { $0 = unsaved }
            post(.ended(search.number, ending))
        }
        (thread.name, thread.stackSize) = ("search", 8 << 20)
        thread.start()
    }

    func pause(_ isPaused: Bool) { running.withLock(\.self)?.engine.pause(isPaused) }

    func drop(_ trial: Int) { running.withLock(\.self)?.engine.drop(trial) }

    func change(trials: Int?, seconds: Double?) {
        running.withLock(\.self)?.engine.change(trials: trials, seconds: seconds)
    }

    /// Stops the search; all of it is saved.
    func stop() {
        isLeaving.store(true, ordering: .releasing)
        running.withLock(\.self)?.engine.stop()
    }

    /// Whether it has ended.
    func waitUntilEnded(limit: Duration?) -> Bool {
        guard let limit else {
            ended.wait()
            return true
        }
        return ended.wait(timeout: .now() + limit.seconds) == .success
    }

    /// Why the last moments of the search are not saved; nil where they are.
    var unsaved: StoreError? { trouble.withLock(\.self) }
}
