import Files
import Foundation

/// Files that a person asked for: side by side under one name, with the next free number behind it.
package struct SaveRequest: Equatable, Sendable {
    package struct File: Equatable, Sendable {
        /// What stands behind the number, such as `.pgm`.
        package let ending: String
        package let bytes: [UInt8]

        package init(ending: String, bytes: [UInt8]) {
            self.ending = ending
            self.bytes = bytes
        }
    }

    /// The name before the number.
    package let stem: String
    package let files: [File]
    /// What is saved, in words for the status line.
    package let what: String

    package init(stem: String, files: [File], what: String) {
        self.stem = stem
        self.files = files
        self.what = what
    }

    /// Writes the files; none that was there before is replaced.
    ///
    /// - Returns: their paths.
    /// - Throws: `ExportError`; then none of them is there.
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
    /// The first path whole, of the others what is different: the ending, or the name.
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
