import Dashboard
import Datasets
import Runs
import Specs
import Training

/// A saved run for a picture.
struct ShownRun {
    let saved: SavedRun
    let spec: ExperimentSpec

    var number: Int { saved.summary.id }

    /// - Parameter text: a number or a name, or `last`.
    /// - Throws: `CommandFailure` where it does not exist, or can't be read.
    init(_ text: String, store: RunStore) throws(CommandFailure) {
        let run = try store.find(text)
        do throws(SpecError) { spec = try run.spec() } catch { throw CommandFailure(error) }
        saved = SavedRun(run)
    }

    /// - Throws: `CommandFailure` for other images than those it was trained on.
    func check(_ dataset: Dataset) throws(CommandFailure) {
        guard let expected = saved.summary.fingerprint else { return }
        guard DatasetFingerprint.digest(of: dataset) == expected else {
            throw .usage("run \(number): \(dataset.name) has other images than those it was trained with")
        }
    }
}
