import CursesTerminal
import Foundation
import Testing

struct TerminfoEntryTests {
    private var small: TerminfoEntry {
        var entry = TerminfoEntry(
            name: "toy", booleans: [true, false, true], numbers: [80, nil, 1 << 24],
            strings: [nil, Array("\u{1B}[K".utf8), Array("x".utf8)])
        entry.extended.booleans = ["RGB", "AX"]
        entry.extended.numbers = ["U8": 1]
        entry.extended.strings = ["XM": Array("on".utf8), "kUP5": Array("up".utf8)]
        return entry
    }

    /// Read by hand after term(5): header, names, booleans, numbers, offsets, table, and the same again, extended.
    @Test
    func `An entry compiles to the form of term(5)`() {
        let names = Array("toy|a derived entry\0".utf8)
        var expected: [UInt8] = [0x1E, 0x02, UInt8(names.count), 0, 3, 0, 3, 0, 3, 0, 6, 0]
        expected += names + [1, 0, 1, 0]
        expected += [80, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1]
        expected += [0xFF, 0xFF, 0, 0, 4, 0]
        expected += Array("\u{1B}[K\0x\0".utf8)
        expected += [2, 0, 1, 0, 2, 0, 7, 0, 24, 0]
        expected += [1, 1]
        expected += [1, 0, 0, 0]
        expected += [0, 0, 3, 0]
        expected += [0, 0, 3, 0, 7, 0, 10, 0, 13, 0]
        expected += Array("on\0up\0AX\0RGB\0U8\0XM\0kUP5\0".utf8)
        #expect(small.compiled == expected)
    }

    @Test
    func `Bytes that are no UTF-8 stay as they are`() {
        let sequence: [UInt8] = [0x9B, 0x33, 0xFF, 0x6D]
        let text = (sequence + [0]).map { CChar(bitPattern: $0) }
        #expect(TerminfoEntry.bytes(of: text) == sequence)
    }

    @Test
    func `The hexadecimal form is the compiled one`() {
        let text = small.hexadecimal
        #expect(text.hasPrefix("1E02"))
        #expect(text.count == 2 * small.compiled.count)
    }

    @Test
    func `Only tmux of those behind COLORTERM is believed under a name of screen`() {
        let screen = ["TERM": "screen-256color", "COLORTERM": "truecolor"]
        #expect(TerminalType.trusted(screen)["COLORTERM"] == nil)
        #expect(TerminalType.trusted(screen.merging(["TMUX": "/tmp/x"]) { $1 })["COLORTERM"] == "truecolor")
        #expect(TerminalType.trusted(["TERM": "xterm", "COLORTERM": "24bit"])["COLORTERM"] == "24bit")
    }

    @Test
    func `Delays are taken out of what is written without ncurses`() {
        #expect(TerminalType.withoutPadding("\u{1B}[?5h$<100/>\u{1B}[?5l") == "\u{1B}[?5h\u{1B}[?5l")
        #expect(TerminalType.withoutPadding("a$<5>b$<6*>") == "ab")
        #expect(TerminalType.withoutPadding("$<unclosed") == "$<unclosed")
        #expect(TerminalType.withoutPadding("plain") == "plain")
    }
}
