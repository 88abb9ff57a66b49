/// What an imported data set's file says of it.
package struct ImportedNotes: Sendable, Equatable {
    /// SHA-256 of sizes, pixels and labels; see `DatasetDigest`.
    package let digest: String
    /// What it was imported from: a name, or the last part of a path with what was said of it.
    package let source: String
    /// How it was read there, a line each.
    package let notes: [String]

    /// The first line: what the file is, and the version of its form.
    private static let form = "trainspotter data set 1"
    /// Characters of a line, of which the rest is left out.
    private static let longestLine = 400
    private static let mostNotes = 20

    package init(digest: String, source: String, notes: [String]) {
        self.digest = digest
        self.source = Self.line(source)
        self.notes = notes.prefix(Self.mostNotes).map(Self.line)
    }

    private static func line(_ text: String) -> String {
        String(text.map { ClassNameList.isVisible(String($0)) ? $0 : "?" }.prefix(longestLine))
    }

    /// One line each: the form, the digest, the source, the notes.
    var lines: [String] { [Self.form, "sha256 \(digest)", "source \(source)"] + notes.map { "note \($0)" } }

    /// - Parameter path: for errors.
    /// - Throws: `DataError.malformedText` for lines of another form.
    init(lines: [String], path: String) throws(DataError) {
        func fault(_ line: Int, _ expected: String) -> DataError {
            let found = lines.indices.contains(line) ? "\"\(Self.line(lines[line]).prefix(60))\"" : "none"
            return .malformedText(path: path, line: line + 1, column: nil, expected: expected, found: found)
        }
        func value(_ line: Int, _ key: String) -> String? {
            guard lines.indices.contains(line), lines[line].hasPrefix(key + " ") else { return nil }
            return String(lines[line].dropFirst(key.count + 1))
        }
        guard lines.first == Self.form else { throw fault(0, "\"\(Self.form)\"") }
        guard let digest = value(1, "sha256"), digest.count == 64,
            digest.allSatisfy({ $0.isASCII && $0.isHexDigit && !$0.isUppercase })
        else { throw fault(1, "sha256 and 64 hexadecimal digits") }
        guard let source = value(2, "source") else { throw fault(2, "source and a name") }
        guard lines.count <= 3 + Self.mostNotes else {
            throw fault(3 + Self.mostNotes, "at most \(Self.mostNotes) notes")
        }
        var notes: [String] = []
        for line in 3..<max(3, lines.count) {
            guard let note = value(line, "note") else { throw fault(line, "note and a text") }
            notes.append(note)
        }
        self.init(digest: digest, source: source, notes: notes)
    }
}
