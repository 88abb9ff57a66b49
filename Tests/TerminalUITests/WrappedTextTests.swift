import TerminalUI
import Testing

@Suite struct WrappedTextTests {
    @Test("Words fill each line as far as they fit, and a longer word has a line of its own")
    func words() {
        #expect(WrappedText.lines("one two  three", width: 7) == ["one two", "three"])
        #expect(WrappedText.lines("a extraordinary b", width: 5) == ["a", "extraordinary", "b"])
        #expect(WrappedText.lines("", width: 5) == [""])
        #expect(WrappedText.lines("日本 日本 日本", width: 9) == ["日本 日本", "日本"])
    }

    @Test(
        "A figure stays with its unit, and with what a sign joins it to",
        arguments: [
            ("it took 12 s in all", 10, ["it took", "12 s in", "all"]),
            ("a file of 1.5 MB.", 13, ["a file of", "1.5 MB."]),
            ("needs 60 × 20 cells", 10, ["needs", "60 × 20", "cells"]),
            ("at least 4.5 : 1", 12, ["at least", "4.5 : 1"]),
            ("left 3 min 05 s", 8, ["left", "3 min", "05 s"]),
            ("97.5 % of 10,000 h", 9, ["97.5 % of", "10,000 h"]),
        ])
    func units(text: String, width: Int, lines: [String]) {
        #expect(WrappedText.lines(text, width: width) == lines)
    }

    @Test("A word behind a figure that is no unit, and a unit behind a word, may begin a line")
    func others() {
        #expect(WrappedText.lines("epoch 12 begins", width: 8) == ["epoch 12", "begins"])
        #expect(WrappedText.lines("ratio s of", width: 6) == ["ratio", "s of"])
        #expect(WrappedText.lines("so: 12 : words", width: 6) == ["so:", "12 :", "words"])
    }
}
