import DataFormats
import Datasets
import Testing
import TestSupport

/// IDX files of other kinds than grey images with labels from 0.
@Suite struct IDXKindsTests {
    private static let names = [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ]
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(_ options: String = "") throws -> Dataset {
        try DatasetSource.resolve(folder.path + (options.isEmpty ? "" : ":\(options)")).load()
    }

    // MARK: - Colours

    /// Two images of 1 × 2 pixels in red, green and blue: (n, 1, 2, 3).
    private static let colours: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3]
    /// 0.299 · 255 = 76.245, 0.587 · 255 = 149.685, 0.114 · 255 = 29.07, and 0.299 + 1.174 + 0.342 = 1.815.
    private static let grey: [UInt8] = [76, 150, 29, 2]
    private static let note = "images in colour become grey: 0.299 red + 0.587 green + 0.114 blue (Rec. 601)"

    private func writeImages(_ train: [UInt8], test: [UInt8]? = nil) throws {
        for (name, file) in zip(Self.names, [train, idx([2], [0, 1]), test ?? train, idx([2], [1, 0])]) {
            try folder.write(file, as: name)
        }
    }

    @Test("Images in colour become grey, wherever their colours are, and it is said")
    func colourImages() throws {
        let last = Self.colours
        // (n, 3, 1, 2): all red first.
        let first: [UInt8] = [255, 0, 0, 255, 0, 0, 0, 1, 0, 2, 255, 3]
        let opaque = stride(from: 0, to: 12, by: 3).flatMap { start -> [UInt8] in last[start..<(start + 3)] + [9] }
        let wide = last.flatMap { [UInt8(0), $0] }
        for (file, words) in [
            (idx([2, 1, 2, 3], last), ""), (idx([2, 3, 1, 2], first), ""), (gzip(idx([2, 1, 2, 3], last)), ""),
            (idx([2, 1, 2, 4], opaque), "; their opacity is left out"), (idx([2, 1, 2, 3], wide, type: 0x0B), ""),
        ] {
            try writeImages(file)
            let dataset = try load()
            #expect(dataset.train.pixels == Self.grey && dataset.test.pixels == Self.grey)
            #expect(dataset.train.shape == ImageShape(rows: 1, columns: 2) && dataset.notes == [Self.note + words])
            #expect(try DatasetSource.resolve(folder.path).shape().image == dataset.train.shape)
        }
        try writeImages(idx([2, 1, 2, 3], last))
        #expect(try load("transpose").train.shape == ImageShape(rows: 2, columns: 1))
    }

    @Test("Images in colour may be called idx4 beside labels of MNIST's names")
    func colourNames() throws {
        for (name, file) in zip(Self.names, [idx([2, 1, 2, 3], Self.colours), idx([2], [0, 1])] + [[], []]) {
            guard !file.isEmpty else { continue }
            try folder.write(file, as: name.replacing("idx3", with: "idx4"))
            try folder.write(file, as: name.replacing("train", with: "t10k").replacing("idx3", with: "idx4"))
        }
        #expect(try load().train.pixels == Self.grey && load().test.pixels == Self.grey)
    }

    @Test("An axis of one is no colour")
    func grey() throws {
        try writeImages(idx([2, 1, 2, 1], [1, 2, 3, 4]))
        let dataset = try load()
        #expect(dataset.train.pixels == [1, 2, 3, 4] && dataset.train.shape == ImageShape(rows: 1, columns: 2))
        #expect(dataset.notes.isEmpty)
    }

    @Test("Five numbers for each pixel are no colours, and a test part must have the colours of the training part")
    func refused() throws {
        let path = folder.path(Self.names[0])
        try writeImages(idx([2, 5, 1, 2], [UInt8](repeating: 0, count: 20)))
        let five = #expect(throws: DataError.self) { try load() }
        #expect(
            five?.description
                == "\(path): at byte 4: expected images, as (count, rows, columns, 1), or with 3 or 4 for colours, found a "
                + "header that promises 2 × 5 × 1 × 2")
        try writeImages(idx([2, 1, 2, 3], Self.colours), test: idx([2, 1, 2], [0, 1, 2, 3]))
        let other = #expect(throws: DataError.self) { try load() }
        #expect(
            other?.description
                == "\(folder.path(Self.names[2])): at byte 8: expected images of 1 × 2 × 3 as in \(path), found images of "
                + "1 × 2")
        try writeImages(gzip(idx([2, 2048, 2048, 3], [])))
        #expect(throws: DataError.self) { try load() }
    }

    // MARK: - Labels from 1

    /// Four images of one pixel to train on, two to test with.
    private func writeLabels(_ train: [UInt8], _ test: [UInt8], classes: String?) throws {
        let files = [idx([4, 1, 1], [1, 2, 3, 4]), idx([4], train), idx([2, 1, 1], [5, 6]), idx([2], test)]
        for (name, file) in zip(Self.names, files) { try folder.write(file, as: name) }
        if let classes { try folder.write(classes, as: ClassNameList.fileName) }
    }

    @Test("Labels from 1 are counted from there where classes.txt names as many classes, and it is said")
    func fromOne() throws {
        try writeLabels([1, 2, 3, 1], [3, 1], classes: "cat\ndog\nowl\n")
        let dataset = try load()
        #expect(dataset.train.labels == [0, 1, 2, 0] && dataset.test.labels == [2, 0])
        #expect(dataset.classNames == ["cat", "dog", "owl"])
        #expect(
            dataset.notes == [
                "labels are counted from 1: label 1 is the first class",
                "the classes have their names from classes.txt",
            ])
        let shape = try DatasetSource.resolve(folder.path).shape()
        #expect(shape.classes == 3 && shape.classNames == dataset.classNames)
    }

    @Test("Test labels of another type are counted from 1 with those to train on")
    func otherTypeFromOne() throws {
        try writeLabels([1, 2, 3, 1], [3, 1], classes: "cat\ndog\nowl\n")
        try folder.write(idx([2], [0, 0, 0, 3, 0, 0, 0, 1], type: 0x0C), as: Self.names[3])
        let dataset = try load()
        #expect(dataset.train.labels == [0, 1, 2, 0] && dataset.test.labels == [2, 0])
    }

    @Test("Names that say where labels begin belong to what the digest of the same files is remembered by")
    func marks() throws {
        try writeLabels([1, 2, 3, 1], [3, 1], classes: nil)
        let source = try DatasetSource.resolve(folder.path)
        let before = try #require(source.fileMarks())
        try folder.write("cat\ndog\nowl\n", as: ClassNameList.fileName)
        let named = try #require(source.fileMarks())
        #expect(named != before && named.hasPrefix(before))
        try folder.remove(ClassNameList.fileName)
        #expect(source.fileMarks() == before)
    }

    @Test("Digits without a zero stay what they are, with and without names")
    func withoutZero() throws {
        try writeLabels([1, 2, 3, 1], [3, 1], classes: nil)
        #expect(try load().train.labels == [1, 2, 3, 1] && load().classes == 4 && load().notes.isEmpty)
        try writeLabels([1, 2, 3, 1], [3, 1], classes: "zero\none\ntwo\nthree\n")
        #expect(try load().train.labels == [1, 2, 3, 1] && load().classNames[1] == "one")
    }

    @Test("A zero in the test part alone says that labels are counted from 0")
    func zeroInTest() throws {
        try writeLabels([1, 2, 3, 1], [0, 1], classes: "cat\ndog\nowl\n")
        let error = #expect(throws: DataError.self) { try load() }
        #expect(
            error?.description.hasSuffix(
                "classes.txt: line 3: expected 4 names, one for each class of \(folder.path), found 3")
                == true, "\(error?.description ?? "")")
        #expect(throws: DataError.self) { try DatasetSource.resolve(folder.path).shape() }
    }

    @Test("EMNIST's letters as they are published, labels 1 to 26 with their mapping, are 26 classes")
    func letters() throws {
        let labels = (0..<52).map { UInt8($0 % 26 + 1) }
        let mapping = (1...26).map { "\($0) \($0 + 64) \($0 + 96)\r\n" }.joined()
        try folder.write(mapping, as: "emnist-letters-mapping.txt")
        for part in ["train", "test"] {
            try folder.write(
                gzip(idx([52, 1, 1], [UInt8](0..<52))), as: "emnist-letters-\(part)-images-idx3-ubyte.gz")
            try folder.write(gzip(idx([52], labels)), as: "emnist-letters-\(part)-labels-idx1-ubyte.gz")
        }
        let dataset = try load("transpose")
        #expect(dataset.classes == 26 && dataset.classNames == "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init))
        #expect(dataset.train.labels == labels.map { $0 - 1 } && dataset.test.labels == dataset.train.labels)
        #expect(dataset.notes == ["labels are counted from 1: label 1 is the first class"])
    }
}
