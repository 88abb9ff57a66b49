import TerminalUI
import Testing

@Suite struct TextFieldTests {
    private func typed(_ start: String, _ keys: [Key]) -> TextField {
        var field = TextField(text: start)
        for key in keys {
            let consumed = field.handle(key)
            #expect(consumed, "\(key)")
        }
        return field
    }

    @Test("Keys edit as in a shell")
    func edits() {
        #expect(typed("", [.character("a"), .character("c"), .left, .character("b")]).text == "abc")
        #expect(typed("abc", [.backspace]).text == "ab")
        #expect(typed("abc", [.home, .delete]).text == "bc")
        #expect(typed("one two  ", [.control("w")]).text == "one ")
        #expect(typed("one two", [.left, .left, .control("u")]).text == "wo")
        #expect(typed("one two", [.control("a"), .right, .control("k")]).text == "o")
        #expect(typed("ab", [.control("a"), .control("e"), .character("c")]).text == "abc")
    }

    @Test("What is typed replaces a selected text, and a movement keeps it")
    func selected() {
        func edited(_ keys: Key...) -> String {
            var field = TextField(text: "1e-3", isSelected: true)
            for key in keys { _ = field.handle(key) }
            return field.text
        }
        #expect(edited(.character("5")) == "5" && edited(.character("5"), .character("e")) == "5e")
        #expect(edited(.backspace) == "" && edited(.delete) == "")
        #expect(edited(.left, .character("5")) == "1e-53" && edited(.end, .character("0")) == "1e-30")
    }

    @Test("Keys at the ends change nothing")
    func ends() {
        #expect(typed("ab", [.right, .delete]) == TextField(text: "ab"))
        let start = typed("ab", [.home, .left, .backspace, .control("w"), .control("u")])
        #expect(start.text == "ab")
        #expect(start.cursor == 0)
    }

    @Test(
        "Keys that belong to the screen around are left to it",
        arguments: [Key.enter, .escape, .tab, .up, .control("c")])
    func leaves(key: Key) {
        var field = TextField(text: "x")
        let consumed = field.handle(key)
        #expect(!consumed)
        #expect(field == TextField(text: "x"))
    }

    @Test("A long text scrolls so that the cursor is seen, and the cursor is reversed")
    func scrolls() {
        var buffer = Buffer(width: 5, height: 1)
        TextField(text: "abcdefgh").draw(in: buffer.bounds, on: &buffer, look: Look())
        #expect(buffer.text == "efgh")
        #expect(buffer[4, 0].style.attributes.contains(.reverse))
        var home = TextField(text: "abcdefgh")
        _ = home.handle(.home)
        home.draw(in: buffer.bounds, on: &buffer, look: Look())
        #expect(buffer.text == "abcde")
        #expect(buffer[0, 0].style.attributes.contains(.reverse))
    }

    @Test("Wide characters count two columns: the cursor stands on its own, and a long text scrolls by whole ones")
    func wide() {
        func drawn(_ text: String, _ keys: [Key] = [], width: Int) -> (text: String, cursor: [Int]) {
            var field = TextField(text: text)
            for key in keys { _ = field.handle(key) }
            // What stands behind the line stays as it is.
            var buffer = Buffer(width: width + 2, height: 1, fill: Cell("#"))
            field.draw(in: Rect(x: 0, y: 0, width: width, height: 1), on: &buffer, look: Look())
            let cursor = (0..<buffer.width).filter { buffer[$0, 0].style.attributes.contains(.reverse) }
            return (buffer.text, cursor)
        }
        #expect(drawn("數字", width: 8) == ("數字    ##", [4]))
        #expect(drawn("數字", [.left], width: 8) == ("數字    ##", [2, 3]))
        #expect(drawn("a🚂b", [.left, .left], width: 5) == ("a🚂b ##", [1, 2]))
        // Half of a wide character has no place at an edge.
        #expect(drawn("數字手寫", width: 6) == ("手寫  ##", [4]))
        #expect(drawn("數字手寫", width: 7) == ("字手寫 ##", [6]))
        #expect(drawn("數字手寫", [.home], width: 5) == ("數字 ##", [0, 1]))
        #expect(drawn("數字手寫", [.left], width: 5) == ("手寫 ##", [2, 3]))
        // A mark stands on the character before it, and takes no column.
        #expect(drawn("e\u{301}e\u{301}x", width: 4) == ("eex ##", [3]))
        #expect(drawn("數", width: 1) == (" ##", [0]))
    }

