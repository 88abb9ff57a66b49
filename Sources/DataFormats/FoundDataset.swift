import Kernels
import Memory

/// A data set in its format, with what holds for every format: images are turned where the user says so, and where there
/// is no test part, some rows of each class become one.
package struct FoundDataset: Sendable {
    /// The data set as its format has it.
    package let format: any DatasetFormat
    private let path: String
    private let options: DatasetOptions

    init(format: any DatasetFormat, path: String, options: DatasetOptions) {
        (self.format, self.path, self.options) = (format, path, options)
    }

    /// Paths of its files.
    package var files: [String] { format.files }

    /// What a network must fit, without the images; its labels are of all rows that are not of a test part.
    ///
    /// - Throws: as the format.
    package func outline() throws(DataError) -> DatasetOutline {
        let outline = try format.outline()
        guard options.isTransposed else { return outline }
        return DatasetOutline(shape: outline.shape.turned, labels: outline.labels, classNames: outline.classNames)
    }

    /// What the files hold, with their images the right way up; `withTestPart` is the next step.
    ///
    /// - Throws: as the format; `DataError.badOption` for what is said of a test part, where the files have one.
    package func load(onThread: @Sendable () -> Void) throws(DataError) -> DatasetContents {
        let contents = try format.load(onThread: onThread)
        if contents.test != nil, let key = options.keys.first(where: { $0 == .test || $0 == .testSeed }) {
            throw .badOption(source: path, word: key.rawValue, expected: "nothing, as the files have a test part")
        }
        if options.isTransposed { return contents.turned }
        return turnHint.map { contents.noting($0) } ?? contents
    }

    /// EMNIST is published with rows as columns, in every format.
    private var turnHint: String? {
        let names = files.map { DataName($0.split(separator: "/").last.map(String.init) ?? "").set }
        guard !(format is ImportedFormat), names.contains(where: { $0.split(separator: "-").contains("emnist") }) else {
            return nil
        }
        return "EMNIST's images are published with rows as columns: with :transpose behind the path they stand upright"
    }

    /// The contents with a test part: their own, or rows that are held out.
    ///
    /// - Throws: `DataError.tooLarge`, or `malformed` where no class has two rows.
    package func withTestPart(
        _ contents: DatasetContents
    ) throws(DataError) -> (contents: DatasetContents, test: LabelledImages) {
        if let test = contents.test { return (contents, test) }
        // Both parts are there beside the whole.
        do throws(MemoryRefusal) { try MemoryBudget.current.check(contents.train.pixels.count.times(2)) } catch {
            throw .tooLarge(path: path, error)
        }
        let holdout = TestHoldout(options)
        let rows = holdout.rows(contents.train.labels)
        guard !rows.test.isEmpty else {
            let (path, place) = format.source(of: LabelPlace(.train, 0))
            throw .malformed(
                path: path, at: place, expected: "two rows of a class, as there is no test part",
                found: "no class of more than one")
        }
        let train = contents.train.rows(rows.train, imageBytes: contents.shape.bytes)
        let note = holdout.note(heldOut: rows.test.count, of: contents.train.labels.count)
        let whole = DatasetContents(
            shape: contents.shape, train: train, test: nil, classNames: contents.classNames,
            notes: contents.notes + [note])
        return (whole, contents.train.rows(rows.test, imageBytes: contents.shape.bytes))
    }

    /// The names that a file `classes.txt` gives to the classes, in the data set's folder or beside its file; nil where
    /// there is none.
    ///
    /// - Parameter classes: how many there are.
    /// - Throws: `DataError` where it has other than so many names, or what are none.
    package func namesBeside(classes: Int) throws(DataError) -> [String]? {
        guard !(format is ImportedFormat) else { return nil }
        let folder = DataFolder.isFolder(path) ? path : DataFolder.parent(of: path)
        let file = DataFolder.path(folder, ClassNameList.fileName)
        guard DataFolder.beginning(of: file, count: 1) != nil else { return nil }
        let list = try ClassNameList(path: file)
        guard list.fits(classes) else {
            throw .malformedText(
                path: file, line: list.names.count, column: nil,
                expected: "\(classes) names, one for each class of \(path)", found: "\(list.names.count)")
        }
        return list.names
    }

    /// Files beside `files` that name the classes, or say where labels begin; those that are there.
    package var namingFiles: [String] {
        guard !(format is ImportedFormat) else { return [] }
        let folder = DataFolder.isFolder(path) ? path : DataFolder.parent(of: path)
        return ([DataFolder.path(folder, ClassNameList.fileName)] + format.namingFiles)
            .filter { DataFolder.beginning(of: $0, count: 1) != nil }
    }

    /// SHA-256 of each of `files`.
    ///
    /// - Throws: as the format.
    package func digests() throws(DataError) -> [FileDigest] { try format.digests() }

    /// How a Python program reads the same images and labels.
    package var python: PythonReader {
        let reader = format.python
        return options.isTransposed ? reader.turned : reader
    }

    /// Where a label stands, for errors.
    package func source(of label: LabelPlace) -> (path: String, place: DataPlace) { format.source(of: label) }
}

