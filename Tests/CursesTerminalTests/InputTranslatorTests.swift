import CursesTerminal
import Testing
import TerminalUI

/// What ncurses hands over where its entry has none of these sequences.
private func typed(_ text: String) -> [RawInput] { text.unicodeScalars.map { .scalar($0.value) } }

private func keys(_ text: String) -> [Key] {
    InputTranslator.events(from: typed(text)).compactMap { if case .key(let key) = $0 { key } else { nil } }
}

struct EscapeSequenceTests {
    @Test(arguments: [
        ("\u{1B}[A", Key.up), ("\u{1B}[1;5A", .up), ("\u{1B}[1;2D", .left), ("\u{1B}[H", .home), ("\u{1B}[4~", .end),
        ("\u{1B}[3;5~", .delete), ("\u{1B}[5~", .pageUp), ("\u{1B}[Z", .backTab), ("\u{1B}OA", .up),
        ("\u{1B}OP", .function(1)), ("\u{1B}[24~", .function(12)), ("\u{1B}[15;2~", .function(5)), ("\u{1B}OM", .enter),
    ])
    func `A key's sequence that terminfo lacks is that key alone`(sequence: String, key: Key) {
        #expect(keys(sequence) == [key])
    }

    @Test(arguments: [
        "\u{1B}[I", "\u{1B}[O", "\u{1B}[200~", "\u{1B}[<35;10;5M", "\u{1B}[?1;2c", "\u{1B}[>0;276;0c", "\u{1B}[97;5u",
        "\u{1B}[12;40R",
    ])
    func `Reports that nobody typed do nothing`(sequence: String) {
        let known: [Key] = sequence.hasSuffix("R") ? [.function(3)] : []
        #expect(keys(sequence + "x") == known + [.character("x")])
    }

    @Test
    func `Escape and letters typed behind it stay what they are`() {
        #expect(keys("\u{1B}") == [.escape])
        #expect(keys("\u{1B}q") == [.escape, .character("q")])
        #expect(keys("\u{1B}\u{1B}[A") == [.escape, .up])
        #expect(keys("\u{1B}[") == [.escape, .character("[")])
        #expect(keys("\u{1B}O") == [.escape, .character("O")])
        #expect(keys("\u{1B}Ox") == [.escape, .character("O"), .character("x")])
    }

    @Test
    func `A sequence that is cut off or broken is dropped, and what follows is not`() {
        #expect(keys("\u{1B}[1;5").isEmpty)
        #expect(keys("\u{1B}[1;\u{1B}[B") == [.down])
        #expect(keys("\u{1B}[1é") == [.character("é")])
    }

    @Test
    func `Bytes in any order neither crash nor make more keys than there are bytes`() {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for _ in 0..<2000 {
            let input = (0..<12).map { _ -> RawInput in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let alphabet: [UInt32] = [0x1B, 0x5B, 0x4F, 0x31, 0x3B, 0x3C, 0x41, 0x4D, 0x7E, 0x71, 0xE9, 0x1B]
                return .scalar(alphabet[Int(state >> 40) % alphabet.count])
            }
            #expect(InputTranslator.events(from: input).count <= input.count)
        }
    }
}

struct InputTranslatorTests {
    private static let press = InputEvent.mouse(MouseEvent(kind: .press, x: 4, y: 7))
    private static let release = InputEvent.mouse(MouseEvent(kind: .release, x: 4, y: 7))

    private func kinds(_ state: UInt64) -> [MouseEvent.Kind] { MouseTranslator.kinds(of: state) }

    /// The bits are those of version 2 of curses.h's mouse: five for each button, from released to triple-clicked.
    @Test
    func `Presses, releases, the wheel and drags are told apart`() {
        #expect(kinds(0o1) == [.release])
        #expect(kinds(0o2) == [.press])
        #expect(kinds(0o2 << 15) == [.scrollUp])
        #expect(kinds(0o2 << 20) == [.scrollDown])
        #expect(kinds(0o10 << 25) == [.drag])
    }

    @Test
    func `A click is a press and a release, a double one two of each`() {
        #expect(kinds(0o4) == [.press, .release])
        #expect(kinds(0o10) == [.press, .release, .press, .release])
        #expect(kinds(0o20).count == 6)
    }

    @Test
    func `The other buttons do nothing`() {
        #expect(kinds(0o2 << 5).isEmpty)
        #expect(kinds(0o4 << 10).isEmpty)
        #expect(kinds(0).isEmpty)
    }

    @Test
    func `Keys and clicks keep their order`() {
        let events = InputTranslator.events(from: [
            .scalar(0x61), .mouse(state: 0o4, x: 4, y: 7), .code(0o402), .named("kUP5"), .named("nothing"),
        ])
        #expect(
            events == [.key(.character("a")), Self.press, Self.release, .key(.down), .key(.up)])
    }

    @Test
    func `A key code behind an escape character ends what might be a sequence`() {
        #expect(InputTranslator.events(from: [.scalar(0x1B), .code(0o402)]) == [.key(.escape), .key(.down)])
    }
}
