import Files
import Foundation

/// Files that the user saves: side by side under one name, with the next free number.
package struct SaveRequest: Equatable, Sendable {
    /// One of the files.
    package struct File: Equatable, Sendable {
        /// The name after the number, such as `.pgm`.
        package let ending: String
        /// Its content.
        package let bytes: [UInt8]

        package init(ending: String, bytes: [UInt8]) {
            self.ending = ending
            self.bytes = bytes
        }
    }

    /// The name before the number.
    package let stem: String
    /// Files whose names differ only in their ending.
    package let files: [File]
    /// What the files are, in words for the status line.
    package let what: String
    /// The user's work that the files have, and that is at risk until they are written; nil for what can be made again.
    package let work: Work?

    /// Work that only the session has.
    package enum Work: Equatable, Sendable {
        case marks(Set<MarkedDigit>)
        case drawing(DrawCanvas)
    }

    package init(stem: String, files: [File], what: String, work: Work? = nil) {
        self.stem = stem
        self.files = files
        self.what = what
        self.work = work
    }

    /// Writes the files; no existing file is replaced.
    ///
    /// - Returns: their paths.
    /// - Throws: `ExportError`; then none of them exists.
    package func save(in folder: String) throws(ExportError) -> [String] {
        var number = 1
        while files.contains(where: { FileManager.default.fileExists(atPath: path($0, number, folder)) }) {
            number += 1
        }
        var staged = StagedFiles(folder: folder)
        for file in files { staged.add("\(stem)-\(number)\(file.ending)", file.bytes) }
        try staged.commit()
        return files.map { path($0, number, folder) }
    }

    private func path(_ file: File, _ number: Int, _ folder: String) -> String {
        "\(folder)/\(stem)-\(number)\(file.ending)"
    }
}

extension Shared {
    /// The whole first path; for the others the part that differs: the ending, or the name.
    mutating func saved(_ what: String, _ paths: [String]) {
        guard let first = paths.first else { return }
        let stem = first.prefix { $0 != "." }
        let others = paths.dropFirst().map { path in
            let isBeside = path.hasPrefix(stem) && path.dropFirst(stem.count).first == "."
            if isBeside { return " and \(path.dropFirst(stem.count))" }
            return " and " + (path.split(separator: "/").last.map(String.init) ?? path)
        }
        message = .note("saved \(what): \(first)" + others.joined())
    }
}
