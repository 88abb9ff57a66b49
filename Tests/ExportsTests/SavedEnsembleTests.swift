import Datasets
import Exports
import Files
import Foundation
import TestSupport
import Testing
import Training

@Suite("An ensemble as a folder") struct SavedEnsembleTests {
    private static let lines = [
        "4tanh epochs=1 batch=4 val=0.25", "5relu epochs=2 batch=4 val=0.25 seed=3 scale=standard",
    ]

    private static func ensemble(_ folder: TemporaryFolder, mean: EnsembleMean = .geometric) throws -> SavedEnsemble {
        let members = try lines.enumerated().map { number, line in
            try ModelSamples.run(line).write(to: folder.path("net-\(number)"))
            return try SavedModel(path: folder.path("net-\(number)"))
        }
        return try SavedEnsemble(
            name: "pair", folder: "pair", mean: mean, members: members, names: ["a", "b / c"], weights: [3, 1])
    }

    private static func probabilities(_ ensemble: SavedEnsemble) throws -> [Float] {
        let network = try EnsembleNetwork(
            try ensemble.ensemble(ModelSamples.images), shape: ModelSamples.images.test.shape, threads: 2)
        return network.predict(ModelSamples.images.test, rows: RowNumbers(0..<8))
    }

    @Test func `what was written is read back, and predicts the same bits`() throws {
        let folder = try TemporaryFolder()
        let ensemble = try Self.ensemble(folder)
        let files = try ensemble.write(to: folder.path("pair"))
        #expect(
            files
                == [
                    "1/weights.npz", "1/spec.txt", "1/result.json", "2/weights.npz", "2/spec.txt", "2/result.json",
                    "ensemble.json",
                ].map { folder.path("pair/" + $0) })
        #expect(SavedEnsemble.isThere(folder.path("pair")) && !SavedEnsemble.isThere(folder.path("net-0")))
        for path in ["pair", "pair/"] {
            let again = try SavedEnsemble(path: folder.path(path))
            #expect(again.names == ["a", "b / c"] && again.weights == [0.75, 0.25] && again.mean == .geometric)
            #expect(again.name == "pair" && again.single == nil)
            #expect(try Self.probabilities(again) == Self.probabilities(ensemble))
        }
        // Nothing of it is replaced.
        #expect(throws: ExportError.self) { try ensemble.write(to: folder.path("pair")) }
    }

    @Test func `a bad file is refused in one sentence, and leads to no other folder`() throws {
        func error(_ text: String) -> String? {
            do throws(EnsembleFileError) { _ = try EnsembleFile(parsing: text) } catch { return error.description }
            return nil
        }
        func file(_ members: String, version: Int = 1, mean: String = "arithmetic") -> String {
            #"{"format":{"name":"trainspotter ensemble","version":\#(version)},"mean":"\#(mean)","members":[\#(members)]}"#
        }
        let member = #"{"folder":"1","name":"a","weight":1}"#
        #expect(error(file(member)) == nil)
        #expect(error("{") == "expected the JSON of `trainspotter ensemble --export`")
        #expect(error(file("")) == "0 networks; expected 1 to 1000")
        #expect(error(file(member, version: 2)) == "version 2 of the format; expected 1")
        #expect(error(file(member, mean: "median")) == "the mean \"median\"; expected arithmetic or geometric")
        for folder in ["..", ".", "", "a/b", "/etc", "a\\u0000b"] {
            #expect(
                error(file(#"{"folder":"\#(folder)","name":"a","weight":1}"#))?.hasSuffix(
                    "is no name of a folder beside it") == true, "\(folder)")
        }
        #expect(
            error(file(#"{"folder":"1","name":"a","weight":-1}"#)) == "weight -1.0: expected a number from 0")
        #expect(error(file(#"{"folder":"1","name":"a","weight":0}"#)) == "all weights are 0; expected one above 0")
    }

    @Test func `a folder with a member missing, or with other classes, is refused`() throws {
        let folder = try TemporaryFolder()
        _ = try Self.ensemble(folder).write(to: folder.path("pair"))
        try FileManager.default.removeItem(atPath: folder.path("pair/2"))
        #expect(throws: ModelError.notFound(path: folder.path("pair/2"))) {
            try SavedEnsemble(path: folder.path("pair"))
        }
    }

    @Test func `one network is an ensemble of one, with its own bits`() throws {
        let folder = try TemporaryFolder()
        let run = try ModelSamples.run(Self.lines[1])
        try run.write(to: folder.path)
        let ensemble = SavedEnsemble(try SavedModel(path: folder.path))
        #expect(ensemble.single != nil)
        #expect(try Self.probabilities(ensemble) == run.test.probabilities)
        let predictor = try Predictor(try ensemble.ensemble(ModelSamples.images), shape: ModelSamples.images.test.shape)
        let image = Array(ModelSamples.images.test.image(3))
        for (one, all) in zip(predictor.probabilities(image), run.test.probabilities[9..<12]) {
            #expect(abs(one - all) < 1e-6)
        }
    }

    @Test(arguments: EnsembleMean.allCases)
    func `an ONNX file has every network under its number, and their mean`(mean: EnsembleMean) throws {
        let folder = try TemporaryFolder()
        let ensemble = try Self.ensemble(folder, mean: mean)
        let model = try ProtocolReader(try ensemble.onnx(for: "x.onnx", dataset: ModelSamples.images))
        let graph = try #require(try model.messages(7).first)
        let names = try graph.messages(5).flatMap { $0.texts(8) }
        for name in ["1/0.kernel", "1/1.bias", "2/0.kernel", "2/1.bias"] { #expect(names.contains(name), "\(name)") }
        let nodes = try graph.messages(1).map { "\($0.texts(4)[0]) -> \($0.texts(2)[0])" }
        #expect(nodes.count { $0.hasPrefix("Softmax") } == (mean == .geometric ? 3 : 2))
        #expect(nodes.last == (mean == .geometric ? "Softmax" : "Sum") + " -> probabilities")
        let metadata = try model.messages(14).map { $0.texts(1) + $0.texts(2) }
        #expect(metadata.contains(["mean", mean.rawValue]) && metadata.contains(["weights", "0.75, 0.25"]))
    }

    @Test func `networks that see images in other forms bring them into form in ONNX, where their size is known`()
        throws
    {
        let folder = try TemporaryFolder()
        let members = try ["4tanh epochs=1 batch=4", "4tanh epochs=1 batch=4 deslant=true"].enumerated().map {
            number, line in
            try ModelSamples.run(line).write(to: folder.path("\(number)"))
            return try SavedModel(path: folder.path("\(number)"))
        }
        let ensemble = try SavedEnsemble(
            name: "x", folder: "x", mean: .arithmetic, members: members, names: ["a", "b"])
        #expect(throws: EnsembleError.forms("a", "b")) { try ensemble.onnx(for: "x", dataset: nil) }
        let model = try ProtocolReader(try ensemble.onnx(for: "x", dataset: ModelSamples.images))
        let operations = try #require(try model.messages(7).first).messages(1).map {
            "\($0.texts(2)[0]) \($0.texts(4)[0])"
        }
        #expect(operations.contains("2/form.gatherelements GatherElements"))
        #expect(!operations.contains { $0.hasPrefix("1/form") })
    }

    @Test func `a report has the networks, their differences and the figures of the mean`() throws {
        let folder = try TemporaryFolder()
        let ensemble = try Self.ensemble(folder)
        let network = try EnsembleNetwork(
            try ensemble.ensemble(ModelSamples.images), shape: ModelSamples.images.test.shape, threads: 1)
        let members = network.evaluateMembers(ModelSamples.images.test, rows: RowNumbers(0..<8), source: .test)
        let page = HTMLEnsemble(ensemble, members: members, dataset: ModelSamples.images).text
        for part in [
            "<h1>pair</h1>", "The geometric mean of the probabilities of 2 networks.", "b / c", "<td>0.750</td>",
            "Where they differ", "<span>scale=standard</span>",
        ] { #expect(page.contains(part), "\(part)") }
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    }
}
