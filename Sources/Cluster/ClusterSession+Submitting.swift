import Files
import Foundation
import Runs
import Searching
import Training

extension ClusterSession {
    /// Tasks of an array at most: Slurm's own limit is 1001 unless a site has changed it.
    private static let mostTasks = 500
    /// The share of a task's time that is worth a task of its own.
    private static let leastShare = 0.25
    /// Seconds before a failed submission is tried again.
    private static let patience = 20.0

    /// Submits what the search wants next, as far as there is room.
    ///
    /// - Returns: false where it wants nothing any more.
    mutating func submit() -> Bool {
        guard now >= nextSubmission, !search.isPaused else { return true }
        let room = min(cluster.options.tasks - table.active, Self.mostTasks)
        guard room > 0 else { return true }
        let (works, isDone) = gather(room)
        guard !works.isEmpty else { return !(isDone && open.isEmpty && again.isEmpty) }
        submit(works, among: tasks(for: works, room))
        return true
    }

    /// Trials for so many tasks. Before anything is known of an epoch's time, one for each processor.
    private mutating func gather(_ room: Int) -> (works: [ClusterWork], isDone: Bool) {
        var (works, isDone, epochs) = ([ClusterWork](), false, 0)
        let most = Double(room * cluster.options.processors) * taskSeconds
        let each = search.secondsPerEpoch
        while each.map({ $0 * Double(epochs) < most }) ?? (works.count < room * cluster.options.processors) {
            var next = again.isEmpty ? nil : again.removeFirst()
            if next == nil {
                switch search.next() {
                case .train(let trial, let rung):
                    open[trial.number] = Open(trial: trial)
                    next = (trial.number, rung)
                case .wait: return (works, false)
                case .done: isDone = true
                }
            }
            guard let (trial, rung) = next else { return (works, isDone) }
            guard let work = work(trial, rung) else {
                // What could not be written now is tried again later, with all the others.
                if now < nextSubmission { return (works, false) }
                continue
            }
            epochs += work.until - (open[trial]?.trial.figures.last?.epoch ?? 0)
            works.append(work)
        }
        return (works, isDone)
    }

    /// Seconds that a task is to take: at most half of its limit.
    private var taskSeconds: Double {
        let limit = cluster.options.time.flatMap(SlurmTime.init(parsing:)).map { Double($0.seconds) / 2 }
        return min(cluster.options.taskSeconds, limit ?? .infinity)
    }

    /// How many tasks these are worth.
    private func tasks(for works: [ClusterWork], _ room: Int) -> Int {
        guard let each = search.secondsPerEpoch else { return room }
        let epochs = works.reduce(0) { $0 + $1.until - (open[$1.trial]?.trial.figures.last?.epoch ?? 0) }
        let seconds = each * Double(epochs) / Double(cluster.options.processors)
        return max(1, min(room, Int((seconds / (taskSeconds * Self.leastShare)).rounded(.up))))
    }

    /// A trial's way to a rung, with the state that it goes on from in the folder; nil where that is not possible now.
    private mutating func work(_ number: Int, _ rung: Int?) -> ClusterWork? {
        guard var trial = open[number]?.trial else { return nil }
        guard trial.spec.training.from == nil, trial.spec.training.distillation.teacher == nil else {
            fail(trial, rung, "its line names saved weights, which nodes don't have")
            return nil
        }
        do {
            let state = try search.recorder.takeUp(number)
            // Epochs behind the state are trained again, to the same bits.
            trial.figures.removeAll { $0.epoch > state?.epoch ?? 0 }
            open[number]?.trial = trial
            let until = search.epochs(ofRung: rung)
            let work = ClusterWork(
                trial: number, line: trial.spec.description, rung: rung, until: until,
                attempt: String(UInt32.random(in: 0...UInt32.max), radix: 16), hasState: state != nil,
                cost: Double(trial.spec.network.parameterCount) * Double(until - (state?.epoch ?? 0)))
            if let state { try cluster.folder.write(state, of: work) }
            return work
        } catch let error as StoreError where error.concernsRun {
            fail(trial, rung, "\(error)")
        } catch {
            putBack(number, rung, "\((error as? WriteFailure)?.reason ?? "\(error)")")
        }
        return nil
    }

    private mutating func putBack(_ trial: Int, _ rung: Int?, _ reason: String) {
        tell("\(cluster.folder.path): \(reason)")
        nextSubmission = now + Self.patience
        open[trial] = nil
        search.putBack(trial, rung: rung)
    }

    /// Submits an array. The store and the folder know of it first: whatever ends this program, the next one finds it.
    private mutating func submit(_ works: [ClusterWork], among tasks: Int) {
        let count = max(1, min(tasks, (works.count + cluster.options.processors - 1) / cluster.options.processors))
        let batch = ClusterBatch(
            name: "trainspotter-\(cluster.search)-\(String(UInt32.random(in: 0...UInt32.max), radix: 16))",
            search: cluster.search, data: cluster.data.argument, dataFolder: cluster.data.folder,
            digest: cluster.data.digest, processors: cluster.options.processors,
            tasks: ClusterBatch.deal(works, among: count))
        guard search.recorder.save() else { return takeBack(works, "the store can't be written") }
        do throws(WriteFailure) { try cluster.folder.write(batch) } catch { return takeBack(works, error.reason) }
        do throws(SlurmFault) {
            let job = try cluster.slurm.submit(
                Slurm.Array(
                    name: batch.name, count: batch.tasks.count,
                    script: [cluster.folder.script, cluster.folder.batch(batch.name)],
                    log: cluster.folder.logPattern(of: batch.name)), cluster.options)
            self.works()
            enter(batch, job: job)
            cluster.onNews(.submitted(job: job, tasks: batch.tasks.count, trials: works.count))
        } catch {
            submissionFailed(batch, works, error)
        }
    }

    private mutating func enter(_ batch: ClusterBatch, job: Int?) {
        batches[batch.name] = batch
        table.submitted(batch.name, batch.tasks, job: job, at: now)
    }

    private mutating func submissionFailed(_ batch: ClusterBatch, _ works: [ClusterWork], _ fault: SlurmFault) {
        switch fault {
        case .passes:
            // It may have been submitted all the same: Slurm's list tells.
            tell(fault.description)
            nextSubmission = now + Self.patience
            enter(batch, job: nil)
        case .limit where table.active > 0:
            cluster.folder.remove(batch, keepingLogs: false)
            takeBack(works, fault.description)
        case .limit, .refused, .missing:
            cluster.folder.remove(batch, keepingLogs: false)
            for work in works {
                cluster.folder.remove(work)
                guard let trial = open.removeValue(forKey: work.trial)?.trial else { continue }
                search.end(trial, rung: work.rung, isThere: false)
            }
            search.fail(fault.description)
        }
    }

    /// Nothing was submitted: the same trials are tried again later.
    private mutating func takeBack(_ works: [ClusterWork], _ reason: String) {
        tell(reason)
        nextSubmission = now + Self.patience
        for work in works {
            cluster.folder.remove(work)
            again.append((work.trial, work.rung))
        }
    }
}
