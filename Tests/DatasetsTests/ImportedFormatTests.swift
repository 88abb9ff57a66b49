import DataFormats
import Datasets
import Foundation
import NumPyFiles
import TestSupport
import Testing

/// The file of an imported data set.
@Suite struct ImportedFormatTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static let shape = ImageShape(rows: 2, columns: 3)
    static let train = LabelledImages(pixels: Array(0..<24), labels: [0, 2, 1, 0])
    static let test = LabelledImages(pixels: Array(100..<112), labels: [1, 2])
    static let names = ["circle", "\u{202E}square", "star ☆"]

    static func encoded(
        shape: ImageShape = shape, train: LabelledImages = train, test: LabelledImages = test
    ) throws -> (bytes: [UInt8], digest: String) {
        try ImportedFormat.encode(
            shape, train: train, test: test, names: try ClassNameList(names), source: "shapes.csv:label=last",
            notes: ["labels are counted from 1", "and more"])
    }

    private func load(_ bytes: [UInt8]) throws -> Dataset {
        try folder.write(bytes, as: "shapes.npz")
        return try DatasetSource.resolve(folder.path("shapes.npz")).load()
    }

    @Test("What was imported is read as it was, with names, source, notes and digest", arguments: [1, 3])
    func roundTrip(channels: Int) throws {
        let shape = ImageShape(rows: 2, columns: 3 / channels, channels: channels)
        let (bytes, digest) = try Self.encoded(shape: shape)
        let dataset = try load(bytes)
        #expect(dataset.train.shape == shape && dataset.train.pixels == Self.train.pixels)
        #expect(dataset.train.labels == Self.train.labels)
        #expect(dataset.test.pixels == Self.test.pixels && dataset.test.labels == Self.test.labels)
        #expect(dataset.classNames == Self.names && dataset.classes == 3 && dataset.notes.isEmpty)
        #expect(dataset.digest == digest && DatasetFingerprint.digest(of: dataset) == digest)
        // The same without what reading has found out.
        let plain = Dataset(name: "x", train: dataset.train, test: dataset.test, classes: 3)
        #expect(plain.digest == nil && DatasetFingerprint.digest(of: plain) == digest)
        let source = try DatasetSource.resolve(folder.path("shapes.npz"))
        #expect(try source.shape().image == shape && source.shape().classes == 3)
        #expect(try source.verify().map(\.file.digest) == [digest])
        let format = try #require(try source.found().format as? ImportedFormat)
        #expect(format.about.source == "shapes.csv:label=last" && format.about.notes.count == 2)
        #expect(format.counts == (4, 2))
    }

    @Test("The same data set gives the same bytes, which begin as a ZIP file")
    func bytes() throws {
        let (one, two) = (try Self.encoded().bytes, try Self.encoded().bytes)
        #expect(one == two && one.starts(with: [0x50, 0x4B]))
        #expect(
            try NPZArchive(bytes: one, path: "x").names == [
                "x_train", "y_train", "x_test", "y_test", "class_names", "trainspotter",
            ])
    }

    @Test("Cut off at any length, it is refused in one line with its path")
    func cut() throws {
        let bytes = try Self.encoded().bytes
        let path = folder.path("shapes.npz")
        for length in stride(from: 0, to: bytes.count, by: 7) {
            let error = #expect(throws: DataError.self) { try load(Array(bytes.prefix(length))) }
            #expect(error?.description.hasPrefix(path) == true && error?.description.contains("\n") == false)
        }
    }

    @Test("With any one byte changed, it is refused, or is the same data set")
    func changed() throws {
        let bytes = try Self.encoded().bytes
        // By its name: without the words of what it is, its path would name a NumPy file as others.
        let imported = ImportedDatasets(folder: folder.path, isStandard: true)
        var refused = 0
        for position in bytes.indices {
            var damaged = bytes
            damaged[position] ^= 0x21
            do {
                try folder.write(damaged, as: "shapes.npz")
                let dataset = try DatasetSource.resolve("shapes", imported: imported).load()
                #expect(dataset.train.pixels == Self.train.pixels && dataset.test.labels == Self.test.labels)
                #expect(dataset.classNames == Self.names)
            } catch is DataError {
                refused += 1
            }
        }
        #expect(refused > bytes.count / 2)
    }

    @Test("Other images or labels than those of the digest are refused, whatever their checksums say")
    func digest() throws {
        let (bytes, digest) = try Self.encoded()
        let other = LabelledImages(pixels: Self.test.pixels, labels: [2, 2])
        let changed = try Self.encoded(test: other)
        // The other file's arrays with this one's words.
        let (archive, words) = (
            try NPZArchive(bytes: changed.bytes, path: "x"), try NPZArchive(bytes: bytes, path: "x")
        )
        let mixed = try archive.names.map { name in
            (name, try #require(try (name == "trainspotter" ? words : archive).contents(of: name)))
        }
        let error = #expect(throws: DataError.self) { try load(npz(mixed)) }
        #expect(
            error?.description
                == "\(folder.path("shapes.npz")): at byte 0: expected images and labels with the SHA-256 \(digest), "
                + "found \(changed.digest)")
        #expect(
            try load(npz(mixed.map { ($0.0, try #require(try archive.contents(of: $0.0))) })).test.labels == [2, 2])
    }

    /// A good file with one array changed.
    private func with(_ name: String, _ contents: [UInt8]?) throws -> [UInt8] {
        let archive = try NPZArchive(bytes: try Self.encoded().bytes, path: "x")
        return npz(
            try archive.names.compactMap { entry in
                if entry != name { return (entry, try #require(try archive.contents(of: entry))) }
                return contents.map { (entry, $0) }
            })
    }

    /// An array of text as the program writes it.
    private static func texts(_ texts: [String]) throws -> [UInt8] {
        let bytes = try NPZFile.encode(members: [NPZFile.Member(name: "a", texts: texts)])
        return try #require(try NPZArchive(bytes: bytes, path: "x").contents(of: "a"))
    }

    @Test("Each array has to be what it is for")
    func badArrays() throws {
        let form = "trainspotter data set 1"
        let sha = "sha256 " + String(repeating: "0", count: 64)
        let cases: [(name: String, contents: [UInt8]?, message: String)] = [
            ("x_test", nil, ": x_test.npy: at byte 0: expected 10 more bytes, found the end of the data"),
            (
                "y_train", npy("|u1", [3], [0, 1, 2]),
                ": y_train.npy: at byte 60: expected 4 labels, one for each image, found (3,)"
            ),
            (
                "x_train", npy("<f4", [4, 2, 3], littleEndianBytes((0..<24).map(Float.init))),
                ": x_train.npy: at byte 20: expected bytes ('|u1') or text, in C order, found '<f4'"
            ),
            (
                "x_test", npy("|u1", [2, 3, 2], Array(0..<12)),
                ": x_test.npy: at byte 60: expected images of the size of x_train, found (2, 3, 2)"
            ),
            (
                "x_train", npy("|u1", [4, 6], Array(0..<24)),
                ": x_train.npy: at byte 60: expected images of at most 1048576 pixels, found (4, 6)"
            ),
            (
                "class_names", npy("|u1", [3], [0, 1, 2]),
                ": class_names.npy: at byte 20: expected text of one axis, found '|u1' of (3,)"
            ),
            (
                "class_names", try Self.texts(["a", "b", "a"]),
                ": class_names.npy: at byte 0: expected each name once, found a again, as in 1 in value 3"
            ),
            (
                "class_names", try Self.texts(["a", "b"]),
                ": y_train.npy: at byte 129: expected a label in 0 ... 1, one of the classes that are named, found 2"
            ),
            (
                "trainspotter", try Self.texts(["trainspotter data set 2"]),
                ": trainspotter.npy: line 1: expected \"trainspotter data set 1\", found \"trainspotter data set 2\""
            ),
            (
                "trainspotter", try Self.texts([form, "sha256 0"]),
                ": trainspotter.npy: line 2: expected sha256 and 64 hexadecimal digits, found \"sha256 0\""
            ),
            (
                "trainspotter", try Self.texts([form, sha]),
                ": trainspotter.npy: line 3: expected source and a name, found none"
            ),
            (
                "trainspotter", try Self.texts([form, sha, "source x", "more"]),
                ": trainspotter.npy: line 4: expected note and a text, found \"more\""
            ),
        ]
        for (name, contents, message) in cases {
            let bytes = try with(name, contents)
            let error = #expect(throws: DataError.self, "\(message)") { try load(bytes) }
            #expect(error?.description == folder.path("shapes.npz") + message)
        }
        // Without the words it is a NumPy file as others.
        #expect(try load(try with("trainspotter", nil)).classNames == ["0", "1", "2"])
    }
}
