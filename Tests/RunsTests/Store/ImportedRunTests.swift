import Exports
import Foundation
import Networks
import Reports
import RunExports
import Runs
import Specs
import Testing
import Training

/// Weights from elsewhere, as a run.
struct ImportedRunTests {
    /// A store with imported weights, its number, and what was imported.
    static func imported(_ line: String = "8tanh val=0.1") throws -> (RunStore, Int, ImportedRun) {
        let store = try RunStore()
        let trainer = try RunSamples.trainer(line, batches: 4)
        let new = try RunSamples.run(line, name: "elsewhere", tags: ["torch"])
        let test = try Trainer.evaluating(
            trainer.network.tensors(), of: trainer.spec, on: RunSamples.dataset, threads: 2, at: ImportedRun.place)
        let imported = ImportedRun(run: new, tensors: trainer.network.tensors(), test: test, files: ["a.npz", "b.npy"])
        return (store, try store.enter(imported, now: RunSamples.start), imported)
    }

    @Test("Imported weights are a finished run without epochs, with the figures of its test")
    func enter() throws {
        let (store, number, imported) = try Self.imported()
        let run = try #require(try store.summary(of: number))
        #expect(run.isImported && run.state == .finished)
        #expect(run.epochs == 0 && run.plannedEpochs == 0)
        #expect(run.name == "elsewhere" && run.tags == ["torch"])
        #expect(run.testAccuracy == imported.test.accuracy)
        #expect(run.isTestOfEnd && !run.awaitsTest)
        #expect(run.lineFault == "its weights were imported, not trained here")
        #expect(try store.weights(of: number, .final)?.tensors == imported.tensors)
        #expect(try store.test(of: number) == imported.test)
        #expect(try store.events(of: number).map(\.kind) == [.imported])
        #expect(try store.events(of: number).first?.text == "a.npz, b.npy")
        try store.checkParts(of: number)
        // A run that was trained has epochs to come.
        let trained = try store.create(try RunSamples.run())
        #expect(try store.summary(of: trained)?.isImported == false)
    }

    @Test("It is a model, with its test")
    func model() throws {
        let (store, number, imported) = try Self.imported()
        let model = try SavedModel(try #require(try store.summary(of: number)), in: store)
        #expect(model.tensors == imported.tensors)
        #expect(model.report?.epochs.isEmpty == true)
        #expect(model.report?.test?.errors == TestReport(ClassificationMetrics(imported.test)).errors)
    }

    @Test("It can be neither resumed nor continued: from its start it would have other weights")
    func resume() throws {
        let (store, number, _) = try Self.imported()
        let run = try #require(try store.summary(of: number))
        let reason = "its weights were imported; `trainspotter train --from \(number)` begins a run with them"
        for request in [Resumption.Request(), .init(moreEpochs: 3), .init(settings: [.epochs(4)])] {
            #expect(Resumption.refusal(of: run, request) == reason)
            #expect(throws: StoreError.cannotResume(run: number, reason: reason)) {
                try Resumption(number, request, store: store) { "" }
            }
        }
    }

    @Test("A bundle carries it to another store")
    func bundle() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).run").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (store, number, imported) = try Self.imported()
        try store.export(run: number, to: folder)
        let other = try RunStore()
        #expect(try other.importBundle(folder) == [.new(1)])
        let run = try #require(try other.summary(of: 1))
        #expect(run.isImported)
        #expect(try other.weights(of: 1, .final)?.tensors == imported.tensors)
    }
}