    @Test("A paste goes where the cursor is, and takes the place of a selected text")
    func pastes() {
        var field = typed("8tanh sgd", [.left, .left, .left])
        field.insert(PastedText("a b "))
        #expect(field.text == "8tanh a b sgd" && field.cursor == 10 && field.count == 13)
        var selected = TextField(text: "1e-3", isSelected: true)
        selected.insert(PastedText("2e-3"))
        #expect(selected == TextField(text: "2e-3"))
    }

    @Test("What is too long is refused at once and as a whole, with the limit, until the next key")
    func bounded() {
        var field = TextField(text: "abc", limit: 5)
        field.insert(PastedText("xyz"))
        #expect(field.text == "abc" && field.refusal == TextTooLong(limit: 5))
        #expect(field.refusal?.description == "too long: this line takes 5 characters at most")
        field.insert(PastedText("xy"))
        #expect(field.text == "abcxy" && field.refusal == nil)
        #expect(field.handle(.character("z")) && field.text == "abcxy")
        #expect(field.refusal == TextTooLong(limit: 5))
        #expect(field.handle(.backspace) && field.text == "abcx" && field.refusal == nil)
        // What was longer from the start can be made shorter, and a selected text makes room.
        var long = TextField(text: "abcdefgh", isSelected: true, limit: 5)
        #expect(long.text == "abcdefgh")
        long.insert(PastedText("abcdef"))
        #expect(long.text == "abcdefgh" && long.isSelected)
        long.insert(PastedText("abcde"))
        #expect(long.text == "abcde")
    }

    @Test("Any keys leave what an array of characters would hold")
    func model() {
        var state: UInt64 = 7
        func draw(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        var field = TextField(limit: 40)
        var (model, cursor) = ([Unicode.Scalar](), 0)
        for _ in 0..<5_000 {
            switch draw(10) {
            case 0...3:
                let scalar: Unicode.Scalar = ["a", " ", "é", "\u{301}", "數"][draw(5)]
                _ = field.handle(.character(scalar))
                if model.count < 40 {
                    model.insert(scalar, at: cursor)
                    cursor += 1
                }
            case 4:
                _ = field.handle(.left)
                cursor = max(0, cursor - 1)
            case 5:
                _ = field.handle(.right)
                cursor = min(model.count, cursor + 1)
            case 6:
                _ = field.handle(.backspace)
                if cursor > 0 {
                    cursor -= 1
                    model.remove(at: cursor)
                }
            case 7:
                _ = field.handle(.delete)
                if cursor < model.count { model.remove(at: cursor) }
            case 8:
                let toEnd = draw(2) == 0
                _ = field.handle(toEnd ? .end : .home)
                cursor = toEnd ? model.count : 0
            default:
                guard draw(8) == 0 else { continue }
                _ = field.handle(.control("w"))
                while cursor > 0, model[cursor - 1] == " " {
                    cursor -= 1
                    model.remove(at: cursor)
                }
                while cursor > 0, model[cursor - 1] != " " {
                    cursor -= 1
                    model.remove(at: cursor)
                }
            }
            #expect(Array(field.text.unicodeScalars) == model && field.cursor == cursor && field.count == model.count)
        }
    }

    @Test("The placeholder is shown while there is no text")
    func placeholder() {
        var buffer = Buffer(width: 8, height: 1)
        TextField().draw(in: buffer.bounds, on: &buffer, look: Look(), placeholder: "filter")
        #expect(buffer.text == "filter")
        TextField(text: "x").draw(in: buffer.bounds, on: &buffer, look: Look(), placeholder: "filter")
        #expect(buffer.text == "x")
    }
}
