import DataFormats
import Foundation
import TestSupport
import Testing

/// PNG, JPEG and PGM images, good and bad.
@Suite struct ImageFileTests {
    /// The files of `make_image_fixtures.py`.
    private static func fixture(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/images/\(name)", withExtension: nil))
        return [UInt8](try Data(contentsOf: url))
    }

    private static func levels() throws -> [String: [[UInt8]]] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/images", withExtension: "json"))
        return try JSONDecoder().decode([String: [[UInt8]]].self, from: Data(contentsOf: url))
    }

    private static func error(_ bytes: [UInt8]) -> String? {
        do {
            _ = try ImageFile.decode(bytes, path: "x")
            return nil
        } catch {
            return error.description
        }
    }

    @Test("Images of all kinds have the grey levels that Pillow and Rec. 601 give them, photos upright")
    func fixtures() throws {
        let levels = try Self.levels()
        #expect(levels.count == 20)
        for (name, rows) in levels {
            let image = try ImageFile.decode(try Self.fixture(name), path: name)
            #expect(image.rows == rows.count && image.columns == rows[0].count, "\(name)")
            #expect(image.pixels == rows.flatMap(\.self), "\(name)")
            let shape = try ImageFile.shape(try Self.fixture(name), path: name)
            #expect(shape == ImageShape(rows: image.rows, columns: image.columns), "\(name)")
        }
    }

    @Test("The ways in which a photo can lie are told apart")
    func orientations() throws {
        let levels = try Self.levels()
        let distinct = Set((1...8).compactMap { levels["turned-\($0).jpg"] })
        #expect(distinct.count == 8)
    }

    /// PNG files of one or few pixels, and their grey levels.
    static let values: [(name: String, bytes: [UInt8], levels: [UInt8])] = [
        ("grey", png(rows: 1, columns: 3, [0, 100, 255]), [0, 100, 255]),
        ("one bit", png(rows: 1, columns: 3, depth: 1, [0b1010_0000]), [255, 0, 255]),
        ("two bits", png(rows: 1, columns: 4, depth: 2, [0b0001_1011]), [0, 85, 170, 255]),
        ("four bits", png(rows: 1, columns: 2, depth: 4, [0x1E]), [17, 238]),
        (
            "16 bits, rounded", png(rows: 1, columns: 4, depth: 16, [0, 128, 0, 129, 0x80, 0, 255, 255]),
            [0, 1, 128, 255]
        ),
        (
            "red, green, blue, and a sum of a half",
            png(rows: 1, columns: 4, type: 2, [255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 4, 28]),
            [76, 150, 29, 6]
        ),
        (
            "colours that are opaque, half and not, on white",
            png(rows: 1, columns: 3, type: 6, [0, 0, 0, 255, 0, 0, 0, 128, 0, 0, 0, 0]), [0, 127, 255]
        ),
        ("grey with opacity", png(rows: 1, columns: 2, type: 4, [100, 255, 100, 51]), [100, 224]),
        (
            "a palette, of which a colour is transparent",
            png(
                rows: 1, columns: 2, depth: 8, type: 3, [1, 0],
                chunks: [("PLTE", [255, 0, 0, 0, 0, 255]), ("tRNS", [0])]), [29, 255]
        ),
        (
            "grey with a transparent level", png(rows: 1, columns: 2, [7, 8], chunks: [("tRNS", [0, 8])]), [7, 255]
        ),
        (
            "a gamma is left aside", png(rows: 1, columns: 1, [100], chunks: [("gAMA", [0, 1, 0x86, 0xA0])]), [100]
        ),
    ]

    @Test("A PNG image of each form has these grey levels", arguments: values)
    func pngForms(form: (name: String, bytes: [UInt8], levels: [UInt8])) throws {
        #expect(try ImageFile.decode(form.bytes, path: "x").pixels == form.levels, "\(form.name)")
    }

    @Test(
        "A file that ends anywhere too early is refused in one line",
        arguments: [
            "color.png", "palette.png", "opacity.png", "color.jpg", "progressive.jpg", "cmyk.jpg", "turned-6.jpg",
            "gray.pgm",
        ])
    func truncated(name: String) throws {
        let whole = try Self.fixture(name)
        for length in 0..<whole.count {
            let message = try #require(Self.error(Array(whole.prefix(length))), "\(name) with \(length) bytes is read")
            #expect(message.hasPrefix("x: ") && !message.contains(where: \.isNewline), "\(message)")
        }
    }

    static let bad: [(bytes: [UInt8], message: String)] = [
        ([], "x: at byte 0: expected a PNG, JPEG or PGM image, found an empty file"),
        (Array("GIF89a".utf8), "x: at byte 0: expected a PNG, JPEG or PGM image, found a GIF image"),
        (
            Array("\u{0}\u{0}\u{0}\u{18}ftypheic".utf8),
            "x: at byte 0: expected a PNG, JPEG or PGM image, found a HEIF or AVIF image, or a film"
        ),
        (
            Array("P50 years of text".utf8),
            "x: at byte 0: expected a PNG, JPEG or PGM image, found another portable map"
        ),
        (
            png(rows: 20_000, columns: 20_000, []),
            "x: 20000 × 20000 pixels; expected at most 67108864 in all"
        ),
        (
            png(rows: 8000, columns: 8000, []),
            "x: at byte 16: expected a size that its data can have, found 8000 × 8000 pixels in 8 packed bytes"
        ),
        (png(rows: 0, columns: 3, []), "x: at byte 20: expected 1 to 1000000 rows, found 0"),
        (png(rows: 2, columns: 2, [1, 2]), "x: damaged PNG image: Not enough image data"),
        (png(rows: 1, columns: 1, type: 5, [1]), "x: at byte 25: expected a colour type: 0, 2, 3, 4 or 6, found 5"),
        (
            [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 2],
            "x: 65535 × 65535 pixels; expected at most 67108864 in all"
        ),
        (
            [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 2, 1, 0x11, 0],
            "x: at byte 11: expected 1, 3 or 4 colours, found 2"
        ),
        ([0xFF, 0xD8, 0xFF, 0xDA, 0, 2], "x: at byte 2: expected the image's size before its data, found none"),
        ([0xFF, 0xD8, 0xFF, 0xE0, 0, 1], "x: at byte 4: expected a segment's length from 2, found 1"),
    ]

    @Test("What is no such image is refused, and says where and why", arguments: bad)
    func refused(file: (bytes: [UInt8], message: String)) {
        #expect(Self.error(file.bytes) == file.message)
    }

    @Test("A changed byte of packed pixels is found by its checksum")
    func checksum() throws {
        var bytes = try Self.fixture("color.png")
        let place = try #require(bytes.firstRange(of: Array("IDAT".utf8))?.upperBound)
        bytes[place + 5] ^= 1
        #expect(Self.error(bytes) == "x: damaged PNG image: IDAT: incorrect data check")
    }

    @Test("Texts that unpack to gigabytes are not unpacked")
    func textBomb() throws {
        // Each is 7 MB of zeros once it is unpacked: 210 MB in all.
        let text = Array("k\u{0}\u{0}".utf8) + zlibbed([UInt8](repeating: 0, count: 7_000_000))
        let chunks = (0..<30).map { _ in (name: "zTXt", data: text) }
        let bytes = pngFile(chunks)
        #expect(try ImageFile.decode(bytes, path: "x").pixels == [9])
    }

    @Test("A size of many pixels is refused before there is memory for them, where the data can't be of it")
    func largeJPEG() throws {
        var bytes = try Self.fixture("gray.jpg")
        let frame = try #require(bytes.firstRange(of: [0xFF, 0xC0])?.lowerBound)
        bytes.replaceSubrange((frame + 5)..<(frame + 9), with: [0x1F, 0x40, 0x1F, 0x40])
        let message = try #require(Self.error(bytes))
        #expect(message.hasPrefix("x: damaged JPEG image: "), "\(message)")
    }

    @Test("An image is brought to a size by areas, on the level of its edges")
    func fitting() {
        let image = GrayImage(rows: 2, columns: 4, pixels: [10, 20, 30, 40, 50, 60, 70, 81])
        #expect(image.fitted(rows: 2, columns: 4) == image)
        #expect(image.scaled(rows: 1, columns: 2).pixels == [35, 55])
        #expect(image.scaled(rows: 1, columns: 3).pixels == [33, 45, 58])
        #expect(image.background == 40)
        // Four pixels beside each other fill the width; above and below is the background.
        #expect(image.fitted(rows: 4, columns: 4).pixels == [40, 40, 40, 40] + image.pixels + [40, 40, 40, 40])
        #expect(image.fitted(rows: 3, columns: 2).pixels == [40, 40, 35, 55, 40, 40])
        let dot = GrayImage(rows: 1, columns: 1, pixels: [200])
        #expect(dot.fitted(rows: 2, columns: 3).pixels == [200, 200, 200, 200, 200, 200])
    }
}

private func pngFile(_ chunks: [(name: String, data: [UInt8])]) -> [UInt8] {
    png(rows: 1, columns: 1, [9], chunks: chunks)
}
