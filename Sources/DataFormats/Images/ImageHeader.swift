/// What an image file says of itself before its pixels.
struct ImageHeader: Sendable, Equatable {
    let kind: ImageKind
    /// Height in pixels, once it stands upright.
    let rows: Int
    /// Width in pixels, likewise.
    let columns: Int
    /// Whether its pixels are colours.
    let isColor: Bool
    /// How the pixels lie in the file.
    let orientation: ImageOrientation

    /// The most pixels of a file.
    static let mostPixels = 1 << 26

    init(kind: ImageKind, rows: Int, columns: Int, isColor: Bool, orientation: ImageOrientation = .upright) {
        (self.kind, self.isColor, self.orientation) = (kind, isColor, orientation)
        (self.rows, self.columns) = orientation.isTurned ? (columns, rows) : (rows, columns)
    }

    /// - Parameters:
    ///   - bytes: of a file, from its start.
    ///   - path: for errors.
    /// - Returns: nil where more bytes are needed.
    /// - Throws: `DataError` where it is no image, or one that is too large.
    static func read(_ bytes: [UInt8], path: String) throws(DataError) -> ImageHeader? {
        guard let kind = ImageKind(ofFileStartingWith: bytes) else {
            throw .malformed(
                path: path, offset: 0, expected: "a PNG, JPEG or PGM image",
                found: ImageKind.words(ofFileStartingWith: bytes))
        }
        let header: ImageHeader?
        switch kind {
        case .png: header = try PNGFile.header(bytes, path: path)
        case .jpeg: header = try JPEGFile.header(bytes, path: path)
        case .pgm:
            do throws(DataError) {
                let (sizes, end) = try PGMFile.header(bytes, path: path)
                let found = ImageHeader(kind: .pgm, rows: sizes.rows, columns: sizes.columns, isColor: false)
                header = end < bytes.count ? found : nil
            } catch {
                if case .malformed(_, bytes.count, _, _) = error { return nil }
                throw error
            }
        }
        guard let header else { return nil }
        guard header.rows * header.columns <= mostPixels else {
            throw .image(
                path: path, fault: "\(header.columns) × \(header.rows) pixels; expected at most \(mostPixels) in all")
        }
        return header
    }

    /// Reads as much of a file as it takes.
    ///
    /// - Throws: as `read`, and where the file ends too early.
    static func read(path: String) throws(DataError) -> ImageHeader {
        let file = try FileBytes(path: path)
        var bytes = try file.read(1 << 10)
        while true {
            if let header = try read(bytes, path: path) { return header }
            let more = try file.read(min(bytes.count, ImageFile.longestFile - bytes.count))
            guard !more.isEmpty else { throw cut(bytes, path) }
            bytes += more
        }
    }

    /// The error for a file that ends in its header.
    static func cut(_ bytes: [UInt8], _ path: String) -> DataError {
        .malformed(
            path: path, offset: bytes.count, expected: "the rest of the image's header", found: "the end of the data")
    }
}
