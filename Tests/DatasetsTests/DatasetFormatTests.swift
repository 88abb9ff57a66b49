import DataFormats
import Datasets
import Foundation
import TestSupport
import Testing

/// A format of the tests' own: one text file whose first line is `pixels ROWS COLUMNS CHANNELS`, then a line an image:
/// `train` or `test`, the class's name, and the bytes.
private struct TextFormat: DatasetFormat {
    static let place = "a text file"
    static let layout = "that begins with the word pixels"
    static let options: Set<DatasetOptions.Key> = [.label]
    let python = PythonReader(
        variable: "file", meaning: "is the data set's text file.", modules: ["csv"],
        functions: "def read_text(file, part):\n    ...", trainImages: "read_text(file, 'train')[0]",
        trainLabels: "read_text(file, 'train')[1]", testImages: "read_text(file, 'test')[0]",
        testLabels: "read_text(file, 'test')[1]")
    static let names = ["cat", "dog", "owl"]

    let files: [String]
    private let lines: [[Substring]]

    init?(path: String, options: DatasetOptions) throws(DataError) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), text.hasPrefix("pixels ") else {
            return nil
        }
        files = [path]
        lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    }

    private func shape() throws(DataError) -> ImageShape {
        let sizes = lines[0].dropFirst().compactMap { Int($0) }
        guard sizes.count == 3 else {
            throw .malformed(path: files[0], offset: 7, expected: "three sizes", found: "\(sizes.count)")
        }
        return ImageShape(rows: sizes[0], columns: sizes[1], channels: sizes[2])
    }

    private func images(_ part: String) -> LabelledImages {
        let rows = lines.dropFirst().filter { $0[0] == part }
        return LabelledImages(
            pixels: rows.flatMap { $0.dropFirst(2).compactMap { UInt8($0) } },
            labels: rows.map { row in UInt8(Self.names.firstIndex { $0 == row[1] } ?? Self.names.count) })
    }

    func outline() throws(DataError) -> DatasetOutline {
        DatasetOutline(shape: try shape(), labels: images("train").labels, classNames: Self.names)
    }

    func load(onThread: @Sendable () -> Void) throws(DataError) -> DatasetContents {
        onThread()
        return DatasetContents(
            shape: try shape(), train: images("train"), test: lines.contains { $0[0] == "test" } ? images("test") : nil,
            classNames: Self.names, notes: ["read as text"])
    }

    func digests() throws(DataError) -> [FileDigest] {
        [FileDigest(path: files[0], sizes: [lines.count - 1], bytes: 0, digest: "none")]
    }

    func source(of label: LabelPlace) -> (path: String, place: DataPlace) { (files[0], .line(2 + label.index)) }
}

/// What a further format takes: a type in the list. The registry, detection, classes, fingerprint and errors are there.
@Suite struct DatasetFormatTests {
    private let folder: TemporaryFolder
    private let formats = DatasetFormats([IDXFormat.self, TextFormat.self])

    init() throws { folder = try TemporaryFolder() }

    private func source(_ lines: String...) throws -> DatasetSource {
        try folder.write(Array(lines.joined(separator: "\n").utf8), as: "pets.txt")
        return try DatasetSource.resolve(folder.path("pets.txt"), formats: formats)
    }

    @Test("A data set of another format is found by its contents and loads, with colours and names of classes")
    func loads() throws {
        let source = try source(
            "pixels 1 2 3", "train cat 1 2 3 4 5 6", "train owl 7 8 9 10 11 12", "test dog 9 9 9 0 0 0")
        let shape = try source.shape()
        #expect(shape.image == ImageShape(rows: 1, columns: 2, channels: 3))
        #expect(shape.inputs == 6 && shape.classes == 3)
        let dataset = try source.load()
        #expect(dataset.name == "pets.txt" && dataset.classNames == ["cat", "dog", "owl"] && dataset.classes == 3)
        #expect(dataset.train.count == 2 && dataset.train.image(1) == [7, 8, 9, 10, 11, 12])
        #expect(dataset.test.labels == [1] && dataset.test.shape.channels == 3)
        #expect(source.files() == [folder.path("pets.txt")] && source.fileMarks() != nil)
        #expect(try source.verify().map(\.published) == [nil])
        #expect(try source.found().python.modules == ["csv"])
    }

    @Test("A label that can't be one is told at the place that the format gives")
    func badLabel() throws {
        let source = try source("pixels 1 1 1", "train cat 1", "train emu 2", "test dog 3")
        let path = folder.path("pets.txt")
        let message = "\(path): line 3: expected a label in 0 ... 2, one of the classes that are named, found 3"
        let whole = #expect(throws: DataError.self) { try source.load() }
        let quick = #expect(throws: DataError.self) { try source.shape() }
        #expect(whole?.description == message && quick?.description == message)
    }

    @Test("A data set of four IDX files stays one beside other formats")
    func idx() throws {
        try writeSmallDataset(to: folder)
        #expect(try DatasetSource.resolve(folder.path, formats: formats).found().format is IDXFormat)
    }

    @Test("What is of no format is refused with what is expected instead")
    func unknown() throws {
        try folder.write(Array("points 1 2".utf8), as: "pets.txt")
        let path = folder.path("pets.txt")
        let error = #expect(throws: DataError.self) { try DatasetSource.resolve(path, formats: formats) }
        let expected = """
            \(path): no data set of a known format; expected a folder with IDX files or a text file; \
            `trainspotter data --help` says more
            """
        #expect(error?.description == expected)
        #expect(formats.layouts.hasSuffix("; or a text file that begins with the word pixels"))
        #expect(formats.places == "a folder with IDX files or a text file")
    }

    @Test("Images of other channels have another fingerprint than grey ones of as many bytes")
    func fingerprint() throws {
        func digest(_ shape: ImageShape) -> String {
            let images = ImageSet(pixels: [1, 2, 3, 4, 5, 6], labels: [0], shape: shape)
            return DatasetFingerprint.digest(of: Dataset(name: "x", train: images, test: images, classes: 2))
        }
        // SHA-256 of the sizes as text, the pixels and the labels.
        #expect(
            digest(ImageShape(rows: 2, columns: 3))
                == "a19ba9ac7eb1459f904e651ab6ee9a488ca231e521908324180585e23c061346")
        #expect(
            digest(ImageShape(rows: 2, columns: 1, channels: 3))
                == "b5a97807b56f72dc991ae4405afb2a875ffa62a940585ba02a0d2f5227d3ec78")
    }
}
