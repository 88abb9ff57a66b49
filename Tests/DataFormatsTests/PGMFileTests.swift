import DataFormats
import TestSupport
import Testing

@Suite struct PGMFileTests {
    static func bytes(_ text: String, _ payload: [UInt8] = []) -> [UInt8] { Array(text.utf8) + payload }

    @Test("Binary files are read, with comments, other greatest values and two bytes a level")
    func binary() throws {
        let image = GrayImage(rows: 2, columns: 3, pixels: [0, 1, 32, 10, 254, 255])
        #expect(try PGMFile.decode(Self.bytes("P5 3 2 255\n", image.pixels), path: "x") == image)
        #expect(try PGMFile.decode(Self.bytes("P5\n# 9 9\n3\t2 # wide\n255\r", image.pixels), path: "x") == image)
        #expect(
            try PGMFile.decode(Self.bytes("P5 3 1 4\n", [0, 1, 4]), path: "x").pixels == [0, 64, 255])
        #expect(
            try PGMFile.decode(Self.bytes("P5 2 1 65535\n", [0x80, 0, 0xFF, 0xFF]), path: "x").pixels == [128, 255])
    }

    @Test("Text files are read, with comments anywhere")
    func text() throws {
        let zeros = String(repeating: "0", count: 30)
        let padded = try PGMFile.decode(Self.bytes("P2 \(zeros)2 1 \(zeros)255\n\(zeros)255 \(zeros)\n"), path: "x")
        #expect(padded == GrayImage(rows: 1, columns: 2, pixels: [255, 0]))
        let image = try PGMFile.decode(Self.bytes("P2\n2 2 15\n0 15 # a row\n\n  7\n8\n"), path: "x")
        #expect(image == GrayImage(rows: 2, columns: 2, pixels: [0, 255, 119, 136]))
        #expect(image.inverted.pixels == [255, 0, 136, 119])
    }

    static let bad: [(bytes: [UInt8], message: String)] = [
        ([], "at byte 0: expected a PGM image (P2 or P5), found an empty file"),
        (bytes("P6 1 1 255 abc"), "at byte 0: expected a PGM image (P2 or P5), found another portable map"),
        ([0xFF, 0xD8, 0xFF, 0], "at byte 0: expected a PGM image (P2 or P5), found a JPEG image"),
        (bytes("P5"), "at byte 2: expected 1 to 16384 columns, found the end of the data"),
        (bytes("P5 0 1 255 "), "at byte 3: expected 1 to 16384 columns, found 0"),
        (bytes("P5 -3 1 255 "), "at byte 3: expected 1 to 16384 columns, found no number"),
        (
            bytes("P5 3 99999999999999999999999 255 "),
            "at byte 5: expected 1 to 16384 rows, found 99999999999999999999"
        ),
        (bytes("P5 3 1 65536 "), "at byte 7: expected 1 to 65535 for white, found 65536"),
        (bytes("P5 3 1 255"), "at byte 10: expected a blank behind the header, found the end of the data"),
        (bytes("P5 16384 16384 255\n"), "at byte 19: expected 268435456 more bytes, found the end of the data"),
        (bytes("P5 3 1 255\n", [1, 2]), "at byte 13: expected 1 more byte, found the end of the data"),
        (bytes("P5 3 1 255\n", [1, 2, 3, 4]), "at byte 14: expected the end of the data, found more bytes"),
        (bytes("P5 3 1 9\n", [1, 2, 10]), "at byte 11: expected 0 to 9 as a grey level, found 10"),
        (bytes("P2 16384 16384 255\n1 2"), "at byte 22: expected 268435456 grey levels, found fewer"),
        (bytes("P2 3 1 255\n10 20 "), "at byte 17: expected 0 to 255 as a grey level, found the end of the data"),
        (bytes("P2 2 1 255\n1 256\n"), "at byte 13: expected 0 to 255 as a grey level, found 256"),
        (bytes("P2 2 1 255\n1 2 3\n"), "at byte 15: expected the end of the data, found more bytes"),
    ]

    @Test("A bad file is refused in one line", arguments: bad)
    func refused(bytes: [UInt8], message: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(bytes, as: "bad.pgm")
        let path = folder.path + "/bad.pgm"
        let error = try #require(throws: DataError.self) { try PGMFile.read(path: path) }
        #expect(error.description == "\(path): \(message)")
    }
}
