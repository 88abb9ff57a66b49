import DataFormats
import Datasets
import TestSupport
import Testing

/// Images and labels in NumPy's files.
@Suite struct NumPyFormatTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let labels = npy("|u1", [4], [0, 1, 2, 1])
    /// Four images of 2 × 3 and their labels, then two of them, as Keras keeps MNIST.
    private static let keras = [
        (name: "x_test", contents: npy("|u1", [2, 2, 3], Array(100..<112))),
        (name: "y_test", contents: npy("|u1", [2], [2, 0])),
        (name: "x_train", contents: npy("|u1", [4, 2, 3], Array(0..<24))),
        (name: "y_train", contents: labels),
    ]

    private func load(_ arrays: [(name: String, contents: [UInt8])], _ options: String = "") throws -> Dataset {
        try folder.write(npz(arrays), as: "a.npz")
        return try DatasetSource.resolve(folder.path("a.npz") + (options.isEmpty ? "" : ":\(options)")).load()
    }

    /// With labels 0, 1, 2, 1, and all rows in one part: in the order of the file.
    private func pixels(_ images: [UInt8], _ options: String = "") throws -> (Dataset, [UInt8]) {
        let dataset = try load([("images", images), ("labels", Self.labels)], options)
        let rows = TestHoldout(share: 0.2, seed: 1).rows([0, 1, 2, 1])
        var pixels = [UInt8](repeating: 0, count: 4 * dataset.train.imageBytes)
        for (set, rows) in [(dataset.train, rows.train), (dataset.test, rows.test)] {
            for (index, row) in rows.enumerated() {
                pixels.replaceSubrange(
                    (row * set.imageBytes)..<((row + 1) * set.imageBytes), with: set.image(index))
            }
        }
        return (dataset, pixels)
    }

    @Test("Keras's mnist.npz has a training and a test part, packed or not", arguments: [false, true])
    func keras(isPacked: Bool) throws {
        try folder.write(npz(Self.keras, isPacked: isPacked), as: "mnist.npz")
        let source = try DatasetSource.resolve(folder.path("mnist.npz"))
        let dataset = try source.load()
        #expect(dataset.train.pixels == Array(0..<24) && dataset.train.labels == [0, 1, 2, 1])
        #expect(dataset.test.pixels == Array(100..<112) && dataset.test.labels == [2, 0])
        #expect(dataset.train.rows == 2 && dataset.classes == 3 && dataset.notes.isEmpty && dataset.name == "mnist.npz")
        #expect(try source.shape().image == ImageShape(rows: 2, columns: 3) && source.shape().classes == 3)
        #expect(source.files() == [folder.path("mnist.npz")])
        let verified = try source.verify()
        var digest = SHA256()
        digest.update(npz(Self.keras, isPacked: isPacked))
        #expect(
            verified.count == 1 && verified[0].file.digest == digest.finish() && verified[0].file.sizes == [4, 2, 3])
    }

    private static let ramp = [UInt8](0..<16)
    private static let steps = ramp.map { $0 * 17 }
    private static let bits = ramp.map { $0 % 2 }
    private static let sixteenths: [UInt8] = [16, 32, 48, 64, 80, 96, 112, 128, 143, 159, 175, 191, 207, 223, 239, 255]

    /// Values of seven types for four images of 2 × 2 pixels.
    static let typed: [(type: String, values: [UInt8], pixels: [UInt8], note: String?)] = [
        ("|u1", steps, steps, nil),
        ("|b1", bits, bits.map { $0 * 255 }, "pixel values from 0 to 1 become 0 to 255"),
        ("<i8", littleEndianBytes((1...16).map { Int64($0) }), sixteenths, "pixel values from 0 to 16 become 0 to 255"),
        (">u2", ramp.flatMap { [$0, $0] }, ramp, "pixel values from 0 to 65535 become 0 to 255"),
        ("<f4", littleEndianBytes(ramp.map { Float($0) / 255 }), ramp, "pixel values from 0 to 1 become 0 to 255"),
        (
            "<f8", littleEndianBytes(ramp.map { Double($0) + 0.25 }), ramp,
            "pixel values from 0 to 255 are rounded to whole numbers"
        ),
        ("<f2", littleEndianBytes(steps.map { Float16($0).bitPattern }), steps, nil),
    ]

    @Test("Values of every type become bytes, by a rule that is said", arguments: typed)
    func values(typed: (type: String, values: [UInt8], pixels: [UInt8], note: String?)) throws {
        let (dataset, pixels) = try pixels(npy(typed.type, [4, 2, 2], typed.values))
        #expect(pixels == typed.pixels)
        #expect(dataset.notes.count == (typed.note == nil ? 1 : 2))
        #expect(typed.note == nil || dataset.notes[0] == typed.note)
    }

    @Test(
        "Images can have an axis for their grey level, or be rows of pixels, square or of a size that is said",
        arguments: [
            ([4, 2, 2], ""), ([4, 2, 2, 1], ""), ([4, 4], ""), ([4, 4], "size=2x2"), ([4, 4], "size=1x4"),
            ([4, 1, 4], ""),
        ])
    func shapes(shape: [Int], options: String) throws {
        let (dataset, pixels) = try pixels(npy("|u1", shape, Self.steps), options)
        #expect(pixels == Self.steps)
        #expect(dataset.train.rows == (options == "size=1x4" || shape == [4, 1, 4] ? 1 : 2))
    }

    @Test("Arrays whose first axis runs fastest are brought into the usual order")
    func fortran() throws {
        // Value 10 · (6i + 3r + c) of image i, row r and column c, in the order in which i runs fastest, then r, then c.
        var values: [UInt8] = []
        for column in 0..<3 {
            for row in 0..<2 {
                for image in 0..<4 { values.append(UInt8(10 * (image * 6 + row * 3 + column))) }
            }
        }
        let (_, whole) = try pixels(npy("|u1", [4, 2, 3], values, isFortran: true))
        #expect(whole == Array(stride(from: 0, to: 240, by: 10)))
        var flat: [UInt8] = []
        for pixel in 0..<4 {
            for image in 0..<4 { flat.append(UInt8(10 * (image * 4 + pixel))) }
        }
        let (_, rows) = try pixels(npy("|u1", [4, 4], flat, isFortran: true))
        #expect(rows == Array(stride(from: 0, to: 160, by: 10)))
    }

    /// The classes 0, 1, 2, 1.
    static let sameLabels: [(name: String, array: [UInt8])] = [
        ("64-bit numbers", npy("<i8", [4], littleEndianBytes([Int64(0), 1, 2, 1]))),
        ("big-endian", npy(">i4", [4], [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1])),
        ("fractions that are whole", npy("<f4", [4], littleEndianBytes([Float(0), 1, 2, 1]))),
        ("a column", npy("|u1", [4, 1], [0, 1, 2, 1])),
        ("one-hot", npy("<f8", [4, 3], littleEndianBytes([1.0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0]))),
        ("one-hot, column by column", npy("|b1", [4, 3], [1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0], isFortran: true)),
    ]

    @Test("Labels can be of any type, one-hot or a column", arguments: sameLabels.indices)
    func labels(index: Int) throws {
        let dataset = try load([
            ("data", npy("|u1", [4, 4], Self.steps)), ("target", Self.sameLabels[index].array),
            ("data_test", npy("|u1", [1, 4], [1, 2, 3, 255])), ("target_test", npy("|u1", [1], [2])),
        ])
        #expect(dataset.train.labels == [0, 1, 2, 1] && dataset.classes == 3, "\(Self.sameLabels[index].name)")
        #expect(dataset.test.labels == [2])
    }

    @Test("Labels from 1 become classes from 0 with their numbers as names, and it is said")
    func fromOne() throws {
        let images = npy("|u1", [4, 1, 1], [1, 2, 3, 255])
        let dataset = try load([
            ("x_train", images), ("y_train", npy("|u1", [4], [1, 2, 3, 2])), ("x_test", images),
            ("y_test", npy("<i2", [4], littleEndianBytes([Int16(3), 3, 1, 2]))),
        ])
        #expect(dataset.train.labels == [0, 1, 2, 1] && dataset.test.labels == [2, 2, 0, 1])
        #expect(dataset.classNames == ["1", "2", "3"])
        #expect(dataset.notes == ["labels are counted from 1: label 1 is the first class"])
    }

    @Test(
        "A folder of .npy files, or of .npz files with an array each, is a data set",
        arguments: [
            ["X.npy", "y.npy"], ["x_train.npy", "y_train.npy"], ["train_images.npy", "train_labels.npy"],
            ["Xtrain.npy", "Ytrain.npy"],
            ["kmnist-train-imgs.npz", "kmnist-train-labels.npz"],
        ])
    func pairs(names: [String]) throws {
        let arrays = [npy("|u1", [4, 2, 2], Self.steps), Self.labels]
        for (name, array) in zip(names, arrays) {
            try folder.write(name.hasSuffix("z") ? npz([("arr_0", array)]) : array, as: name)
        }
        let dataset = try DatasetSource.resolve(folder.path + ":test=0.4").load()
        #expect(dataset.train.count == 3 && dataset.test.count == 1 && dataset.classes == 3)
        #expect(dataset.notes.count == 1)
        #expect(try DatasetSource.resolve(folder.path).files() == names.map { folder.path($0) })
    }

    @Test("A part to validate with is not used, and it is said")
    func validation() throws {
        let images = npy("|u1", [4, 1, 1], [1, 2, 3, 255])
        let dataset = try load([
            ("train_images", images), ("train_labels", Self.labels), ("val_images", images),
            ("val_labels", Self.labels),
            ("test_images", images), ("test_labels", Self.labels),
        ])
        #expect(dataset.test.count == 4)
        #expect(dataset.notes == ["not used, as they are to validate with: val_images, val_labels"])
    }

    static let images = npy("|u1", [4, 1, 1], [1, 2, 3, 255])

    /// Arrays of a file, and what is wrong with them behind the file's path.
    static let bad: [(arrays: [(name: String, contents: [UInt8])], message: String)] = [
        (
            [],
            ": at byte 0: expected arrays such as x_train and y_train, images and labels, or data and target, found no arrays"
        ),
        (
            [("0.kernel", images)],
            ": at byte 0: expected arrays such as x_train and y_train, images and labels, or data and target, found 0.kernel"
        ),
        (
            [("x", images)],
            ": expected arrays of images and labels, such as x_train and y_train, or data and target; missing: training labels"
        ),
        (
            [("x", images), ("y", npy("|u1", [3], [0, 1, 2]))],
            ": y.npy: at byte 60: expected 4 labels, one for each of PATH: x.npy, found 3"
        ),
        (
            [("x", npy("|u1", [4, 6], Array(0..<24))), ("y", labels)],
            ": x.npy: at byte 60: expected square images, or size=ROWSxCOLUMNS behind the path, found (4, 6)"
        ),
        (
            [("x", npy("|u1", [4, 1, 1, 1, 3], Array(0..<12))), ("y", labels)],
            ": x.npy: at byte 60: expected images, as (count, rows, columns), (count, rows, columns, 1 or 3) or "
                + "(count, pixels), found (4, 1, 1, 1, 3)"
        ),
        (
            [("x", npy("|u1", [4, 5, 1, 2], Array(0..<40))), ("y", labels)],
            ": x.npy: at byte 60: expected images, as (count, rows, columns, 1), or with 3 or 4 for colours, found (4, 5, 1, 2)"
        ),
        (
            [("x", npy("|u1", [0, 1, 1], [])), ("y", npy("|u1", [0], []))],
            ": x.npy: at byte 60: expected at least one image of at least one pixel, found (0, 1, 1)"
        ),
        (
            [("x", npy("|u1", [4, 1, 1], [1, 2, 3])), ("y", labels)],
            ": x.npy: at byte 76: expected 1 more byte, found the end of the data"
        ),
        (
            [("x", images), ("y", npy("<U3", [4], [UInt8](repeating: 65, count: 48)))],
            ": y.npy: at byte 68: expected text, found other bytes"
        ),
        (
            [("x", images), ("y", npy("<f4", [4], littleEndianBytes([Float(0), 1, 0.5, 1])))],
            ": y.npy: at byte 76: expected a whole number, found 0.5"
        ),
        (
            // The least Int has no absolute value.
            [("x", images), ("y", npy("<f4", [4], littleEndianBytes([Float(0), 1, -0x1p63, 1])))],
            ": y.npy: at byte 76: expected a whole number, found -9.223372036854776e+18"
        ),
        (
            [("x", images), ("y", npy("<i2", [4], littleEndianBytes([Int16(0), 1, 256, 1])))],
            ": y.npy: at byte 72: expected at most 256 classes, found label 256"
        ),
        (
            [("x", images), ("y", npy("<i2", [4], littleEndianBytes([Int16(0), 1, -1, 1])))],
            ": y.npy: at byte 72: expected labels that are numbered from 0 or from 1, found -1"
        ),
        (
            [("x", images), ("y", npy("|u1", [4], [1, 2, 9, 1]))],
            ": y.npy: at byte 70: expected labels numbered from 1 with few gaps, found label 9 among only 3 different labels"
        ),
        (
            [("x", images), ("y", npy("|u1", [4], [0, 1, 9, 1]))],
            ": y.npy: at byte 70: expected labels numbered from 0 with few gaps, found label 9 among only 3 different labels"
        ),
        (
            [("x", images), ("y", npy("|u1", [4, 2], [1, 0, 0, 1, 1, 1, 0, 1]))],
            ": y.npy: at byte 74: expected a single 1 in a row of zeros, found other numbers"
        ),
        (
            [("x", images), ("y", npy("|u1", [4, 2], [1, 0, 0, 1, 0, 0, 0, 1]))],
            ": y.npy: at byte 74: expected a single 1 in a row of zeros, found none"
        ),
        (
            [("x", npy("<f4", [4, 1, 1], littleEndianBytes([Float(0), .nan, 1, 1]))), ("y", labels)],
            ": x.npy: at byte 77: expected a finite number, found none"
        ),
        (
            [("x", npy("|i1", [4, 1, 1], [0, 1, 255, 1])), ("y", labels)],
            ": x.npy: at byte 75: expected values from 0 to 1, 0 to 255 or 0 to 65535, or scale=LEAST..GREATEST behind the "
                + "path, found -1"
        ),
        (
            [
                ("x_train", images), ("y_train", labels), ("x_test", npy("|u1", [4, 2, 1], Array(0..<8))),
                ("y_test", labels),
            ], ": x_test.npy: at byte 60: expected images of 1 × 1 as in PATH: x_train.npy, found images of 2 × 1"
        ),
        (
            [("x_train", images), ("y_train", labels), ("x_test", images), ("y_test", npy("|u1", [4], [0, 1, 3, 1]))],
            ": y_test.npy: at byte 70: expected a label in 0 ... 2, as in the training labels, found 3"
        ),
        (
            [("x", npy("|u1", [1, 2000, 2000], [])), ("y", labels)],
            ": x.npy: at byte 60: expected images of at most 1048576 pixels, found (1, 2000, 2000)"
        ),
    ]

    @Test("What is no data set is refused in one line with its array and its place", arguments: bad.indices)
    func refused(index: Int) throws {
        let (arrays, message) = Self.bad[index]
        let error = #expect(throws: DataError.self) { try load(arrays) }
        let path = folder.path("a.npz")
        #expect(error?.description == path + message.replacing("PATH", with: path))
    }

    @Test("A file is refused at whatever length it is cut off, and nothing is read of it")
    func cut() throws {
        let whole = npz(Self.keras, isPacked: true)
        for length in 0..<whole.count {
            try folder.write(Array(whole.prefix(length)), as: "cut.npz")
            let error = #expect(throws: DataError.self) { try DatasetSource.resolve(folder.path("cut.npz")).load() }
            #expect(error?.description.contains(where: \.isNewline) == false)
        }
        let array = npy("|u1", [4, 2, 2], Array(0..<16))
        try folder.write(Self.labels, as: "pair/y.npy")
        for length in 0..<array.count {
            try folder.write(Array(array.prefix(length)), as: "pair/X.npy")
            #expect(throws: DataError.self) { try DatasetSource.resolve(folder.path("pair")).load() }
        }
    }

    @Test("One array alone is refused with what belongs to it")
    func alone() throws {
        try folder.write(Self.images, as: "X.npy")
        let error = #expect(throws: DataError.self) { try DatasetSource.resolve(folder.path("X.npy")) }
        #expect(
            error?.description
                == "\(folder.path("X.npy")): one array, which is one of several of a data set; expected the folder with "
                + "all of them: \(folder.path)")
    }

    /// 1032 : 1 is as much as deflate packs, so the promise itself is possible.
    @Test("A small file that unpacks to more than there is memory for is refused by its directory")
    func bomb() throws {
        let array = npy("<f8", [1 << 10, 1 << 10, 1 << 10], [UInt8](repeating: 0, count: 64))
        var file = npz([("x", array), ("y", Self.labels)], isPacked: true)
        // The sizes of the first entry in the directory: 8 GiB don't fit, 4 GiB less a byte do.
        let record = try #require(file.indices.first { file[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
        file.replaceSubrange((record + 24)..<(record + 28), with: [0xFE, 0xFF, 0xFF, 0xFF])
        try folder.write(file, as: "bomb.npz")
        let error = #expect(throws: DataError.self) { try DatasetSource.resolve(folder.path("bomb.npz")).load() }
        #expect(error?.description.contains("expected x.npy of at most") == true, "\(error?.description ?? "")")
    }
}
