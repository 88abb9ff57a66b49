import Files
import Foundation
import Runs
import Searching
import Specs
import Training

/// A search on a cluster while this program follows it.
struct ClusterSession {
    /// A trial on its way.
    struct Open {
        /// With the epochs that are known of it.
        var trial: SearchEngine.Trial
        /// The newest state that has come from it.
        var place = RunPlace(epoch: 0)
        /// When its file was last taken in, and the file's own mark then.
        var partial: (at: Double, mark: FileMark?) = (0, nil)
    }

    /// Seconds between two questions to Slurm.
    static let pollSeconds = 5.0
    /// Seconds between two lines about where tasks stand.
    static let standingSeconds = 20.0

    let cluster: ClusterTrials
    let search: SearchEngine
    var table = TaskTable()
    var attempts = Attempts()
    var open: [Int: Open] = [:]
    var batches: [String: ClusterBatch] = [:]
    /// Lost trials, with the rungs that they are on the way to.
    var again: [(trial: Int, rung: Int?)] = []
    /// What is not needed any more once the store has saved what waits.
    var merged: [ClusterWork] = []
    private var forgotten: [ClusterBatch] = []
    /// Whether something went wrong whose log is worth keeping.
    var keepsLogs = false
    private var nextPoll = 0.0
    private var nextStanding = 0.0
    private var lastStanding: ClusterNews?
    /// When the next submission may be tried, where one has failed.
    var nextSubmission = 0.0
    var trouble: String?
    private let start = ContinuousClock.now

    init(_ cluster: ClusterTrials, _ search: SearchEngine) { (self.cluster, self.search) = (cluster, search) }

    /// Seconds since it began.
    var now: Double { start.duration(to: .now).seconds }

    /// Does what there is to do now.
    ///
    /// - Returns: false where the search has come to its end.
    mutating func advance() -> Bool {
        collect()
        leaveDropped()
        if now >= nextPoll, !table.tasks.isEmpty { poll() }
        for loss in table.losses(at: now) { lose(loss) }
        settle()
        guard !search.isStopping else { return true }
        return submit() || !merged.isEmpty || !forgotten.isEmpty
    }

    /// Takes over what a session before has submitted.
    mutating func adopt() {
        for batch in cluster.folder.batches() {
            batches[batch.name] = batch
            var lists = batch.tasks
            for (index, works) in lists.enumerated() {
                lists[index] = works.filter { work in
                    guard let trial = search.adopt(work.trial, line: work.line, rung: work.rung) else { return false }
                    do throws(StoreError) { _ = try search.recorder.takeUp(work.trial) } catch {
                        search.putBack(work.trial, rung: work.rung)
                        return false
                    }
                    open[work.trial] = Open(trial: trial)
                    return true
                }
                merged += works.filter { !lists[index].contains($0) }
            }
            table.submitted(batch.name, lists, job: nil, at: nil)
            if lists.allSatisfy(\.isEmpty) { forget(batch.name) }
        }
        if !open.isEmpty { cluster.onNews(.adopted(trials: open.count)) }
    }

    /// Ends, or leaves, what is under way.
    mutating func stop(_ choice: ClusterTrials.AtStop) {
        if choice == .cancel, !table.tasks.isEmpty { cancel() }
        collect()
        settle()
        for (_, open) in open { search.end(open.trial, rung: nil, isThere: false) }
        if choice == .leave, !table.works.isEmpty { cluster.onNews(.left(trials: table.works.count)) }
    }

    /// Ends all jobs, and waits until they have written their states.
    private mutating func cancel() {
        cluster.onNews(.cancelling(tasks: table.active))
        do throws(SlurmFault) { try cluster.slurm.cancel(table.names) } catch {
            return tell(error.description)
        }
        let limit = now + Self.patience
        while table.active > 0, now < limit {
            Thread.sleep(forTimeInterval: 0.5)
            poll()
            collect()
        }
        for (place, work) in table.works {
            if let trial = open[work.trial] { open[work.trial] = take(work, .partial, trial) }
            merged.append(work)
            if table.arrived(work, from: place) { forget(place.name) }
        }
    }

