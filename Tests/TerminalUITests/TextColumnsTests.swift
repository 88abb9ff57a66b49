import TerminalUI
import Testing

/// What text takes on a terminal, and what of it may go there.
struct TextColumnsTests {
    @Test(
        "A text takes as many columns as a terminal gives it",
        arguments: [
            ("wide", 4), ("größe", 5), ("e\u{301}", 1), ("数字", 4), ("ﾃｽﾄ", 3), ("テスト", 6), ("숫자", 4), ("😀", 2),
            ("│⣿█", 3), ("", 0),
            ("\u{1B}[31m", 5), ("a\u{202E}b", 3), ("👩\u{200D}💻", 4),
        ])
    func counts(text: String, columns: Int) { #expect(text.columns == columns) }

    @Test("Controls and marks of writing directions become signs, one for one; lines stay where they may")
    func makesHarmless() {
        let text = "red\u{1B}[31m\u{7}\u{9B}2J\ntwo\tlines\u{202E}turned\u{2028}\u{FEFF}\r数字"
        #expect(text.harmlessLine == "red?[31m??2J two lines?turned?? 数字")
        #expect(text.harmlessLines == "red?[31m??2J\ntwo\tlines?turned???数字")
        #expect(text.harmlessLine.unicodeScalars.count == text.unicodeScalars.count)
        #expect("plain".harmlessLine == "plain")
    }

    @Test("A wide character takes two cells, and is cut as a whole")
    func drawsWide() {
        #expect(Sample.drawn(8, 1) { $1.write("数字a", x: $0.x, y: 0, Style()) } == "数字a")
        func cut(_ width: Int) -> String {
            Sample.drawn(8, 1) { area, buffer in
                let end = buffer.write("数字数", x: 0, y: 0, Style(), maxWidth: width)
                #expect(end == width)
                buffer.write("|", x: end, y: 0, Style())
            }
        }
        #expect(cut(6) == "数字数|")
        #expect(cut(5) == "数字…|")
        #expect(cut(4) == "数… |")
        #expect(cut(1) == "…|")
    }

    @Test("What is drawn over one half of a wide character leaves a blank of the other")
    func drawsOverHalves() {
        func over(_ x: Int) -> String {
            Sample.drawn(6, 1) { _, buffer in
                buffer.write("ab数d", x: 0, y: 0, Style())
                buffer.write("x", x: x, y: 0, Style())
            }
        }
        #expect(over(2) == "abx d")
        #expect(over(3) == "ab xd")
    }

    @Test("Each sign of a row is sent once: in colour, as a picture and where there is ASCII alone")
    func sendsWide() {
        var buffer = Buffer(width: 4, height: 1)
        buffer.write("数x", x: 0, y: 0, Style())
        #expect(buffer.ansi(colors: .mono) == "\u{1B}[0m数x \u{1B}[0m")
        #expect(buffer.svg(look: Sample.braille, title: "wide").contains(">数x<"))
        buffer.reduceToASCII()
        #expect(buffer.text == "? x")
    }

    @Test("A wide character at the last column is not drawn in half")
    func endsWithinRow() {
        #expect(Sample.drawn(3, 1) { $1.write("ab数", x: $0.x, y: 0, Style()) } == "ab")
        #expect(Sample.drawn(0, 0) { $1.write("数", x: $0.x, y: 0, Style()) } == "")
    }
}
