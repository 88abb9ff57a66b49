import DataFormats
import Datasets
import Foundation
import TestSupport
import Testing

/// A folder of images for each class.
@Suite struct ImageFolderFormatTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// An image of 2 × 2 of one level.
    private static func dot(_ level: UInt8) -> [UInt8] {
        png(rows: 2, columns: 2, [UInt8](repeating: level, count: 4))
    }

    private func write(_ levels: [String: UInt8]) throws {
        for (name, level) in levels { try folder.write(Self.dot(level), as: name) }
    }

    private func load(_ options: String = "") throws -> Dataset {
        try DatasetSource.resolve(folder.path + (options.isEmpty ? "" : ":\(options)")).load()
    }

    private func message(_ options: String = "") throws -> String {
        let error = try #require(throws: DataError.self) { try load(options) }
        return error.description.replacingOccurrences(of: folder.path, with: "F")
    }

    /// The level and the class of each image, sorted.
    private func rows(_ set: ImageSet) -> [[UInt8]] {
        (0..<set.count).map { [set.image($0).first ?? 0, set.labels[$0]] }.sorted { $0[0] < $1[0] }
    }

    @Test("Folders without parts are classes by name, and a fifth of each is held out to test with")
    func classes() throws {
        for index in 0..<5 {
            try folder.write(Self.dot(UInt8(index)), as: "owl/\(index).png")
            try folder.write(Self.dot(UInt8(10 + index)), as: "cat/\(index).png")
        }
        let dataset = try load()
        #expect(dataset.classNames == ["cat", "owl"])
        #expect(dataset.train.count == 8 && dataset.test.count == 2)
        let all = rows(dataset.train) + rows(dataset.test)
        let expected = (0..<5).map { [UInt8($0), 1] } + (10..<15).map { [UInt8($0), 0] }
        #expect(Set(all) == Set(expected))
        #expect(dataset.notes.count == 1 && dataset.notes[0].hasPrefix("the files have no test part"))
        #expect(Set(dataset.test.labels) == [0, 1])
        let shape = try DatasetSource.resolve(folder.path).shape()
        #expect(shape.image == ImageShape(rows: 2, columns: 2) && shape.classes == 2)
    }

    @Test("The rows of the classes are mixed, in the same order each time")
    func order() throws {
        for index in 0..<40 { try folder.write(Self.dot(UInt8(index)), as: "\(index / 20)/\(index).png") }
        let labels = try load().train.labels
        #expect(try load().train.labels == labels)
        let last = labels.suffix(16)
        #expect(last.contains(0) && last.contains(1))
    }

    @Test("Parts are found by their folders, and one to validate with is not used")
    func parts() throws {
        try write(["Train/a/1.png": 1, "Train/b/1.png": 2, "test/b/7.PNG": 3, "val/a/1.png": 4, "notes/x.txt.png": 5])
        try folder.write("about", as: "README.txt")
        let dataset = try load()
        #expect(rows(dataset.train) == [[1, 0], [2, 1]])
        #expect(rows(dataset.test) == [[3, 1]])
        #expect(
            dataset.notes == [
                "not used, as they are to validate with: val",
                "left out, as they are no images: README.txt, notes",
            ])
        #expect(try DatasetSource.resolve(folder.path).files().count == 3)
    }

    @Test("Classes that are numbers are in the order of their values")
    func numbers() throws {
        try write(["10/a.png": 10, "9/a.png": 9, "09/a.png": 8, "2/a.png": 2])
        let found = try #require(try ImageFolderFormat(path: folder.path, options: DatasetOptions()))
        #expect(try found.outline().classNames == ["2", "09", "9", "10"])
        try write(["x/a.png": 1])
        let words = try #require(try ImageFolderFormat(path: folder.path, options: DatasetOptions()))
        #expect(try words.outline().classNames == ["09", "10", "2", "9", "x"])
    }

    @Test("Images of several sizes are brought to the most usual one, or to size=, and it is said")
    func sizes() throws {
        try write(["a/1.png": 1, "a/2.png": 2, "b/1.png": 3, "b/2.png": 4])
        try folder.write(png(rows: 1, columns: 4, [10, 20, 30, 40]), as: "a/3.png")
        try folder.write(png(rows: 2, columns: 2, type: 2, [UInt8](repeating: 9, count: 12)), as: "a/4.png")
        let format = try #require(try ImageFolderFormat(path: folder.path, options: DatasetOptions()))
        let contents = try format.load {}
        #expect(contents.shape == ImageShape(rows: 2, columns: 2))
        #expect(
            contents.notes == [
                "1 of 6 images, of 2 sizes, are brought to 2 × 2 pixels (the most usual size; size= chooses): scaled "
                    + "with their proportions kept, and filled up with the level of their edges; "
                    + "1 of 6 images in colour become grey (Rec. 601)"
            ])
        // The line is one row of the two; 20 is the lower median of its edges.
        let images = stride(from: 0, to: 24, by: 4).map { Array(contents.train.pixels[$0..<($0 + 4)]) }
        #expect(images.contains([15, 35, 20, 20]))
        let chosen = try load("size=1x1")
        #expect(chosen.train.rows == 1 && chosen.train.columns == 1)
        #expect(chosen.notes[0].hasPrefix("6 of 6 images, of 2 sizes, are brought to 1 × 1 pixels (size=)"))
    }

    @Test("Hidden files, files of other kinds and folders within are left out, and said; images need no ending")
    func leftOut() throws {
        try write(["a/1.png": 1, "a/2": 2, "b/1.png": 3, "b/2.png": 4, ".git/1.png": 5, "a/deep/1.png": 6])
        for name in ["a/.DS_Store", "a/Thumbs.db", "b/notes.txt"] { try folder.write("P5 is a text", as: name) }
        let found = try #require(try ImageFolderFormat(path: folder.path, options: DatasetOptions()))
        let contents = try found.load {}
        #expect(contents.train.labels.count == 4)
        #expect(contents.notes == ["left out, as they are no images: 5, such as .git, .DS_Store, Thumbs.db"])
    }

    @Test("Links within the folder are followed, others are left out and said")
    func links() throws {
        let other = try TemporaryFolder()
        try other.write(Self.dot(99), as: "c/9.png")
        try write(["a/1.png": 1, "a/2.png": 2, "b/1.png": 3, "b/2.png": 4])
        let files = FileManager.default
        try files.createSymbolicLink(atPath: folder.path("b/3.png"), withDestinationPath: "../a/1.png")
        try files.createSymbolicLink(atPath: folder.path("a/9.png"), withDestinationPath: other.path("c/9.png"))
        try files.createSymbolicLink(atPath: folder.path("c"), withDestinationPath: other.path("c"))
        try files.createSymbolicLink(atPath: folder.path("a/none.png"), withDestinationPath: "nowhere")
        let found = try #require(try ImageFolderFormat(path: folder.path, options: DatasetOptions()))
        let contents = try found.load {}
        #expect(contents.train.pixels.filter { $0 == 1 }.count == 8 && !contents.train.pixels.contains(99))
        #expect(
            contents.notes == ["left out, as they are links that lead out of the folder: c, 9.png, none.png"])
    }

    @Test("A bad image is refused with its path")
    func badImage() throws {
        try write(["a/1.png": 1, "b/1.png": 3])
        let cut = Array(Self.dot(1).dropLast(20))
        try folder.write(cut, as: "b/2.png")
        #expect(
            try message() == "F/b/2.png: at byte \(cut.count): expected 8 more bytes, found the end of the data")
        try folder.write("GIF89a", as: "b/2.png")
        #expect(
            try message() == "F/b/2.png: at byte 0: expected a PNG, JPEG or PGM image, found a GIF image")
    }

    @Test("A folder that lacks what a data set needs says so")
    func lacking() throws {
        try write(["test/a/1.png": 1])
        #expect(
            try message()
                == "F: expected folders of images to train on beside test, such as train/CLASS; missing: train")
        try write(["train/a/1.png": 1])
        #expect(
            try message()
                == "F/train: expected a folder of images for each class, two or more; missing: a second class beside a")
        try write(["train/b/1.png": 1, "test/zebra/1.png": 1])
        #expect(
            try message()
                == "F/train: expected a folder of images to train on for each class of F/test; missing: zebra")
    }

    @Test("Other folders are no folders of images")
    func others() throws {
        #expect(try ImageFolderFormat(path: folder.path, options: DatasetOptions()) == nil)
        try write(["1.png": 1])
        try folder.write("text", as: "docs/a.txt")
        #expect(try ImageFolderFormat(path: folder.path, options: DatasetOptions()) == nil)
        #expect(try ImageFolderFormat(path: folder.path("1.png"), options: DatasetOptions()) == nil)
    }

    @Test("Too many files and classes are refused with the limit")
    func limits() throws {
        for index in 0..<30 { try folder.write(Self.dot(1), as: "\(index % 3)/\(index).png") }
        let found = try ImageFolderFormat(path: folder.path, options: DatasetOptions(), mostFiles: 33)
        #expect(found?.files.count == 30)
        let error = try #require(throws: DataError.self) {
            try ImageFolderFormat(path: folder.path, options: DatasetOptions(), mostFiles: 32)
        }
        #expect(error.description.hasSuffix("can't be read: more than 32 files; expected at most so many images"))
        for index in 0..<257 { try folder.write(Self.dot(1), as: "many/\(index)/a.png") }
        let classes = try #require(throws: DataError.self) { try DatasetSource.resolve(folder.path("many")).load() }
        #expect(classes.description.hasSuffix("more than 256 folders of images; expected a folder a class"))
    }

    @Test("A name that acts on a terminal is shown in one harmless line")
    func escapes() throws {
        try write(["a\u{1B}[31m\nb/1.png": 1, "a\u{1B}[31m\nb/2.png": 2, "c/1.png": 3, "c/2.png": 3])
        #expect(try load().classNames == ["a?[31m?b", "c"])
    }

    @Test("A part has one digest, of its names and bytes; marks change with a file")
    func digests() throws {
        try write(["train/a/1.png": 1, "train/b/1.png": 2, "test/a/1.png": 3])
        let source = try DatasetSource.resolve(folder.path)
        let (before, marks) = (try source.verify(), source.fileMarks())
        #expect(before.map(\.file.sizes) == [[2, 2, 2], [1, 2, 2]])
        let content = Self.dot(1)
        #expect(before[0].file.bytes == content.count + Self.dot(2).count)
        var digest = SHA256()
        for (name, bytes) in [("/a/1.png", content), ("/b/1.png", Self.dot(2))] {
            digest.update(Array("\(name) \(bytes.count)\n".utf8) + bytes)
        }
        #expect(before[0].file.digest == digest.finish())
        try write(["train/b/1.png": 77])
        #expect(try source.verify()[0].file.digest != before[0].file.digest)
        #expect(source.fileMarks() != marks)
        for index in 0..<40 { try write(["train/a/more-\(index).png": 4]) }
        let many = try #require(source.fileMarks())
        #expect(many.count < 300)
        try write(["train/a/more-7.png": 5])
        #expect(source.fileMarks() != many)
    }
}
