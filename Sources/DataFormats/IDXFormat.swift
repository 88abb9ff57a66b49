import Dispatch
import Foundation
import Memory
import Synchronization

/// IDX files of images and labels in one folder, gzip'ed or not, under any of the names that MNIST, EMNIST, QMNIST and
/// those after them are published with.
package struct IDXFormat: DatasetFormat {
    /// MNIST's own names, in the order of the files.
    static let names = [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ]

    package static let place = "a folder with IDX files"

    package static var layout: String {
        "of images and labels, such as \(names.dropLast().joined(separator: ", ")) and \(names[3]), gzip'ed (.gz) or not, "
            + "also as EMNIST and QMNIST name them"
    }

    package static let options: Set<DatasetOptions.Key> = [.set, .scale]

    /// Training images and labels, then test images and labels where there are any.
    package let files: [String]
    package var namingFiles: [String] { [EMNISTClasses.mapping(set: set, folder: folder)] }
    private let folder: String
    /// Empty for MNIST's names.
    package let set: String
    /// MNIST's own names are meant to be it, whatever else is in the folder.
    package let isCertain: Bool
    let options: DatasetOptions
    /// Only for EMNIST.
    let classes: EMNISTClasses?
    private let unused: [String]

    /// A folder with any of MNIST's four names is meant to be them; where a file is there both plain and gzip'ed, the
    /// plain one counts.
    ///
    /// - Throws: `DataError.filesMissing` with all that is missing, `severalSets` where one is to be chosen.
    package init?(path folder: String, options: DatasetOptions) throws(DataError) {
        if !DataFolder.isFolder(folder), let start = DataFolder.beginning(of: folder, count: 4),
            let kind = IDXFile.kind(ofFileStartingWith: start)
        {
            throw .partOfSet(
                path: folder, what: "an IDX file of \(kind == .images ? "images" : "labels")",
                folder: DataFolder.parent(of: folder))
        }
        let group: DataGroup<String>
        isCertain = options.set == nil && Self.published(folder) != nil
        if options.set == nil, let published = Self.published(folder) {
            group = published
        } else {
            guard let found = try Self.found(folder, options) else { return nil }
            group = found
        }
        guard group.isWhole else { throw Self.missing(group, folder) }
        files = group.items
        (self.folder, set, unused, self.options) = (folder, group.set, group.unused, options)
        classes = try EMNISTClasses(set: group.set, folder: folder)
    }

    /// Files of MNIST's own names; nil where there is none of them. No other file of the folder is looked at.
    private static func published(_ folder: String) -> DataGroup<String>? {
        let paths = names.map { name in
            // Images in colour have a fourth dimension, which their names say.
            [name, name.replacing("idx3", with: "idx4")].map { DataFolder.path(folder, $0) }
                .flatMap { [$0, $0 + ".gz"] }.first { FileManager.default.fileExists(atPath: $0) }
        }
        guard paths.contains(where: { $0 != nil }) else { return nil }
        return DataGroup(
            set: "", trainImages: paths[0], trainLabels: paths[1], testImages: paths[2], testLabels: paths[3])
    }

    /// Files that begin as IDX files do, by what their names say; nil where there is none.
    private static func found(_ folder: String, _ options: DatasetOptions) throws(DataError) -> DataGroup<String>? {
        guard let names = try DataFolder.names(folder) else { return nil }
        let items = names.compactMap { text -> (name: DataName, text: String, item: String)? in
            let path = DataFolder.path(folder, text)
            guard let start = DataFolder.beginning(of: path, count: 4),
                let kind = IDXFile.kind(ofFileStartingWith: start)
            else { return nil }
            var name = DataName(text)
            name.role = kind == .images ? .images : .labels
            return (name, text, path)
        }
        let groups = DataGroup.all(items)
        guard !groups.isEmpty else { return nil }
        return try DataGroup.chosen(of: groups, wanted: options.set, path: folder)
    }

    /// What is missing of a set, by MNIST's names or by the names of what is there.
    private static func missing(_ group: DataGroup<String>, _ folder: String) -> DataError {
        let parts = [group.trainImages, group.trainLabels, group.testImages, group.testLabels]
        let lacking = parts.indices.filter { parts[$0] == nil }
        guard !group.set.isEmpty else {
            return .filesMissing(
                folder: folder, expected: "the four IDX files of a data set, gzip'ed or not",
                names: lacking.map { names[$0] })
        }
        return .filesMissing(
            folder: folder, expected: "IDX files of the set \(group.set): images and labels", names: group.missing)
    }

    package func outline() throws(DataError) -> DatasetOutline {
        let layout = try Self.layout(try IDXFile.header(path: files[0], kind: .images), path: files[0])
        let labels = try IDXFile(path: files[1], kind: .labels)
        let areFromOne = try namesAreFromOne(labels)
        let test = areFromOne && files.count > 2 ? try IDXFile(path: files[3], kind: .labels) : nil
        let (coding, codes) = try coded(labels, test: test)
        return DatasetOutline(shape: layout.shape, labels: codes, classNames: coding?.classNames)
    }

    /// - Throws: `DataError.malformed` also if counts or image sizes differ.
    package func load(onThread: @Sendable () -> Void) throws(DataError) -> DatasetContents {
        let read = try readAll(onThread: onThread)
        for part in stride(from: 0, to: read.count, by: 2) {
            try Self.checkCounts(images: read[part], labels: read[part + 1])
            guard read[part].sizes.dropFirst() == read[0].sizes.dropFirst() else {
                throw .malformed(
                    path: read[part].path, offset: 8,
                    expected: "images of \(Self.size(read[0])) as in \(read[0].path)",
                    found: "images of \(Self.size(read[part]))")
            }
        }
        let layout = try Self.layout(read[0].header, path: read[0].path)
        let images = stride(from: 0, to: read.count, by: 2).map { read[$0] }
        var (pixels, scaleNote) = try pixels(images)
        if layout.isColoured {
            for (part, file) in images.enumerated() {
                pixels[part] = try Self.layout(file.header, path: file.path).grey(pixels[part])
            }
        }
        let (coding, codes) = try coded(read[1], test: read.count > 2 ? read[3] : nil)
        let test = read.count == 2 ? nil : LabelledImages(pixels: pixels[1], labels: try self.codes(read[3], coding))
        return DatasetContents(
            shape: layout.shape, train: LabelledImages(pixels: pixels[0], labels: codes), test: test,
            classNames: coding?.classNames,
            notes: [scaleNote, layout.note, coding?.note, unusedNote].compactMap(\.self))
    }

    package func digests() throws(DataError) -> [FileDigest] {
        try readAll {}.map { file in
            var digest = SHA256()
            digest.update(file.header.bytes)
            digest.update(file.payload)
            return FileDigest(
                path: file.path, sizes: file.sizes, bytes: file.header.bytes.count + file.payload.count,
                digest: digest.finish())
        }
    }

    package func source(of label: LabelPlace) -> (path: String, place: DataPlace) {
        let path = files[label.part == .train ? 1 : 3]
        // It has been read before.
        guard let header = try? IDXFile.header(path: path, kind: .labels) else { return (path, .byte(0)) }
        return (path, .byte(IDXFile.offset(ofLabel: label.index, in: header)))
    }

    // MARK: - Values

    /// The pixels of each part.
    private func pixels(_ parts: [IDXFile]) throws(DataError) -> (parts: [[UInt8]], note: String?) {
        if options.scale == nil, parts.allSatisfy({ $0.numbers.areBytes }) { return (parts.map(\.payload), nil) }
        do throws(PixelScale.Fault) {
            let scale = try PixelScale(parts.map { $0.numbers.range() }, chosen: options.scale)
            return (parts.map { $0.numbers.pixels(scale) }, scale.note)
        } catch {
            let file = parts[error.part]
            throw .malformed(
                path: file.path, offset: file.header.bytes.count + error.index * file.header.type.width,
                expected: error.expected, found: error.found)
        }
    }

    /// The classes of the training labels; no coding where they are bytes that count as they are.
    private func coded(_ file: IDXFile, test: IDXFile?) throws(DataError) -> (coding: LabelCoding?, codes: [UInt8]) {
        var coding = classes.map { LabelCoding(first: $0.first, classNames: $0.names) }
        if coding == nil, !Self.areClasses(file) {
            coding = try Self.placed(file) { () throws(LabelFault) in try LabelCoding(numbers: Self.numbers(file)) }
        }
        if coding == nil, try namesAreFromOne(file), try test.map(Self.lacksZero) ?? true {
            coding = LabelCoding(first: 1, classNames: try names()?.names)
        }
        return (coding, try codes(file, coding))
    }

    /// Whether labels are bytes, which count as they are unless names say otherwise.
    private static func areClasses(_ file: IDXFile) -> Bool { file.numbers.areBytes && file.sizes.count == 1 }

    private static func lacksZero(_ file: IDXFile) throws(DataError) -> Bool {
        try placed(file) { () throws(LabelFault) in try !numbers(file).contains(0) }
    }

    /// Whether the folder's `classes.txt` names the classes of the training labels only if these are counted from 1: none
    /// is 0, and there are as many names as the greatest label says. Digits without zeros stay what they are.
    private func namesAreFromOne(_ file: IDXFile) throws(DataError) -> Bool {
        guard classes == nil, Self.areClasses(file), !file.payload.contains(0) else { return false }
        return try names()?.names.count == file.payload.max().map(Int.init)
    }

    private func names() throws(DataError) -> ClassNameList? {
        let path = DataFolder.path(folder, ClassNameList.fileName)
        return DataFolder.beginning(of: path, count: 1) == nil ? nil : try ClassNameList(path: path)
    }

    private func codes(_ file: IDXFile, _ coding: LabelCoding?) throws(DataError) -> [UInt8] {
        // Test labels can be of another type than those to train on.
        guard coding != nil || !Self.areClasses(file) else { return file.payload }
        return try Self.placed(file) { () throws(LabelFault) in
            let numbers = try Self.numbers(file)
            return try (coding ?? .fromZero).classes(of: numbers)
        }
    }

    /// A label each: of a table its first column.
    private static func numbers(_ file: IDXFile) throws(LabelFault) -> [Int] {
        try file.numbers.integers(every: file.sizes.dropFirst().reduce(1, *))
    }

    private static func placed<Value>(
        _ file: IDXFile, _ body: () throws(LabelFault) -> Value
    ) throws(DataError) -> Value {
        do throws(LabelFault) { return try body() } catch {
            throw .malformed(
                path: file.path, offset: IDXFile.offset(ofLabel: error.index, in: file.header),
                expected: error.expected, found: error.found)
        }
    }

    private var unusedNote: String? {
        unused.isEmpty ? nil : "not used, as they are to validate with: \(unused.joined(separator: ", "))"
    }

    // MARK: - Files

    /// Reads the files at once, each on a thread of its own.
    ///
    /// - Throws: the error of the first bad file, in their order.
    private func readAll(onThread: @Sendable () -> Void) throws(DataError) -> [IDXFile] {
        try refuseTooLarge()
        let results = Mutex<[Int: Result<IDXFile, DataError>]>([:])
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            onThread()
            let result: Result<IDXFile, DataError>
            do throws(DataError) {
                result = .success(try IDXFile(path: files[index], kind: Self.kind(index)))
            } catch {
                result = .failure(error)
            }
            results.withLock { $0[index] = result }
        }
        var read: [IDXFile] = []
        for (_, result) in results.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { read.append(try result.get()) }
        return read
    }

    private static func kind(_ index: Int) -> IDXFile.Kind { index.isMultiple(of: 2) ? .images : .labels }

    /// Together the files may take more than one of them alone, and other numbers than bytes are there twice.
    private func refuseTooLarge() throws(DataError) {
        var sum = 0
        for (index, path) in files.enumerated() {
            // Its fault is found in its turn.
            guard let header = try? IDXFile.header(path: path, kind: Self.kind(index)) else { return }
            sum += header.promised + (header.type == .uint8 ? 0 : header.count)
        }
        do throws(MemoryRefusal) {
            try MemoryBudget.current.check(sum)
        } catch {
            throw .tooLarge(path: URL(fileURLWithPath: files[0]).deletingLastPathComponent().path, error)
        }
    }

    private static func checkCounts(images: IDXFile, labels: IDXFile) throws(DataError) {
        guard images.sizes[0] == labels.sizes[0] else {
            throw .malformed(
                path: labels.path, offset: 4, expected: "\(images.sizes[0]) labels, one for each of \(images.path)",
                found: "\(labels.sizes[0])")
        }
    }

    private static func size(_ images: IDXFile) -> String {
        images.sizes.dropFirst().map(String.init).joined(separator: " × ")
    }

    /// How the images of a file lie in it.
    ///
    /// - Throws: `DataError.malformed` where they have neither grey levels nor colours.
    static func layout(_ header: IDXFile.Header, path: String) throws(DataError) -> ImageLayout {
        try ImageLayout(lengths: header.sizes, DatasetOptions()) { expected in
            let sizes = header.sizes.map(String.init).joined(separator: " × ")
            return .malformed(path: path, offset: 4, expected: expected, found: "a header that promises \(sizes)")
        }
    }
}
