import Datasets
import Dispatch
import Foundation
import Memory
import Reports
import Runs
import Specs
import Synchronization
import Training

/// Reads and changes saved runs for the dashboard on a queue of its own, as a disk, or another program that writes, can
/// be slow.
///
/// The store is opened when it is first needed. While the list is followed, a mark that costs microseconds is compared
/// with the store once a second; otherwise nothing is scheduled.
package final class RunLibrary: Sendable {
    private struct Content {
        var store: RunStore?
        /// Counts how often the list was followed or left.
        var generation = 0
        var follows = false
        var mark: RunStore.ChangeMark?
        var listed: [SavedRun]?
        /// When the list was last read, whatever the mark was.
        var listedAt = Date.distantPast
        var problem: StoreError?
        /// The session's data set, with its digest once that is needed.
        var dataset: Dataset?
        var digest: String?
        /// The last data set of an opened run that is not the session's.
        var other: (data: LoadedData, source: String, digest: String)?
    }

    private static let pace = DispatchTimeInterval.seconds(1)
    /// Seconds between two checks whether processes of unfinished runs still exist, as an ended one writes nothing.
    private static let livenessPace = 5.0

    private let openStore: @Sendable () throws(StoreError) -> RunStore
    let post: @Sendable (Action) -> Void
    /// Where a run's data set is looked for by its digest.
    let imported: ImportedDatasets
    /// Called first on every thread that loads a data set.
    let onThread: @Sendable () -> Void
    private let queue = DispatchQueue(label: "saved runs", qos: .userInitiated)
    /// Used on the queue, and for data sets on threads that load them: the lock is held for moments only.
    private let content = Mutex(Content())
    /// The networks that were asked last; used on the queue alone.
    let averaged = Mutex<AveragedRuns?>(nil)

    /// - Parameters:
    ///   - open: opens the store, for this library alone.
    ///   - imported: where a run's data set is looked for by its digest.
    ///   - onThread: called first on every thread that loads a data set.
    ///   - post: called from the queue with what was read or done.
    package init(
        open: @escaping @Sendable () throws(StoreError) -> RunStore, imported: ImportedDatasets = .none,
        onThread: @escaping @Sendable () -> Void = {},
        post: @escaping @Sendable (Action) -> Void
    ) {
        openStore = open
        self.imported = imported
        self.onThread = onThread
        self.post = post
    }

    /// Carries out an effect, and posts the result.
    package func perform(_ effect: RunsEffect) {
        queue.async { [self] in
            do throws(StoreError) {
                switch effect {
                case .follow(let follows): follow(follows)
                case .fetch(let run, let stamp): fetch(run, stamp)
                case .open(let request):
                    open(request)
                    FreedMemory.giveBack()
                case .fetchCourses(let runs): fetchCourses(runs)
                case .compareErrors(let first, let second): try compareErrors(first, second)
                case .average(let runs): try average(runs)
                case .ask(let runs, let mean, let image): ask(runs, mean, image)
                case .saveEnsemble(let runs, let mean, let name): try saveEnsemble(runs, mean, name)
                case .measure(let run): try measure(run)
                case .findWeights(let run, let use): try findWeights(run, to: use)
                case .keepLimit(let limit, let spared): try keep(limit, spared)
                default: try change(effect)
                }
            } catch {
                post(.runs(.failed(error)))
            }
        }
    }

    /// Sets the data set that runs are evaluated on.
    package func use(_ dataset: Dataset) {
        content.withLock { ($0.dataset, $0.digest) = (dataset, nil) }
    }

    /// Waits until all requests are done.
    package func finish() { queue.sync {} }

    // MARK: - The list

    private func follow(_ follows: Bool) {
        let generation = content.withLock { content in
            content.follows = follows
            content.generation += 1
            // Earlier errors are reported again.
            content.problem = nil
            return content.generation
        }
        if follows { look(generation) }
    }

    private func look(_ generation: Int) {
        guard content.withLock({ $0.follows && $0.generation == generation }) else { return }
        refresh()
        queue.asyncAfter(deadline: .now() + RunLibrary.pace) { [self] in look(generation) }
    }

    /// Reads the list where something may have changed, and posts it where something has.
    func refresh() {
        do throws(StoreError) {
            guard let store = try openedIfThere() else { return list([]) }
            let mark = try store.changeMark()
            let now = Date()
            let (isKnown, hasLiving) = content.withLock { content in
                (
                    content.mark == mark && content.listed != nil && content.problem == nil
                        && now.timeIntervalSince(content.listedAt) < RunLibrary.livenessPace,
                    content.listed?.contains { $0.summary.state.isAlive } ?? true
                )
            }
            let isUnchanged = content.withLock { $0.mark == mark && $0.listed != nil && $0.problem == nil }
            if isKnown || isUnchanged && !hasLiving { return }
            let known = content.withLock { $0.listed ?? [] }
            let runs = try Self.list(store, known, now: now)
            content.withLock { ($0.mark, $0.listedAt) = (mark, now) }
            list(runs)
        } catch {
            let isNew = content.withLock { content in
                defer { content.problem = error }
                return content.problem != error
            }
            if isNew { post(.runs(.unavailable(error))) }
        }
    }

    private func list(_ runs: [SavedRun]) {
        let isNew = content.withLock { content in
            let isNew = content.listed != runs || content.problem != nil
            content.listed = runs
            content.problem = nil
            return isNew
        }
        guard isNew else { return }
        post(.runs(.listed(runs)))
        // The rows of the list before, and what they were read from.
        FreedMemory.giveBackAtTimes()
    }

    // MARK: - One run or two

    private func fetch(_ run: Int, _ stamp: HistoryStamp) {
        var record: ShownRun?
        do throws(StoreError) {
            let store = try opened()
            if let summary = try store.summary(of: run) {
                record = ShownRun(
                    SavedRun(summary), epochs: try store.epochs(of: run), events: try store.events(of: run),
                    confusions: try store.newestConfusion(of: run).map { [$0] } ?? [],
                    test: try store.testReport(of: run)?.confusion)
            }
        } catch {
            post(.runs(.failed(error)))
        }
        post(.runs(.history(run: run, SavedHistory(stamp: stamp, record: record))))
    }

    /// The small curves of the table, all in one reading.
    private func fetchCourses(_ runs: [Int: HistoryStamp]) {
        let losses = (try? opened().validationLosses(of: Array(runs.keys), points: SavedRuns.coursePoints)) ?? [:]
        // Those that can't be read have no curve, and are not asked for again.
        var courses: [Int: SavedCourse] = [:]
        for (run, stamp) in runs { courses[run] = SavedCourse(stamp: stamp, losses: losses[run] ?? []) }
        post(.runs(.courses(courses)))
    }

    /// Evaluates a run whose final weights were not tested. A run whose data set may differ from the session's does not
    /// change.
    private func measure(_ run: Int) throws(StoreError) {
        // It is not requested again, whatever the result.
        defer { post(.runs(.measured(run))) }
        let store = try opened()
        guard let summary = try store.summary(of: run), summary.fingerprint != nil,
            let (dataset, digest) = datasetAndDigest()
        else { return }
        try store.measureEnd(of: summary, on: dataset, digest: digest, threads: 1)
        refresh()
    }

    func datasetAndDigest() -> (Dataset, String)? {
        let (dataset, known) = content.withLock { ($0.dataset, $0.digest) }
        guard let dataset else { return nil }
        let digest = known ?? DatasetFingerprint.digest(of: dataset)
        content.withLock { $0.digest = digest }
        return (dataset, digest)
    }

    /// The data set of this source and digest, where it is the last one that was loaded for an opened run.
    func otherData(_ source: String, _ digest: String?) -> LoadedData? {
        content.withLock { content in
            guard let other = content.other, other.source == source, digest == nil || digest == other.digest else {
                return nil
            }
            return other.data
        }
    }

    func keep(_ data: LoadedData, source: String, digest: String) {
        content.withLock { $0.other = (data, source, digest) }
    }

    private func compareErrors(_ first: Int, _ second: Int) throws(StoreError) {
        let store = try opened()
        guard let one = try store.test(of: first) else { return refuseUntested(first) }
        guard let other = try store.test(of: second) else { return refuseUntested(second) }
        do throws(ErrorDifference.Problem) {
            post(.runs(.errors(try RunErrors(first: (first, one), second: (second, other)))))
        } catch {
            post(.runs(.refused("runs \(first) and \(second): \(error.description)")))
        }
    }

    private func refuseUntested(_ run: Int) {
        post(.runs(.refused("run \(run) was never measured on the test set")))
    }

    // MARK: - Changes

    private func change(_ effect: RunsEffect) throws(StoreError) {
        let store = try opened()
        switch effect {
        case .rename(let run, let name):
            try store.rename(run: run, to: name)
            post(.runs(.changed(name.isEmpty ? "run \(run) has no name now" : "run \(run) is called \(name)")))
        case .changeTags(let run, let adding, let removing):
            try store.changeTags(run: run, adding: adding, removing: removing)
            post(.runs(.changed("the tags of run \(run) are changed")))
        case .setNote(let run, let note):
            try store.setNote(run: run, to: note)
            post(.runs(.changed(note.isEmpty ? "run \(run) has no note now" : "the note on run \(run) is kept")))
        case .leave(let run):
            try store.leave(run: run)
            post(.runs(.changed("run \(run) stays as it is: 6, then + resumes it")))
        case .delete(let runs):
            try store.delete(runs: runs)
            post(.runs(.deleted(runs)))
        case .undelete(let runs):
            try store.undelete(runs: runs)
            refresh()
            post(.runs(.undeleted(runs)))
        case .follow, .fetch, .fetchCourses, .open, .compareErrors, .average, .ask, .saveEnsemble, .measure,
            .findWeights,
            .keepLimit:
            break
        }
        refresh()
    }

    /// Says that the store is over its limit, or prunes it, as the user chose.
    private func keep(_ limit: StoreLimit, _ spared: Set<Int>) throws(StoreError) {
        guard let store = try openedIfThere(), let warning = limit.warning(used: try store.size().used) else { return }
        guard limit.response == .prune else { return post(.runs(.overLimit(warning))) }
        let pruning = limit.pruning(sparing: spared)
        let steps = try store.prune(try store.plan(pruning), pruning)
        if !steps.isEmpty { _ = try store.compact(rewriting: false) }
        refresh()
        guard let report = StoreLimit.report(steps, limit) else { return post(.runs(.overLimit(warning))) }
        post(.runs(.changed(report)))
    }

    func opened() throws(StoreError) -> RunStore {
        // A store that was removed may exist again, made by a program that records a run into it.
        if let store = content.withLock({ $0.store }), !store.isDetached, !store.isRefusedForNow {
            return store
        }
        let store = try openStore()
        content.withLock { $0.store = store }
        return store
    }

    /// Nil where nothing was ever saved.
    private func openedIfThere() throws(StoreError) -> RunStore? {
        do throws(StoreError) {
            return try opened()
        } catch {
            if case .notFound = error { return nil }
            throw error
        }
    }
}
