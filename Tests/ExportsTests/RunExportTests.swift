import Exports
import Files
import Foundation
import NumPyFiles
import Reports
import Specs
import TestSupport
import Testing

@Suite struct RunExportTests {
    @Test("A run is written as five files and nothing else, and again over itself")
    func files() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run()
        let path = folder.path + "/new/below"
        for _ in 0..<2 {
            try run.write(to: path)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [
                    "history.csv", "predictions.npy", "result.json", "spec.txt", "weights.npz",
                ])
        }
        #expect(
            try String(contentsOfFile: path + "/spec.txt", encoding: .utf8)
                == "6-4tanh+drop0.2-5relu-3 adam lr=1e-3 batch=4 epochs=2 seed=1 val=0.25\n")
        #expect(
            try RunReport(text: String(contentsOfFile: path + "/result.json", encoding: .utf8)) == run.report)
        let predictions = try NPYFile.read(path: path + "/predictions.npy")
        #expect(predictions == NumPyArray(shape: [8, 3], values: run.test.probabilities))
        let weights = try NPZFile.read(path: path + "/weights.npz")
        #expect(weights.map(\.name) == ["0.kernel", "0.bias", "1.kernel", "1.bias", "2.kernel", "2.bias"])
        #expect(weights.map(\.array.shape) == [[6, 4], [4], [4, 5], [5], [5, 3], [3]])
        #expect(weights.map(\.array.values) == run.tensors.map(\.values))
    }

    @Test("The history counts epochs from 0, with its columns sorted, and leaves empty what there is not")
    func history() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run("none epochs=1 val=0 batch=100")
        try run.write(to: folder.path)
        let epoch = try #require(run.report.epochs.first)
        let (accuracy, loss) = (try #require(epoch.accuracy), try #require(epoch.loss))
        #expect(
            try folder.text(of: "history.csv") == """
                epoch,accuracy,gradient_norm,learning_rate,loss,seconds,val_accuracy,val_loss,wall_seconds
                0,\(accuracy),0.25,0.001,\(loss),0.5,,,0.75

                """)
    }

    @Test("Where a file is in the folder's place, nothing is written")
    func fileInTheWay() throws {
        let folder = try TemporaryFolder()
        try folder.write([1, 2], as: "taken")
        let error = try #require(throws: ExportError.self) {
            try ModelSamples.run().write(to: folder.path + "/taken")
        }
        #expect(error.description == "\(folder.path)/taken: expected a folder, found a file")
        #expect(try folder.bytes(of: "taken") == [1, 2])
    }

    @Test("Where one file can't be replaced, no temporary file stays, and none is half written")
    func cleansUp() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/b/below", withIntermediateDirectories: true)
        var files = StagedFiles(folder: folder.path)
        files.add("a", text: "whole\n")
        files.add("b", text: "never\n")
        #expect(throws: ExportError.self) { try files.commit() }
        #expect(try folder.names() == ["a", "b"])
        #expect(try folder.text(of: "a") == "whole\n")
    }

    @Test("A read-only file stays, root or not, and nothing is written beside it")
    func keepsReadOnlyFiles() throws {
        let folder = try TemporaryFolder()
        try folder.write("mine", as: "b")
        #expect(chmod(folder.path("b"), 0o444) == 0)
        var files = StagedFiles(folder: folder.path)
        files.add("a", text: "new\n")
        files.add("b", text: "new\n")
        let path = folder.path("b")
        #expect(throws: ExportError.protected(path: path, reason: "it is read-only")) { try files.commit() }
        #expect(try folder.names() == ["b"] && folder.text(of: "b") == "mine")
        try folder.write("mine", as: "spec.txt")
        #expect(chmod(folder.path("spec.txt"), 0o444) == 0)
        #expect(throws: ExportError.self) { try RunExport.check(folder: folder.path) }
    }

    @Test("Finding out whether a folder can be written makes none")
    func checksOnly() throws {
        let folder = try TemporaryFolder()
        try RunExport.check(folder: folder.path("new/below"))
        #expect(try folder.names().isEmpty)
        try folder.write([1], as: "taken")
        for path in ["taken", "taken/below"] {
            #expect(throws: ExportError.notAFolder(path: folder.path("taken"))) {
                try RunExport.check(folder: folder.path(path))
            }
        }
    }

    @Test("A model in another form is the same model again")
    func forms() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run()
        try run.write(to: folder.path + "/run")
        let model = try SavedModel(path: folder.path + "/run/")
        let export = ModelExport(model)
        let names = ["0.kernel", "0.bias", "1.kernel", "1.bias", "2.kernel", "2.bias"]
        let npy = folder.path + "/npy"
        #expect(try export.writeSeparate(to: npy) == names.map { "\(npy)/\($0).npy" } + [npy + "/spec.txt"])
        #expect(
            try export.writeArchive(to: folder.path + "/npz/w.npz")
                == ["w.npz", "w.spec.txt"].map { folder.path + "/npz/" + $0 })
        for path in ["/npy", "/npz/w.npz"] {
            let again = try SavedModel(path: folder.path + path)
            #expect(again.spec == run.spec && again.report == nil)
            #expect(again.tensors == run.tensors)
        }
    }

    @Test("Weights don't go into a folder of another network")
    func otherNetwork() throws {
        let folder = try TemporaryFolder()
        try ModelSamples.run().write(to: folder.path + "/one")
        try ModelSamples.run("none epochs=1").write(to: folder.path + "/other")
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/other").sorted()
        let export = ModelExport(try SavedModel(path: folder.path + "/one"))
        let error = try #require(throws: ExportError.self) { try export.writeSeparate(to: folder.path + "/other") }
        #expect(
            error.description == "\(folder.path)/other/spec.txt: belongs to another network (6-3 adam lr=1e-3 batch=32 "
                + "epochs=1 seed=1); expected a folder without it, or of "
                + "6-4tanh+drop0.2-5relu-3 adam lr=1e-3 batch=4 epochs=2 seed=1 val=0.25")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/other").sorted() == before)
    }
}
