import Memory
import NumPyFiles

/// A data set that `data import` wrote: a `.npz` file of four arrays as the program has them, the names of the classes, and
/// what is known of it, with its digest.
package struct ImportedFormat: DatasetFormat {
    package static let place = "an imported data set (.npz)"
    package static let layout = "as `data import` writes it"
    package static let options: Set<DatasetOptions.Key> = []
    /// It is a NumPy file, which is in the list already.
    package static let isListed = false

    private static let images = ["x_train", "x_test"]
    private static let labels = ["y_train", "y_test"]
    private static let namesEntry = "class_names"
    private static let aboutEntry = "trainspotter"
    /// More than the greatest texts that are written take, in bytes.
    private static let longestTexts = 1 << 20

    package let files: [String]
    package let isCertain = true
    /// Where it is from, and how it was read there.
    package let about: ImportedNotes
    /// What its classes are called, one name each.
    package let classNames: [String]
    /// The size of its images.
    package let shape: ImageShape
    /// Rows to train on, and rows to test with.
    package let counts: (train: Int, test: Int)
    private let archive: NPZArchive
    private let headers: [NPYHeader]

    /// Nil where no imported data set is there.
    package init?(path: String, options: DatasetOptions) throws(DataError) {
        guard NumPyFormat.isArchive(path) else { return nil }
        do throws(NumPyError) { archive = try NPZArchive(path: path) } catch { throw DataError(error) }
        guard archive.names.contains(Self.aboutEntry) else { return nil }
        files = [path]
        let lines = try Self.texts(Self.aboutEntry, archive, path)
        about = try ImportedNotes(lines: lines, path: Self.place(Self.aboutEntry, path))
        let names = try Self.texts(Self.namesEntry, archive, path)
        do throws(ClassNameList.Fault) { classNames = try ClassNameList(names).names } catch {
            throw .malformed(
                path: Self.place(Self.namesEntry, path), offset: 0, expected: error.expected,
                found: "\(error.found) in value \(error.number)")
        }
        var headers: [NPYHeader] = []
        for entry in Self.images + Self.labels { headers.append(try Self.header(entry, archive, path)) }
        self.headers = headers
        (shape, counts) = try Self.sizes(headers, path)
    }

    // MARK: - What is in it

    private static func place(_ entry: String, _ path: String) -> String { "\(path): \(entry).npy" }

    /// The header of an array, whose file has as many bytes as it promises.
    private static func header(_ entry: String, _ archive: NPZArchive, _ path: String) throws(DataError) -> NPYHeader {
        let place = place(entry, path)
        do throws(NumPyError) {
            let start = try archive.beginning(of: entry, count: NPYHeader.mostBytes) ?? []
            let header = try NPYFile.decodeHeader(start, path: place)
            let width = TextType(header.type)?.width ?? (header.type == "|u1" ? 1 : nil)
            guard let width, !header.isFortran else {
                throw .malformed(
                    path: place, offset: header.typeOffset, expected: "bytes ('|u1') or text, in C order",
                    found: "'\(header.type)'\(header.isFortran ? " in Fortran order" : "")")
            }
            try NPYFile.checkLength(archive.size(of: entry), header, width: width, path: place)
            return header
        } catch {
            throw DataError(error)
        }
    }

    /// An array of text of one axis.
    private static func texts(_ entry: String, _ archive: NPZArchive, _ path: String) throws(DataError) -> [String] {
        let (header, place) = (try header(entry, archive, path), place(entry, path))
        guard let type = TextType(header.type), header.shape.count == 1 else {
            throw .malformed(
                path: place, offset: header.typeOffset, expected: "text of one axis",
                found: "'\(header.type)' of \(NumPyArray.text(ofShape: header.shape))")
        }
        guard archive.size(of: entry) <= longestTexts, header.shape[0] <= longestTexts else {
            throw .malformed(
                path: place, offset: 0, expected: "at most \(longestTexts) bytes", found: "\(archive.size(of: entry))")
        }
        let values: [UInt8]
        do throws(NumPyError) { values = try archive.contents(of: entry, from: header.valuesStart) ?? [] } catch {
            throw DataError(error)
        }
        do throws(TextType.Fault) { return try type.decode(values, count: header.shape[0]) } catch {
            throw .malformed(
                path: place, offset: header.valuesStart + error.index * type.width, expected: "text",
                found: "other bytes")
        }
    }

    /// - Parameter headers: of both parts' images, then of their labels.
    private static func sizes(
        _ headers: [NPYHeader], _ path: String
    ) throws(DataError) -> (ImageShape, (train: Int, test: Int)) {
        func fault(_ index: Int, _ expected: String) -> DataError {
            .malformed(
                path: place((images + labels)[index], path), offset: headers[index].shapeOffset, expected: expected,
                found: NumPyArray.text(ofShape: headers[index].shape))
        }
        for (index, header) in headers.enumerated() where header.type != "|u1" {
            throw .malformed(
                path: place((images + labels)[index], path), offset: header.typeOffset, expected: "bytes ('|u1')",
                found: "'\(header.type)'")
        }
        let sides = headers[0].shape.dropFirst()
        guard sides.count == 2 || sides.count == 3, sides.allSatisfy({ $0 > 0 }),
            sides.prefix(2).reduce(1, { $0.times($1) }) <= DatasetLimits.pixels, sides.count == 2 || sides[3] <= 4
        else { throw fault(0, "images of at most \(DatasetLimits.pixels) pixels") }
        guard headers[1].shape.dropFirst() == sides else { throw fault(1, "images of the size of x_train") }
        for index in 0..<2 {
            guard let count = headers[index].shape.first, count > 0 else { throw fault(index, "at least one image") }
            guard headers[index + 2].shape == [count] else {
                throw fault(index + 2, "\(count) labels, one for each image")
            }
        }
        let shape = ImageShape(rows: sides[1], columns: sides[2], channels: sides.count == 3 ? sides[3] : 1)
        return (shape, (headers[0].shape[0], headers[1].shape[0]))
    }

    // MARK: - Reading

    package func outline() throws(DataError) -> DatasetOutline {
        DatasetOutline(shape: shape, labels: try values(2), classNames: classNames)
    }

    /// - Throws: `DataError` also where images and labels are not those of the digest.
    package func load(onThread: @Sendable () -> Void) throws(DataError) -> DatasetContents {
        onThread()
        let bytes = (Self.images + Self.labels).reduce(0) { $0.plus(archive.size(of: $1)) }
        do throws(MemoryRefusal) { try MemoryBudget.current.check(bytes) } catch {
            throw .tooLarge(path: files[0], error)
        }
        let train = LabelledImages(pixels: try values(0), labels: try values(2))
        let test = LabelledImages(pixels: try values(1), labels: try values(3))
        let digest = DatasetDigest.digest(shape, [train, test])
        guard digest == about.digest else {
            throw .malformed(
                path: files[0], offset: 0, expected: "images and labels with the SHA-256 \(about.digest)",
                found: digest)
        }
        return DatasetContents(shape: shape, train: train, test: test, classNames: classNames, digest: digest)
    }

    /// The bytes of an array.
    private func values(_ index: Int) throws(DataError) -> [UInt8] {
        do throws(NumPyError) {
            let entry = (Self.images + Self.labels)[index]
            return try archive.contents(of: entry, from: headers[index].valuesStart) ?? []
        } catch {
            throw DataError(error)
        }
    }

    /// The digest of images and labels.
    package func digests() throws(DataError) -> [FileDigest] {
        let contents = try load {}
        let parts = [contents.train, contents.test].compactMap(\.self)
        return [
            FileDigest(
                path: files[0], sizes: headers[0].shape, bytes: parts.reduce(0) { $0 + $1.pixels.count },
                digest: contents.digest ?? about.digest)
        ]
    }

    package func source(of label: LabelPlace) -> (path: String, place: DataPlace) {
        let index = label.part == .train ? 2 : 3
        let entry = (Self.images + Self.labels)[index]
        return (Self.place(entry, files[0]), .byte(headers[index].valuesStart + label.index))
    }

    package var python: PythonReader {
        PythonReader(
            variable: "file", meaning: "is the data set's .npz file.", modules: [],
            functions: """
                def read_array(file, name):
                    \"\"\"An array of the data set: bytes.\"\"\"
                    return np.load(file)[name]
                """,
            trainImages: #"read_array(file, "x_train")"#, trainLabels: #"read_array(file, "y_train")"#,
            testImages: #"read_array(file, "x_test")"#, testLabels: #"read_array(file, "y_test")"#)
    }

    // MARK: - Writing

    /// The bytes of a file that `init` reads as the same.
    ///
    /// - Parameters:
    ///   - names: one for each class.
    ///   - source: where it is from, and how it was read there.
    /// - Throws: `NumPyError.tooLarge` beyond 4 GiB.
    package static func encode(
        _ shape: ImageShape, train: LabelledImages, test: LabelledImages, names: ClassNameList, source: String,
        notes: [String]
    ) throws(NumPyError) -> (bytes: [UInt8], digest: String) {
        let about = ImportedNotes(digest: DatasetDigest.digest(shape, [train, test]), source: source, notes: notes)
        var members: [NPZFile.Member] = []
        for (index, part) in [train, test].enumerated() {
            let sides = [part.labels.count, shape.rows, shape.columns] + (shape.channels > 1 ? [shape.channels] : [])
            members.append(NPZFile.Member(name: images[index], type: "|u1", shape: sides, values: part.pixels))
            members.append(
                NPZFile.Member(name: labels[index], type: "|u1", shape: [part.labels.count], values: part.labels))
        }
        members.append(NPZFile.Member(name: namesEntry, texts: names.names))
        members.append(NPZFile.Member(name: aboutEntry, texts: about.lines))
        return (try NPZFile.encode(members: members), about.digest)
    }
}
