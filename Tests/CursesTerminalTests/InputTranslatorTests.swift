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
    func `Bytes in any order make no more keys than there are bytes, and swallow no character behind them`() {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for _ in 0..<2000 {
            let input = (0..<12).map { _ -> RawInput in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let alphabet: [UInt32] = [0x1B, 0x5B, 0x4F, 0x31, 0x3B, 0x3C, 0x41, 0x4D, 0x7E, 0x71, 0xE9, 0x1B]
                return .scalar(alphabet[Int(state >> 40) % alphabet.count])
            }
            // The older form of the mouse's reports takes any three characters; no other sequence has an é in it.
            let events = InputTranslator.events(from: input + Array(repeating: .scalar(0xE9), count: 4))
            #expect(events.count <= input.count + 4 && events.last == .key(.character("é")), "\(input)")
        }
    }
}

struct MouseReportTests {
    private func events(_ text: String) -> [InputEvent] { InputTranslator.events(from: typed(text)) }

    private func mouse(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int) -> InputEvent {
        .mouse(MouseEvent(kind: kind, x: x, y: y))
    }

    @Test
    func `Presses, releases, the wheel and drags are told apart, and places count from 0`() {
        #expect(events("\u{1B}[<0;5;8M") == [mouse(.press, 4, 7)])
        #expect(events("\u{1B}[<0;5;8m") == [mouse(.release, 4, 7)])
        #expect(events("\u{1B}[<32;300;8M") == [mouse(.drag, 299, 7)])
        #expect(events("\u{1B}[<64;1;1M") == [mouse(.scrollUp, 0, 0)])
        #expect(events("\u{1B}[<65;1;1M") == [mouse(.scrollDown, 0, 0)])
    }

    @Test
    func `Shift, Meta and Control make no difference`() {
        for modifiers in [4, 8, 16, 28] {
            #expect(events("\u{1B}[<\(modifiers);5;8M") == [mouse(.press, 4, 7)])
            #expect(events("\u{1B}[<\(64 + modifiers);5;8M") == [mouse(.scrollUp, 4, 7)])
        }
    }

    @Test(arguments: ["1;5;8M", "2;5;8m", "33;5;8M", "35;5;8M", "66;5;8M", "128;5;8M"])
    func `The other buttons, and the mouse alone, do nothing`(report: String) {
        #expect(events("\u{1B}[<" + report).isEmpty)
    }

    @Test
    func `Of all that comes in at once nothing is lost, and keys and clicks keep their order`() {
        let line = (1...20).map { "\u{1B}[<32;\($0);3M" }.joined()
        let all = events("a\u{1B}[<0;1;3M\(line)\u{1B}[<0;20;3mb")
        #expect(
            all == [.key(.character("a")), mouse(.press, 0, 2)] + (0..<20).map { mouse(.drag, $0, 2) }
                + [mouse(.release, 19, 2), .key(.character("b"))])
    }

    @Test
    func `A terminal that knows the older form alone is understood, too`() {
        #expect(
            events("\u{1B}[M %(\u{1B}[M#%(x") == [mouse(.press, 4, 7), mouse(.release, 4, 7), .key(.character("x"))])
        #expect(
            events("\u{1B}[M@%(\u{1B}[Ma%(\u{1B}[M`%(") == [
                mouse(.drag, 4, 7), mouse(.scrollDown, 4, 7), mouse(.scrollUp, 4, 7),
            ])
    }

    @Test
    func `A place beyond every screen is left out, with its whole report`() {
        #expect(events("\u{1B}[<0;65536;1Mx") == [mouse(.press, 65_535, 0), .key(.character("x"))])
        for place in ["65537;1", "1;65537", "1000000000000000;1"] {
            #expect(events("\u{1B}[<0;\(place)Mx") == [.key(.character("x"))], "\(place)")
        }
        #expect(events("\u{1B}[M \u{1F600}!x") == [.key(.character("x"))])
    }

    @Test(arguments: [
        "\u{1B}[", "\u{1B}[<", "\u{1B}[<0", "\u{1B}[<0;12", "\u{1B}[<0;12;5", "xy\u{1B}[<0;1;1M\u{1B}[<32;2",
    ])
    func `A report whose rest is on its way is known`(text: String) {
        #expect(MouseReport.isCutOff(typed(text)))
    }

    @Test(arguments: [
        "", "x", "\u{1B}", "\u{1B}[A", "\u{1B}[<0;12;5M", "\u{1B}[<0;12;5x", "\u{1B}[<0;1\u{1B}",
    ])
    func `What is whole, or another key, is not waited for`(text: String) {
        #expect(!MouseReport.isCutOff(typed(text)))
    }
}

struct InputTranslatorTests {
    @Test
    func `Codes and names are keys`() {
        let events = InputTranslator.events(from: [.scalar(0x61), .code(0o402), .named("kUP5"), .named("nothing")])
        #expect(events == [.key(.character("a")), .key(.down), .key(.up)])
    }

    @Test
    func `A key code behind an escape character ends what might be a sequence`() {
        #expect(InputTranslator.events(from: [.scalar(0x1B), .code(0o402)]) == [.key(.escape), .key(.down)])
    }
}
