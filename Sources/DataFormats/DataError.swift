import Memory

/// Why a data set can't be used. Nothing of a refused file is kept.
package enum DataError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Neither a known name nor a path; `nearest` is the known name that is spelled most alike.
    case unknownName(String, nearest: String?)
    /// A known data set whose files are not on this machine; `hint` says how to get them.
    case notInstalled(name: String, folder: String, hint: String)
    /// The folder or file has nothing in it; `places` says in a few words what is expected.
    case empty(path: String, places: String)
    /// Nothing there is of a format that is known; `places` says in a few words what is expected.
    case unknownFormat(path: String, places: String)
    /// The folder lacks these of a format's files; `expected` says which files belong together.
    case filesMissing(folder: String, expected: String, names: [String])
    /// The program's own MNIST files are in none of the places that it looks in.
    case resourcesMissing(searched: [String])
    /// The operating system can't open or read the file.
    case unreadable(path: String, reason: String)
    /// The file is not what it should be. `offset` counts bytes from 0, of the unpacked contents where the file is
    /// compressed, except where the compression itself is at fault.
    case malformed(path: String, offset: Int, expected: String, found: String)
    /// The same in a text, which has lines.
    case malformedText(path: String, line: Int, column: Int?, expected: String, found: String)
    /// The file is an image that can't be used: it is damaged, or too large. `fault` says so in words.
    case image(path: String, fault: String)
    /// What was said of a data set behind its path can't be: `word` is an option.
    case badOption(source: String, word: String, expected: String)
    /// The file is one of several that make a data set; `what` says which kind it is.
    case partOfSet(path: String, what: String, folder: String)
    /// Several formats find a data set in the folder; `choices` names each.
    case severalFormats(path: String, choices: [String])
    /// The folder or file holds several data sets, of which one is to be named.
    case severalSets(path: String, names: [String])
    /// What the files promise to hold takes more memory than there is for it.
    case tooLarge(path: String, MemoryRefusal)

    /// The error in one line.
    package var description: String { text { $0 } }

    /// A file that is not what it should be, at a place.
    package static func malformed(path: String, at place: DataPlace, expected: String, found: String) -> DataError {
        switch place {
        case .byte(let offset): .malformed(path: path, offset: offset, expected: expected, found: found)
        case .line(let line, let column):
            .malformedText(path: path, line: line, column: column, expected: expected, found: found)
        }
    }

    /// The description for a line of so many characters: a path that is too long is cut at its start.
    package func description(width: Int) -> String {
        let excess = description.count - width
        guard excess > 0 else { return description }
        let shortened = text { path in
            // The path is cut at its start by as much as is needed, but keeps its last part.
            let least = (path.split(separator: "/").last?.count ?? 0) + 2
            let kept = max(least, path.count - excess - 1)
            return kept + 1 < path.count ? "…" + path.suffix(kept) : path
        }
        return shortened.count > width ? shortened.prefix(max(0, width - 1)) + (width > 0 ? "…" : "") : shortened
    }

    /// - Parameter shown: how a path is written.
    private func text(_ shown: (String) -> String) -> String {
        switch self {
        case .unknownName(let name, _) where name.contains("/"): "\(shown(name)): no such file or folder"
        case .unknownName(let name, let nearest):
            "\(shown(name)): no file or folder, and no data set of that name"
                + (nearest.map { "; did you mean \($0)?" } ?? "; `trainspotter data list` shows the names")
        case .notInstalled(let name, let folder, let hint): "\(name): not installed in \(shown(folder)); \(hint)"
        case .empty(let path, let places): "\(shown(path)): is empty; expected \(places)"
        case .unknownFormat(let path, let places):
            "\(shown(path)): no data set of a known format; expected \(places); `trainspotter data --help` says more"
        case .filesMissing(let folder, let expected, let names):
            "\(shown(folder)): expected \(expected); missing: " + names.joined(separator: ", ")
        case .resourcesMissing(let searched):
            "mnist: the data files are missing; looked in " + searched.joined(separator: ", ")
        case .unreadable(let path, let reason): "\(shown(path)): can't be read: \(reason)"
        case .image(let path, let fault): "\(shown(path)): \(fault)"
        case .tooLarge(let path, let refusal):
            "\(shown(path)): takes \(refusal.amount) of memory; expected \(refusal.expected)"
        case .malformed(let path, let offset, let expected, let found):
            "\(shown(path)): \(DataPlace.byte(offset).words): expected \(expected), found \(found)"
        case .malformedText(let path, let line, let column, let expected, let found):
            "\(shown(path)): \(DataPlace.line(line, column: column).words): expected \(expected), found \(found)"
        case .badOption(let source, let word, let expected):
            "\(shown(source)): option \(Self.short(word)): expected \(expected)"
        case .partOfSet(let path, let what, let folder):
            "\(shown(path)): \(what), which is one of several of a data set; expected the folder with all of them: "
                + shown(folder)
        case .severalFormats(let path, let choices):
            "\(shown(path)): \(choices.count == 1 ? "a data set is there" : "several data sets are there"); expected "
                + (choices.count == 1 ? "its path: " : "one of them: ")
                + choices.prefix(20).joined(separator: ", ") + (choices.count > 20 ? ", …" : "")
        case .severalSets(let path, let names):
            "\(shown(path)): expected one of its data sets, as in \(shown(path)):set=\(names[0]); there are "
                + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
        }
    }

    /// For one line: the first characters of a word that a user has typed.
    private static func short(_ word: String) -> String {
        let visible = word.prefix(60).map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 } ? "?" : $0 }
        return String(visible) + (word.count > 60 ? "…" : "")
    }
}
