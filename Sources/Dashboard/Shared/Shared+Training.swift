import Files
import Specs
import Training

extension Shared {
    /// Carries out a command for the session's own run, whichever is on the screen.
    mutating func perform(_ command: RunCommand) -> [Effect] { withSession { $0.performHere(command) } }

    private mutating func performHere(_ command: RunCommand) -> [Effect] {
        if command.startsTraining, data == .loading { return startWhenLoaded(command) }
        switch command {
        case .playPause: return playPause()
        case .stepBatch: return step(.stepBatch)
        case .stepEpoch: return step(.stepEpoch)
        case .restart: return start(paused: false)
        case .restartWithNewSeed:
            var spec = composer.spec
            spec.training.seed &+= 1
            if refusal(toStart: spec) == nil { composer.change(to: spec) }
            return start(paused: false)
        case .rateDown, .rateUp:
            var spec = composer.spec
            let rate = spec.training.learningRate
            spec.training.learningRate = ComposerEditing.nextRate(rate, by: command == .rateUp ? 1 : -1)
            return edited(to: spec)
        case .toggleAutoRun:
            autoRun.toggle()
            message = .note(autoRun ? "auto-run on: every edit trains anew" : "auto-run off")
            return autoRun ? startByAutoRun() : withoutAwaitedAutoRun()
        }
    }

    private mutating func playPause() -> [Effect] {
        guard let run, run.state != .stopped else { return start(paused: false, replays: true) }
        switch run.state {
        case .running: return [.command(.pause)]
        case .paused: return [.command(.resume)]
        case .finished, .failed, .stopped: return start(paused: false, replays: true)
        }
    }

    private mutating func step(_ command: TrainingCommand) -> [Effect] {
        guard let run, run.state != .stopped, run.state != .failed else {
            return start(paused: true, firstStep: command)
        }
        // A finished run that trains again: from here on it has the edits since.
        return applyLive(revives: true) + [.command(command)]
    }

    /// Starts a run of the composer's spec, in place of the one under way.
    ///
    /// - Parameter replays: whether it makes the live changes of the run line in the composer.
    mutating func start(paused: Bool, firstStep: TrainingCommand? = nil, replays: Bool = false) -> [Effect] {
        guard sessionData.loaded != nil else { return [] }
        if let refusal = refusal(toStart: composer.spec) {
            refuse(refusal)
            return []
        }
        returnToSession()
        let line = RunLine(spec: composer.spec, changes: replays ? composer.changes : [])
        // It is starting already: a held key, or pasted text that arrives as keys, must not start it twice.
        if !paused, let run, run.isUntouched, run.startedLine == line { return [] }
        let id = makeRunCurrent(line.spec)
        run?.startedLine = line
        if paused { run?.state = .paused }
        return [.start(line, run: id, paused: paused, firstStep: firstStep)]
    }

    /// Makes a new run the present one; the one before it goes into the archive.
    ///
    /// - Returns: its number within the session.
    mutating func makeRunCurrent(_ spec: ExperimentSpec) -> Int {
        returnToSession()
        let id = (run?.id ?? 0) + 1
        archiveRun()
        var own = ShownRun(id: id, spec: spec)
        own.dataset = sessionData.loaded?.dataset.name ?? ""
        run = own
        comparison.start(.session(id))
        inspection = nil
        (past, pastOfTest) = (PredictionHistory(), PredictionHistory())
        lookBack.startedRun()
        return id
    }

    /// Applies an edit: live settings go to the run at once, the others wait for the next start.
    ///
    /// - Parameter isLine: whether it is a whole line, which says itself what the run begins with.
    mutating func edited(to new: ExperimentSpec, isLine: Bool = false) -> [Effect] {
        let fitting = isLine ? new : new.withoutWeightsOfOtherLayers(editing: composer.spec)
        let effects = withSession { $0.editedHere(to: fitting, isLine) }
        if fitting != new, composer.spec == fitting { sayWeightsAreGone() }
        return effects
    }

    private mutating func editedHere(to new: ExperimentSpec, _ isLine: Bool) -> [Effect] {
        guard new != composer.spec else { return [] }
        if let refusal = refusal(toEdit: new, isLine: isLine) {
            refuse(refusal)
            return []
        }
        composer.change(to: new)
        return afterEdit()
    }

    /// Loads a run's line: the next run makes its changes.
    mutating func edited(to line: RunLine) -> [Effect] {
        let effects = edited(to: line.spec, isLine: true)
        composer.changes = line.changes
        let differences = line.origin?.differences(from: .here()) ?? []
        if !differences.isEmpty, message?.kind != .error {
            message = .warning("the line may not give the same bits here: " + differences.joined(separator: "; "))
        } else if !line.changes.isEmpty, message?.kind != .error {
            let count = line.changes.count
            message = .note("\(key(.train)) starts it and repeats its \(count == 1 ? "change" : "\(count) changes")")
        }
        return effects
    }

    /// Effects of another spec in the composer.
    mutating func afterEdit() -> [Effect] { withSession { $0.afterEditHere() } }

    private mutating func afterEditHere() -> [Effect] {
        var effects = applyLive()
        announceEdit(isLive: !effects.isEmpty)
        if autoRun, data == .loading { _ = startByAutoRun() }
        if autoRun, data.loaded != nil, isEdited {
            autoRunTicket += 1
            effects.append(.waitForAutoRun(ticket: autoRunTicket))
        }
        return effects
    }

    /// Learning rate, penalties and the number of epochs reach the run under way, and dropout where its layers are still the
    /// composer's.
    private mutating func applyLive(revives: Bool = false) -> [Effect] {
        guard let run, run.isAlive || revives else { return [] }
        let settings = composer.spec.liveDifferences(from: run.liveSpec)
        for setting in settings { self.run?.liveSpec.apply(setting) }
        return settings.map { .command(.set($0)) }
    }
}
