/// The array tasks that are under way, and what is still to come from each: a state machine over what Slurm lists and what
/// results arrive. Seconds are those of any steady clock.
package struct TaskTable {
    /// Which task of which array.
    package typealias Place = SlurmListing.Place

    /// Where a task stands.
    package enum Standing: Equatable {
        /// Slurm has not listed it yet.
        case unseen
        /// It waits, for a reason that may be empty.
        case waiting(String)
        case running
        /// It has ended, or is listed no more.
        case gone(TaskEnd, at: Double)
    }

    /// An array task.
    package struct Task: Equatable {
        /// Trials whose results are still to come.
        package var works: [ClusterWork]
        /// Where it stands.
        package var standing = Standing.unseen
        /// The number of its array, once it is known.
        package var job: Int?
        /// When it was submitted; long ago for one of a session before.
        package let since: Double
    }

    /// Trials of a task that has ended without their results.
    package struct Loss: Equatable {
        /// Which task.
        package let place: Place
        /// How it ended.
        package let end: TaskEnd
        /// The trials.
        package let works: [ClusterWork]
        /// Whether Slurm ever knew the task.
        package let wasThere: Bool
    }

    /// Seconds in which a submitted task must be listed.
    package static let patience = 60.0
    /// Seconds that a file may take from a node to this machine: caches of NFS keep a folder's names for up to a minute.
    package static let delay = 75.0
    /// The same where the task has failed, and most likely wrote none.
    package static let shortDelay = 5.0

    /// By their places.
    package private(set) var tasks: [Place: Task] = [:]

    package init() {}

    /// Tasks that may still bring results.
    package var active: Int { tasks.values.count { if case .gone = $0.standing { false } else { true } } }

    /// Tasks that run now.
    package var running: Int { tasks.values.count { $0.standing == .running } }

    /// Why tasks wait, each reason once.
    package var reasons: Set<String> {
        Set(
            tasks.values.compactMap {
                if case .waiting(let reason) = $0.standing, !reason.isEmpty { reason } else { nil }
            })
    }

    /// Names of the arrays of which Slurm is to be asked.
    package var names: [String] { Set(tasks.keys.map(\.name)).sorted() }

    /// All that is still to come.
    package var works: [(place: Place, work: ClusterWork)] {
        tasks.flatMap { place, task in task.works.map { (place, $0) } }.sorted { $0.work.trial < $1.work.trial }
    }

    /// An array was submitted.
    ///
    /// - Parameters:
    ///   - job: its number; nil where that is not known.
    ///   - time: when that was; nil for long ago.
    package mutating func submitted(_ name: String, _ lists: [[ClusterWork]], job: Int?, at time: Double?) {
        for (index, works) in lists.enumerated() where !works.isEmpty {
            tasks[Place(name: name, index: index)] = Task(works: works, job: job, since: time ?? -.infinity)
        }
    }

    /// Slurm has listed its tasks.
    ///
    /// - Returns: those that have ended now, or that it does not list any more; `ended` is to be told how.
    package mutating func see(_ listing: SlurmListing, at now: Double) -> [Place] {
        var ended: [Place] = []
        for (place, task) in tasks {
            if case .gone = task.standing { continue }
            guard let line = listing.lines[place] else {
                if task.standing != .unseen || now - task.since > Self.patience { ended.append(place) }
                continue
            }
            tasks[place]?.job = line.job
            switch line.state {
            case .waiting: tasks[place]?.standing = .waiting(line.reason)
            case .running: tasks[place]?.standing = .running
            case .ended: ended.append(place)
            }
        }
        return ended.sorted { ($0.name, $0.index) < ($1.name, $1.index) }
    }

    /// How a task has ended.
    package mutating func ended(_ place: Place, _ end: TaskEnd, at now: Double) {
        tasks[place]?.standing = .gone(end, at: now)
        if tasks[place]?.works.isEmpty ?? false { tasks[place] = nil }
    }

    /// The result of a trial has come.
    ///
    /// - Returns: whether nothing more is to come from its array.
    package mutating func arrived(_ work: ClusterWork, from place: Place) -> Bool {
        tasks[place]?.works.removeAll { $0 == work }
        // A task that has nothing more to do has ended, whatever Slurm says yet.
        if tasks[place]?.works.isEmpty ?? false { tasks[place] = nil }
        return !tasks.keys.contains { $0.name == place.name }
    }

    /// Takes out what is lost: of tasks that have ended, once their files would be here.
    package mutating func losses(at now: Double) -> [Loss] {
        var losses: [Loss] = []
        for (place, task) in tasks {
            guard case .gone(let end, let then) = task.standing else { continue }
            guard now - then >= (end.isComplete ? Self.delay : Self.shortDelay) else { continue }
            losses.append(Loss(place: place, end: end, works: task.works, wasThere: task.job != nil))
            tasks[place] = nil
        }
        return losses.sorted { ($0.place.name, $0.place.index) < ($1.place.name, $1.place.index) }
    }
}
