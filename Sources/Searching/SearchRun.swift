import Datasets
import Foundation
import Reports
import Runs
import Search
import Specs
import Training

/// A search that this process runs: the store that it is saved in, its engine, and what belongs to its end.
package final class SearchRun: Sendable {
    /// Its number in the store.
    package let number: Int
    /// Decides and trains.
    package let engine: SearchEngine
    private let store: RunStore
    private let dataset: Dataset
    private let recorder: SearchRecorder

    /// What a search needs beside its plan.
    package struct Place: Sendable {
        /// Nobody else uses this connection.
        package let store: RunStore
        /// What it trains on.
        package let dataset: Dataset
        /// Where that is.
        package let source: DatasetSource
        /// Trials side by side.
        package let workers: Int

        package init(store: RunStore, dataset: Dataset, source: DatasetSource, workers: Int) {
            (self.store, self.dataset, self.source, self.workers) = (store, dataset, source, workers)
        }
    }

    /// A new search.
    ///
    /// - Parameter onTrouble: called from another thread for the first of failed saves.
    /// - Throws: `SearchProblem` where it can't be saved, or its space does not fit the data set.
    package convenience init(
        beginning request: SearchRequest, in place: Place, onTrouble: @escaping @Sendable (StoreError) -> Void
    ) throws(SearchProblem) {
        var plan = request.plan
        plan.data = place.source.argument
        let space = try Self.space(of: plan, place.dataset)
        let number: Int
        do throws(StoreError) {
            number = try place.store.createSearch(plan: plan.text, name: request.name, seed: plan.seed)
        } catch { throw SearchProblem(error.description) }
        try self.init(number, plan, space, trials: [], runs: [:], earlier: 0, in: place, onTrouble: onTrouble)
    }

    /// One that the store has, and that no process runs.
    ///
    /// - Throws: `SearchProblem` where it has ended, runs, can't be read, or was made with other images.
    package convenience init(
        resuming number: Int, in place: Place, onTrouble: @escaping @Sendable (StoreError) -> Void
    ) throws(SearchProblem) {
        let (plan, space, saved, trials, search) = try Self.read(number, place)
        let runs = Dictionary(
            uniqueKeysWithValues: saved.compactMap { trial in trial.run.map { (trial.number, $0) } })
        try self.init(
            number, plan, space, trials: trials, runs: runs, earlier: search.seconds, in: place, onTrouble: onTrouble)
    }

    private init(
        _ number: Int, _ plan: SearchPlan, _ space: SearchSpace, trials: [SearchEngine.Trial], runs: [Int: Int],
        earlier: Double, in place: Place, onTrouble: @escaping @Sendable (StoreError) -> Void
    ) throws(SearchProblem) {
        (self.number, store, dataset) = (number, place.store, place.dataset)
        recorder = SearchRecorder(
            of: number, plan, in: place.store, dataset: place.dataset, source: place.source, earlier: earlier,
            runs: runs, onTrouble: onTrouble)
        do throws(SpecError) {
            engine = try SearchEngine(
                plan, space, trainer: LocalTrials(dataset: place.dataset, workers: place.workers), recorder: recorder,
                trials: trials
            ) { _ in }
        } catch {
            _ = recorder.close()
            throw SearchProblem(error.description)
        }
    }

    /// Trains until the budget is used up, or the engine is stopped. Blocks until all is saved.
    ///
    /// The best trial is then measured on the test set, once.
    ///
    /// - Returns: how it ended, and why its last moments are not saved; nil where they are.
    package func run() -> (ending: SearchEngine.Ending, unsaved: StoreError?) {
        let ending = engine.run()
        if let trouble = recorder.close() { return (ending, trouble) }
        guard ending == .finished else { return (ending, nil) }
        do throws(StoreError) {
            try store.endSearch(number)
            let best = try store.summary(ofSearch: number).flatMap { try? $0.get() }?.finalists.first
            if let run = best?.trial.run, let summary = try store.summary(of: run) {
                _ = try store.measureEnd(of: summary, on: dataset, threads: 1)
            }
        } catch { return (ending, error) }
        return (ending, nil)
    }

    private static func space(of plan: SearchPlan, _ dataset: Dataset) throws(SearchProblem) -> SearchSpace {
        do throws(SpecError) {
            return try SearchSpace(
                parsing: plan.space, inputs: dataset.train.imageBytes, classes: dataset.classes)
        } catch { throw SearchProblem(error.description) }
    }

    private static func read(
        _ number: Int, _ place: Place
    ) throws(SearchProblem) -> (SearchPlan, SearchSpace, [SavedTrial], [SearchEngine.Trial], SavedSearch) {
        do {
            guard let search = try place.store.searches().first(where: { $0.id == number }) else {
                throw SearchProblem("there is no search \(number)")
            }
            guard search.ended == nil else { throw SearchProblem("search \(number) has ended") }
            if let process = try place.store.process(ofSearch: number) {
                throw SearchProblem("process \(process) runs search \(number)")
            }
            let plan = try SearchPlan(of: search)
            guard plan.slurm == nil else {
                throw SearchProblem(
                    "search \(number) is trained on a cluster: `trainspotter search --resume --search \(number)` goes on"
                )
            }
            let saved = try place.store.trials(of: number)
            let digest = DatasetFingerprint.digest(of: place.dataset)
            for run in saved.compactMap(\.run) {
                guard let found = try place.store.summary(of: run), let known = found.fingerprint else { continue }
                guard known == digest else {
                    throw SearchProblem("search \(number) was made with other images: --data \(plan.data) opens them")
                }
                break
            }
            let space = try space(of: plan, place.dataset)
            return (plan, space, saved, try place.store.trials(saved, of: number, in: space), search)
        } catch let problem as SearchProblem {
            throw problem
        } catch {
            throw SearchProblem("\(error)")
        }
    }
}
