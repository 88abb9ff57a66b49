import Foundation
import Memory
import NumPyFiles

/// NumPy's arrays of images and labels: a `.npz` file, or a folder of `.npy` files.
package struct NumPyFormat: DatasetFormat {
    package static let place = "a NumPy file (.npz)"
    package static let layout =
        "with arrays such as x_train, y_train, x_test and y_test, or images and labels, or data and target, or a folder "
        + "of .npy files of such names"
    package static let options: Set<DatasetOptions.Key> = [.set, .size, .scale]

    private static let zipMagic: [UInt8] = [0x50, 0x4B]
    private static let npyMagic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// Archives of a folder that are looked into at most, for those that have one array each.
    static let mostArchives = 16

    package let files: [String]
    package var set: String { group.set }
    private let group: DataGroup<ArrayPlace>
    let options: DatasetOptions

    /// - Throws: `DataError.filesMissing` for images without labels and the like, `severalSets` where one is to be chosen,
    ///   and what the directory of an archive is refused for.
    package init?(path: String, options: DatasetOptions) throws(DataError) {
        let items: [(name: String, item: ArrayPlace)]
        if let names = try DataFolder.names(path) {
            items = Self.items(in: path, names)
        } else {
            let start = Self.beginning(path)
            if start.starts(with: Self.npyMagic) {
                throw .partOfSet(path: path, what: "one array", folder: DataFolder.parent(of: path))
            }
            guard start.starts(with: Self.zipMagic) else { return nil }
            guard Self.isArchive(path) else {
                throw .unreadable(
                    path: path, reason: "gzip'ed; expected it unpacked, as a .npz file is packed by itself")
            }
            items = try Self.items(of: path)
        }
        let groups = DataGroup.all(items.map { (DataName($0.name), $0.name, $0.item) })
        guard !groups.isEmpty else { return nil }
        group = try DataGroup.chosen(of: groups, wanted: options.set, path: path)
        self.options = options
        files = group.items.reduce(into: []) { if !$0.contains($1.file) { $0.append($1.file) } }
        guard group.isWhole else {
            throw .filesMissing(
                folder: path, expected: "arrays of images and labels, such as x_train and y_train, or data and target",
                names: group.missing)
        }
    }

    /// The first bytes, unpacked where they are gzip'ed.
    private static func beginning(_ path: String) -> [UInt8] {
        DataFolder.beginning(of: path, count: npyMagic.count) ?? []
    }

    /// Whether a file is a ZIP file as it is: one that is gzip'ed can't be read in parts.
    static func isArchive(_ path: String) -> Bool {
        do throws(DataError) { return try FileBytes(path: path).read(zipMagic.count) == zipMagic } catch {
            return false
        }
    }

    /// Arrays of a folder: `.npy` files, and `.npz` files of one array each.
    private static func items(in folder: String, _ names: [String]) -> [(name: String, item: ArrayPlace)] {
        var archives = 0
        return names.compactMap { name in
            let path = DataFolder.path(folder, name)
            let start = beginning(path)
            if start.starts(with: npyMagic) { return (name, ArrayPlace(file: path)) }
            guard archives < mostArchives, isArchive(path) else { return nil }
            archives += 1
            var arrays = NumPyArrays()
            guard let archive = try? arrays.archive(path), archive.names.count == 1 else { return nil }
            return (name, ArrayPlace(file: path, entry: archive.names[0]))
        }
    }

    /// Arrays of an archive.
    private static func items(of path: String) throws(DataError) -> [(name: String, item: ArrayPlace)] {
        var arrays = NumPyArrays()
        let names = try arrays.archive(path).names
        let items = names.map { (name: $0, item: ArrayPlace(file: path, entry: $0)) }
        guard items.contains(where: { DataName($0.name).role != nil }) else {
            throw .malformed(
                path: path, offset: 0,
                expected: "arrays such as x_train and y_train, images and labels, or data and target",
                found: names.isEmpty ? "no arrays" : names.prefix(5).joined(separator: ", "))
        }
        return items
    }

    /// What is there of both parts, in order: images, labels.
    var parts: [(images: ArrayPlace, labels: ArrayPlace)] {
        [(group.trainImages, group.trainLabels), (group.testImages, group.testLabels)].compactMap { images, labels in
            images.flatMap { images in labels.map { (images, $0) } }
        }
    }

    package func outline() throws(DataError) -> DatasetOutline {
        var arrays = NumPyArrays()
        let images = try arrays.header(parts[0].images)
        let layout = try ImageLayout(images, parts[0].images, options)
        let labels = try arrays.labels(parts[0].labels)
        let coding = try labels.coding()
        return DatasetOutline(
            shape: layout.shape, labels: try labels.classes(coding), classNames: labels.names(coding))
    }

    /// - Throws: `DataError` also if counts or image sizes differ.
    package func load(onThread: @Sendable () -> Void) throws(DataError) -> DatasetContents {
        onThread()
        var arrays = NumPyArrays()
        try refuseTooLarge(&arrays)
        var (images, labels, layouts): ([FileArray], [ArrayLabels], [ImageLayout]) = ([], [], [])
        for part in parts {
            let layout = try ImageLayout(try arrays.header(part.images), part.images, options)
            let array = try arrays.array(part.images)
            let own = try arrays.labels(part.labels)
            guard own.count == layout.count else {
                throw .malformed(
                    path: part.labels.path, offset: own.header.shapeOffset,
                    expected: "\(layout.count) labels, one for each of \(part.images.path)", found: "\(own.count)")
            }
            if let first = layouts.first, first.shape != layout.shape {
                throw .malformed(
                    path: part.images.path, offset: array.header.shapeOffset,
                    expected: "images of \(first.shape.rows) × \(first.shape.columns) as in \(parts[0].images.path)",
                    found: "images of \(layout.shape.rows) × \(layout.shape.columns)")
            }
            images.append(array)
            labels.append(own)
            layouts.append(layout)
        }
        let (pixels, scaleNote) = try pixels(images, layouts)
        let coding = try labels[0].coding()
        let parts = try zip(pixels, labels).map { pixels, labels throws(DataError) in
            LabelledImages(pixels: pixels, labels: try labels.classes(coding))
        }
        let unused =
            group.unused.isEmpty
            ? nil : "not used, as they are to validate with: \(group.unused.joined(separator: ", "))"
        return DatasetContents(
            shape: layouts[0].shape, train: parts[0], test: parts.count > 1 ? parts[1] : nil,
            classNames: labels[0].names(coding),
            notes: [scaleNote, layouts[0].note, coding?.note, unused].compactMap(\.self))
    }

    /// The pixels of each part, row by row.
    private func pixels(
        _ images: [FileArray], _ layouts: [ImageLayout]
    ) throws(DataError) -> (parts: [[UInt8]], note: String?) {
        do throws(PixelScale.Fault) {
            let scale = try PixelScale(images.map { $0.numbers.range() }, chosen: options.scale)
            let pixels = zip(images, layouts).map { image, layout in
                let isPlain = scale.isIdentity && image.numbers.areBytes
                let bytes = isPlain ? image.numbers.bytes : image.numbers.pixels(scale)
                return layout.grey(image.header.isFortran ? layout.rowMajor(bytes) : bytes)
            }
            return (pixels, scale.note)
        } catch {
            let image = images[error.part]
            throw .malformed(
                path: image.place.path, offset: image.offset(error.index), expected: error.expected, found: error.found)
        }
    }

    /// Values and their bytes are there at the same time, and in another order once more.
    private func refuseTooLarge(_ arrays: inout NumPyArrays) throws(DataError) {
        var sum = 0
        for part in parts {
            for place in [part.images, part.labels] {
                let header = try arrays.header(place)
                let count = header.shape.reduce(1) { $0.times($1) }
                let width = NumberType.numpy(header.type)?.type.width ?? TextType(header.type)?.width ?? 1
                sum = sum.plus(count.times(width + (header.isFortran ? 2 : 1)))
            }
        }
        do throws(MemoryRefusal) { try MemoryBudget.current.check(sum) } catch {
            throw .tooLarge(path: files[0], error)
        }
    }

    package func digests() throws(DataError) -> [FileDigest] {
        var arrays = NumPyArrays()
        var digests: [FileDigest] = []
        for path in files {
            let (bytes, digest) = try Self.digest(path)
            let place = group.items.first { $0.file == path } ?? ArrayPlace(file: path)
            digests.append(
                FileDigest(
                    path: path, sizes: try arrays.header(place).shape, bytes: bytes, digest: digest))
        }
        return digests
    }

    /// Length and SHA-256 of a file's bytes, unpacked where it is gzip'ed.
    private static func digest(_ path: String) throws(DataError) -> (bytes: Int, digest: String) {
        let source = try DataFolder.open(path).source
        var (digest, bytes) = (SHA256(), 0)
        while true {
            let piece = try source.read(1 << 20)
            if piece.isEmpty { return (bytes, digest.finish()) }
            digest.update(piece)
            bytes += piece.count
        }
    }

    package func source(of label: LabelPlace) -> (path: String, place: DataPlace) {
        let place = parts[label.part == .train || parts.count < 2 ? 0 : 1].labels
        var arrays = NumPyArrays()
        // It has been read before.
        guard let labels = try? arrays.labels(place) else { return (place.path, .byte(0)) }
        return (place.path, .byte(labels.offset(label.index)))
    }
}
