import TerminalUI

/// A source of input.
package protocol InputSource {
    /// The next character or key; nil where there is none.
    mutating func next() -> RawInput?
    /// Waiting bytes, unread by ncurses; at most so many.
    mutating func bytes(most: Int) -> [UInt8]
    /// Waits a moment for more; false where none came.
    mutating func waitsForMore() -> Bool
}

/// Makes events of input in parts of limited length. A screen can be drawn between two of them, and memory does not
/// grow with the waiting input.
package struct InputReader {
    /// The greatest number of characters and keys of a part. All of them act before the next frame.
    package static let mostKeys = 128
    /// The greatest number of bytes of a part of a paste, which acts only at its end.
    package static let mostBytes = 1 << 16
    /// The greatest additional length of a part, as it ends only at the end of a sequence.
    package static let longestSequence = 64
    /// The number of waits for the rest of a sequence that came in two parts.
    private static let patience = 3

    private var paste: PasteReader?
    /// Input that was read with a paste but comes after it, or the start of a mark whose rest has not come yet.
    private var pending: ArraySlice<UInt8> = []
    /// The last keys, where they are the start of a mark if its rest comes.
    private var recent: [RawInput] = []
    /// Whether there was more input after the last part.
    package private(set) var hasMore = false

    package init() {}

    /// Whether a paste has begun and not ended.
    package var isPasting: Bool { paste != nil }

    /// Records that no input came for a while.
    package mutating func stall() { paste?.stall() }

    /// The events of the next part of the input.
    package mutating func read(from source: inout some InputSource) -> [InputEvent] {
        guard paste == nil else { return readPaste(from: &source) }
        let keys = InputTranslator.events(from: readKeys(from: &source))
        // A paste whose end has come already ends in the same part.
        return keys + (isPasting ? readPaste(from: &source) : [])
    }

    // MARK: - Keys

    private mutating func readKeys(from source: inout some InputSource) -> [RawInput] {
        var raw: [RawInput] = []
        for tries in 0...Self.patience {
            hasMore = takeKeys(&raw, from: &source)
            if PasteMark.isAtEnd(of: raw, behind: recent) {
                raw.removeLast(min(raw.count, PasteMark.start.count))
                (paste, recent) = (PasteReader(), [])
                return raw
            }
            let isCutOff = MouseReport.isCutOff(raw) || PasteMark.begun(by: raw, behind: recent) > 0
            guard !hasMore, isCutOff, tries < Self.patience, source.waitsForMore() else { break }
        }
        // A mark that a slow line splits must not become keys, whenever its rest comes.
        let begun = PasteMark.begun(by: raw, behind: recent)
        if begun > 0 {
            pending = PasteMark.bytes[..<begun].suffix(raw.count)
            raw.removeLast(pending.count)
        }
        if !raw.isEmpty { recent = Array(raw.suffix(PasteMark.start.count)) }
        return raw
    }

    /// Reads the waiting input, and returns whether it stopped at the end of a part; never within a sequence or after
    /// the start of a paste.
    private mutating func takeKeys(_ raw: inout [RawInput], from source: inout some InputSource) -> Bool {
        while true {
            let isFull = raw.count >= Self.mostKeys && !EscapeSequence.isOpen(raw.suffix(Self.longestSequence))
            if isFull || raw.count >= Self.mostKeys + Self.longestSequence { return true }
            guard let next = nextPending() ?? source.next() else { return false }
            raw.append(next)
            if PasteMark.isAtEnd(of: raw, behind: recent) { return false }
        }
    }

    private mutating func nextPending() -> RawInput? {
        guard let lead = pending.first else { return nil }
        let character = pending.prefix(UTF8Length.of(lead))
        pending = pending.dropFirst(character.count)
        return String(decoding: character, as: UTF8.self).unicodeScalars.first.map { .scalar($0.value) }
    }

    // MARK: - Pastes

    private mutating func readPaste(from source: inout some InputSource) -> [InputEvent] {
        let block = pending.isEmpty ? source.bytes(most: Self.mostBytes) : Array(pending)
        pending = []
        hasMore = block.count >= Self.mostBytes
        let (text, end) = paste?.take(block) ?? (nil, nil)
        let events = text.map { [InputEvent.paste($0)] } ?? []
        guard let end else { return events }
        paste = nil
        pending = end
        while UTF8Length.isCutOff(pending), source.waitsForMore() {
            let more = source.bytes(most: 1)
            if more.isEmpty { break }
            pending += more
        }
        hasMore = hasMore || !pending.isEmpty
        return events
    }
}

/// The start mark of a paste in the input from ncurses.
private enum PasteMark {
    static let bytes = Array(PasteReader.start.utf8)
    static let start: [RawInput] = bytes.map { .scalar(UInt32($0)) }

    /// Whether the input ends with it, perhaps begun by earlier keys.
    static func isAtEnd(of raw: [RawInput], behind recent: [RawInput]) -> Bool {
        raw.last == start.last && (recent + raw.suffix(start.count)).suffix(start.count) == start[...]
    }

    /// The length of its beginning that the input ends with: 0, or enough that it is no key.
    static func begun(by raw: [RawInput], behind recent: [RawInput]) -> Int {
        guard !raw.isEmpty else { return 0 }
        let end = recent + raw.suffix(start.count)
        return (3..<start.count).last { end.suffix($0) == start.prefix($0) } ?? 0
    }
}

private enum UTF8Length {
    static func of(_ lead: UInt8) -> Int { lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1 }

    /// Whether bytes end within a character.
    static func isCutOff(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let lead = bytes.suffix(3).lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return false }
        return bytes.endIndex - lead < of(bytes[lead])
    }
}
