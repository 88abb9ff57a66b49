import Exports
import Files
import Foundation
import TestSupport
import Testing

@Suite struct TensorBoardFolderTests {
    private static let file = "events.out.tfevents.trainspotter"

    @Test("Each run has a folder of its own, and its files are there after each addition")
    func folders() throws {
        let parent = try TemporaryFolder()
        for name in ["run", "run-2"] {
            var folder = try TensorBoardFolder(parent: parent.path("logs"), name: "run")
            #expect(folder.path == parent.path("logs/\(name)"))
            try folder.append([.init(place: .run, bytes: [1]), .init(place: .training, bytes: [2])])
            try folder.append([.init(place: .training, bytes: [3])])
            #expect(try parent.bytes(of: "logs/\(name)/\(Self.file)") == [1])
            #expect(try parent.bytes(of: "logs/\(name)/train/\(Self.file)") == [2, 3])
            folder.close()
        }
    }

    @Test("What a file can't take now it gets with the next addition, and the others are not held up")
    func failing() throws {
        let parent = try TemporaryFolder()
        var folder = try TensorBoardFolder(parent: parent.path, name: "run")
        // A file stands where the folder of the validation rows should be.
        try parent.write([], as: "run/validation")
        let error = #expect(throws: ExportError.self) {
            try folder.append([.init(place: .validation, bytes: [1]), .init(place: .training, bytes: [2])])
        }
        #expect(error == .notAFolder(path: parent.path("run/validation")))
        #expect(try parent.bytes(of: "run/train/\(Self.file)") == [2])
        try parent.remove("run/validation")
        try folder.append([.init(place: .validation, bytes: [3])])
        #expect(try parent.bytes(of: "run/validation/\(Self.file)") == [1, 3])
        folder.close()
    }

    @Test("A run's name has no character that a shell or a file system minds")
    func names() {
        #expect(TensorBoardFolder.name(chain: "64relu:0:3+bn-8", start: "x") == "64relu_0_3+bn-8-x")
        #expect(TensorBoardFolder.name(chain: "../ä b", start: "1") == "___b-1")
    }

    @Test("A log folder in whose place is a file is refused")
    func fileInTheWay() throws {
        let parent = try TemporaryFolder()
        try parent.write([1], as: "taken")
        let error = #expect(throws: ExportError.self) {
            try TensorBoardFolder(parent: parent.path("taken"), name: "run")
        }
        #expect(error == .notAFolder(path: parent.path("taken")))
    }
}
