import TerminalUI

/// A paste that is coming in: the bytes between the marks `ESC [ 200 ~` and `ESC [ 201 ~` (xterm's mode 2004).
///
/// Without that mode, and on terminals without it, a paste comes as keys, and can't be distinguished from them.
package struct PasteReader: Equatable {
    /// The mark at the start of a paste.
    package static let start = "\u{1B}[200~"
    /// The sequences that turn the marks on and off.
    static let enabling = "\u{1B}[?2004h"
    static let disabling = "\u{1B}[?2004l"

    private static let end = Array("\u{1B}[201~".utf8)
    /// A character has at most four bytes.
    private static let mostBytes = 4 * PastedText.mostKept

    private var bytes: [UInt8] = []
    /// It was refused as too long, and still goes on.
    private var isTold = false
    /// Number of the last bytes that are a beginning of the end mark.
    private var matched = 0
    /// No input came for a while: the end may never come.
    private var isStalled = false

    package init() {}

    /// Reads bytes up to the end of the paste, in limited memory and linear time.
    ///
    /// - Returns: the paste, once: at its end, or as soon as it is too long for any line. The rest has the bytes after
    ///   the end; nil where the paste goes on.
    package mutating func take(_ block: [UInt8]) -> (text: PastedText?, rest: ArraySlice<UInt8>?) {
        let rest = end(in: block)
        let isTooLong = bytes.count > Self.mostBytes
        guard !isTold, rest != nil || isTooLong else { return (nil, rest) }
        isTold = true
        return (PastedText(String(decoding: bytes, as: UTF8.self), excess: isTooLong ? PastedText.mostKept : 0), rest)
    }

    /// The bytes after the end of the paste; nil where it goes on.
    private mutating func end(in block: [UInt8]) -> ArraySlice<UInt8>? {
        // A user whose terminal never ended a paste wants the keys back.
        if isStalled, block == [0x03] || block == [0x1B] { return [] }
        isStalled = false
        for (index, byte) in block.enumerated() {
            if byte == Self.end[matched] {
                matched += 1
                if matched == Self.end.count { return block[(index + 1)...] }
            } else {
                for byte in Self.end[..<matched] { keep(byte) }
                matched = byte == Self.end[0] ? 1 : 0
                if matched == 0 { keep(byte) }
            }
        }
        return nil
    }

    /// Records that no input came for so long that Ctrl-C or Esc alone ends the paste.
    package mutating func stall() { isStalled = true }

    private mutating func keep(_ byte: UInt8) {
        if bytes.count <= Self.mostBytes { bytes.append(byte) }
    }
}
