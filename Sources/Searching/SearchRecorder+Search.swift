import Datasets
import Foundation
import Runs
import Search
import Specs

extension SearchRecorder {
    /// The recorder of a search whose trials are runs of a data set.
    ///
    /// - Parameters:
    ///   - search: its number in the store.
    ///   - store: a connection that no other thread uses.
    ///   - earlier: seconds that the search took before it was interrupted.
    ///   - runs: of the trials that have one.
    ///   - onTrouble: called from the recorder's thread for the first of failed saves.
    package convenience init(
        of search: Int, _ plan: SearchPlan, in store: RunStore, dataset: Dataset, source: DatasetSource,
        earlier: Double, runs: [Int: Int], onTrouble: @escaping @Sendable (StoreError) -> Void
    ) {
        let digest = try? store.fingerprint(of: dataset, files: source.fileMarks())
        let place = plan.data.isEmpty ? source.argument : plan.data
        self.init(
            store: store, search: search, earlier: earlier, runs: runs,
            make: { spec, facts in
                NewRun(
                    line: RunLine(spec: spec), dataset: dataset.name, dataSource: place, fingerprint: digest,
                    storedDataset: StoredDataset(dataset), facts: facts, machine: .current(threads: 1),
                    tags: [RunSummary.tag(ofSearch: search)])
            }, onTrouble: onTrouble)
    }
}

extension SearchPlan {
    /// The plan as the store keeps it.
    package var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A number that is none is no text of JSON; a plan has none.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension RunStore {
    /// The trials of a search with their epochs, to go on with it.
    ///
    /// - Throws: `SearchProblem` for a line that this program can't read.
    package func trials(
        _ saved: [SavedTrial], of search: Int, in space: SearchSpace
    ) throws -> [SearchEngine.Trial] {
        var trials: [SearchEngine.Trial] = []
        for saved in saved {
            guard let spec = try? ExperimentSpec(canonical: saved.line), saved.number == trials.count else {
                throw SearchProblem("search \(search): the line of its trial \(saved.number) can't be read")
            }
            var trial = SearchEngine.Trial(
                number: saved.number, spec: spec, point: saved.point.flatMap { SearchPoint($0, of: space) })
            if let run = saved.run { trial.figures = try epochs(of: run) }
            trial.isFinished = saved.state == .finished
            trial.isDropped = saved.state == .stopped
            trial.failure = saved.state == .failed ? "it failed before" : nil
            trial.score = saved.score
            trial.repeats = trials.first { $0.repeats == nil && $0.spec.differsInSeedAlone(from: spec) }?.number
            trials.append(trial)
        }
        return trials
    }
}

extension ExperimentSpec {
    /// Whether another spec is the same but for its seed.
    func differsInSeedAlone(from other: ExperimentSpec) -> Bool {
        var same = other
        same.training.seed = training.seed
        return same == self && other.training.seed != training.seed
    }
}
