import Dispatch
import Foundation
import Memory
import Runs
import Search
import Searching
import Synchronization

/// Reads the searches of the store for the dashboard, on a queue of its own.
///
/// While they are followed, a mark that costs microseconds is compared with the store once a second; otherwise nothing is
/// scheduled.
final class SearchLibrary: Sendable {
    private struct Content {
        var store: RunStore?
        /// Counts how often it was followed or left.
        var generation = 0
        var follows = false
        /// The search that is followed; nil for the newest.
        var wanted: Int?
        var mark: RunStore.ChangeMark?
        /// When all was last read, whatever the mark was.
        var readAt = Date.distantPast
        var listed: [SearchListing]?
        var shown: SearchSummary?
        var importance: SettingImportance?
        /// Trials with a rank when the importance was computed.
        var ranked = 0
        var problem: String?
    }

    private static let pace = DispatchTimeInterval.seconds(1)
    /// Seconds between two checks whether the process of a search still exists, as an ended one writes nothing.
    private static let livenessPace = 5.0

    private let open: @Sendable () throws(StoreError) -> RunStore
    private let post: @Sendable (SearchReply) -> Void
    private let queue = DispatchQueue(label: "searches", qos: .userInitiated)
    private let content = Mutex(Content())

    /// - Parameters:
    ///   - open: opens the store, for this library alone.
    ///   - post: called from the queue with what was read.
    init(
        open: @escaping @Sendable () throws(StoreError) -> RunStore, post: @escaping @Sendable (SearchReply) -> Void
    ) {
        (self.open, self.post) = (open, post)
    }

    /// Follows a search, the newest if nil, and the list of all.
    func follow(_ search: Int?) {
        queue.async { [self] in
            let generation = content.withLock { content in
                if content.wanted != search || !content.follows { content.mark = nil }
                if content.wanted != search { content.shown = nil }
                // Earlier errors are reported again.
                (content.follows, content.wanted, content.problem) = (true, search, nil)
                content.generation += 1
                return content.generation
            }
            look(generation)
        }
    }

    /// Reads nothing more.
    func ignore() {
        queue.async { [self] in
            content.withLock { content in
                (content.follows, content.shown) = (false, nil)
                content.generation += 1
            }
        }
    }

    /// Reads a run that a trial is.
    func read(run: Int) {
        queue.async { [self] in
            do throws(StoreError) {
                guard let summary = try opened().summary(of: run) else { throw .noRun("\(run)", nearest: nil) }
                post(.run(summary))
            } catch { post(.refused(error.description)) }
        }
    }

    /// Waits until all requests are done.
    func finish() {
        ignore()
        queue.sync {}
    }

    private func look(_ generation: Int) {
        guard content.withLock({ $0.follows && $0.generation == generation }) else { return }
        refresh()
        queue.asyncAfter(deadline: .now() + Self.pace) { [self] in look(generation) }
    }

    /// Reads what may have changed, and posts what has.
    private func refresh() {
        do throws(StoreError) {
            let store = try opened()
            let (mark, now) = (try store.changeMark(), Date())
            let isKnown = content.withLock { content in
                content.mark == mark && now.timeIntervalSince(content.readAt) < Self.livenessPace
            }
            guard !isKnown else { return }
            let listings = try store.searchListings(now: now)
            content.withLock { ($0.mark, $0.readAt) = (mark, now) }
            let isNew = content.withLock { content in
                defer { (content.listed, content.problem) = (listings, nil) }
                return content.listed != listings || content.problem != nil
            }
            if isNew { post(.listed(listings)) }
            guard let number = content.withLock(\.wanted) ?? listings.first?.search.id else { return }
            guard let found = try store.summary(ofSearch: number, now: now) else { return }
            switch found {
            case .failure(let problem): post(.unreadable(number, problem))
            case .success(let summary): show(summary)
            }
            FreedMemory.giveBackAtTimes()
        } catch {
            // Where nothing was ever saved there is no search.
            if case .notFound = error { return list([]) }
            let words = error.description
            let isNew = content.withLock { content in
                defer { content.problem = words }
                return content.problem != words
            }
            if isNew { post(.unavailable(words)) }
        }
    }

    private func list(_ listings: [SearchListing]) {
        let isNew = content.withLock { content in
            defer { content.listed = listings }
            return content.listed != listings
        }
        if isNew { post(.listed(listings)) }
    }

    private func show(_ summary: SearchSummary) {
        let (isNew, isOther, known) = content.withLock { content in
            defer { content.shown = summary }
            return (content.shown != summary, content.shown?.search.id != summary.search.id, content.ranked)
        }
        guard isNew else { return }
        // A few trials more hardly change it, and it takes long.
        let ranked = summary.ranks.count { $0 != nil }
        let isWorth =
            isOther || ranked != known && (ranked < 60 || ranked >= known + known / 20 || summary.state == .ended)
        if isWorth {
            let importance = summary.importance()
            content.withLock { ($0.importance, $0.ranked) = (importance, ranked) }
        }
        post(.shown(summary, content.withLock(\.importance)))
    }

    private func opened() throws(StoreError) -> RunStore {
        if let store = content.withLock({ $0.store }), !store.isDetached, !store.isRefusedForNow { return store }
        let store = try open()
        content.withLock { $0.store = store }
        return store
    }
}
