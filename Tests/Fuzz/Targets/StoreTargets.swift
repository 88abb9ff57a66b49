import Foundation
import Runs
import Specs
import TestSupport
import Training

/// The file of a run from elsewhere, whose values are changed.
struct BundleTarget: FuzzTarget {
    static let name = "bundle"
    static let parsers = ["RunStore.importBundle", "RunStore.checkParts", "TrialFile.init"]
    static let longestInput = 1024

    private let edits: StoreEdits
    private let folder: TemporaryFolder
    private let store: RunStore

    init() throws {
        (edits, folder, store) = (try StoreEdits(), try TemporaryFolder(), try RunStore())
    }

    static func samples() throws -> [String: [UInt8]] { try StoreInputs.samples() }

    func run(_ input: [UInt8]) throws {
        let file = folder.path("run.run")
        try edits.write(input, to: file)
        do {
            for imported in try store.importBundle(file) {
                guard case .new(let run) = imported else { throw Finding("an empty store knows the run") }
                // What was taken in can be read.
                try StoreReading.readAll(run, of: store)
            }
        } catch let error as StoreError {
            try requireMessage(error)
        }
        try Self.readTrial(file)
        let runs = try store.summaries(.all).map(\.id)
        guard !runs.isEmpty else { return }
        try store.delete(runs: runs, evenTrained: true, now: .distantPast)
        _ = try store.purge(deletedBefore: .distantFuture)
        try require(try store.summaries(.all).isEmpty, "an imported run can't be deleted")
    }

    /// A job's file is such a file, too.
    private static func readTrial(_ file: String) throws {
        do throws(StoreError) { _ = try TrialFile(reading: file) } catch { try requireMessage(error) }
    }
}

/// The store itself, whose values are changed behind the program's back.
struct StoreTarget: FuzzTarget {
    static let name = "store"
    static let parsers = ["RunStore.init", "RunStore.faults", "RunStore.salvage", "Resumption.init"]
    static let longestInput = 1024

    private let edits: StoreEdits
    private let folder: TemporaryFolder

    init() throws { (edits, folder) = (try StoreEdits(), try TemporaryFolder()) }

    static func samples() throws -> [String: [UInt8]] { try StoreInputs.samples() }

    func run(_ input: [UInt8]) throws {
        let (file, saved) = (folder.path("runs.sqlite"), folder.path("saved.sqlite"))
        for path in [file, saved] { RunStore.remove(path) }
        try edits.write(input, to: file)
        try told { _ = try RunStore.salvage(file, into: saved) }
        try told {
            let store = try RunStore(path: file)
            for fault in try store.faults() { try requireMessage(fault) }
            for run in try store.summaries(.all) { try told { try StoreReading.readAll(run.id, of: store) } }
            for run in try store.summaries() { try told { try StoreReading.resume(run.id, in: store) } }
        }
        // What was salvaged is whole.
        guard FileManager.default.fileExists(atPath: saved) else { return }
        let store = try RunStore(path: saved)
        for run in try store.summaries(.all) { try told { try StoreReading.readAll(run.id, of: store) } }
    }

    private func told(_ body: () throws -> Void) throws {
        do { try body() } catch let error as StoreError { try requireMessage(error) }
    }
}

/// Everything that the program reads of a run.
enum StoreReading {
    static func readAll(_ run: Int, of store: RunStore) throws {
        try store.checkParts(of: run)
        _ = try store.epochGap(of: run)
        _ = try store.validationLosses(of: [run], points: 10)
        guard let summary = try store.summary(of: run) else { throw Finding("a run that is listed is not there") }
        _ = (summary.title, summary.lineText, summary.progressWords, summary.testWords)
        if let filter = try? RunColumns(parsing: RunField.all.map(\.name).joined(separator: ",")) {
            _ = filter.rows([summary])
        }
        if let test = try store.test(of: run) { try EvaluationReading.readAll(test) }
        for confusion in try store.confusions(of: run) { _ = ConfusionMetrics(confusion.counts) }
        guard let state = try store.checkpoint(of: run), (try? summary.spec()) == (try? StoreSamples.spec()) else {
            return
        }
        try BlobTarget.train(state)
    }

    /// The run is taken up, and let go again.
    static func resume(_ run: Int, in store: RunStore) throws {
        let request = Resumption.Request(moreEpochs: 2)
        let resumption = try Resumption(run, request, store: store) { () throws(StoreError) in "" }
        _ = (resumption.knownChanges, resumption.plannedEpochs)
        resumption.release(in: store)
    }
}

/// Everything that the program computes of an evaluation.
enum EvaluationReading {
    static func readAll(_ evaluation: Evaluation) throws {
        _ = MarginHistogram(evaluation, bins: 20)
        _ = EpochConfusion(evaluation)
        for row in 0..<evaluation.count { _ = evaluation.margin(ofRow: row) }
        _ = ClassificationMetrics(evaluation)
    }
}

/// Edits worth beginning with.
enum StoreInputs {
    static func samples() throws -> [String: [UInt8]] {
        let edits = try StoreEdits()
        let spec = Array("4-3tanh+bn-3 adam lr=1e-2 batch=10 epochs=5 seed=7 val=0.2".utf8)
        return [
            "none": [],
            "spec": try edits.edit("run", "spec", kind: 3, spec),
            "checkpoint-byte": try edits.edit("checkpoint", "state", kind: 6, [9, 0, 1, 40, 0, 255]),
            "weights-sealed": try edits.edit("weights", "tensors", kind: 5, [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            "test-byte": try edits.edit("test_result", "evaluation", kind: 6, [20, 0, 7]),
            "epochs": try edits.edit("run", "epochs", kind: 1, [255, 255, 255, 255, 0, 0, 0, 0]),
            "another-epoch": try edits.edit("epoch", "epoch", action: 6, kind: 1, [3]),
            "no-epochs": try edits.edit("epoch", "epoch", action: 7, kind: 0, []),
            "change": try edits.edit("change", "setting", kind: 3, Array("epochs=9".utf8)),
        ]
    }
}
