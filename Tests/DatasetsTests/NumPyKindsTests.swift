import DataFormats
import Datasets
import TestSupport
import Testing

/// NumPy's arrays of other kinds than grey images and numbers: text, colours, gzip'ed files.
@Suite struct NumPyKindsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let images = npy("|u1", [4, 2, 2], Array(0..<16))
    private static let labels = npy("|u1", [4], [0, 1, 2, 1])

    private func load(_ arrays: [(name: String, contents: [UInt8])]) throws -> Dataset {
        try folder.write(npz(arrays), as: "a.npz")
        return try DatasetSource.resolve(folder.path("a.npz") + ":test=0.4").load()
    }

    /// An array of text, `|S` or `<U`.
    private static func texts(_ texts: [String], isUnicode: Bool) -> [UInt8] {
        let length = texts.map { isUnicode ? $0.unicodeScalars.count : $0.utf8.count }.max() ?? 1
        let values = texts.flatMap { text -> [UInt8] in
            let own = isUnicode ? littleEndianBytes(text.unicodeScalars.map(\.value)) : Array(text.utf8)
            return own + [UInt8](repeating: 0, count: length * (isUnicode ? 4 : 1) - own.count)
        }
        return npy(isUnicode ? "<U\(length)" : "|S\(length)", [texts.count], values)
    }

    @Test("Labels can be words, whose classes are in their order", arguments: [true, false])
    func words(isUnicode: Bool) throws {
        let labels = Self.texts(["owl", "Ärger", "cat", "owl"], isUnicode: isUnicode)
        let dataset = try load([("x", Self.images), ("y", labels)])
        #expect(dataset.classNames == ["cat", "owl", "Ärger"] && dataset.classes == 3)
        #expect(dataset.train.labels + dataset.test.labels == [1, 2, 0, 1])
    }

    @Test("Text of whole numbers are numbers")
    func numbers() throws {
        let labels = Self.texts(["5", "0", "10", "4"], isUnicode: true)
        let train = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap { ["\($0)", "\($0)"] }
        let many = npy("|u1", [22, 1, 1], Array(0..<22))
        let dataset = try load([("x", many), ("y", Self.texts(train, isUnicode: true))])
        #expect(dataset.classes == 11 && dataset.classNames[10] == "10")
        let gaps = #expect(throws: DataError.self) { try load([("x", Self.images), ("y", labels)]) }
        #expect(gaps?.description.hasSuffix("label 10 among only 4 different labels") == true)
    }

    @Test("Test labels have to be words that are trained on, and words are no labels where numbers are")
    func otherWords() throws {
        let (words, other) = (
            Self.texts(["a", "b", "a", "b"], isUnicode: true), Self.texts(["a", "c", "b", "a"], isUnicode: true)
        )
        let cases = [
            (words, other, "y_test.npy: at byte 72: expected a class of the labels to train on, found c"),
            (words, Self.labels, "y_test.npy: at byte 68: expected text, as the labels to train on are, found numbers"),
            (Self.labels, words, "y_test.npy: at byte 68: expected a number, as the labels to train on are, found a"),
            (
                Self.texts(["a", "a", "a", "a"], isUnicode: true), words,
                "y_train.npy: at byte 68: expected labels of at least two classes, found only a"
            ),
            (
                Self.texts(["a", "\u{1B}", "a", "b"], isUnicode: true), words,
                "y_train.npy: at byte 72: expected a label of visible characters, found \"?\""
            ),
        ]
        for (train, test, message) in cases {
            try folder.write(
                npz([("x_train", Self.images), ("y_train", train), ("x_test", Self.images), ("y_test", test)]),
                as: "a.npz")
            let error = #expect(throws: DataError.self) { try DatasetSource.resolve(folder.path("a.npz")).load() }
            #expect(error?.description == "\(folder.path("a.npz")): \(message)")
        }
    }

    /// Two images of 1 × 2 pixels in red, green and blue: (n, 1, 2, 3).
    private static let colours: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3]
    /// 0.299 · 255 = 76.245, 0.587 · 255 = 149.685, 0.114 · 255 = 29.07, and 0.299 + 1.174 + 0.342 = 1.815.
    private static let grey: [UInt8] = [76, 150, 29, 2]
    private static let note = "images in colour become grey: 0.299 red + 0.587 green + 0.114 blue (Rec. 601)"

    /// As many labels as images, with both parts the same.
    private func loadColours(_ array: [UInt8]) throws -> Dataset {
        let labels = npy("|u1", [2], [0, 1])
        try folder.write(
            npz([("x_train", array), ("y_train", labels), ("x_test", array), ("y_test", labels)]), as: "a.npz")
        return try DatasetSource.resolve(folder.path("a.npz")).load()
    }

    @Test("Images in colour become grey, wherever their colours are, and it is said")
    func colours() throws {
        let last = Self.colours
        // (n, 3, 1, 2): all red first.
        let first: [UInt8] = [255, 0, 0, 255, 0, 0, 0, 1, 0, 2, 255, 3]
        let opaque = stride(from: 0, to: 12, by: 3).flatMap { start -> [UInt8] in last[start..<(start + 3)] + [9] }
        // The first axis runs fastest: of each pixel and colour both images.
        let fortran: [UInt8] = (0..<3).flatMap { colour in
            (0..<2).flatMap { pixel in (0..<2).map { last[$0 * 6 + pixel * 3 + colour] } }
        }
        for (array, words) in [
            (npy("|u1", [2, 1, 2, 3], last), ""), (npy("|u1", [2, 3, 1, 2], first), ""),
            (npy("|u1", [2, 1, 2, 4], opaque), "; their opacity is left out"),
            (npy("|u1", [2, 1, 2, 3], fortran, isFortran: true), ""),
        ] {
            let dataset = try loadColours(array)
            #expect(dataset.train.pixels == Self.grey && dataset.test.pixels == Self.grey)
            #expect(dataset.train.shape == ImageShape(rows: 1, columns: 2) && dataset.notes == [Self.note + words])
        }
        let parts = npy("<f4", [2, 1, 2, 3], littleEndianBytes(last.map { Float($0) / 255 }))
        #expect(try loadColours(parts).train.pixels == Self.grey)
    }

    @Test("A .npy file can be gzip'ed, and is refused where it is cut off or has more")
    func packed() throws {
        try folder.write(gzip(Self.images), as: "X.npy.gz")
        try folder.write(Self.labels, as: "y.npy")
        let source = try DatasetSource.resolve(folder.path + ":test=0.4")
        #expect(try source.load().train.count == 3)
        #expect(source.files() == [folder.path("X.npy.gz"), folder.path("y.npy")])
        #expect(try source.shape().image == ImageShape(rows: 2, columns: 2))
        var digest = SHA256()
        digest.update(Self.images)
        #expect(try source.verify().first?.file.digest == digest.finish())
        for bytes in [
            gzip(Array(Self.images.dropLast())), gzip(Self.images + [0]), Array(gzip(Self.images).dropLast(3)),
        ] {
            try folder.write(bytes, as: "X.npy.gz")
            let error = #expect(throws: DataError.self) { try source.load() }
            #expect(error?.description.hasPrefix(folder.path("X.npy.gz") + ": at byte ") == true)
        }
    }

    @Test("A gzip'ed .npz file is refused with what to do")
    func packedArchive() throws {
        try folder.write(gzip(npz([("x", Self.images), ("y", Self.labels)])), as: "a.npz.gz")
        let error = #expect(throws: DataError.self) { try DatasetSource.resolve(folder.path("a.npz.gz")) }
        #expect(
            error?.description
                == "\(folder.path("a.npz.gz")): can't be read: gzip'ed; expected it unpacked, as a .npz file is packed by itself"
        )
    }
}
