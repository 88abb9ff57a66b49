import Dashboard
import Datasets
import Runs
import Specs
import Training

/// A saved run for a picture: all that the store has of it, read once and not changed.
struct ShownRun {
    let saved: SavedRun
    let spec: ExperimentSpec
    let epochs: [EpochFigures]
    let events: [RunEvent]
    let confusions: [EpochConfusion]
    let test: [[Int]]?
    /// The network in its last saved state; nil where none was saved.
    let state: TrainerState?

    var number: Int { saved.summary.id }

    /// - Parameter text: a number or a name, or `last`.
    /// - Throws: `CommandFailure` where it does not exist, or can't be read.
    init(_ text: String, store: RunStore) throws(CommandFailure) {
        let run = try store.find(text)
        do throws(SpecError) { spec = try run.spec() } catch { throw CommandFailure(error) }
        saved = SavedRun(run, spec: spec)
        (epochs, events, confusions, test, state) = try stored { () throws(StoreError) in
            (
                try store.epochs(of: run.id), try store.events(of: run.id), try store.confusions(of: run.id),
                try store.testReport(of: run.id)?.confusion, try store.checkpoint(of: run.id)
            )
        }
    }

    /// Whether the run had ended when it was saved: when it is resumed, it ends at once.
    var isOver: Bool {
        guard let state else { return false }
        return state.batch == 0 && state.epoch > 0
            && (state.epoch >= state.epochs ?? spec.training.epochs || state.stopsEarly)
    }

    /// - Throws: `CommandFailure` for other images than those it was trained on.
    func check(_ dataset: Dataset) throws(CommandFailure) {
        guard let expected = saved.summary.fingerprint else { return }
        guard DatasetFingerprint.digest(of: dataset) == expected else {
            throw .usage("run \(number): \(dataset.name) has other images than those it was trained with")
        }
    }
}
