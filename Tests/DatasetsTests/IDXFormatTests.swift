import DataFormats
import Datasets
import TestSupport
import Testing

/// Each bad file is refused with one whole line: path, byte, expected, found.
@Suite struct IDXFormatTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let file: String
        let bytes: [UInt8]
        /// Without the path of the file, which the test puts before it.
        let message: String
    }

    static let images = "train-images-idx3-ubyte"
    static let labels = "train-labels-idx1-ubyte"

    static let plain = [
        Case(
            testDescription: "an empty file", file: images, bytes: [],
            message: "at byte 0: expected 16 more bytes, found the end of the data"),
        Case(
            testDescription: "a header cut off", file: images, bytes: Array(idx([4, 2, 3], []).prefix(10)),
            message: "at byte 10: expected 6 more bytes, found the end of the data"),
        Case(
            testDescription: "a label file where images belong", file: images, bytes: idx([4], [0, 1, 2, 1]),
            message: "at byte 0: expected an IDX image file (0x00000803), found an IDX label file (0x00000801)"),
        Case(
            testDescription: "an image file where labels belong", file: labels, bytes: idx([4, 2, 3], Array(0..<24)),
            message: "at byte 0: expected an IDX label file (0x00000801), found an IDX image file (0x00000803)"),
        Case(
            testDescription: "IDX of 32-bit numbers", file: labels, bytes: idx([4], [0, 1, 2, 1], type: 0x0D),
            message: "at byte 0: expected an IDX label file (0x00000801), "
                + "found an IDX file of another type or shape (0x00000d01)"),
        Case(
            testDescription: "text", file: labels, bytes: Array("label,pixel0".utf8),
            message: "at byte 0: expected an IDX label file (0x00000801), found no IDX header (0x6c616265)"),
        Case(
            testDescription: "no images at all", file: images, bytes: idx([0, 2, 3], []),
            message: "at byte 4: expected 1 to 2147483647 items, found 0"),
        Case(
            testDescription: "images without columns", file: images, bytes: idx([4, 2, 0], []),
            message: "at byte 12: expected 1 to 2147483647 columns, found 0"),
        Case(
            testDescription: "images without labels enough", file: labels, bytes: idx([3], [0, 1, 2]),
            message: "at byte 4: expected 4 labels, one for each of IMAGES, found 3"),
    ]

    static let unpackedOnly = [
        Case(
            testDescription: "a payload cut off", file: images, bytes: idx([4, 2, 3], Array(0..<23)),
            message: "at byte 4: expected at most 23 bytes of data, which is what the file can hold, "
                + "found a header that promises 4 × 2 × 3 = 24"),
        Case(
            testDescription: "a header that promises more than memory has", file: images,
            bytes: idx([0x7FFF_FFFF, 0x7FFF_FFFF, 0x7FFF_FFFF], [1]),
            message: "at byte 4: expected at most 1 bytes of data, which is what the file can hold, "
                + "found a header that promises 2147483647 × 2147483647 × 2147483647 = 9223372036854775807"),
        Case(
            testDescription: "bytes too many", file: images, bytes: idx([4, 2, 3], Array(0..<25)),
            message: "at byte 40: expected the end of the data, found more bytes"),
    ]

    static let packed = [
        Case(
            testDescription: "a packed payload cut off", file: images, bytes: gzip(idx([4, 2, 3], Array(0..<23))),
            message: "at byte 39: expected 1 more byte, found the end of the data"),
        Case(
            testDescription: "packed bytes too many", file: images, bytes: gzip(idx([4, 2, 3], Array(0..<25))),
            message: "at byte 40: expected the end of the data, found more bytes"),
        Case(
            testDescription: "a packed file cut off", file: labels, bytes: gzip(idx([4], [0, 1, 2, 1])).dropLast(12),
            message: "at byte 20: expected more packed data, found the end of the file"),
        Case(
            testDescription: "a wrong CRC-32", file: labels,
            bytes: gzip(idx([4], [0, 1, 2, 1])).enumerated().map { $0 == 24 ? ~$1 : $1 },
            message: "at byte 28: expected intact gzip data, found damage (incorrect data check)"),
        Case(
            testDescription: "bytes after the gzip data", file: labels,
            bytes: gzip(idx([4], [0, 1, 2, 1])) + [1, 2, 3],
            message: "at byte 32: expected the end of the file, found 3 bytes after the gzip data"),
        Case(
            testDescription: "a promise that no packing keeps", file: images, bytes: gzip(idx([60_000, 28, 28], [])),
            message: "at byte 4: expected at most 34056 bytes of data, which is what the file can hold, "
                + "found a header that promises 60000 × 28 × 28 = 47040000"),
    ]

    @Test("A bad file is refused with its path, the byte, what was expected and what was found", arguments: plain)
    func badFile(_ bad: Case) throws { try expectRefusal(bad, suffix: "", bytes: bad.bytes) }

    @Test("A packed file with bad contents is refused with the same words", arguments: plain)
    func badContents(_ bad: Case) throws { try expectRefusal(bad, suffix: ".gz", bytes: gzip(bad.bytes)) }

    @Test("The length of a plain file must be what its header says", arguments: unpackedOnly)
    func badLength(_ bad: Case) throws { try expectRefusal(bad, suffix: "", bytes: bad.bytes) }

    @Test("A packed file is refused where packing or length is wrong", arguments: packed)
    func badPacking(_ bad: Case) throws { try expectRefusal(bad, suffix: ".gz", bytes: bad.bytes) }

    private func expectRefusal(_ bad: Case, suffix: String, bytes: [UInt8]) throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        try folder.remove(bad.file)
        try folder.write(bytes, as: bad.file + suffix)
        let source = try DatasetSource.resolve(folder.path)
        let error = #expect(throws: DataError.self) { try source.load() }
        let message = bad.message.replacing("IMAGES", with: "\(folder.path)/\(Self.images)")
        #expect(error?.description == "\(folder.path)/\(bad.file)\(suffix): \(message)")
    }

    @Test("Missing files are named, all of them")
    func missingFiles() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        try folder.remove("t10k-images-idx3-ubyte")
        try folder.remove("train-labels-idx1-ubyte")
        let source = try DatasetSource.resolve(folder.path)
        let error = #expect(throws: DataError.self) { try source.load() }
        #expect(
            error?.description == "\(folder.path): expected the four IDX files of a data set, gzip'ed or not; "
                + "missing: train-labels-idx1-ubyte, t10k-images-idx3-ubyte")
    }

    @Test("A test label of no training class is refused at its byte")
    func labelOutsideClasses() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        try folder.write(idx([2], [2, 3]), as: "t10k-labels-idx1-ubyte")
        let source = try DatasetSource.resolve(folder.path)
        let error = #expect(throws: DataError.self) { try source.load() }
        #expect(
            error?.description == "\(folder.path)/t10k-labels-idx1-ubyte: at byte 9: "
                + "expected a label in 0 ... 2, as in the training labels, found 3")
    }

    @Test("Labels of a single class are refused")
    func oneClass() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        try folder.write(idx([4], [0, 0, 0, 0]), as: "train-labels-idx1-ubyte")
        let source = try DatasetSource.resolve(folder.path)
        let error = #expect(throws: DataError.self) { try source.load() }
        #expect(
            error?.description == "\(folder.path)/train-labels-idx1-ubyte: at byte 8: "
                + "expected labels of at least two classes, found only label 0")
    }

    @Test("Test images of another size are refused")
    func sizesDiffer() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        try folder.write(idx([2, 3, 2], Array(100..<112)), as: "t10k-images-idx3-ubyte")
        let source = try DatasetSource.resolve(folder.path)
        let error = #expect(throws: DataError.self) { try source.load() }
        #expect(
            error?.description == "\(folder.path)/t10k-images-idx3-ubyte: at byte 8: expected images of 2 × 3 as in "
                + "\(folder.path)/train-images-idx3-ubyte, found images of 3 × 2")
    }

    @Test("A header of huge images is refused before a network could be made for them")
    func hugeImages() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        let source = try DatasetSource.resolve(folder.path)
        let path = "\(folder.path)/\(Self.images)"
        let side: UInt32 = 0x7FFF_FFFF
        try folder.write(idx([20, side, side], [1, 2, 3]), as: Self.images)
        let lying = #expect(throws: DataError.self) { try source.shape() }
        #expect(
            lying?.description == "\(path): at byte 4: expected at most 3 bytes of data, which is what the file can "
                + "hold, found a header that promises 20 × 2147483647 × 2147483647 = 9223372036854775807")
        try folder.write(idx([1, 200_000, 200_000], []), as: Self.images)
        try folder.extend(Self.images, to: 16 + 200_000 * 200_000)
        let huge = #expect(throws: DataError.self) { try source.shape() }
        #expect(
            huge?.description == "\(path): at byte 8: expected images of at most 1048576 pixels, "
                + "found a header that promises 200000 × 200000 = 40000000000")
    }

    @Test("More data than is loaded is refused with both figures")
    func tooMuchData() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        try folder.write(idx([4096, 1024, 1024], []), as: Self.images)
        try folder.extend(Self.images, to: 16 + 4096 << 20)
        let source = try DatasetSource.resolve(folder.path)
        let error = #expect(throws: DataError.self) { try source.load() }
        #expect(
            error?.description
                == "\(folder.path)/\(Self.images): at byte 4: expected at most 2147483648 bytes of data, "
                + "which is as much as is loaded, found a header that promises 4096 × 1024 × 1024 = 4294967296")
    }

    /// A sparse file takes no room on disk, but would in memory.
    @Test("A file far longer than its header says is refused without being read whole")
    func sparseFile() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        let source = try DatasetSource.resolve(folder.path)
        try folder.extend(Self.images, to: 1 << 40)
        let longer = #expect(throws: DataError.self) { try source.load() }
        #expect(longer?.description.hasSuffix("at byte 40: expected the end of the data, found more bytes") == true)
        #expect(try source.shape().inputs == 6)
        try folder.write([], as: Self.images)
        try folder.extend(Self.images, to: 1 << 40)
        let empty = #expect(throws: DataError.self) { try source.shape() }
        #expect(empty?.description.hasSuffix("(0x00000803), found no IDX header (0x00000000)") == true)
    }

    /// The promise is one that the packed length could keep, so only reading shows the lie.
    @Test("A packed file that promises far more than it holds takes no memory for the promise")
    func packedPromise() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        try folder.remove(Self.images)
        var generator = SystemRandomNumberGenerator()
        let noise = (0..<2_000_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try folder.write(gzip(idx([2000, 1000, 1000], noise)), as: Self.images + ".gz")
        let source = try DatasetSource.resolve(folder.path)
        let error = #expect(throws: DataError.self) { try source.load() }
        #expect(
            error?.description == "\(folder.path)/\(Self.images).gz: at byte 2000016: expected 1998000000 more bytes, "
                + "found the end of the data")
    }

    @Test("A label far beyond the others is refused; a rare class may be absent")
    func strayLabel() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        let source = try DatasetSource.resolve(folder.path)
        try folder.write(idx([4], [0, 1, 255, 2]), as: Self.labels)
        let message =
            "\(folder.path)/\(Self.labels): at byte 10: expected labels numbered from 0 with few gaps, "
            + "found label 255 among only 4 different labels"
        let whole = #expect(throws: DataError.self) { try source.load() }
        let quick = #expect(throws: DataError.self) { try source.shape() }
        #expect(whole?.description == message && quick?.description == message)
        try folder.write(idx([4], [0, 1, 4, 1]), as: Self.labels)
        #expect(try source.load().classes == 5)
    }

    @Test("A folder with nothing of a data set is said to be none, with what is expected")
    func otherFolder() throws {
        let source = try DatasetSource.resolve("/proc/self")
        #expect(source.files().isEmpty)
        let error = #expect(throws: DataError.self) { try source.load() }
        #expect(error == .unknownFormat(path: "/proc/self", places: DatasetFormats.standard.places))
    }

    @Test("In a short line a path loses its start, and keeps its last part")
    func short() {
        let error = DataError.malformed(
            path: "/home/someone/data/train-labels", offset: 4, expected: "7", found: "8")
        #expect(error.description(width: 200) == error.description)
        #expect(error.description(width: 60) == "…e/someone/data/train-labels: at byte 4: expected 7, found 8")
        #expect(error.description(width: 20) == "…a/train-labels: at…")
        for width in 0...100 { #expect(error.description(width: width).count <= width) }
    }
}
