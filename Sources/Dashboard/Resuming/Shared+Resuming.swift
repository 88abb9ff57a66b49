import Runs
import Specs
import TerminalUI

extension Shared {
    /// Resumes a saved run in place of the one under way.
    mutating func resume(_ saved: ResumableRun, _ request: Resumption.Request = Resumption.Request()) -> [Effect] {
        returnToSession()
        var line = saved.line
        if line.changes.last?.setting == .stop { line.changes.removeLast() }
        // The composer shows the resumed run's spec.
        var spec = line.changedSpec
        for setting in request.settings { spec.apply(setting) }
        spec.training.epochs = saved.plannedEpochs
        if let refusal = refusal(toStart: spec) {
            refuse(refusal)
            return []
        }
        composer.change(to: spec)
        let id = makeRunCurrent(line.spec)
        run?.takeUp(line, as: spec)
        // It is resumed as another run of the session, and replaces what was known of it.
        for old in archive where old.saved == saved.number { comparison.unmark(old.key) }
        archive.removeAll { $0.saved == saved.number }
        comparison.unmark(.saved(saved.number))
        run?.saved = saved.number
        run?.savedPlace = saved.place
        return [.resume(saved.number, request, run: id)]
    }

    /// Reports of a run's recorder.
    mutating func received(_ report: RecordingReport, run id: Int) {
        switch report {
        case .numbered(let number, let origin):
            if run?.id == id { run?.enter(number, origin) }
            if let index = archive.firstIndex(where: { $0.id == id }) { archive[index].enter(number, origin) }
        case .state(let place): if run?.id == id { run?.savedPlace = place }
        case .failed(let error): message = .error("the run can't be saved, trying again: \(error.description)")
        case .deleted(let isDeleted): noteDeletion(isDeleted, run: id)
        case .lost(let error):
            message = .error("the run is not saved any more, it still trains: \(error.description)")
        case .recovered(let event):
            let epochs = Int(event.value ?? 0)
            message = .note(
                "the run is saved again, with the \(epochs) \(epochs == 1 ? "epoch" : "epochs") that waited")
            if run?.id == id { run?.mark(.unsaved(epochs: epochs), at: event.position) }
        case .notResumed(let error):
            message = .error(error.description)
            if run?.id == id { run?.state = .stopped }
        }
    }

    /// Another program has deleted or undeleted a run that is trained here.
    private mutating func noteDeletion(_ isDeleted: Bool, run id: Int) {
        guard let run, run.id == id, run.isAlive, let number = run.saved, !savedRuns.deleted.joined().contains(number)
        else {
            return
        }
        message =
            isDeleted
            ? .warning(
                "run \(number) was deleted, and still trains: `trainspotter runs undelete \(number)` brings it back")
            : .note("run \(number) was brought back")
    }
}
