import Foundation
import Memory
import Synchronization

/// A folder with a folder of images for each class, or with two parts of such folders.
package struct ImageFolderFormat: DatasetFormat {
    package static let place = "a folder of images"
    package static let layout =
        "(PNG, JPEG, PGM) with a folder for each class, such as cat/1.png and dog/2.jpg, or train/cat/1.png and "
        + "test/cat/9.png"
    package static let options: Set<DatasetOptions.Key> = [.size]

    /// Pixels of an image that takes so much memory that several at once could take more than there is.
    private static let largeImage = 1 << 22

    private let folder: ImageFolder
    private let path: String
    private let options: DatasetOptions

    /// - Throws: `DataError.filesMissing` where there is only a test part, or it has classes of its own, `unreadable` for
    ///   too many classes or files.
    package init?(path: String, options: DatasetOptions) throws(DataError) {
        try self.init(path: path, options: options, mostFiles: ImageFolder.mostFiles)
    }

    /// - Parameter mostFiles: files and folders that are looked at.
    package init?(path: String, options: DatasetOptions, mostFiles: Int) throws(DataError) {
        guard let folder = try ImageFolder(path, mostFiles: mostFiles) else { return nil }
        (self.folder, self.path, self.options) = (folder, path, options)
    }

    package var files: [String] { (folder.train + (folder.test ?? [])).map(\.path) }

    private var classNames: [String] { folder.folders.map(\.shownName) }

    private func sizes(withTest: Bool) throws(DataError) -> ImageSizes {
        try ImageSizes(train: folder.train, test: withTest ? folder.test ?? [] : [], chosen: options.size)
    }

    private func refuseOneClass() throws(DataError) {
        guard folder.folders.count > 1 else {
            throw .filesMissing(
                folder: folder.places.train, expected: "a folder of images for each class, two or more",
                names: ["a second class beside \(classNames[0])"])
        }
    }

    package func outline() throws(DataError) -> DatasetOutline {
        try refuseOneClass()
        return DatasetOutline(
            shape: try sizes(withTest: false).shape, labels: folder.train.map(\.label), classNames: classNames)
    }

    package func load(onThread: @Sendable () -> Void) throws(DataError) -> DatasetContents {
        try refuseOneClass()
        let sizes = try sizes(withTest: true)
        let (train, test) = (folder.train, folder.test)
        // Blocks of images are there beside the whole.
        let bytes = (train.count + (test?.count ?? 0)).times(2 * sizes.shape.bytes)
        do throws(MemoryRefusal) { try MemoryBudget.current.check(bytes) } catch {
            throw .tooLarge(path: path, error)
        }
        var parts: [LabelledImages] = []
        for items in [train, test].compactMap(\.self) {
            let images = try Self.images(items, sizes.shape, onThread)
            var pixels: [UInt8] = []
            pixels.reserveCapacity(items.count * sizes.shape.bytes)
            for image in images { pixels += image }
            parts.append(LabelledImages(pixels: pixels, labels: items.map(\.label)))
        }
        return DatasetContents(
            shape: sizes.shape, train: parts[0], test: parts.count > 1 ? parts[1] : nil, classNames: classNames,
            notes: folder.notes + [sizes.note].compactMap(\.self))
    }

    private static func images(
        _ items: [ImageFolder.Item], _ shape: ImageShape, _ onThread: @Sendable () -> Void
    ) throws(DataError) -> [[UInt8]] {
        // Large images are unpacked one at a time, so that their number does not count for the memory they take.
        let turn = Mutex(())
        return try ManyFiles.map(items, onThread: onThread) { item throws(DataError) in
            let bytes = try ImageFile.bytes(path: item.path)
            let isLarge = try ImageFile.shape(bytes, path: item.path).bytes > largeImage
            guard isLarge else { return try pixels(bytes, item, shape) }
            return try turn.withLock { _ throws(DataError) in try pixels(bytes, item, shape) }
        }
    }

    private static func pixels(
        _ bytes: [UInt8], _ item: ImageFolder.Item, _ shape: ImageShape
    ) throws(DataError) -> [UInt8] {
        try ImageFile.decode(bytes, path: item.path).fitted(rows: shape.rows, columns: shape.columns).pixels
    }

    /// A digest for each part, over its images in the order of their names: the name with its class, the length, the bytes.
    package func digests() throws(DataError) -> [FileDigest] {
        let shape = try sizes(withTest: false).shape
        var digests: [FileDigest] = []
        for (place, items) in [(folder.places.train, folder.train), (folder.places.test ?? "", folder.test ?? [])]
        where !items.isEmpty {
            var (digest, total) = (SHA256(), 0)
            let named = items.map { (name: String($0.path.dropFirst(place.count)), path: $0.path) }
            for (name, path) in named.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
                let bytes = try ImageFile.bytes(path: path)
                digest.update(Array("\(name) \(bytes.count)\n".utf8))
                digest.update(bytes)
                total += bytes.count
            }
            digests.append(
                FileDigest(
                    path: place, sizes: [items.count, shape.rows, shape.columns], bytes: total,
                    digest: digest.finish()))
        }
        return digests
    }

    package func source(of label: LabelPlace) -> (path: String, place: DataPlace) {
        let items = label.part == .train ? folder.train : folder.test ?? folder.train
        return (items.indices.contains(label.index) ? items[label.index].path : path, .byte(0))
    }

    package var python: PythonReader {
        // A file that can't be read is told of where it is loaded.
        let shape = (try? sizes(withTest: false))?.shape ?? ImageShape(rows: 28, columns: 28)
        let parts = [("train", folder.places.train), ("test", folder.places.test ?? "")]
        let body = parts.prefix(folder.test == nil ? 1 : 2).map { part, place in
            let name = place == path ? "" : URL(fileURLWithPath: place).lastPathComponent
            return
                "x_\(part), y_\(part) = read_part(folder, \(PythonReader.quoted(name)), \(shape.rows), \(shape.columns))"
        }
        return .dataset(
            "folder", meaning: "has the data set's folders of images.", modules: ["PIL.Image", "PIL.ImageOps", "re"],
            functions: [
                "CLASSES = [\(folder.folders.map(PythonReader.quoted).joined(separator: ", "))]", SplitMix64.python,
                ImageFolderPython.readImage, ImageFolderPython.fitted, ImageFolderPython.readPart,
            ],
            body: body, hasTest: folder.test != nil, isScaled: false, options: options)
    }
}
