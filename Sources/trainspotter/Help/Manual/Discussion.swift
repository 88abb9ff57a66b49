/// The longer text of a command's help in its parts: paragraphs, and below headings of capitals examples and tables.
struct Discussion {
    enum Block: Equatable {
        /// One line, however long.
        case paragraph(String)
        /// Lines that stay as they are: commands to type.
        case lines([String])
        /// A word and what it means.
        case entries([Entry])
    }

    struct Entry: Equatable {
        let word: String
        var text: String
    }

    /// What stands below a heading.
    struct Section: Equatable {
        let heading: String
        let blocks: [Block]
    }

    /// What stands below no heading.
    private(set) var text: [Block] = []
    private(set) var sections: [Section] = []

    /// Reads a help text: a blank line ends a paragraph and a section, and tables are indented by two blanks.
    init(_ text: String) {
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false).split { $0.isEmpty }
        for part in parts {
            let lines = part.map(String.init)
            if let heading = lines.first, lines.count > 1, heading.allSatisfy({ $0.isUppercase || $0 == " " }) {
                let below = Array(lines.dropFirst())
                let areCommands = heading == "EXAMPLES" && !below.allSatisfy { $0.dropFirst(2).contains("  ") }
                let blocks = areCommands ? [.lines(below.map { String($0.dropFirst(2)) })] : Self.blocks(below)
                sections.append(Section(heading: heading, blocks: blocks))
            } else {
                self.text += Self.blocks(lines)
            }
        }
    }

    private static func blocks(_ lines: [String]) -> [Block] {
        var blocks: [Block] = []
        for line in lines {
            let words = line.drop { $0 == " " }
            let indent = line.count - words.count
            if indent == 2, let gap = words.firstRange(of: "  ") {
                let entry = Entry(
                    word: String(words[..<gap.lowerBound]),
                    text: String(words[gap.upperBound...].drop { $0 == " " }))
                blocks.appendEntry(entry)
            } else if indent > 2 {
                blocks.goOn(String(words))
            } else {
                blocks.append(.paragraph(String(words)))
            }
        }
        return blocks
    }
}

extension [Discussion.Block] {
    fileprivate mutating func appendEntry(_ entry: Discussion.Entry) {
        if case .entries(let entries)? = last {
            self[count - 1] = .entries(entries + [entry])
        } else {
            append(.entries([entry]))
        }
    }

    /// Adds a line to the text that goes on in it.
    fileprivate mutating func goOn(_ line: String) {
        switch last {
        case .entries(var entries)?:
            entries[entries.count - 1].text += " " + line
            self[count - 1] = .entries(entries)
        case .paragraph(let text)?: self[count - 1] = .paragraph(text + " " + line)
        case .lines?, nil: append(.paragraph(line))
        }
    }
}
