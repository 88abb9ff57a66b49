import DataFormats

/// A grey-level image.
struct PGMTarget: FuzzTarget {
    static let name = "pgm"
    static let parsers = ["PGMFile.decode", "PGMFile.read"]

    init() throws {}

    static func samples() throws -> [String: [UInt8]] {
        let image = GrayImage(rows: 2, columns: 3, pixels: [0, 255, 7, 128, 9, 32])
        return [
            "bytes": PGMFile.encode(image), "text": Array("P2\n# a ring\n3 2\n15\n0 15 1\n8 2 3\n".utf8),
            "wide": Array("P5 1 2 65535\n".utf8) + [0, 9, 255, 255],
        ]
    }

    func run(_ input: [UInt8]) throws {
        do {
            let image = try PGMFile.decode(input, path: "x.pgm")
            try require(image.pixels.count == image.rows * image.columns, "another number of pixels")
            try require(image.pixels.count <= input.count, "more pixels than the file has")
            let again = try PGMFile.decode(PGMFile.encode(image), path: "x.pgm")
            try require(again == image, "another image comes back")
        } catch let error as DataError {
            try requireMessage(error)
        }
    }
}
