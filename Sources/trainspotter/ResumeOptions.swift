import ArgumentParser
import Datasets
import Experiments
import Foundation
import Neural
import Training

/// Which saved run `train` takes up.
struct ResumeOptions: ParsableArguments {
    @Flag(
        help: """
            Go on with a saved run: the one whose number or name follows, or the newest that was stopped or interrupted.
            """)
    var resume = false

    @Option(help: ArgumentHelp("Go on with a saved run for so many more epochs.", valueName: "epochs"))
    var continueFor: Int?

    var isWanted: Bool { resume || continueFor != nil }

    func validate() throws {
        if let continueFor, !(1...1_000_000).contains(continueFor) {
            throw ValidationError("--continue-for \(continueFor): expected 1 to 1000000 epochs")
        }
    }

    /// A run that can go on.
    struct Resumed {
        let spec: ExperimentSpec
        let dataset: Dataset
        let kept: KeptRun
    }

    /// Claims a run, with its data and the place where it goes on.
    ///
    /// - Parameters:
    ///   - text: a number or a name; nil takes the newest run that was stopped or interrupted.
    ///   - data: `--data`, where the run's own place is no longer right.
    func resume(_ text: String?, store: RunStore, data: DataOptions) throws(CommandFailure) -> Resumed {
        let run = try find(text, store)
        let spec = try longerSpec(of: run)
        let source = try data.source(of: run)
        let dataset: Dataset
        do throws(DataError) { dataset = try source.load() } catch { throw CommandFailure(error) }
        let fingerprint = try stored { () throws(StoreError) in
            try store.fingerprint(of: dataset, files: source.fileMarks())
        }
        if let expected = run.fingerprint, expected != fingerprint {
            throw .usage("run \(run.id): \(source.argument) has other images than those it was trained with")
        }
        let kept = try claim(run, spec, store, fingerprint: run.fingerprint == nil ? fingerprint : nil)
        return Resumed(spec: spec, dataset: dataset, kept: kept)
    }

    private func claim(
        _ run: RunSummary, _ spec: ExperimentSpec, _ store: RunStore, fingerprint: String?
    ) throws(CommandFailure) -> KeptRun {
        try stored { () throws(StoreError) in
            try store.claim(run: run.id, epochs: continueFor == nil ? nil : spec.training.epochs)
            var state = try store.checkpoint(of: run.id)
            if continueFor != nil { state?.stopsEarly = false }
            let epochs = try store.epochs(of: run.id)
            let best = try store.weights(of: run.id, .best)
            let position = state.map { Double($0.epoch) + Double($0.batch) / Double(max(1, run.batchesPerEpoch)) } ?? 0
            var mark = RunProgress()
            mark.fingerprint = fingerprint
            mark.events = [RunEvent(.resumed, position: position)]
            if continueFor != nil {
                mark.events.append(
                    RunEvent(.continued, position: position, value: Double(spec.training.epochs)))
            }
            try store.record(mark, run: run.id)
            return KeptRun(
                store: store, run: run.id, started: run.started,
                recorder: KeptRun.recorder(store, run.id, fingerprint: nil), state: state,
                epochs: epochs.filter { $0.epoch <= state?.epoch ?? 0 },
                leastLoss: epochs.first { $0.epoch == best?.epoch }?.validationLoss)
        }
    }

    private func find(_ text: String?, _ store: RunStore) throws(CommandFailure) -> RunSummary {
        let run: RunSummary
        if let text {
            run = try store.find(text)
        } else {
            let runs = try stored { () throws(StoreError) in try store.summaries() }
            guard let newest = runs.first(where: { continueFor != nil || $0.state.canResume }) else {
                throw .usage("--resume: no run was interrupted or stopped")
            }
            run = newest
        }
        if run.state == .failed { throw .usage("run \(run.id): it failed: \(run.failure ?? "no reason is known")") }
        guard continueFor != nil || run.state != .finished else {
            throw .usage("run \(run.id): it is finished; --continue-for N trains N more epochs")
        }
        return run
    }

    private func longerSpec(of run: RunSummary) throws(CommandFailure) -> ExperimentSpec {
        var spec: ExperimentSpec
        do throws(SpecError) { spec = try run.spec() } catch { throw CommandFailure(error) }
        guard let continueFor else { return spec }
        // From where it stands: a run that stopped early had more planned than done.
        spec.training.epochs = max(run.epochs, run.checkpointEpoch ?? 0) + continueFor
        return spec
    }
}

extension DataOptions {
    /// The chosen data set, or the one that a saved run was trained with.
    func source(of run: RunSummary) throws(CommandFailure) -> DatasetSource {
        guard data == nil else { return try source() }
        do throws(DataError) {
            return try DatasetSource.resolve(run.dataSource)
        } catch {
            throw .usage("run \(run.id): \(error); --data tells where its data set is now")
        }
    }
}
