import DataFormats
import Foundation
import Specs

/// Where a data set is read from: a known name, the name of an imported one, or a folder or file of a known format.
package struct DatasetSource: Sendable, Equatable {
    private enum Location: Sendable, Equatable {
        case known(KnownDataset)
        /// Its file; whether its name alone finds it again.
        case imported(name: String, path: String, isStandard: Bool)
        case path(String, DatasetOptions)
    }

    private let location: Location
    private let formats: DatasetFormats
    /// What was read already.
    private let dataset: Dataset?

    private init(_ location: Location, _ formats: DatasetFormats, dataset: Dataset? = nil) {
        (self.location, self.formats, self.dataset) = (location, formats, dataset)
    }

    /// The digits that come with the program.
    package static let mnist = DatasetSource(.known(.mnist), .standard)

    /// The same place is the same data set.
    package static func == (one: DatasetSource, other: DatasetSource) -> Bool { one.location == other.location }

    /// All data sets that have a name.
    package static let known: [KnownDataset] = [.mnist, .fashionMNIST]

    /// The same place, whose data set was read already: `load` returns it.
    func read(as dataset: Dataset) -> DatasetSource { DatasetSource(location, formats, dataset: dataset) }

    /// The name, or the last part of the path.
    package var name: String {
        switch location {
        case .known(let known): known.name
        case .imported(let name, _, _): name
        case .path(let path, _): URL(fileURLWithPath: path).lastPathComponent
        }
    }

    /// The name, or the last part of the path with what was said of it: `digits.csv:label=last`.
    package var place: String {
        if case .path(_, let options) = location, !options.keys.isEmpty { return "\(name):\(options.text)" }
        return name
    }

    /// Takes a name, or a path with options behind it: `digits.csv:label=last`. A name wins over a folder of that name;
    /// `./mnist` means the folder.
    ///
    /// - Parameters:
    ///   - imported: where names of imported data sets are looked for.
    ///   - formats: in which a path is looked at.
    /// - Throws: `DataError.unknownName` if there is neither, `DataError.notInstalled` if the files are not here,
    ///   `DataError.unknownFormat` for a file that is no data set, `DataError.badOption` for an option that is none.
    package static func resolve(
        _ nameOrPath: String, imported: ImportedDatasets = .none, formats: DatasetFormats = .standard
    ) throws(DataError) -> DatasetSource {
        if let known = known.first(where: { $0.name == nameOrPath.lowercased() }) {
            if let folder = known.folder, let installation = known.installation, !isFolder(folder) {
                throw .notInstalled(name: known.name, folder: folder, hint: installation)
            }
            return DatasetSource(.known(known), formats)
        }
        if let path = imported.path(of: nameOrPath), imported.contains(nameOrPath) {
            _ = try ImportedDatasets.facts(at: path)
            return DatasetSource(.imported(name: nameOrPath, path: path, isStandard: imported.isStandard), formats)
        }
        guard let (path, options) = try place(nameOrPath, imported) else {
            let isPath = nameOrPath.contains("/")
            throw .unknownName(nameOrPath, nearest: isPath ? nil : nearestName(to: nameOrPath, imported))
        }
        // A folder may get its files later.
        if !isFolder(path) { _ = try formats.dataset(at: path, options: options) }
        return DatasetSource(.path(path, options), formats)
    }

    /// The name of a data set that is spelled most alike; nil where none is near.
    package static func nearestName(to name: String, _ imported: ImportedDatasets) -> String? {
        let names = imported.names + known.map(\.name)
        return Spelling.nearest(to: name, among: names)
            ?? (name.isEmpty ? nil : names.first { $0.lowercased().hasPrefix(name.prefix(3).lowercased()) })
    }

    /// The longest beginning of the text that is a path, up to a colon, and what the words behind it say; nil where no
    /// beginning is one. What is there under the whole text is meant by it.
    private static func place(
        _ text: String, _ imported: ImportedDatasets
    ) throws(DataError) -> (path: String, options: DatasetOptions)? {
        guard !text.isEmpty else { return nil }
        if FileManager.default.fileExists(atPath: text) { return (text, DatasetOptions()) }
        for colon in text.indices.reversed() where text[colon] == ":" {
            let path = String(text[..<colon])
            let isName = known.contains { $0.name == path.lowercased() } || imported.contains(path)
            guard !path.isEmpty, isName || FileManager.default.fileExists(atPath: path) else { continue }
            let words = String(text[text.index(after: colon)...])
            guard !isName else {
                throw .badOption(source: path, word: words, expected: "none: a data set with a name is read as it is")
            }
            do throws(DatasetOptions.Fault) { return (path, try DatasetOptions(parsing: words)) } catch {
                throw .badOption(source: path, word: error.word, expected: error.expected)
            }
        }
        return nil
    }

    /// Reads and checks all files; some tenths of a second for MNIST, so not for a thread that draws.
    ///
    /// - Parameter onThread: called first on every thread that reads, which may be used for other work afterwards.
    /// - Throws: `DataError` for the first fault; nothing of a bad data set is used.
    package func load(onThread: @Sendable () -> Void = {}) throws(DataError) -> Dataset {
        if let dataset { return dataset }
        let found = try found()
        let read = try found.load(onThread: onThread)
        let known = knownDataset
        let classes = try Self.checking(found) { () throws(ClassCount.Fault) in
            let classes = try ClassCount.of(read.train.labels, known: known, named: read.classNames?.count)
            if let test = read.test { try ClassCount.check(test: test.labels, classes: classes, known: known) }
            return classes
        }
        let names = try names(found, classes, inFiles: read.classNames, labels: read.train.labels)
        let (contents, test) = try found.withTestPart(read)
        return Dataset(
            name: name, train: ImageSet(contents.train, shape: contents.shape),
            test: ImageSet(test, shape: contents.shape), classes: classes, classNames: names.names,
            notes: contents.notes + [names.note].compactMap { $0 }, place: place, format: type(of: found.format).name,
            digest: contents.digest)
    }

    /// The sizes that a network must have, read without the images, which is quick.
    ///
    /// - Throws: `DataError` if what is read is bad; `load` finds the other faults.
    package func shape() throws(DataError) -> DatasetShape {
        let found = try found()
        let outline = try found.outline()
        let known = knownDataset
        let classes = try Self.checking(found) { () throws(ClassCount.Fault) in
            try ClassCount.of(outline.labels, known: known, named: outline.classNames?.count)
        }
        let names = try names(found, classes, inFiles: outline.classNames, labels: outline.labels).names
        return DatasetShape(
            image: outline.shape, classes: classes, classNames: names ?? (0..<classes).map(String.init))
    }

    /// The names of the classes, nil where they have none, and what is to be said of that: those of `classes.txt`, else of
    /// the files, else of the known data set whose labels these are.
    private func names(
        _ found: FoundDataset, _ classes: Int, inFiles: [String]?, labels: [UInt8]
    ) throws(DataError) -> (names: [String]?, note: String?) {
        if let knownDataset { return (knownDataset.classNames, nil) }
        if let own = try found.namesBeside(classes: classes) {
            return (own, "the classes have their names from \(ClassNameList.fileName)")
        }
        if let inFiles { return (inFiles, nil) }
        guard let known = KnownDataset.known(byLabels: labels) else { return (nil, nil) }
        return (known.classNames, "the labels are those of \(known.name): the classes have its names")
    }

    /// Reads the files as `load` does and compares them with the published ones.
    ///
    /// - Returns: one entry a file, in the order of the data set's format.
    /// - Throws: as `load`.
    package func verify() throws(DataError) -> [VerifiedFile] {
        _ = try load()
        let published = knownDataset?.digests ?? []
        return try found().digests().enumerated().map { index, file in
            VerifiedFile(file: file, published: published.indices.contains(index) ? published[index] : nil)
        }
    }

    /// The data set in its format.
    ///
    /// - Throws: `DataError` where its files can't be found.
    package func found() throws(DataError) -> FoundDataset {
        switch location {
        case .known(let known): try formats.dataset(at: try known.place())
        case .imported(_, let path, _): try DatasetFormats([ImportedFormat.self]).dataset(at: path)
        case .path(let path, let options): try formats.dataset(at: path, options: options)
        }
    }

    /// Paths of its files; none where they can't be found.
    package func files() -> [String] { (try? found())?.files ?? [] }

    /// Paths, sizes and dates of its files in one line, with what is said of them, which changes when one of them is
    /// written; nil where a file can't be found.
    package func fileMarks() -> String? {
        guard let found = try? found(), !found.files.isEmpty else { return nil }
        // Names can tell where labels begin, so that the same files have other classes with them.
        let paths = found.files + found.namingFiles
        guard var marks = paths.count > Self.mostMarks ? Self.digest(of: paths).map({ [$0] }) : Self.marks(of: paths)
        else {
            return nil
        }
        if case .path(_, let options) = location, !options.keys.isEmpty { marks.append(options.text) }
        return marks.joined(separator: "; ")
    }

    /// Files that are named each in the line of marks.
    private static let mostMarks = 16

    private static func marks(of paths: [String]) -> [String]? {
        var marks: [String] = []
        for path in paths {
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                let size = attributes[.size] as? Int, let date = attributes[.modificationDate] as? Date
            else { return nil }
            marks.append("\(URL(fileURLWithPath: path).standardizedFileURL.path) \(size) \(date.timeIntervalSince1970)")
        }
        return marks
    }

    /// A digest of the paths, sizes and dates of many files.
    private static func digest(of paths: [String]) -> String? {
        var digest = SHA256()
        for path in paths {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            let date = status.st_mtim
            let line = "\(path) \(status.st_size) \(date.tv_sec) \(date.tv_nsec)\n"
            digest.update(Array(line.utf8))
        }
        let folder = URL(fileURLWithPath: paths[0]).deletingLastPathComponent().standardizedFileURL.path
        return "\(paths.count) files, as in \(folder): \(digest.finish())"
    }

    /// The text with which `resolve` finds the data set again from any working directory.
    package var argument: String {
        switch location {
        case .known(let known): known.name
        case .imported(let name, let path, let isStandard): isStandard ? name : path
        case .path(let path, let options):
            URL(fileURLWithPath: path).standardizedFileURL.path + (options.keys.isEmpty ? "" : ":\(options.text)")
        }
    }

    /// Whether it was imported under a name.
    package var isImported: Bool { if case .imported = location { true } else { false } }

    /// What pictures of its images show as black and white, where that is known without the images.
    package var knownLevels: ShownLevels? { dataset?.levels ?? knownDataset.map { _ in .full } }

    private var knownDataset: KnownDataset? {
        if case .known(let known) = location { known } else { nil }
    }

    /// Where its files are.
    ///
    /// - Throws: `DataError.resourcesMissing` if the program's own files are gone.
    package func path() throws(DataError) -> String {
        switch location {
        case .known(let known): try known.place()
        case .imported(_, let path, _), .path(let path, _): path
        }
    }

    /// Puts a label that can't be one into the words of the format.
    private static func checking<Value>(
        _ found: FoundDataset, _ body: () throws(ClassCount.Fault) -> Value
    ) throws(DataError) -> Value {
        do throws(ClassCount.Fault) {
            return try body()
        } catch {
            let (path, place) = found.source(of: error.label)
            throw DataError.malformed(path: path, at: place, expected: error.expected, found: error.found)
        }
    }
}

/// Size of the images and number of the classes of a data set.
package struct DatasetShape: Sendable, Equatable {
    /// The size of every image.
    package let image: ImageShape
    /// The number of classes.
    package let classes: Int
    /// The names of the classes: their numbers, or words where the data set has words.
    package let classNames: [String]

    /// Bytes of an image: what a network has for inputs.
    package var inputs: Int { image.bytes }
}

/// What `DatasetSource.verify` found of one file.
package struct VerifiedFile: Sendable, Equatable {
    /// The file's sizes and digest.
    package let file: FileDigest
    /// SHA-256 of the published file; nil where none is known.
    package let published: String?

    /// Whether the file is the published one; nil where that is not known.
    package var isPublished: Bool? { published.map { $0 == file.digest } }
}
