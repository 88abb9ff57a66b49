import DataFormats
import TestSupport

/// The file of an imported data set; or, by its first byte, a file with names of classes.
struct ImportedTarget: FuzzTarget {
    static let name = "imported"
    static let parsers = [
        "ImportedFormat.init", "ImportedFormat.outline", "ImportedFormat.load", "ClassNameList.init(path",
    ]
    static let format: any DatasetFormat.Type = ImportedFormat.self
    static let longestInput = 1 << 13
    static let repair: (@Sendable ([UInt8]) -> [UInt8])? = {
        [$0.first ?? 0] + ZipRepair.repaired(Array($0.dropFirst()))
    }

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static func sample(_ names: [String], channels: Int) throws -> [UInt8] {
        try ImportedFormat.encode(
            ImageShape(rows: 2, columns: 1, channels: channels),
            train: LabelledImages(pixels: [UInt8](repeating: 7, count: 6 * channels), labels: [0, 1, 0]),
            test: LabelledImages(pixels: [UInt8](repeating: 9, count: 2 * channels), labels: [1]),
            names: try ClassNameList(names), source: "shapes.csv", notes: ["labels are counted from 1"]
        ).bytes
    }

    static func samples() throws -> [String: [UInt8]] {
        [
            "grey": [0] + (try sample(["a", "b"], channels: 1)),
            "colour": [0] + (try sample(["cat", "☆"], channels: 3)),
            "names": [1] + Array("circle\nsquare\r\n star \n".utf8),
        ]
    }

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let path = folder.path("a")
        try ScratchFile.write(Array(input.dropFirst()), to: path)
        do {
            if first % 2 == 1 { return try check(try ClassNameList(path: path)) }
            guard let format = try ImportedFormat(path: path, options: DatasetOptions()) else { return }
            try require(!format.about.source.contains(where: \.isNewline), "a source of several lines")
            for note in format.about.notes {
                try require(!note.contains(where: \.isNewline), "a note of several lines")
            }
            try check(try ClassNameList(format.classNames))
            try DatasetCheck.check(format, input)
            // It has the digest that it says, so it is written as the same.
            let contents = try format.load {}
            guard let test = contents.test else { throw Finding("no test part") }
            let again = try ImportedFormat.encode(
                contents.shape, train: contents.train, test: test, names: try ClassNameList(format.classNames),
                source: format.about.source, notes: format.about.notes)
            try require(again.digest == format.about.digest, "another digest: \(again.digest)")
        } catch let error as DataError {
            try requireMessage(error)
        }
    }

    private func check(_ list: ClassNameList) throws {
        try require((2...256).contains(list.names.count), "\(list.names.count) classes")
        try require(Set(list.names).count == list.names.count, "a name twice")
        try require(try ClassNameList(list.names) == list, "other names come back")
    }
}
