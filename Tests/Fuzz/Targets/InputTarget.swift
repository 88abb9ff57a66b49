import CursesTerminal
import TerminalUI

/// What a terminal sends: keys, mouse, pastes, in blocks whose length the first byte gives.
struct InputTarget: FuzzTarget {
    static let name = "input"
    static let parsers = ["InputReader.read", "InputTranslator.events", "MouseReport.init", "EscapeSequence.init"]

    static let longestInput = 1024
    /// Columns and rows that no terminal has.
    private static let mostCells = 1 << 16

    init() throws {}

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        var source = Blocks(Array(input.dropFirst()), length: first == 0 ? input.count : Int(first))
        var reader = InputReader()
        var (reads, events) = (0, 0)
        while source.hasMore || reader.hasMore {
            for event in reader.read(from: &source) {
                events += 1
                try Self.check(event)
            }
            // A paste whose end does not come is given up by Esc.
            if source.isBlockRead, !source.nextBlock(), reader.isPasting { reader.stall() }
            reads += 1
            try require(reads <= 4 * input.count + 64, "reading does not end")
        }
        try require(events <= input.count, "\(events) events of \(input.count) bytes")
    }

    private static func check(_ event: InputEvent) throws {
        switch event {
        case .key(.function(let number)): try require((1...63).contains(number), "F\(number)")
        case .key, .resize: break
        case .mouse(let mouse):
            let isOnScreen = (0..<mostCells).contains(mouse.x) && (0..<mostCells).contains(mouse.y)
            try require(isOnScreen, "the mouse in column \(mouse.x), row \(mouse.y)")
        case .paste(let paste):
            let scalars = paste.text.unicodeScalars
            try require(scalars.count <= PastedText.mostKept, "a paste of \(scalars.count) characters")
            try require(paste.count >= scalars.count, "a paste that counts less than it has")
            try require(
                !scalars.contains { $0.properties.generalCategory == .control }, "a control character in a paste")
        }
    }
}

/// Input that comes in blocks, of which each is there when the one before was read.
private struct Blocks: InputSource {
    private let bytes: [UInt8]
    private let length: Int
    private var place = 0
    private var end: Int

    init(_ bytes: [UInt8], length: Int) {
        (self.bytes, self.length) = (bytes, length)
        end = min(length, bytes.count)
    }

    var hasMore: Bool { place < bytes.count }
    var isBlockRead: Bool { place == end }

    /// False where there is none.
    mutating func nextBlock() -> Bool {
        guard end < bytes.count else { return false }
        end = min(end + length, bytes.count)
        return true
    }

    mutating func next() -> RawInput? {
        guard place < end else { return nil }
        let lead = bytes[place]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
        let text = String(decoding: bytes(most: length), as: UTF8.self)
        return text.unicodeScalars.first.map { .scalar($0.value) }
    }

    mutating func bytes(most: Int) -> [UInt8] {
        let found = bytes[place..<min(end, place + most)]
        place = found.endIndex
        return Array(found)
    }

    mutating func waitsForMore() -> Bool { place < end || nextBlock() }
}
