import TerminalUI
import Testing

@Suite struct PastedTextTests {
    @Test(
        "Line ends and tabs become blanks, and what can't be typed is dropped",
        arguments: [
            ("200tanh adam", "200tanh adam"), ("a\nb\rc\r\nd\n", "a b c d "), ("a\tb\u{B}c\u{C}d\u{85}e", "a b c d e"),
            ("a\u{1B}[31mb\u{0}\u{7}\u{7F}\u{9B}c", "a[31mbc"), ("a\u{A0}b\u{2003}c\u{2028}d", "a b c d"),
            ("a\u{202E}b\u{2066}c\u{200F}d", "abcd"), ("é 數 \u{1F600}", "é 數 \u{1F600}"), ("\r\n\r\n", "  "), ("", ""),
        ])
    func oneLine(raw: String, text: String) {
        let paste = PastedText(raw)
        #expect(paste.text == text)
        #expect(paste.count == text.unicodeScalars.count)
        #expect(paste.isBlank == text.allSatisfy { $0 == " " })
    }

    @Test("Of a paste that no line takes a line's length is kept, and all of it is counted")
    func long() {
        let paste = PastedText(String(repeating: "x", count: 50_000), excess: 7)
        #expect(paste.text.count == PastedText.mostKept && paste.count == 50_007)
        var field = TextField(limit: TextField.Limit.line)
        field.insert(paste)
        #expect(field.text.isEmpty && field.refusal == TextTooLong(limit: 10_000))
    }
}
