/// Names of classes as a user writes them down: a line each, or between commas.
package struct ClassNameList: Sendable, Equatable {
    /// In the order of the classes.
    package let names: [String]

    /// The file of a data set's folder that names its classes.
    package static let fileName = "classes.txt"
    /// Characters of a name.
    static let longest = FieldScanner.longest
    /// As many names as there can be, of the longest characters.
    private static let longestFile = LabelCoding.mostClasses * (4 * longest + 2)

    /// A name that can't be one.
    package struct Fault: Error, Equatable {
        /// Its place, from 1.
        package let number: Int
        /// What was expected, in words.
        package let expected: String
        /// What is there, in words.
        package let found: String

        package init(number: Int, expected: String, found: String) {
            (self.number, self.expected, self.found) = (number, expected, found)
        }
    }

    /// - Parameter names: blanks around them are left out.
    /// - Throws: the first that is empty, too long, has other than visible characters, or is there before; or that is one
    ///   too many.
    package init(_ names: some Sequence<some StringProtocol>) throws(Fault) {
        var seen: [String: Int] = [:]
        var kept: [String] = []
        for (index, text) in names.enumerated() {
            let name = Self.trimmed(text)
            func fault(_ expected: String, _ found: String) -> Fault {
                Fault(number: index + 1, expected: expected, found: found)
            }
            guard index < LabelCoding.mostClasses else {
                throw fault("at most \(LabelCoding.mostClasses) names", "more")
            }
            guard !name.isEmpty else { throw fault("the name of a class", "none") }
            guard name.count <= Self.longest else {
                throw fault("a name of at most \(Self.longest) characters", "\(name.count)")
            }
            guard Self.isVisible(name) else { throw fault("a name of visible characters", "others") }
            if let first = seen[name] { throw fault("each name once", "\(name) again, as in \(first)") }
            seen[name] = index + 1
            kept.append(name)
        }
        guard kept.count > 1 else {
            throw Fault(number: kept.count + 1, expected: "the names of at least two classes", found: "\(kept.count)")
        }
        self.names = kept
    }

    /// Reads a file with a name on each line; empty lines at its end are left out.
    ///
    /// - Throws: `DataError`.
    package init(path: String) throws(DataError) {
        let source = try DataFolder.open(path).source
        let bytes = try source.read(Self.longestFile + 1)
        guard bytes.count <= Self.longestFile else {
            throw .unreadable(path: path, reason: "longer than \(Self.longestFile) bytes")
        }
        func fault(_ line: Int, _ expected: String, _ found: String) -> DataError {
            .malformedText(path: path, line: line, column: nil, expected: expected, found: found)
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bare = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        guard let text = String(validating: bare, as: UTF8.self) else {
            throw fault(1, "a text in UTF-8", "other bytes")
        }
        // Swift takes CR LF for one character.
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        while let last = lines.last, Self.trimmed(last).isEmpty { lines.removeLast() }
        do throws(Fault) { try self.init(lines) } catch {
            throw fault(error.number, error.expected, error.found)
        }
    }

    /// Whether they are the names of so many classes.
    package func fits(_ classes: Int) -> Bool { names.count == classes }

    /// A text of one line without what a terminal would act on.
    static func isVisible(_ text: String) -> Bool {
        !text.contains(where: \.isNewline)
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let blanks: Set<Character> = [" ", "\t", "\r"]
        let rest = text.drop { blanks.contains($0) }
        let end = rest.lastIndex { !blanks.contains($0) }
        return end.map { String(rest[...$0]) } ?? ""
    }
}