extension ImageShape {
    /// Rows as columns.
    var turned: ImageShape { ImageShape(rows: columns, columns: rows, channels: channels) }
}

extension DatasetContents {
    /// The images mirrored at their diagonal.
    var turned: DatasetContents {
        DatasetContents(
            shape: shape.turned, train: train.turned(shape), test: test?.turned(shape), classNames: classNames,
            notes: notes)
    }
}

extension DatasetContents {
    /// The same with one more note.
    func noting(_ note: String) -> DatasetContents {
        DatasetContents(
            shape: shape, train: train, test: test, classNames: classNames, notes: notes + [note], digest: digest)
    }
}

extension LabelledImages {
    /// These rows, in this order.
    func rows(_ rows: [Int], imageBytes: Int) -> LabelledImages {
        let chosen = [UInt8](unsafeUninitializedCapacity: rows.count * imageBytes) { buffer, count in
            if let start = buffer.baseAddress { HugePages.advise(start, byteCount: buffer.count) }
            pixels.withUnsafeBufferPointer { all in
                for (place, row) in rows.enumerated() {
                    let image = UnsafeBufferPointer(rebasing: all[(row * imageBytes)..<((row + 1) * imageBytes)])
                    _ = UnsafeMutableBufferPointer(rebasing: buffer[(place * imageBytes)...]).update(from: image)
                }
            }
            count = rows.count * imageBytes
        }
        return LabelledImages(pixels: chosen, labels: rows.map { labels[$0] })
    }

    /// - Parameter shape: of the images as they are.
    fileprivate func turned(_ shape: ImageShape) -> LabelledImages {
        var turned = pixels
        let (rows, columns, channels) = (shape.rows, shape.columns, shape.channels)
        pixels.withUnsafeBufferPointer { from in
            turned.withUnsafeMutableBufferPointer { to in
                for image in stride(from: 0, to: from.count, by: shape.bytes) {
                    for row in 0..<rows {
                        for column in 0..<columns {
                            for channel in 0..<channels {
                                to[image + (column * rows + row) * channels + channel] =
                                    from[image + (row * columns + column) * channels + channel]
                            }
                        }
                    }
                }
            }
        }
        return LabelledImages(pixels: turned, labels: labels)
    }
}

extension PythonReader {
    /// The same with images mirrored at their diagonal.
    var turned: PythonReader {
        PythonReader(
            variable: variable, meaning: meaning, modules: modules, functions: functions,
            trainImages: "\(trainImages).swapaxes(1, 2)", trainLabels: trainLabels,
            testImages: "\(testImages).swapaxes(1, 2)", testLabels: testLabels)
    }
}
