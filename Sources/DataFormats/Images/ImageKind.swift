/// A format of images that is read.
enum ImageKind: Sendable {
    case png, jpeg, pgm

    /// Bytes that show the kind.
    static let sniffed = 8

    private static let magic: [(kind: ImageKind, bytes: [UInt8])] = [
        (.png, [0x89, 0x50, 0x4E, 0x47]), (.jpeg, [0xFF, 0xD8, 0xFF]),
        (.pgm, Array("P2".utf8)), (.pgm, Array("P5".utf8)),
    ]

    /// Names that say that a file is meant to be such an image.
    private static let endings = [".png", ".jpg", ".jpeg", ".pgm"]

    /// What a file is by its first bytes; nil where it is none of them.
    init?(ofFileStartingWith bytes: [UInt8]) {
        guard let found = Self.magic.first(where: { bytes.starts(with: $0.bytes) }) else { return nil }
        // `P5` begins many a text: a comment or a number follows.
        guard found.kind != .pgm || bytes.count > 3 && Self.isPGM(bytes[2], bytes[3]) else { return nil }
        self = found.kind
    }

    private static func isPGM(_ third: UInt8, _ fourth: UInt8) -> Bool {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let isNumber = (0x30...0x39).contains(fourth) || fourth == 0x23 || isBlank(fourth)
        return third == 0x23 || isBlank(third) && isNumber
    }

    /// Whether a name ends as an image's does.
    static func isImage(name: String) -> Bool {
        let name = name.lowercased()
        return endings.contains { name.hasSuffix($0) }
    }

    /// What a file is by its first bytes, for an error.
    static func words(ofFileStartingWith bytes: [UInt8]) -> String {
        let known: [(name: String, magic: [UInt8])] = [
            ("a PNG image", [0x89, 0x50, 0x4E, 0x47]), ("a JPEG image", [0xFF, 0xD8, 0xFF]),
            ("a GIF image", Array("GIF8".utf8)), ("a BMP image", Array("BM".utf8)),
            ("a TIFF image", Array("II*\u{0}".utf8)), ("a TIFF image", Array("MM\u{0}*".utf8)),
            ("a WebP image or other RIFF file", Array("RIFF".utf8)), ("a PDF file", Array("%PDF".utf8)),
            ("another portable map", Array("P".utf8)),
        ]
        if bytes.isEmpty { return "an empty file" }
        // HEIF: the length of a box, then its name.
        if bytes.count > 8, bytes[4..<8].elementsEqual("ftyp".utf8) { return "a HEIF or AVIF image, or a film" }
        return known.first { bytes.starts(with: $0.magic) }?.name ?? "other bytes"
    }
}
