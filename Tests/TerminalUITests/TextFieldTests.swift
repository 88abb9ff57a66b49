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

    @Test("The placeholder is shown while there is no text")
    func placeholder() {
        var buffer = Buffer(width: 8, height: 1)
        TextField().draw(in: buffer.bounds, on: &buffer, look: Look(), placeholder: "filter")
        #expect(buffer.text == "filter")
        TextField(text: "x").draw(in: buffer.bounds, on: &buffer, look: Look(), placeholder: "filter")
        #expect(buffer.text == "x")
    }
}
