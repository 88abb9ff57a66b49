import CursesTerminal
import TerminalUI
import Testing

/// Input that comes in blocks; bytes are characters to it, as to ncurses where no key begins with them.
private struct Blocks: InputSource {
    private var blocks: [[UInt8]]
    /// What was taken in all.
    private(set) var taken = 0

    init(_ blocks: [String]) { self.blocks = blocks.map { Array($0.utf8) } }

    /// Whether the block at hand was read.
    var isEmpty: Bool { blocks.first?.isEmpty ?? true }

    mutating func next() -> RawInput? {
        guard let lead = blocks.first?.first else { return nil }
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
        let character = bytes(most: length)
        return String(decoding: character, as: UTF8.self).unicodeScalars.first.map { .scalar($0.value) }
    }

    mutating func bytes(most: Int) -> [UInt8] {
        guard !blocks.isEmpty else { return [] }
        let found = Array(blocks[0].prefix(most))
        blocks[0].removeFirst(found.count)
        taken += found.count
        return found
    }

    /// Nothing comes by waiting: the next block is there when the one before was read.
    mutating func waitsForMore() -> Bool { false }

    mutating func nextBlock() { if !blocks.isEmpty { blocks.removeFirst() } }
}

private func events(_ blocks: [String]) -> [InputEvent] {
    var (source, reader) = (Blocks(blocks), InputReader())
    var events: [InputEvent] = []
    for _ in blocks {
        repeat { events += reader.read(from: &source) } while reader.hasMore || (reader.isPasting && !source.isEmpty)
        source.nextBlock()
    }
    return events
}

private func key(_ scalar: Unicode.Scalar) -> InputEvent { .key(.character(scalar)) }
private func paste(_ text: String) -> InputEvent { .paste(PastedText(text)) }

private let start = "\u{1B}[200~"
private let end = "\u{1B}[201~"

struct PasteTests {
    @Test
    func `A paste is one event among keys, and nothing of it is a key`() {
        #expect(events(["a\(start)q\nr\u{3}\u{1B}x\(end)b"]) == [key("a"), paste("q rx"), key("b")])
        #expect(events(["\(start)\(end)"]) == [paste("")])
        #expect(events(["\(start)a\(end)\(start)é\(end)\u{1B}[A"]) == [paste("a"), paste("é"), .key(.up)])
    }

    @Test
    func `A paste is whole wherever a slow line cuts it in two`() {
        let all = "e\(start)8tanh é 數 lr=1\n\(end)x\u{1B}[B"
        let bytes = Array(all.utf8)
        for place in 1..<bytes.count {
            let parts = [
                String(decoding: bytes[..<place], as: UTF8.self), String(decoding: bytes[place...], as: UTF8.self),
            ]
            // A character cut in two is another matter: ncurses waits for it.
            guard !parts.joined().contains("\u{FFFD}") else { continue }
            var found = events(parts)
            // Behind a break that comes right after them, Esc and the bracket are keys; what follows is not.
            if place == 2 { #expect(found.remove(at: 1) == .key(.escape)) }
            if place == 3 {
                #expect(found.remove(at: 1) == .key(.escape))
                #expect(found.remove(at: 1) == key("["))
            }
            let keysBehind = Array(found.dropFirst(2))
            #expect(found.prefix(2) == [key("e"), paste("8tanh é 數 lr=1 ")], "cut at \(place)")
            #expect(keysBehind.first == key("x"), "cut at \(place)")
        }
    }

    @Test
    func `An end mark that is begun and broken off belongs to the text, as does a second start`() {
        #expect(events(["\(start)a\u{1B}[20b\u{1B}\u{1B}[201~"]) == [paste("a[20b")])
        #expect(events(["\(start)a\(start)b\(end)"]) == [paste("a[200~b")])
        #expect(events(["\(end)x"]) == [key("x")])
    }

    @Test
    func `A paste whose end never comes gives the keys back on Ctrl-C after a silence, and not before`() {
        for (lonely, isEnd) in [("\u{3}", true), ("\u{1B}", true), ("q", false), ("\u{3}r", false)] {
            var (source, reader) = (Blocks(["\(start)ab", "\u{3}", lonely, "x"]), InputReader())
            #expect(reader.read(from: &source) == [] && reader.isPasting)
            source.nextBlock()
            #expect(reader.read(from: &source) == [] && reader.isPasting)
            source.nextBlock()
            reader.stall()
            #expect(reader.read(from: &source) == (isEnd ? [paste("ab")] : []))
            source.nextBlock()
            #expect(reader.read(from: &source) == (isEnd ? [key("x")] : []))
        }
    }
}

struct InputPartTests {
    private static let size = 2_000_000

    @Test
    func `Keys are taken in parts of bounded length, with none lost between them`() {
        var (source, reader) = (Blocks([String(repeating: "ab\u{1B}[C\u{1B}[<0;12;3M", count: 10_000)]), InputReader())
        var (found, parts) = (0, 0)
        repeat {
            let before = source.taken
            let events = reader.read(from: &source)
            #expect(source.taken - before <= InputReader.mostKeys + InputReader.longestSequence)
            for (index, event) in events.enumerated() {
                let place = (found + index) % 4
                let expected: [InputEvent] = [
                    key("a"), key("b"), .key(.right), .mouse(MouseEvent(kind: .press, x: 11, y: 2)),
                ]
                #expect(event == expected[place])
            }
            found += events.count
            parts += 1
        } while reader.hasMore
        #expect(found == 40_000 && source.isEmpty)
        #expect(parts >= 10_000 * 15 / (InputReader.mostKeys + InputReader.longestSequence))
    }

    @Test
    func `A paste of 2 MB is told to be too long with its first block, and nothing of the rest is a key`() {
        let long = String(repeating: "é", count: Self.size / 2)
        var (source, reader) = (Blocks([start + long + end + "x"]), InputReader())
        var (found, parts): ([InputEvent], Int) = ([], 0)
        repeat {
            let before = source.taken
            found += reader.read(from: &source)
            #expect(source.taken - before <= InputReader.mostBytes + 6)
            #expect(found.count > 0)
            parts += 1
        } while !source.isEmpty || reader.hasMore
        #expect(parts <= Self.size / InputReader.mostBytes + 3)
        guard case .paste(let text) = found.first else {
            Issue.record("expected a paste")
            return
        }
        #expect(text.text.unicodeScalars.count == PastedText.mostKept && text.count > TextField.Limit.line)
        #expect(found.dropFirst() == [key("x")])
    }

    @Test
    func `Bytes in any order, cut anywhere, make no more events than bytes, and a paste ends where it says`() {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func draw(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let pieces = ["\u{1B}", "[", "2", "0", "1", "~", start, end, "<", ";", "M", "q", "é", "\u{3}", "O"]
        for _ in 0..<2_000 {
            let blocks = (0..<4).map { _ in (0..<draw(8)).map { _ in pieces[draw(pieces.count)] }.joined() }
            let found = events(blocks + [end, "é"])
            #expect(found.count <= blocks.joined().utf8.count + 2 && found.last == key("é"), "\(blocks)")
        }
    }
}