    /// Seconds that cancelled jobs are waited for.
    private static let patience = 45.0

    // MARK: - Slurm's list

    private mutating func poll() {
        nextPoll = now + Self.pollSeconds
        let listing: SlurmListing
        do throws(SlurmFault) { listing = try cluster.slurm.list(table.names) } catch {
            if case .missing = error { return search.fail(error.description) }
            return tell(error.description)
        }
        works()
        for place in table.see(listing, at: now) {
            table.ended(place, cluster.slurm.end(of: place.index, in: table.tasks[place]?.job), at: now)
        }
        let news = ClusterNews.standing(
            running: table.running, waiting: table.active - table.running, reasons: table.reasons.sorted())
        guard table.active > 0, now >= nextStanding, news != lastStanding else { return }
        (nextStanding, lastStanding) = (now + Self.standingSeconds, news)
        cluster.onNews(news)
    }

    /// Says once that something does not work.
    mutating func tell(_ reason: String) {
        if trouble != reason { cluster.onNews(.trouble(reason)) }
        trouble = reason
    }

    mutating func works() {
        if trouble != nil { cluster.onNews(.recovered) }
        trouble = nil
    }

    /// Nothing more comes from an array.
    mutating func forget(_ name: String) {
        if let batch = batches.removeValue(forKey: name) { forgotten.append(batch) }
    }

    /// Removes the files of what the store has now.
    mutating func settle() {
        guard !merged.isEmpty || !forgotten.isEmpty, search.recorder.save() else { return }
        for work in merged { cluster.folder.remove(work) }
        for batch in forgotten { cluster.folder.remove(batch, keepingLogs: keepsLogs) }
        (merged, forgotten) = ([], [])
    }

    /// Trials that the user has taken out: nothing of them is waited for, though their jobs train on to their rungs.
    private mutating func leaveDropped() {
        for (place, work) in table.works where search.isDropped(work.trial) {
            guard let trial = open.removeValue(forKey: work.trial) else { continue }
            search.end(take(work, .partial, trial).trial, rung: work.rung, isThere: false)
            merged.append(work)
            if table.arrived(work, from: place) { forget(place.name) }
        }
    }

    // MARK: - What was lost

    private mutating func lose(_ loss: TaskTable.Loss) {
        keepsLogs = keepsLogs || loss.wasThere
        let words = cluster.folder.lastWords(of: loss.place.name, loss.place.index)
        let isOwnFault = loss.end.ending == .failed || loss.end.ending == .completed
        let reason = [loss.end.description, isOwnFault ? words : nil].compactMap(\.self).joined(separator: ": ")
        for work in loss.works {
            guard var open = open.removeValue(forKey: work.trial) else { continue }
            // What it has trained by then is not lost.
            open = take(work, .partial, open)
            merged.append(work)
            // What was never submitted was not lost.
            switch loss.wasThere ? attempts.lost(work.trial, at: open.place) : .again {
            case .again:
                self.open[work.trial] = open
                again.append((work.trial, work.rung))
                cluster.onNews(.again(trial: work.trial, reason: reason, epochs: open.trial.figures.last?.epoch ?? 0))
            case .givesUp: fail(open.trial, work.rung, "lost \(Attempts.most) times; the last time \(reason)")
            case .stops:
                search.end(open.trial, rung: work.rung, isThere: false)
                let log = cluster.folder.log(of: loss.place.name, "\(loss.place.index)")
                search.fail("no task has brought anything back; \(reason) (\(log))")
            }
        }
        if !table.tasks.keys.contains(where: { $0.name == loss.place.name }) { forget(loss.place.name) }
    }

    /// A trial fails for a reason outside of its training.
    mutating func fail(_ trial: SearchEngine.Trial, _ rung: Int?, _ reason: String) {
        var failed = trial
        failed.failure = reason
        open[trial.number] = nil
        if search.recorder.run(of: trial.number) != nil {
            var progress = UnsavedProgress()
            progress.standing = UnsavedProgress.Standing(.failed, failure: reason, ended: Date())
            search.recorder.add(failed.saved(as: .failed), progress)
        }
        search.end(failed, rung: rung, isThere: true)
    }
}
