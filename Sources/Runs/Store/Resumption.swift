import Foundation
import Specs
import Training

/// A saved run that this program has claimed, with all that is needed to resume it.
///
/// The command line and the dashboard both resume a run by this alone.
package struct Resumption: Sendable {
    /// The run's number in the store.
    package let run: Int
    /// The spec that the run was started with.
    package let spec: ExperimentSpec
    /// When the run was first started.
    package let started: Date
    /// The epochs up to the place where it resumes: logs of the run are written again up to there.
    package let epochs: [EpochFigures]
    /// The confusion matrices up to there.
    package let confusions: [EpochConfusion]
    /// Whether the store has no fingerprint of its data set yet.
    package let needsFingerprint: Bool
    private let start: RunStart
    /// The state of the run before it was claimed.
    private let standing: UnsavedProgress.Standing

    /// The live changes before the place where it resumes.
    package let changes: [LiveChange]

    /// What the user asks for when a run is resumed or continued.
    package struct Request: Sendable, Equatable {
        /// Epochs in addition to the finished ones; nil for the planned number.
        package var moreEpochs: Int?
        /// Settings that change where it resumes.
        package var settings: [LiveSetting]

        package init(moreEpochs: Int? = nil, settings: [LiveSetting] = []) {
            self.moreEpochs = moreEpochs
            self.settings = settings
        }
    }

    /// Claims a run.
    ///
    /// - Parameters:
    ///   - number: the run's in the store.
    ///   - digest: computes the SHA-256 of the data set that it would train on.
    /// - Throws: `StoreError` where another program trains it, it was trained on other images, there is nothing left to
    ///   train, or it can't be read. Then nothing of it has changed.
    package init(
        _ number: Int, _ request: Request = Request(), store: RunStore, digest: () throws(StoreError) -> String
    ) throws(StoreError) {
        guard let summary = try store.summary(of: number), summary.deleted == nil else {
            throw .noRun("\(number)", nearest: nil)
        }
        if let reason = Self.refusal(of: summary, request) { throw .cannotResume(run: number, reason: reason) }
        let spec: ExperimentSpec
        let start: RunStart
        do throws(SpecError) {
            spec = try summary.spec()
            start = RunStart(changes: try summary.plannedChanges(), settings: Self.settings(request, summary))
        } catch {
            throw .damaged(run: number, what: "the spec", reason: error.description)
        }
        if let expected = summary.fingerprint, try digest() != expected {
            throw .cannotResume(run: number, reason: "the data set has other images than those it was trained with")
        }
        try store.claim(run: number)
        do throws(StoreError) {
            self = try Self(claimed: summary, spec: spec, start: start, store: store)
        } catch {
            Self.release(run: number, in: store, to: Self.standing(of: summary))
            throw error
        }
    }

    private init(
        claimed summary: RunSummary, spec: ExperimentSpec, start: RunStart, store: RunStore
    ) throws(StoreError) {
        var start = start
        start.state = try store.checkpoint(of: summary.id)
        start.weights = store.weightFinder
        // Versions that could not change the planned epochs did not save them in states.
        if start.state != nil, start.state?.epochs == nil { start.state?.epochs = summary.plannedEpochs }
        if start.state == nil, summary.plannedEpochs != spec.training.epochs {
            start.settings.insert(.epochs(summary.plannedEpochs), at: 0)
        }
        let all = try store.epochs(of: summary.id)
        let best = try store.weights(of: summary.id, .best)
        start.leastLoss = all.first { $0.epoch == best?.place.epoch }?.validationLoss
        let place = RunPlace(epoch: start.state?.epoch ?? 0, batch: start.state?.batch ?? 0)
        epochs = all.filter { $0.epoch <= place.epoch }
        confusions = try store.confusions(of: summary.id).filter { $0.epoch <= place.epoch }
        changes = ((try? summary.line())?.changes ?? []).filter { $0.setting != .stop && $0.place <= place }
        var mark = UnsavedProgress()
        mark.events = [RunEvent(.resumed, position: place.position(batchesPerEpoch: summary.batchesPerEpoch))]
        try store.record(mark, run: summary.id)
        needsFingerprint = summary.fingerprint == nil
        standing = Self.standing(of: summary)
        (run, started, self.spec, self.start) = (summary.id, summary.started, spec, start)
    }

    /// How the run begins in this program.
    ///
    /// - Parameter recorder: records it.
    package func start(recorder: any RunRecording) -> RunStart {
        var start = start
        start.recorder = recorder
        return start
    }

    /// All changes that are known before it trains: those before, those that the user asked for, and the rest of its
    /// own line.
    package var knownChanges: [LiveChange] {
        let place = place ?? RunPlace(epoch: 0)
        let asked = start.settings.map { LiveChange($0, at: place) }
        return changes + asked + start.changes.dropFirst(start.state?.madeChanges ?? 0)
    }

    /// The place where the run resumes; nil from its start.
    package var place: RunPlace? { start.state.map { RunPlace(epoch: $0.epoch, batch: $0.batch) } }

    /// The planned epochs, with those that the user asked for.
    package var plannedEpochs: Int {
        start.settings.reduce(start.state?.epochs ?? spec.training.epochs) { planned, setting in
            if case .epochs(let epochs) = setting { epochs } else { planned }
        }
    }

    /// Releases a claimed run that another start has replaced: its state is as before.
    package func release(in store: RunStore) { Self.release(run: run, in: store, to: standing) }

    private static func standing(of run: RunSummary) -> UnsavedProgress.Standing {
        UnsavedProgress.Standing(run.state.isAlive ? .interrupted : run.state, failure: run.failure, ended: run.ended)
    }

    private static func release(run: Int, in store: RunStore, to standing: UnsavedProgress.Standing) {
        var progress = UnsavedProgress()
        progress.standing = standing
        // If that can't be written, the run counts as interrupted once this program has ended.
        _ = try? store.record(progress, run: run)
    }

    // MARK: - What can go on

    /// Why a run can't be resumed or continued as the user asks; nil if it can.
    package static func refusal(of run: RunSummary, _ request: Request) -> String? {
        let isLonger =
            request.moreEpochs != nil || request.settings.contains { if case .epochs = $0 { true } else { false } }
        if run.isImported {
            return "its weights were imported; `trainspotter train --from \(run.id)` begins a run with them"
        }
        switch run.state {
        case .running, .paused: return nil
        case .failed:
            let reason = "it failed: \(run.failure ?? "no reason is known")"
            guard run.checkpointEpoch != nil else { return reason + "; no state from before that is saved" }
            return request.settings.isEmpty ? reason + "; it can be resumed from before that with another setting" : nil
        case .finished:
            return isLonger ? refusalWithoutState(of: run) : "it is finished: it can be trained for more epochs"
        case .stopped: return refusalWithoutState(of: run)
        case .interrupted: return nil
        }
    }

    /// Why a run that has ended can't go on: its state was given back, and from its start it would lose its live changes.
    package static func refusalWithoutState(of run: RunSummary) -> String? {
        guard run.checkpointEpoch == nil, run.epochs > 0 else { return nil }
        return "its state is not saved any more; `trainspotter runs repeat \(run.id)` trains it again from its start"
    }

    private static func settings(_ request: Request, _ run: RunSummary) -> [LiveSetting] {
        guard let more = request.moreEpochs else { return request.settings }
        // From where it stands: a run that stopped early had more planned than done.
        return request.settings + [.epochs(max(run.epochs, run.checkpointEpoch ?? 0) + more)]
    }
}
