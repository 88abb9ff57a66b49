import CImages
import Memory

/// An image in a file: PNG, JPEG or PGM, found by its content. Colours become grey levels (`Luma`), what is transparent
/// lies on white, and a photo stands upright.
package enum ImageFile {
    /// The most bytes that a file may have: 64 MiB.
    package static let longestFile = 1 << 26

    /// Reads one image.
    ///
    /// - Throws: `DataError` where it is no such image, is damaged, or takes more memory than there is for it.
    package static func read(path: String) throws(DataError) -> GrayImage {
        try decode(try bytes(path: path), path: path)
    }

    /// Takes the bytes of a whole file; `path` is for errors.
    ///
    /// - Throws: as `read`.
    package static func decode(_ bytes: [UInt8], path: String) throws(DataError) -> GrayImage {
        guard let header = try ImageHeader.read(bytes, path: path) else { throw ImageHeader.cut(bytes, path) }
        return switch header.kind {
        case .png: try PNGFile.decode(bytes, path: path)
        case .jpeg: try JPEGFile.decode(bytes, path: path)
        case .pgm: try PGMFile.decode(bytes, path: path)
        }
    }

    /// The size of an image by its header, upright.
    ///
    /// - Parameter bytes: of the whole file, or of a beginning that holds the header.
    /// - Throws: `DataError` where it is no such image, or too large.
    package static func shape(_ bytes: [UInt8], path: String) throws(DataError) -> ImageShape {
        guard let header = try ImageHeader.read(bytes, path: path) else { throw ImageHeader.cut(bytes, path) }
        return ImageShape(rows: header.rows, columns: header.columns)
    }

    /// The bytes of a file that may be an image.
    static func bytes(path: String) throws(DataError) -> [UInt8] {
        let file = try FileBytes(path: path)
        guard file.mostBytes <= longestFile else {
            throw .unreadable(path: path, reason: "\(file.mostBytes) bytes long; expected at most \(longestFile)")
        }
        return try file.read(file.mostBytes)
    }

    /// Refuses an image that takes more bytes than there are for it.
    static func check(bytes: Int, path: String) throws(DataError) {
        do throws(MemoryRefusal) { try MemoryBudget.current.check(bytes) } catch { throw .tooLarge(path: path, error) }
    }

    /// Unpacks pixels with a function of C, and makes grey levels of them.
    ///
    /// - Parameters:
    ///   - name: of the format, for errors.
    ///   - unpack: fills the pixels, or tells in words why not.
    static func unpacked(
        _ rows: Int, _ columns: Int, _ form: PixelForm, name: String, path: String,
        _ unpack: (_ pixels: UnsafeMutablePointer<UInt8>, _ message: UnsafeMutablePointer<CChar>) -> Bool
    ) throws(DataError) -> GrayImage {
        var message = [CChar](repeating: 0, count: Int(image_message_bytes))
        var isWhole = false
        let count = rows * columns * form.channels
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            guard let start = buffer.baseAddress else { return }
            isWhole = unpack(start, &message)
            filled = isWhole ? count : 0
        }
        guard isWhole else {
            let end = message.firstIndex(of: 0) ?? message.count
            let words = String(decoding: message[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw .image(path: path, fault: "damaged \(name) image: \(words)")
        }
        return GrayImage(rows: rows, columns: columns, pixels: form.levels(pixels))
    }
}
