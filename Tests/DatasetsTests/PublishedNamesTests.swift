import DataFormats
import Datasets
import TestSupport
import Testing

/// IDX files as the sets after MNIST are published.
@Suite struct PublishedNamesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Four files of 4 and 2 images of 2 × 3.
    private func write(_ names: [String], labels: [[UInt8]] = [[0, 1, 2, 1], [2, 0]], isPacked: Bool = false) throws {
        let files = [
            idx([4, 2, 3], Array(0..<24)), idx([4], labels[0]), idx([2, 2, 3], Array(100..<112)), idx([2], labels[1]),
        ]
        for (name, file) in zip(names, files) {
            try folder.write(isPacked ? gzip(file) : file, as: isPacked ? "\(name).gz" : name)
        }
    }

    private func load(_ options: String = "") throws -> Dataset {
        try DatasetSource.resolve(folder.path + (options.isEmpty ? "" : ":\(options)")).load()
    }

    @Test(
        "The four files are found under every name that they are published with, gzip'ed or not",
        arguments: [
            ["train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte"],
            ["train_images-idx3-ubyte", "train_labels-idx1-ubyte", "test_images-idx3-ubyte", "test_labels-idx1-ubyte"],
            [
                "qmnist-train-images-idx3-ubyte", "qmnist-train-labels-idx1-ubyte", "qmnist-test-images-idx3-ubyte",
                "qmnist-test-labels-idx1-ubyte",
            ],
            ["my train.images", "my train.labels", "my test.images", "my test.labels"],
            // Which are images, the files themselves say.
            ["train.idx3-ubyte", "train.idx1-ubyte", "t10k.idx3-ubyte", "t10k.idx1-ubyte"],
        ], [false, true])
    func names(names: [String], isPacked: Bool) throws {
        try write(names, isPacked: isPacked)
        let dataset = try load()
        #expect(dataset.train.pixels == Array(0..<24) && dataset.train.labels == [0, 1, 2, 1])
        #expect(dataset.test.pixels == Array(100..<112) && dataset.test.labels == [2, 0])
        #expect(dataset.classes == 3 && dataset.notes.isEmpty && dataset.train.rows == 2)
    }

    private static let fromOne = "labels are counted from 1: label 1 is the first class"

    private static func emnist(_ set: String) -> [String] {
        ["train", "test"].flatMap {
            ["emnist-\(set)-\($0)-images-idx3-ubyte", "emnist-\(set)-\($0)-labels-idx1-ubyte"]
        }
    }

    @Test("Of EMNIST's sets in one folder one is to be chosen, and letters are counted from 1 and have their names")
    func emnist() throws {
        try write(Self.emnist("letters"), labels: [[1, 26, 2, 1], [26, 3]], isPacked: true)
        try write(Self.emnist("digits"), isPacked: true)
        let several = #expect(throws: DataError.self) { try load() }
        #expect(
            several?.description
                == "\(folder.path): expected one of its data sets, as in \(folder.path):set=emnist-digits; "
                + "there are emnist-digits, emnist-letters")
        let letters = try load("set=letters")
        #expect(letters.train.labels == [0, 25, 1, 0] && letters.test.labels == [25, 2] && letters.classes == 26)
        #expect(letters.classNames.first == "A" && letters.classNames.last == "Z")
        #expect(
            letters.notes == [
                Self.fromOne,
                "EMNIST's images are published with rows as columns: with :transpose behind the path they stand upright",
            ])
        let upright = try load("set=emnist-letters,transpose")
        #expect(upright.notes == [Self.fromOne] && upright.train.rows == 3 && upright.train.columns == 2)
        #expect(upright.train.image(0) == [0, 3, 1, 4, 2, 5])
        #expect(try DatasetSource.resolve(folder.path + ":set=letters,transpose").shape().image.rows == 3)
        #expect(try load("set=digits").classNames == (0...9).map(String.init))
        let none = #expect(throws: DataError.self) { try load("set=byclass") }
        #expect(
            none?.description
                == "\(folder.path): option set=byclass: expected one of the sets there: emnist-digits, emnist-letters")
    }

    @Test("A label that is no letter is refused at its byte")
    func notALetter() throws {
        try write(Self.emnist("letters"), labels: [[1, 26, 0, 1], [26, 3]])
        let error = #expect(throws: DataError.self) { try load() }
        #expect(
            error?.description == "\(folder.path)/emnist-letters-train-labels-idx1-ubyte: at byte 10: "
                + "expected a label in 1 ... 26, found 0")
    }

    @Test(
        "The sets of EMNIST have 10, 26, 47 and 62 classes",
        arguments: [("mnist", 10), ("bymerge", 47), ("balanced", 47), ("byclass", 62)])
    func sizes(set: String, count: Int) throws {
        try write(Self.emnist(set))
        let dataset = try load()
        #expect(dataset.classes == count && Set(dataset.classNames).count == count)
        #expect(count < 47 || dataset.classNames[36] == "a" && dataset.classNames[10] == "A")
    }

    @Test("The file of EMNIST that maps labels to characters names the classes, and is refused where it is none")
    func mapping() throws {
        try write(Self.emnist("own"), labels: [[1, 2, 3, 1], [3, 1]])
        try folder.write("1 65 97\n2 66 98\n3 228 196\n", as: "emnist-own-mapping.txt")
        let dataset = try load()
        #expect(dataset.classNames == ["A", "B", "ä"] && dataset.train.labels == [0, 1, 2, 0])
        for (text, message) in [
            ("1 65 97\n3 66 98\n", "line 2: expected the label 2, found 3"),
            ("2 65\n3 66\n", "line 1: expected the label 0 or 1, found 2"),
            ("0 65\n1 x\n", "line 2: expected a label and codes of characters, such as 1 65 97, found other words"),
            ("0 65\n1 27\n", "line 2: expected the code of a visible character, found 27"),
            ("0 65\n1 55296\n", "line 2: expected the code of a visible character, found 55296"),
            ("", "line 1: expected lines of two classes, found fewer"),
        ] {
            try folder.write(text, as: "emnist-own-mapping.txt")
            let error = #expect(throws: DataError.self) { try load() }
            #expect(error?.description == "\(folder.path)/emnist-own-mapping.txt: \(message)")
        }
    }

    /// Big-endian.
    private static func words(_ numbers: [Int32]) -> [UInt8] {
        numbers.flatMap { number in withUnsafeBytes(of: number.bigEndian) { Array($0) } }
    }

    @Test("QMNIST's labels are a table of 32-bit numbers: its first column is the class")
    func qmnist() throws {
        let names = ["train", "test"].flatMap { ["qmnist-\($0)-images-idx3-ubyte", "qmnist-\($0)-labels-idx2-int"] }
        try write(names)
        func table(_ labels: [Int32]) -> [UInt8] {
            idx(
                [UInt32(labels.count), 8], Self.words(labels.flatMap { [$0, 4, 99, 100_000, 5, 6, 0, 0] }), type: 0x0C)
        }
        try folder.write(table([0, 1, 2, 1]), as: names[1])
        try folder.write(gzip(table([2, 0])), as: names[3] + ".gz")
        try folder.remove(names[3])
        let dataset = try load()
        #expect(dataset.train.labels == [0, 1, 2, 1] && dataset.test.labels == [2, 0] && dataset.classes == 3)
        try folder.write(table([0, 1, 300, 1]), as: names[1])
        let error = #expect(throws: DataError.self) { try load() }
        // Behind the header of 12 bytes two rows of 32.
        #expect(
            error?.description
                == "\(folder.path)/\(names[1]): at byte 76: expected at most 256 classes, found label 300")
        try folder.write(idx([4, 7], [UInt8](repeating: 0, count: 112), type: 0x0C), as: names[1])
        let columns = #expect(throws: DataError.self) { try load() }
        #expect(
            columns?.description
                == "\(folder.path)/\(names[1]): at byte 8: expected a label each, or a table of 8 columns, "
                + "as QMNIST has, found 7 columns")
    }

    @Test("A folder without a test part is split, and says so")
    func noTestPart() throws {
        try folder.write(idx([8, 1, 1], Array(0..<8)), as: "train-images-idx3-ubyte")
        try folder.write(idx([8], [0, 1, 0, 1, 0, 1, 0, 1]), as: "train-labels-idx1-ubyte")
        let dataset = try load("test=0.25")
        #expect(dataset.train.count == 6 && dataset.test.count == 2 && Set(dataset.test.labels) == [0, 1])
        let rows = TestHoldout(share: 0.25, seed: 1).rows([0, 1, 0, 1, 0, 1, 0, 1])
        #expect(
            dataset.test.pixels == rows.test.map { UInt8($0) } && dataset.train.pixels == rows.train.map { UInt8($0) })
        #expect(
            dataset.notes == [
                "the files have no test part: 2 of 8 rows are held out to test with, 25 % of each class, chosen by the "
                    + "seed 1 (test=, testseed=)"
            ])
        #expect(try load("testseed=5,test=0.25").test.count == 2)
    }

    /// Values of four types for the same four images of one pixel.
    static let typed: [(type: UInt8, bytes: [UInt8], pixels: [UInt8], note: String?)] = [
        (0x09, [0, 1, 16, 8], [0, 16, 255, 128], "pixel values from 0 to 16 become 0 to 255"),
        (0x0B, [0, 0, 0, 255, 0, 16, 0, 17], [0, 255, 16, 17], nil),
        (0x0B, [0, 0, 1, 0, 0x7F, 0xFF, 0, 0], [0, 1, 127, 0], "pixel values from 0 to 65535 become 0 to 255"),
        (0x0C, words([0, 1, 1, 0]), [0, 255, 255, 0], "pixel values from 0 to 1 become 0 to 255"),
        (
            0x0D, words([0, 0x3F00_0000, 0x3F80_0000, 0x3E80_0000]), [0, 128, 255, 64],
            "pixel values from 0 to 1 become 0 to 255"
        ),
        (
            0x0E,
            [0.0, 254.5, 17.25, 1].flatMap { (value: Double) in
                withUnsafeBytes(of: value.bitPattern.bigEndian) { Array($0) }
            },
            [0, 255, 17, 1], "pixel values from 0 to 255 are rounded to whole numbers"
        ),
    ]

    @Test("Images of 16 and 32 bits and of fractions become bytes, by a rule that is said", arguments: typed)
    func values(typed: (type: UInt8, bytes: [UInt8], pixels: [UInt8], note: String?)) throws {
        try writeSmallDataset(to: folder)
        try folder.write(idx([4, 1, 1], typed.bytes, type: typed.type), as: "train-images-idx3-ubyte")
        try folder.write(idx([2, 1, 1], [0, 1]), as: "t10k-images-idx3-ubyte")
        let dataset = try load()
        #expect(dataset.train.pixels == typed.pixels && dataset.notes == [typed.note].compactMap(\.self))
    }

    @Test("Values that no rule fits are refused where they stand, unless the user names black and white")
    func oddValues() throws {
        try writeSmallDataset(to: folder)
        try folder.write(idx([4, 1, 1], [0xFF, 0xFE, 0, 0, 0, 1, 0, 2], type: 0x0B), as: "train-images-idx3-ubyte")
        try folder.write(idx([2, 1, 1], [0, 0, 0, 1], type: 0x0B), as: "t10k-images-idx3-ubyte")
        let error = #expect(throws: DataError.self) { try load() }
        #expect(
            error?.description
                == "\(folder.path)/train-images-idx3-ubyte: at byte 16: expected values from 0 to 1, 0 to 255 "
                + "or 0 to 65535, or scale=LEAST..GREATEST behind the path, found -2")
        #expect(try load("scale=-2..2").train.pixels == [0, 128, 191, 255])
        let outside = #expect(throws: DataError.self) { try load("scale=-1..2") }
        #expect(
            outside?.description.hasSuffix("at byte 16: expected a value from -1 to 2, as scale= says, found -2")
                == true)
        try folder.write(
            idx([4, 1, 1], Self.words([0, 0x7F80_0000, 0, 0]), type: 0x0D), as: "train-images-idx3-ubyte")
        let infinite = #expect(throws: DataError.self) { try load() }
        #expect(infinite?.description.hasSuffix("at byte 20: expected a finite number, found none") == true)
    }

    @Test("Half of a set is refused with what is missing")
    func half() throws {
        try write(Self.emnist("letters"))
        try folder.remove(Self.emnist("letters")[3])
        let error = #expect(throws: DataError.self) { try load() }
        #expect(
            error?.description
                == "\(folder.path): expected IDX files of the set emnist-letters: images and labels; missing: test labels"
        )
    }

    @Test("Numbers that the file can't hold are refused before room is made for them")
    func bomb() throws {
        try writeSmallDataset(to: folder)
        try folder.remove("train-images-idx3-ubyte")
        try folder.write(gzip(idx([50_000_000, 1, 1], [], type: 0x0E)), as: "train-images-idx3-ubyte.gz")
        let error = #expect(throws: DataError.self) { try load() }
        #expect(
            error?.description.contains("found a header that promises 50000000 × 1 × 1 = 50000000 numbers of 8 bytes")
                == true)
    }

    @Test("A folder with thousands of files is none of a few data files, and is not looked through")
    func manyFiles() throws {
        try write(Self.emnist("digits"))
        #expect(throws: Never.self) { try load("transpose") }
        for number in 0..<2000 { try folder.write([], as: "\(number)") }
        let error = #expect(throws: DataError.self) { try load("transpose") }
        #expect(error == .unknownFormat(path: folder.path, places: DatasetFormats.standard.places))
    }

    @Test("Labels of a table are refused at whatever length it is cut off")
    func cut() throws {
        let names = ["train", "test"].flatMap { ["qmnist-\($0)-images-idx3-ubyte", "qmnist-\($0)-labels-idx2-int"] }
        try write(names)
        let labels: [Int32] = [0, 1, 2, 1]
        let table = idx([4, 8], Self.words(labels.flatMap { [$0, 4, 99, 100_000, 5, 6, 0, 0] }), type: 0x0C)
        for length in 0..<table.count {
            try folder.write(Array(table.prefix(length)), as: names[1])
            #expect(throws: DataError.self) { try load() }
        }
        try folder.write(table, as: names[1])
        #expect(try load().train.labels == [0, 1, 2, 1])
    }
}
