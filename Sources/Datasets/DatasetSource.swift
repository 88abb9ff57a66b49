import Foundation

/// Where a data set is read from: a known name, or a folder with four IDX files that have MNIST's file names.
package struct DatasetSource: Sendable, Equatable {
    private enum Location: Sendable, Equatable {
        case known(KnownDataset)
        case folder(String)
    }

    private let location: Location

    /// The digits that come with the program.
    package static let mnist = DatasetSource(location: .known(.mnist))

    /// All data sets that have a name.
    package static let known: [KnownDataset] = [.mnist, .fashionMNIST]

    /// The known name, or the last part of the folder's path.
    package var name: String {
        switch location {
        case .known(let known): known.name
        case .folder(let path): URL(fileURLWithPath: path).lastPathComponent
        }
    }

    /// Takes a known name or a folder. A name wins over a folder of that name; `./mnist` means the folder.
    ///
    /// - Throws: `DataError.unknownName` if it is neither, `DataError.notInstalled` if the files are not here.
    package static func resolve(_ nameOrPath: String) throws(DataError) -> DatasetSource {
        if let known = known.first(where: { $0.name == nameOrPath.lowercased() }) {
            if let folder = known.folder, let installation = known.installation, !isFolder(folder) {
                throw .notInstalled(name: known.name, folder: folder, hint: installation)
            }
            return DatasetSource(location: .known(known))
        }
        guard !nameOrPath.isEmpty, isFolder(nameOrPath) else {
            if FileManager.default.fileExists(atPath: nameOrPath) {
                throw .unreadable(path: nameOrPath, reason: "expected a folder with four IDX files, found a file")
            }
            let nearest = known.map(\.name).first { $0.hasPrefix(nameOrPath.prefix(3).lowercased()) }
            throw .unknownName(nameOrPath, nearest: nameOrPath.isEmpty ? nil : nearest)
        }
        return DatasetSource(location: .folder(nameOrPath))
    }

    /// Reads and checks the four files; some tenths of a second for MNIST, so not for a thread that draws.
    ///
    /// - Parameter onThread: called first on every thread that reads, which may be used for other work afterwards.
    /// - Throws: `DataError` for the first fault; nothing of a bad data set is used.
    package func load(onThread: @Sendable () -> Void = {}) throws(DataError) -> Dataset {
        let files = try DatasetFiles(folder: folder()).read(onThread: onThread)
        return try DatasetFiles.dataset(name: name, files: files, known: knownDataset)
    }

    /// The sizes that a network must have, read from the header of the training images and from the training labels,
    /// which is quick.
    ///
    /// - Throws: `DataError` if one of the two is bad; `load` finds the other faults.
    package func shape() throws(DataError) -> DatasetShape {
        let files = try DatasetFiles(folder: folder())
        let sizes = try IDXFile.sizes(path: files.paths[0], kind: .images)
        let labels = try IDXFile(path: files.paths[1], kind: .labels)
        return DatasetShape(
            rows: sizes[1], columns: sizes[2], classes: try DatasetFiles.classCount(labels, known: knownDataset))
    }

    /// Reads the files as `load` does and compares them with the published ones.
    ///
    /// - Returns: one entry a file: training images and labels, test images and labels.
    /// - Throws: as `load`.
    package func verify() throws(DataError) -> [VerifiedFile] {
        let files = try DatasetFiles(folder: folder()).read()
        _ = try DatasetFiles.dataset(name: name, files: files, known: knownDataset)
        return files.enumerated().map { index, file in
            var digest = SHA256()
            digest.update(file.header)
            digest.update(file.payload)
            return VerifiedFile(
                path: file.path, sizes: file.sizes, bytes: file.header.count + file.payload.count,
                digest: digest.finish(), published: knownDataset?.digests[index])
        }
    }

    /// Paths of the four files; none where they can't be found.
    package func files() -> [String] {
        guard let folder = try? folder(), let files = try? DatasetFiles(folder: folder) else { return [] }
        return files.paths
    }

    /// Paths, sizes and dates of the four files in one line, which changes when one of them is written; nil where a
    /// file can't be found.
    package func fileMarks() -> String? {
        let paths = files()
        guard !paths.isEmpty else { return nil }
        var marks: [String] = []
        for path in paths {
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                let size = attributes[.size] as? Int, let date = attributes[.modificationDate] as? Date
            else { return nil }
            marks.append("\(URL(fileURLWithPath: path).standardizedFileURL.path) \(size) \(date.timeIntervalSince1970)")
        }
        return marks.joined(separator: "; ")
    }

    /// The text with which `resolve` finds the data set again from any working directory.
    package var argument: String {
        switch location {
        case .known(let known): known.name
        case .folder(let path): URL(fileURLWithPath: path).standardizedFileURL.path
        }
    }

    private var knownDataset: KnownDataset? {
        if case .known(let known) = location { known } else { nil }
    }

    /// Where its files are.
    ///
    /// - Throws: `DataError.resourcesMissing` if the program's own files are gone.
    package func folder() throws(DataError) -> String {
        switch location {
        case .known(let known):
            if let folder = known.folder { return folder }
            return try ResourceLocator.current.mnistFolder()
        case .folder(let path): return path
        }
    }
}

/// Size of the images and number of the classes of a data set.
package struct DatasetShape: Sendable, Equatable {
    /// The height of an image in pixels.
    package let rows: Int
    /// The width of an image in pixels.
    package let columns: Int
    /// The number of classes.
    package let classes: Int

    /// Pixels of an image: what a network has for inputs.
    package var pixels: Int { rows * columns }
}

/// What `DatasetSource.verify` found of one file.
package struct VerifiedFile: Sendable, Equatable {
    /// The file's path.
    package let path: String
    /// Count, rows and columns of images; count of labels.
    package let sizes: [Int]
    /// Length once unpacked, with the header.
    package let bytes: Int
    /// SHA-256 of the unpacked bytes.
    package let digest: String
    /// SHA-256 of the published file; nil for a folder, of which none is known.
    package let published: String?

    /// Whether the file is the published one; nil where that is not known.
    package var isPublished: Bool? { published.map { $0 == digest } }
}
