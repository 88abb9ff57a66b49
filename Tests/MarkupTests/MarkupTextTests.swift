import Markup
import Testing

@Suite struct MarkupTextTests {
    @Test("Marks of HTML and XML become references, and other text stays as it is")
    func marks() {
        #expect(
            MarkupText.escaped("<a href=\"x\">Tom & Jerry's é 数</a>")
                == "&lt;a href=&quot;x&quot;&gt;Tom &amp; Jerry&#39;s é 数&lt;/a&gt;")
        #expect(MarkupText.escaped("") == "")
    }

    @Test("Control characters but tab and newline become U+FFFD")
    func controls() {
        #expect(MarkupText.escaped("a\tb\nc\u{0}\u{1B}[1m\u{7F}\u{9B}") == "a\tb\nc\u{FFFD}\u{FFFD}[1m\u{FFFD}\u{FFFD}")
    }
}
