import DataFormats
import Datasets
import TestSupport
import Testing

/// Names of classes that a user writes down.
@Suite struct ClassNamesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("Names are read from lines of any end, without blanks around them")
    func lines() throws {
        for text in ["cat\ndog\nold owl", "\u{FEFF}cat\r\n dog \r\nold owl\r\n\n\n", "cat\ndog\n\told owl\n"] {
            try folder.write(text, as: "classes.txt")
            #expect(try ClassNameList(path: folder.path("classes.txt")).names == ["cat", "dog", "old owl"])
        }
        try folder.write(gzip(Array("a\nb\n".utf8)), as: "packed")
        #expect(try ClassNameList(path: folder.path("packed")).names == ["a", "b"])
    }

    private static let long = String(repeating: "x", count: 257)
    static let bad: [(text: String, message: String)] = [
        ("", "line 1: expected the names of at least two classes, found 0"),
        ("cat\n", "line 2: expected the names of at least two classes, found 1"),
        ("cat\n\ndog\n", "line 2: expected the name of a class, found none"),
        ("cat\ndog\ncat\n", "line 3: expected each name once, found cat again, as in 1"),
        ("cat\n\u{1B}[2J\n", "line 2: expected a name of visible characters, found others"),
        ("cat\n\(long)\n", "line 2: expected a name of at most 256 characters, found 257"),
        (
            (0...256).map { "\($0)\n" }.joined(), "line 257: expected at most 256 names, found more"
        ),
    ]

    @Test("What is no name is refused with its line", arguments: bad.indices)
    func refused(index: Int) throws {
        let (text, message) = Self.bad[index]
        try folder.write(text, as: "classes.txt")
        let path = folder.path("classes.txt")
        let error = #expect(throws: DataError.self) { try ClassNameList(path: path) }
        #expect(error?.description == "\(path): \(message)")
    }

    @Test("Other bytes than text, and too many, are refused")
    func otherFiles() throws {
        try folder.write([0x61, 0x0A, 0xFF], as: "bytes")
        let bytes = #expect(throws: DataError.self) { try ClassNameList(path: folder.path("bytes")) }
        #expect(bytes?.description == "\(folder.path("bytes")): line 1: expected a text in UTF-8, found other bytes")
        try folder.write([UInt8](repeating: 0x61, count: 1 << 20), as: "much")
        #expect(throws: DataError.self) { try ClassNameList(path: folder.path("much")) }
        #expect(throws: DataError.self) { try ClassNameList(path: folder.path) }
    }

    /// Three classes each, at a path in the folder.
    private func write(_ format: String) throws -> String {
        switch format {
        case "idx":
            try writeSmallDataset(to: folder)
            return folder.path
        case "npz":
            let (images, labels) = (npy("|u1", [6, 2, 2], Array(0..<24)), npy("|u1", [6], [1, 2, 3, 1, 2, 3]))
            try folder.write(npz([("x", images), ("y", labels)]), as: "shapes.npz")
            return folder.path("shapes.npz")
        default:
            try folder.write((0..<6).map { "\(["a", "b", "c"][$0 % 3]),\($0),2,3,255\n" }.joined(), as: "shapes.csv")
            return folder.path("shapes.csv")
        }
    }

    @Test("A file classes.txt beside a data set of any format names its classes", arguments: ["idx", "npz", "csv"])
    func beside(format: String) throws {
        let path = try write(format)
        try folder.write("circle\nsquare\nstar\n", as: "classes.txt")
        let source = try DatasetSource.resolve(path)
        let dataset = try source.load()
        #expect(dataset.classNames == ["circle", "square", "star"] && dataset.classes == 3)
        #expect(dataset.notes.last == "the classes have their names from classes.txt")
        #expect(try source.shape().classes == 3)
        try folder.write("circle\nsquare\n", as: "classes.txt")
        let message =
            "\(folder.path("classes.txt")): line 2: expected 3 names, one for each class of \(path), found 2"
        let whole = #expect(throws: DataError.self) { try source.load() }
        let quick = #expect(throws: DataError.self) { try source.shape() }
        #expect(whole?.description == message && quick?.description == message)
        try folder.remove("classes.txt")
        #expect(try source.load().classNames.count == 3)
    }
}
