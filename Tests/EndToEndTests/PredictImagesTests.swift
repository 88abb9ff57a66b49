import DataFormats
import Datasets
import Foundation
import Runs
import TestSupport
import Testing

/// `predict` of images in files.
@Suite(.timeLimit(.minutes(40))) struct PredictImagesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Test images as photos, and one in the form that the network takes.
    private func writeImages() throws {
        let test = try DatasetSource.mnist.load().test
        for index in [3, 7] {
            let photo = SyntheticPhoto.of(test.grayImage(index), number: UInt64(index))
            try folder.write(png(rows: photo.rows, columns: photo.columns, photo.pixels), as: "scans/\(index).png")
        }
        try folder.write(PGMFile.encode(test.grayImage(3)), as: "three.pgm")
        try folder.write("no image", as: "scans/notes.txt")
        try folder.write([0xFF, 0xD8, 0xFF], as: "cut.jpg")
    }

    private static func predicted(_ index: Int) throws -> Int {
        let run = try Program.run(["predict", try SavedModelCommandTests.digits(), "--index", "\(index)", "--json"])
        return try #require(try SavedModelCommandTests.object(run.output)["predicted"] as? Int)
    }

    @Test("Several files and a folder have a line each, and an array in JSON")
    func several() throws {
        try writeImages()
        let images = [folder.path("three.pgm"), folder.path("scans")]
        let model = try SavedModelCommandTests.digits()
        let text = try Program.run(["predict", model] + images)
        #expect(text.status == 0 && text.errors.isEmpty, "\(text.errors)")
        let lines = text.output.split(separator: "\n")
        let names = ["three.pgm", "scans/3.png", "scans/7.png"].map(folder.path)
        #expect(lines.count == 3)
        for (line, (name, index)) in zip(lines, zip(names, [3, 3, 7])) {
            let fields = line.split(separator: " ").map(String.init)
            #expect(fields.first == name)
            #expect(fields.dropFirst().first == "\(try Self.predicted(index))")
            #expect(line.contains(" %  then "))
        }
        let json = try Program.run(["predict", model, "--json"] + images)
        let array = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(array?.map { $0["image"] as? String } == names)
        #expect(
            array?.first?.keys.sorted() == [
                "image", "index", "label", "label_name", "predicted", "predicted_name", "probabilities",
            ])
    }

    @Test("A bad file has its line on standard error, the others are told, and the status is 2")
    func badFile() throws {
        try writeImages()
        let cut = folder.path("cut.jpg")
        let result = try Program.run(["predict", try SavedModelCommandTests.digits(), cut, folder.path("three.pgm")])
        #expect(result.status == 2)
        #expect(result.output.hasPrefix(folder.path("three.pgm")) && result.output.split(separator: "\n").count == 1)
        #expect(
            result.errors
                == "trainspotter: \(cut): at byte 3: expected the rest of the image's header, found the end of the data\n"
        )
        try folder.write("nothing", as: "empty/notes.txt")
        let empty = try Program.run(["predict", try SavedModelCommandTests.digits(), folder.path("empty")])
        #expect(empty.status == 2)
        #expect(empty.errors == "trainspotter: \(folder.path("empty")): can't be read: no image in this folder\n")
    }

    @Test("An image on standard input is predicted as in a file")
    func standardInput() throws {
        try writeImages()
        let model = try SavedModelCommandTests.digits()
        let file = try Program.run(["predict", model, folder.path("scans/7.png"), "--json"])
        let input = try Program.shell("\"$0\" predict '\(model)' - --json < '\(folder.path("scans/7.png"))'")
        #expect(input.status == 0 && input.errors.isEmpty, "\(input.errors)")
        let (one, other) = (
            try SavedModelCommandTests.object(file.output), try SavedModelCommandTests.object(input.output)
        )
        #expect(one["probabilities"] as? [Double] == other["probabilities"] as? [Double])
        #expect(other["image"] as? String == "-")
        let nothing = try Program.run(["predict", model, "-"])
        #expect(
            nothing.errors
                == "trainspotter: standard input: at byte 0: expected a PNG, JPEG or PGM image, found an empty file\n")
    }

    @Test("What the network sees is shown before its prediction")
    func shown() throws {
        try writeImages()
        let model = try SavedModelCommandTests.digits()
        let result = try Program.run(["predict", model, folder.path("three.pgm"), "--show"])
        let picture = try Program.run(["data", "show", "3"]).output.split(
            separator: "\n", omittingEmptySubsequences: false
        ).dropFirst().dropLast()
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(Array(lines.prefix(28)) == Array(picture))
        #expect(lines[28] == "image      \(folder.path("three.pgm"))")
        let refused = try Program.run(["predict", model, folder.path("three.pgm"), "--show", "--json"])
        #expect(refused.status == 2 && refused.errors.contains("--show: expected no --json with it"))
    }

    @Test("The data set's images are not needed, nor read; without the data set it is said what is taken to be")
    func withoutData() throws {
        try folder.writeDataset(trainLabels: (0..<40).map { UInt8($0 % 3) }, testLabels: [0, 1, 2])
        let store = ["--store", folder.path("runs.sqlite")]
        let trained = try Program.run(["train", "2tanh", "epochs=1", "--quiet", "--data", folder.path] + store)
        #expect(trained.status == 0, "\(trained.errors)")
        let dot = png(rows: 9, columns: 9, (0..<81).map { $0 == 40 ? 255 : 0 })
        try folder.write(dot, as: "dot.png")
        let arguments = ["predict", "1", folder.path("dot.png"), "--as-is"] + store
        let with = try Program.run(arguments)
        #expect(with.status == 0 && with.errors.isEmpty, "\(with.errors)")
        for name in try folder.names() where name.hasSuffix("ubyte") { try folder.remove(name) }
        let without = try Program.run(arguments)
        #expect(without.status == 0 && without.output == with.output && without.errors.isEmpty, "\(without.errors)")
        // A store of an earlier version has nothing of it.
        try RunStore(path: folder.path("runs.sqlite")).execute("DELETE FROM dataset")
        let old = try Program.run(arguments)
        #expect(old.status == 0 && old.output == with.output)
        #expect(old.errors.contains("the data set is not here"), "\(old.errors)")
    }
}
