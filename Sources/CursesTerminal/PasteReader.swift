import TerminalUI

/// A paste on its way: the bytes between the marks `ESC [ 200 ~` and `ESC [ 201 ~` (xterm's mode 2004).
///
/// Without that mode, and on terminals that don't have it, a paste comes as the keys that it would be typed with, and
/// can't be told from them.
package struct PasteReader: Equatable {
    /// What begins a paste.
    package static let start = "\u{1B}[200~"
    /// What turns the marks on and off.
    static let enabling = "\u{1B}[?2004h"
    static let disabling = "\u{1B}[?2004l"

    private static let end = Array("\u{1B}[201~".utf8)
    /// A character takes four bytes at most.
    private static let mostBytes = 4 * PastedText.mostKept

    private var bytes: [UInt8] = []
    /// It was told to be too long, and goes on.
    private var isTold = false
    /// How many bytes of the end mark came last.
    private var matched = 0
    /// Nothing came for a while: the end may never come.
    private var isStalled = false

    package init() {}

    /// Takes bytes up to the end of the paste, in memory that is bounded and time that is linear.
    ///
    /// - Returns: what was pasted, once: at its end, or as soon as it is too long for any line. The rest is what stands
    ///   behind the end; nil where the paste goes on.
    package mutating func take(_ block: [UInt8]) -> (text: PastedText?, rest: ArraySlice<UInt8>?) {
        let rest = end(in: block)
        let isTooLong = bytes.count > Self.mostBytes
        guard !isTold, rest != nil || isTooLong else { return (nil, rest) }
        isTold = true
        return (PastedText(String(decoding: bytes, as: UTF8.self), excess: isTooLong ? PastedText.mostKept : 0), rest)
    }

    /// What stands behind the end of the paste; nil where it goes on.
    private mutating func end(in block: [UInt8]) -> ArraySlice<UInt8>? {
        // Somebody who waits for a terminal that never ended a paste asks for the keys back.
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

    /// Nothing came for so long that Ctrl-C or Esc alone ends the paste.
    package mutating func stall() { isStalled = true }

    private mutating func keep(_ byte: UInt8) {
        if bytes.count <= Self.mostBytes { bytes.append(byte) }
    }
}
