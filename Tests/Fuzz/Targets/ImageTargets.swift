import Compression
import DataFormats
import TestSupport

/// A PNG, JPEG or PGM image. Seeds are the fixtures of `ImageFileTests`.
struct ImageTarget: FuzzTarget {
    static let name = "image"
    static let parsers = ["ImageFile.decode", "ImageFile.read"]
    static let repair: (@Sendable ([UInt8]) -> [UInt8])? = { PNGRepair.repaired($0) }

    /// Pixels above which an image is not unpacked, so that inputs stay quick.
    private static let mostPixels = 1 << 18

    init() throws {}

    func run(_ input: [UInt8]) throws {
        do {
            let shape = try ImageFile.shape(input, path: "x")
            guard shape.bytes <= Self.mostPixels else { return }
            let image = try ImageFile.decode(input, path: "x")
            try require(image.rows == shape.rows && image.columns == shape.columns, "another size than by the header")
            let small = image.fitted(rows: 5, columns: 7)
            try require(small.pixels.count == 35, "a fitted image of another size")
            let (least, greatest) = (image.pixels.min() ?? 0, image.pixels.max() ?? 0)
            try require(small.pixels.allSatisfy { (least...greatest).contains($0) }, "a mean beyond what it is of")
        } catch let error as DataError {
            try requireMessage(error)
        }
    }
}

/// A folder of two classes. By its first byte the input is the content of one of the images, or its name.
struct ImageFolderTarget: FuzzTarget {
    static let name = "image-folder"
    static let parsers = ["ImageFolderFormat.init", "ImageFolderFormat.load", "ImageFolderFormat.outline"]
    static let format: any DatasetFormat.Type = ImageFolderFormat.self
    static let longestInput = 512

    private let folder: TemporaryFolder
    private static let dot = png(rows: 1, columns: 2, [3, 4])

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Self.dot, as: "a/1.png")
        try folder.write(Self.dot, as: "b/1.png")
    }

    static func samples() throws -> [String: [UInt8]] {
        [
            "same": [0] + dot, "other-size": [0] + png(rows: 3, columns: 1, type: 2, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
            "text": [1] + Array("P2 2 1 9 0 9".utf8), "class": [2] + Array("10".utf8),
            "name": [3] + Array("\u{1B}[31m.png".utf8),
        ]
    }

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        let text = String(decoding: bytes.prefix(80).filter { $0 != 0 && $0 != 0x2F }, as: UTF8.self)
        let isPlain = !text.isEmpty && text != "." && text != ".." && text != "a" && text != "b"
        let name = ["a/2.png", "a/2", isPlain ? "\(text)/1.png" : "a/2.png", "b/\(isPlain ? text : "2.png")"][
            Int(first % 4)]
        try folder.write(first % 4 < 2 ? bytes : Self.dot, as: name)
        defer { try? folder.remove(first % 4 == 2 && isPlain ? text : name) }
        do {
            guard let format = try ImageFolderFormat(path: folder.path, options: DatasetOptions()) else {
                throw Finding("the folder is not found")
            }
            try DatasetCheck.check(format, input)
        } catch let error as DataError {
            try requireMessage(error)
        }
    }
}

/// The right checksums of a PNG file's chunks, as far as it has any.
enum PNGRepair {
    static func repaired(_ input: [UInt8]) -> [UInt8] {
        var bytes = input
        var place = 8
        while place + 12 <= bytes.count {
            let length = bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
            guard place + 12 + length <= bytes.count else { break }
            let checksum = CRC32.checksum(Array(bytes[(place + 4)..<(place + 8 + length)]))
            bytes.replaceSubrange(
                (place + 8 + length)..<(place + 12 + length), with: littleEndianBytes(checksum.byteSwapped))
            place += 12 + length
        }
        return bytes
    }
}
