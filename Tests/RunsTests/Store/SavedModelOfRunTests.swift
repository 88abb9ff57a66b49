import Exports
import Foundation
import NumPyFiles
import Reports
import RunExports
import Runs
import Specs
import TestSupport
import Testing
import Training

/// The network that stands for a saved run.
struct SavedModelOfRunTests {
    private let line = "8tanh adam lr=0.01 epochs=5 batch=30 seed=7 val=0.1"

    @Test("A run that ended has the weights of its end; continued and cut short, those it was saved with since")
    func takesNewestWeights() throws {
        let store = try RunStore()
        let run = try store.create(try RunSamples.run(line))
        let (ended, later) = (try RunSamples.trainer(line, batches: 15), try RunSamples.trainer(line, batches: 31))
        var end = UnsavedProgress()
        (end.checkpoint, end.test) = (ended.state, ended.evaluateTest())
        end.final = SavedWeights(at: RunPlace(epoch: 1), tensors: ended.network.tensors())
        end.standing = .init(.finished)
        try store.record(end, run: run)
        func model() throws -> SavedModel { try SavedModel(try #require(try store.summary(of: run)), in: store) }
        #expect(try model().tensors == ended.network.tensors())
        #expect(try model().report?.test != nil)

        try store.claim(run: run)
        var since = UnsavedProgress()
        (since.checkpoint, since.standing) = (later.state, .init(.interrupted))
        try store.record(since, run: run)
        #expect(try model().tensors == later.network.tensors())
        #expect(try model().report?.test == nil, "what was measured is not of these weights")
    }

    /// A store with a run that ended, and its network.
    private func endedRun(_ name: String? = nil) throws -> (SavedModel, Evaluation) {
        let store = try RunStore()
        let run = try store.create(try RunSamples.run(line, name: name))
        let trainer = try RunSamples.trainer(line, batches: 15)
        var end = UnsavedProgress()
        (end.epochs, end.test) = ([RunSamples.figures(1)], trainer.evaluateTest())
        end.final = SavedWeights(at: RunPlace(epoch: 1), tensors: trainer.network.tensors())
        end.fingerprint = "ab12"
        end.standing = .init(.finished)
        try store.record(end, run: run)
        return (try SavedModel(try #require(try store.summary(of: run)), in: store), trainer.evaluateTest())
    }

    @Test("What a run said of the test set is exported beside its weights")
    func predictions() throws {
        let folder = try TemporaryFolder()
        let (model, test) = try endedRun()
        let export = ModelExport(model)
        #expect(
            try export.writeArchive(to: folder.path("net/weights.npz"))
                == ["weights.npz", "predictions.npy", "spec.txt"].map { folder.path("net/" + $0) })
        #expect(
            try export.writeArchive(to: folder.path("wide.npz"))
                == ["wide.npz", "wide.spec.txt", "wide.predictions.npy"].map(folder.path))
        #expect(try export.writeSeparate(to: folder.path("all")).contains(folder.path("all/predictions.npy")))
        for name in ["net/predictions.npy", "wide.predictions.npy", "all/predictions.npy"] {
            let read = try NPYFile.read(path: folder.path(name))
            #expect(read == NumPyArray(shape: [200, 4], values: test.probabilities))
        }
        #expect(try SavedModel(path: folder.path("net")).tensors == model.tensors)
        #expect(try SavedModel(path: folder.path("all")).tensors == model.tensors)
    }

    @Test("The report of a run has the program, the date and the digest that the store has")
    func origin() throws {
        let report = try #require(try endedRun().0.report)
        #expect(report.program == ProgramVersion.current && report.dataset.sha256 == "ab12")
        let date = try #require(report.date)
        #expect(try Date(date, strategy: .iso8601).timeIntervalSinceNow > -3_600)
    }

    @Test("Event files of runs with different names go into different folders, in any script")
    func eventFolders() throws {
        let folder = try TemporaryFolder()
        let names = ["wide", "é", "è", "日本", "中国", "a b", "a_b", "a/b", "🙂", "🙃"]
        var paths: Set<String> = []
        for name in names {
            let (model, test) = try endedRun(name)
            let path = try ModelExport(model).writeTensorBoard(
                to: folder.path, dataset: RunSamples.dataset, test: test, end: 0)
            paths.formUnion(path)
        }
        #expect(paths.count == names.count)
        #expect(paths.contains(folder.path("wide")) && paths.contains(folder.path("a_b")))
        #expect(try folder.names().allSatisfy { $0.allSatisfy(\.isASCII) })
        #expect(try folder.names().count == names.count)
    }
}
