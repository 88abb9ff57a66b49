import ArgumentParser
import DataFormats
import Datasets
import Foundation
import Runs
import Specs
import Training

/// The saved run that `train` resumes.
struct ResumeOptions: ParsableArguments {
    @Flag(
        help: """
            Resume a saved run: the one whose number or name follows, or the newest that was stopped or interrupted.
            """)
    var resume = false

    @Option(help: ArgumentHelp("Train a saved run for so many more epochs.", valueName: "epochs"))
    var continueFor: Int?

    @Option(
        help: ArgumentHelp(
            "Change a setting where the run resumes, such as lr=3e-4, drop1=0.2 or epochs=60; may be given several times.",
            valueName: "setting"))
    var set: [String] = []

    var isWanted: Bool { resume || continueFor != nil || !set.isEmpty }

    func validate() throws {
        if let continueFor, !SettingRange.epochs.contains(continueFor) {
            throw ValidationError("--continue-for \(continueFor): expected \(SettingRange.epochs.expected)")
        }
    }

    /// Claims a run, with its data set and the place where it resumes.
    ///
    /// - Parameters:
    ///   - text: a number or a name; nil for the newest run that was stopped or interrupted.
    ///   - data: `--data`, if the run's data set has moved.
    func resume(_ text: String?, store: RunStore, data: DataOptions) throws(CommandFailure) -> (Dataset, RecordedRun) {
        let run = try find(text, store)
        let request = Resumption.Request(moreEpochs: continueFor, settings: try settings(of: run))
        let source = try data.source(of: run)
        let dataset: Dataset
        do throws(DataError) { dataset = try source.load() } catch { throw CommandFailure(error) }
        let fingerprint: @Sendable () throws(StoreError) -> String = { () throws(StoreError) in
            try store.fingerprint(of: dataset, files: source.fileMarks())
        }
        let resumption = try stored { () throws(StoreError) in
            try Resumption(run.id, request, store: store, digest: fingerprint)
        }
        let recorder = RecordedRun.recorder(
            store, run.id, dataset: dataset, fingerprint: resumption.needsFingerprint ? fingerprint : nil)
        let recorded = RecordedRun(
            store: store, run: run.id, started: resumption.started, recorder: recorder, resumption: resumption)
        return (dataset, recorded)
    }

    /// The settings of `--set`, checked against the run.
    private func settings(of run: RunSummary) throws(CommandFailure) -> [LiveSetting] {
        guard !set.isEmpty else { return [] }
        do throws(SpecError) {
            var spec = try run.line().changedSpec
            spec.training.epochs = run.plannedEpochs
            let place = run.checkpointPlace ?? RunPlace(epoch: 0)
            return try [LiveChange](parsing: "\(place) " + set.joined(separator: " "), of: spec).map(\.setting)
        } catch {
            throw .usage("--set \(error)")
        }
    }

    private func find(_ text: String?, _ store: RunStore) throws(CommandFailure) -> RunSummary {
        let run: RunSummary
        if let text {
            run = try store.find(text)
        } else {
            let runs = try stored { () throws(StoreError) in try store.summaries() }
            guard let newest = runs.first(where: { $0.search == nil && (continueFor != nil || $0.state.canResume) })
            else {
                throw .usage("--resume: no run was interrupted or stopped")
            }
            run = newest
        }
        let isLonger = continueFor != nil || set.contains { $0.hasPrefix("epochs=") }
        // Imported weights are refused for another reason.
        if run.state == .finished, !run.isImported, !isLonger {
            throw .usage("run \(run.id): it is finished; --continue-for N trains N more epochs")
        }
        if run.state == .failed, set.isEmpty, run.checkpointEpoch != nil {
            throw .usage(
                "run \(run.id): it failed: \(run.failure ?? "no reason is known"); --set lr=RATE resumes it from before that"
            )
        }
        return run
    }
}

extension DataOptions {
    /// The chosen data set, or the one that a saved run was trained on.
    func source(of run: RunSummary) throws(CommandFailure) -> DatasetSource {
        try source(run.dataSource, digest: run.fingerprint, ofRun: run.id)
    }

    /// The chosen data set, or the one that a saved run was trained on: where that is gone, an imported one of its digest.
    func source(_ dataSource: String, digest: String?, ofRun run: Int) throws(CommandFailure) -> DatasetSource {
        guard data == nil else { return try source() }
        do throws(DataError) {
            let trained = try DatasetSource.trained(on: dataSource, digest: digest, imported: imported)
            if let note = trained.note { printError("trainspotter: run \(run): \(note)") }
            return trained.source
        } catch {
            throw .usage("run \(run): \(error); --data tells where its data set is now")
        }
    }
}
