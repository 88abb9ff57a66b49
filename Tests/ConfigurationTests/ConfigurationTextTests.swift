import Configuration
import Testing

@Suite struct ConfigurationTextTests {
    private typealias Entry = ConfigurationText.Entry

    private func entries(_ text: String) -> [String] {
        ConfigurationText(parsing: text).entries.map { "\($0.line) \($0.key) = \($0.value.toml)" }
    }

    private func problems(_ text: String) -> [String] {
        ConfigurationText(parsing: text).problems.map(\.description)
    }

    @Test("Texts, whole numbers, numbers and flags are read with their line; blanks and comments are passed over")
    func kinds() {
        let text = """
            # how it looks
            theme = "nord"   # a comment
              threads=4

            smoothing = 0.6
            mouse = false
            save_folder = 'C:\\digits # 2'
            """
        #expect(
            entries(text) == [
                "2 theme = \"nord\"", "3 threads = 4", "5 smoothing = 0.6", "6 mouse = false",
                "7 save_folder = \"C:\\\\digits # 2\"",
            ])
        #expect(problems(text).isEmpty)
    }

    @Test(
        "A line that is no setting is named and costs itself alone",
        arguments: ["theme", "theme nord", "theme = nord", "theme = \"nord", "theme = [\"nord\"]", "a.b = 1", "= 2"])
    func badLine(line: String) {
        let text = "mouse = true\n\(line)\nthreads = 2\n"
        #expect(entries(text) == ["1 mouse = true", "3 threads = 2"])
        #expect(problems(text) == ["line 2: found \(line), expected key = value, such as theme = \"nord\""])
    }

    @Test("Sections and what is in them are named, and not taken for settings")
    func sections() {
        let text = "mouse = true\n[colors]\ntheme = \"nord\"\n"
        #expect(entries(text) == ["1 mouse = true"])
        #expect(
            problems(text) == [
                "line 2: sections are not known; expected key = value", "line 3: belongs to the section of line 2",
            ])
    }

    @Test("Of a key that is set twice the first counts, as the second is named")
    func twice() {
        let text = "theme = \"nord\"\ntheme = \"dark\"\n"
        #expect(entries(text) == ["1 theme = \"nord\""])
        #expect(problems(text) == ["line 2: theme is set on line 1 already"])
    }

    @Test("Lines that end as on Windows, and a byte order mark, change nothing")
    func windows() {
        #expect(entries("\u{FEFF}theme = \"nord\"\r\nthreads = 2\r\n") == ["1 theme = \"nord\"", "2 threads = 2"])
    }

    @Test("A change replaces its line alone and keeps the comment behind it; what is new comes last")
    func changes() {
        let text = """
            # mine
            theme = "nord"  # the blue one
            nonsense
            mouse = true

            """
        let changed = ConfigurationText(parsing: text).setting([("theme", .text("a#b")), ("threads", .whole(3))])
        #expect(
            changed == """
                # mine
                theme = "a#b"  # the blue one
                nonsense
                mouse = true
                threads = 3

                """)
        let again = ConfigurationText(parsing: changed).setting([("theme", .text("c"))])
        #expect(again.contains("theme = \"c\"  # the blue one\n"))
    }

    @Test("The first setting makes the file, and none is put into a section")
    func firstLine() {
        #expect(ConfigurationText(parsing: "").setting([("mouse", .flag(false))]) == "mouse = false\n")
        let changed = ConfigurationText(parsing: "[other]\nx = 1\n").setting([("mouse", .flag(false))])
        #expect(changed == "mouse = false\n[other]\nx = 1\n")
        #expect(entries(changed) == ["1 mouse = false"])
    }

    @Test(
        "What is written reads back as the same value",
        arguments: [
            .text(""), .text("a \"b\" \\ # c"), .text("tab\tline\nbell\u{7}é ü"), .whole(-3), .number(0), .number(1e-5),
            .number(0.95), .flag(true), .flag(false),
            // Unicode's own ends of a line and of a paragraph would cut the setting in two.
            .text("next\u{85}line\u{2028}paragraph\u{2029}end"),
        ] as [ConfigurationValue])
    func roundTrip(value: ConfigurationValue) {
        let text = ConfigurationText(parsing: "").setting([("key", value)])
        #expect(ConfigurationText(parsing: text).entries.map(\.value) == [value])
    }
}
