import DataFormats
import Foundation

/// The data sets that the user has imported: a folder with a file for each, called by its name.
package struct ImportedDatasets: Sendable, Equatable {
    /// The path of the folder, which need not be there; nil where there is no place for one.
    package let folder: String?
    /// Whether it is the folder that the program uses unless told otherwise: a name alone then finds a data set again.
    package let isStandard: Bool

    /// No folder: no name finds anything.
    package static let none = ImportedDatasets(folder: nil, isStandard: true)

    private static let ending = ".npz"
    /// Characters of a name.
    private static let longestName = 64

    package init(folder: String?, isStandard: Bool) { (self.folder, self.isStandard) = (folder, isStandard) }

    /// What is expected instead of a name that can't be given, in words for an error; nil where it can.
    package static func expected(insteadOf name: String) -> String? {
        let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        if name.isEmpty || !isPlain { return "letters, digits, - _ and ." }
        if name.count > longestName { return "at most \(longestName) characters" }
        if let first = name.first, first == "-" || first == "." { return "a letter or a digit at its start" }
        if DatasetSource.known.contains(where: { $0.name == name.lowercased() }) {
            return "another name, as this one is a known data set's"
        }
        return name.allSatisfy(\.isNumber) ? "a letter in it, as a number is an image's" : nil
    }

    /// The path of the file of a data set of that name, whether it is there or not; nil where there is no folder, or the
    /// name can't be one.
    package func path(of name: String) -> String? {
        guard let folder, Self.expected(insteadOf: name) == nil else { return nil }
        return folder + "/" + name + Self.ending
    }

    /// Whether there is a data set of that name.
    package func contains(_ name: String) -> Bool {
        path(of: name).map { FileManager.default.fileExists(atPath: $0) } ?? false
    }

    /// The names of all, sorted.
    package var names: [String] {
        let files = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
        return files.filter { $0.hasSuffix(Self.ending) }.map { String($0.dropLast(Self.ending.count)) }
            .filter { Self.expected(insteadOf: $0) == nil }.sorted()
    }

    /// What is known of a data set without its images.
    ///
    /// - Throws: `DataError` where its file is damaged, or none that was imported.
    package func facts(of name: String) throws(DataError) -> ImportedFormat {
        guard let path = path(of: name) else { throw .unknownName(name, nearest: nil) }
        return try Self.facts(at: path)
    }

    /// - Throws: `DataError` where the file is damaged, or none that was imported.
    static func facts(at path: String) throws(DataError) -> ImportedFormat {
        guard let format = try ImportedFormat(path: path, options: DatasetOptions()) else {
            throw .malformed(path: path, offset: 0, expected: "a data set that was imported", found: "another file")
        }
        return format
    }

    /// All, with the paths of their files and what is known of them.
    package var all: [(name: String, path: String, facts: Result<ImportedFormat, DataError>)] {
        names.compactMap { name in
            path(of: name).map { path in
                (name, path, Result { () throws(DataError) in try Self.facts(at: path) })
            }
        }
    }

    /// The name of a data set with these images and labels; nil where there is none. Damaged files are left out.
    package func name(ofDigest digest: String) -> String? {
        names.first { name in (try? facts(of: name))?.about.digest == digest }
    }
}
