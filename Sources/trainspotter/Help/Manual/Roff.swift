/// A page in the language of `man`: macros of man(7), each at the start of a line, and text between them.
struct Roff {
    private var lines: [String] = []
    /// Whether a heading has just been written, behind which a paragraph begins by itself.
    private var isAtHeading = true

    /// The source, with a line end after each line.
    var text: String { lines.map { $0 + "\n" }.joined() }

    // MARK: - Headings

    mutating func title(_ name: String, section: Int, date: String, source: String) {
        lines.append(".TH \(Self.quoted(name.uppercased())) \(section) \"\(date)\" \(Self.quoted(source))")
        // Neither hyphens nor stretched blanks: commands and figures are read letter by letter.
        lines += [".nh", ".ad l"]
    }

    mutating func section(_ heading: String) {
        lines.append(".SH \(Self.quoted(heading))")
        isAtHeading = true
    }

    mutating func subsection(_ heading: String) {
        lines.append(".SS \(Self.quoted(heading))")
        isAtHeading = true
    }

    // MARK: - Text

    /// Text that goes on in the paragraph that is begun.
    mutating func line(_ text: String) {
        lines.append(Self.marked(text))
        isAtHeading = false
    }

    mutating func paragraph(_ text: String, bold: Bool = false) {
        if !isAtHeading { lines.append(".PP") }
        lines.append(bold ? "\\fB\(Self.plain(text))\\fR" : Self.marked(text))
        isAtHeading = false
    }

    /// Lines that are neither filled nor joined.
    mutating func asIs(_ texts: [String]) {
        if !isAtHeading { lines.append(".PP") }
        lines += [".nf"] + texts.map(Self.plain) + [".fi"]
        isAtHeading = false
    }

    /// A term in bold, its value in italics, and what it means indented below.
    mutating func entry(_ words: [String], value: String?, _ meaning: String) {
        let bold = words.map { "\\fB\(Self.plain($0))\\fR" }.joined(separator: ", ")
        let term = [bold, value.map { "\\fI\(Self.plain($0))\\fR" } ?? ""].filter { !$0.isEmpty }
        lines += [".TP", term.joined(separator: " "), Self.marked(meaning)]
        isAtHeading = false
    }

    // MARK: - Characters

    private static func quoted(_ text: String) -> String { "\"\(plain(text))\"" }

    /// The text with what stands between backticks in bold.
    private static func marked(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        // A backtick without its companion is only a character.
        guard parts.count % 2 == 1 else { return plain(text) }
        let marked = parts.enumerated().map { $0 % 2 == 0 ? escaped($1) : "\\fB\(escaped($1))\\fR" }
        return guarded(marked.joined())
    }

    private static func plain(_ text: String) -> String { guarded(escaped(text)) }

    /// A point or an apostrophe at the start of a line would make it a request.
    private static func guarded(_ text: String) -> String {
        text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }

    /// What has a meaning to the formatter, or is no ASCII, by its name.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\e"
            case "-": "\\-"
            case "'": "\\(aq"
            case "\"": "\\(dq"
            case "`": "\\(ga"
            case "^": "\\(ha"
            case "~": "\\(ti"
            case _ where scalar.isASCII: String(scalar)
            default:
                "\\[u" + String(repeating: "0", count: max(0, 4 - hex(scalar).count)) + hex(scalar) + "]"
            }
        }.joined()
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16, uppercase: true) }
}
