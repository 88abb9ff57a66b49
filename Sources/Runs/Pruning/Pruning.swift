import Specs

/// What the user asks for where runs are to give room back.
package struct Pruning: Sendable, Equatable {
    /// What of a run goes.
    package enum Part: String, Sendable, CaseIterable {
        /// All of it.
        case run = "runs"
        /// Its weights, and the state that it is resumed from. Its line, its curves and all figures stay.
        case weights
        /// The state of a finished run, which only training it for more epochs needs.
        case state = "states"
    }

    /// What goes.
    package var part = Part.run
    /// Which runs are kept before others.
    package var order = PruneOrder.standard
    /// The number of runs that stay, the first of the order; nil: none is kept for its place.
    package var keep: Int?
    /// Only so much goes that the store takes no more bytes than this; nil: all that may go does.
    package var most: Int?
    /// Only runs that fulfil this.
    package var filter = RunFilter.none
    /// Whether runs that were deleted go before they are too old to be brought back. With `most` they go first.
    package var takesDeleted = false
    /// Runs that stay, by number: those that a view shows or has marked.
    package var spared: Set<Int> = []

    package init() {}

    /// What goes, in this order.
    ///
    /// - Parameters:
    ///   - runs: all of the store, also the deleted ones, each with its size.
    ///   - used: bytes of the store that hold something.
    package func plan(_ runs: [RunSummary], used: Int) -> PrunePlan {
        let listed = order.sorted(runs.filter { $0.deleted == nil && filter.accepts($0) })
        var plan = PrunePlan(used: used, limit: most)
        var candidates: [RunSummary] = []
        // The worst goes first.
        for run in listed.dropFirst(keep ?? (most == nil ? 0 : 1)).reversed() {
            if let reason = reasonToKeep(run) {
                plan.kept.append(PrunePlan.Kept(run: run.id, reason: reason))
            } else {
                candidates.append(run)
            }
        }
        if takesDeleted || most != nil && part == .run {
            let deleted = runs.filter { $0.deleted != nil && filter.accepts($0) && !$0.state.isAlive }
            for run in deleted.sorted(by: { ($0.deleted ?? $0.started) < ($1.deleted ?? $1.started) }) {
                plan.take(run, .run)
            }
        }
        // A limit is first met with what is missed least.
        if most != nil, part == .run { for run in candidates { plan.take(run, .state) } }
        for run in candidates { plan.take(run, part) }
        return plan
    }

    /// Why a run stays, whatever its place in the order; nil where it may go.
    package func reasonToKeep(_ run: RunSummary) -> String? {
        if run.state.isAlive { return "it is being trained" }
        if run.state == .interrupted { return "it was interrupted, and can be resumed" }
        if run.name != nil { return "it has a name" }
        if !run.tags.isEmpty { return "it has a tag" }
        if !run.note.isEmpty { return "it has a note" }
        if let ensemble = run.ensembles.first { return "the ensemble \(ensemble) needs it" }
        return spared.contains(run.id) ? "it is shown or marked" : nil
    }
}

/// What pruning would do.
package struct PrunePlan: Sendable, Equatable {
    /// A part of a run that goes.
    package struct Step: Sendable, Equatable {
        /// The run's number.
        package let run: Int
        /// What goes of it.
        package let part: Pruning.Part
        /// What that takes now.
        package let bytes: Int
        /// Whether the user had deleted it.
        package let wasDeleted: Bool
    }

    /// A run that would go by its place, and stays.
    package struct Kept: Sendable, Equatable {
        /// The run's number.
        package let run: Int
        /// Why, as a part of a sentence.
        package let reason: String
    }

    /// In the order in which they go.
    package private(set) var steps: [Step] = []
    /// The worst first.
    package internal(set) var kept: [Kept] = []
    /// What the store takes before, in bytes.
    package let used: Int
    /// What it may take; nil without a limit.
    package let limit: Int?

    init(used: Int, limit: Int?) { (self.used, self.limit) = (used, limit) }

    /// What it gives back, in bytes.
    package var bytes: Int { steps.reduce(0) { $0 + $1.bytes } }

    /// Whether the store is within its limit then.
    package var isEnough: Bool { limit.map { used - bytes <= $0 } ?? true }

    /// Adds a part of a run, where there is something of it and the limit asks for it. A run that goes as a whole
    /// takes the place of its parts.
    mutating func take(_ run: RunSummary, _ part: Pruning.Part) {
        guard let size = run.size, limit == nil || !isEnough, part.isThere(of: run) else { return }
        steps.removeAll { $0.run == run.id }
        steps.append(Step(run: run.id, part: part, bytes: part.bytes(of: size), wasDeleted: run.deleted != nil))
    }
}

extension Pruning.Part {
    /// Whether a run has something of it that may go.
    func isThere(of run: RunSummary) -> Bool {
        switch self {
        case .run: true
        case .state: run.state == .finished && run.size?.state ?? 0 > 0
        case .weights: !run.state.isAlive && run.state != .interrupted && bytes(of: run.size ?? RunSize()) > 0
        }
    }

    func bytes(of size: RunSize) -> Int {
        switch self {
        case .run: size.total
        case .state: size.state
        case .weights: size.state + size.weights
        }
    }
}
