/// The lines of a text file, gzip'ed or not, one after the other: only so much of the file is in memory as the longest
/// line needs.
enum TextLines {
    /// Bytes that are read at once.
    private static let piece = 1 << 20
    /// The greatest image as a line, with 24 characters a pixel, is shorter.
    private static let longest = 24 * DatasetLimits.pixels

    /// Gives each line without its end (LF or CR LF), with its number from 1; the last one may have no end. A mark of
    /// UTF-8 at the file's start is left out.
    ///
    /// - Parameter body: returns whether to go on.
    /// - Throws: `DataError` of the file, a line that is too long, or a text that is; and what `body` throws.
    static func forEach(
        _ path: String, _ body: (UnsafeBufferPointer<UInt8>, Int) throws(DataError) -> Bool
    ) throws(DataError) {
        let source = try DataFolder.open(path).source
        var room = [UInt8](repeating: 0, count: 2 * piece)
        var (held, number, total) = (0, 0, 0)
        while true {
            if room.count - held < piece { room += [UInt8](repeating: 0, count: room.count) }
            let got = try room.withUnsafeMutableBufferPointer { buffer throws(DataError) in
                try source.read(into: UnsafeMutableBufferPointer(rebasing: buffer[held..<(held + piece)]))
            }
            let isEnd = got < piece
            total += got
            guard total <= DatasetLimits.fileBytes else {
                throw .malformedText(
                    path: path, line: number + 1, column: nil,
                    expected: "at most \(DatasetLimits.fileBytes) bytes, which is as much as is loaded", found: "more")
            }
            let used = try room.withUnsafeBufferPointer { buffer throws(DataError) -> Int? in
                let bytes = UnsafeBufferPointer(rebasing: buffer[..<(held + got)])
                let start = number == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
                return try lines(of: bytes, from: start, isEnd, &number, body)
            }
            guard let used, !isEnd else { return }
            held = held + got - used
            guard held <= longest else {
                throw .malformedText(
                    path: path, line: number + 1, column: nil, expected: "a line of at most \(longest) bytes",
                    found: "a longer one")
            }
            room.withUnsafeMutableBufferPointer { buffer in
                for index in 0..<held { buffer[index] = buffer[used + index] }
            }
        }
    }

    /// - Returns: where the first line begins that has no end yet; nil where `body` has enough.
    private static func lines(
        of bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ isEnd: Bool, _ number: inout Int,
        _ body: (UnsafeBufferPointer<UInt8>, Int) throws(DataError) -> Bool
    ) throws(DataError) -> Int? {
        var position = start
        while position < bytes.count {
            let rest = UnsafeBufferPointer(rebasing: bytes[position...])
            let end = rest.firstIndex(of: 0x0A)
            guard end != nil || isEnd else { break }
            var length = end ?? rest.count
            position += length + 1
            if length > 0, rest[length - 1] == 0x0D { length -= 1 }
            number += 1
            guard try body(UnsafeBufferPointer(rebasing: rest[..<length]), number) else { return nil }
        }
        return min(position, bytes.count)
    }
}
