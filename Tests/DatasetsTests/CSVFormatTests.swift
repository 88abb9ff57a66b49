import DataFormats
import Datasets
import TestSupport
import Testing

/// Tables with a row for each image.
@Suite struct CSVFormatTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(_ text: String, _ options: String = "", isPacked: Bool = false) throws -> Dataset {
        let name = isPacked ? "a.csv.gz" : "a.csv"
        try folder.write(isPacked ? gzip(Array(text.utf8)) : Array(text.utf8), as: name)
        return try DatasetSource.resolve(folder.path(name) + (options.isEmpty ? "" : ":\(options)")).load()
    }

    /// Rows in the order of the file: labels and pixels.
    private func rows(_ dataset: Dataset) -> [[UInt8]: Int] {
        var rows: [[UInt8]: Int] = [:]
        for set in [dataset.train, dataset.test] {
            for index in 0..<set.count { rows[[set.labels[index]] + set.image(index), default: 0] += 1 }
        }
        return rows
    }

    /// Two classes of two images of 2 × 2.
    private static let expected: [[UInt8]: Int] = [
        [0, 0, 10, 20, 0]: 1, [1, 0, 30, 255, 0]: 1, [0, 0, 11, 21, 0]: 1, [1, 0, 31, 41, 0]: 1,
    ]

    /// The same four rows in many forms.
    static let forms: [(name: String, text: String)] = [
        (
            "label first, with names",
            "label,pixel0,pixel1,pixel2,pixel3\n0,0,10,20,0\n1,0,30,255,0\n0,0,11,21,0\n1,0,31,41,0\n"
        ),
        ("label last, no names", "0,10,20,0,0\n0,30,255,0,1\n0,11,21,0,0\n0,31,41,0,1\n"),
        ("label first, no names, no end of the last line", "0,0,10,20,0\n1,0,30,255,0\n0,0,11,21,0\n1,0,31,41,0"),
        (
            "tabs, CR LF",
            "label\ta\tb\tc\td\r\n0\t0\t10\t20\t0\r\n1\t0\t30\t255\t0\r\n0\t0\t11\t21\t0\r\n1\t0\t31\t41\t0\r\n"
        ),
        (
            "semicolons, blanks, empty lines at the end",
            "0; 0; 10; 20; 0\n1; 0; 30; 255 ; 0\n0; 0; 11;21; 0\n1; 0;31; 41; 0\n\n\n"
        ),
        (
            "quotation marks, a mark of UTF-8",
            "\u{FEFF}\"label\",\"1x1\",\"1x2\",\"2x1\",\"2x2\"\n\"0\",\"0\",\"10\",20,0\n\"1\",0,30,255,0\n0,0,11,21,0\n1,0,31,41,0\n"
        ),
        ("a label in the middle, by its name", "a,b,Class,c,d\n0,10,0,20,0\n0,30,1,255,0\n0,11,0,21,0\n0,31,1,41,0\n"),
        (
            "as pandas writes it, with an index",
            ",label,0,1,2,3\n0,0,0,10,20,0\n1,1,0,30,255,0\n2,0,0,11,21,0\n3,1,0,31,41,0\n"
        ),
        (
            "numbers as names, as pandas has them",
            "0,1,2,3,target\n0,10,20,0,0\n0,30,255,0,1\n0,11,21,0,0\n0,31,41,0,1\n"
        ),
        ("numbers with points and exponents", "0,0,1e1,20.0,0\n1,0,3.0e+1,255,-0\n0,0,11,21,0\n1.0,0,31,41,0\n"),
    ]

    @Test(
        "A table is read in every form that such files have, gzip'ed or not", arguments: forms.indices, [false, true])
    func everyForm(index: Int, isPacked: Bool) throws {
        let dataset = try load(Self.forms[index].text, isPacked: isPacked)
        #expect(rows(dataset) == Self.expected, "\(Self.forms[index].name)")
        #expect(dataset.train.count == 2 && dataset.test.count == 2 && dataset.classes == 2)
        #expect(dataset.classNames == ["0", "1"])
    }

    @Test("Where the label is, is said unless a name says it")
    func notes() throws {
        let heldOut =
            "the files have no test part: 2 of 4 rows are held out to test with, 20 % of each class, chosen by the seed 1 "
            + "(test=, testseed=)"
        #expect(try load(Self.forms[0].text).notes == [heldOut])
        #expect(try load(Self.forms[1].text).notes == ["labels are in the last column", heldOut])
        #expect(try load(Self.forms[1].text, "label=last").notes == [heldOut])
        #expect(
            try load(Self.forms[7].text).notes == ["the first column, which counts the rows, is not used", heldOut])
    }

    @Test("Labels can be words, in the order of their letters")
    func words() throws {
        let text = "0,10,20,0,owl\n0,30,40,0,cat\n0,30,40,9,owl\n1,31,41,0,cat\n1,31,41,0,Fox\n"
        let dataset = try load(text)
        #expect(dataset.classNames == ["Fox", "cat", "owl"] && dataset.classes == 3)
        #expect(rows(dataset)[[2, 0, 10, 20, 0]] == 1 && rows(dataset)[[0, 1, 31, 41, 0]] == 1)
        let numbers = try load("1,7,7\n2,8,8\n1,7,9\n2,8,8\n", "size=1x2,label=first")
        #expect(
            numbers.classNames == ["1", "2"]
                && numbers.notes.contains("labels are counted from 1: label 1 is the first class"))
    }

    @Test("Values up to 16 or 1 are stretched as in other formats")
    func scale() throws {
        let digits = try load("0,0,8,16,0\n1,0,4,2,0\n0,0,1,0,0\n1,0,0,0,0\n")
        #expect(digits.notes.contains("pixel values from 0 to 16 become 0 to 255"))
        #expect(rows(digits)[[0, 0, 128, 255, 0]] == 1 && rows(digits)[[1, 0, 64, 32, 0]] == 1)
        let shares = try load("0,0,0.5,1,0\n1,0,0.003921568627450980,0.25,0\n0,0,.125,0,0\n1,0,0,0,0\n")
        #expect(rows(shares)[[0, 0, 128, 255, 0]] == 1 && rows(shares)[[1, 0, 1, 64, 0]] == 1)
        #expect(rows(try load("0,0,8,16,0\n1,0,4,2,0\n0,0,1,0,0\n1,0,0,0,0\n", "scale=0..255"))[[0, 0, 8, 16, 0]] == 1)
    }

    @Test("Kaggle's folder has a table to train on, and one without labels that is not used")
    func kaggle() throws {
        try folder.write(Self.forms[0].text, as: "train.csv")
        try folder.write("pixel0,pixel1,pixel2,pixel3\n1,2,3,4\n5,6,7,8\n", as: "test.csv")
        try folder.write("ImageId,Label\n1,0\n2,0\n", as: "sample_submission.csv")
        let dataset = try DatasetSource.resolve(folder.path).load()
        #expect(rows(dataset) == Self.expected)
        #expect(dataset.notes.first == "test.csv has no column of labels, and is not used")
    }

    @Test("A folder with two tables has both parts")
    func parts() throws {
        try folder.write(gzip(Array(Self.forms[0].text.utf8)), as: "mnist_train.csv.gz")
        try folder.write("label,a,b,c,d\n1,0,30,40,0\n", as: "mnist_test.csv")
        let source = try DatasetSource.resolve(folder.path)
        let dataset = try source.load()
        #expect(
            dataset.train.count == 4 && dataset.train.labels == [0, 1, 0, 1]
                && dataset.train.image(1) == [0, 30, 255, 0])
        #expect(dataset.test.labels == [1] && dataset.test.pixels == [0, 30, 40, 0] && dataset.notes.isEmpty)
        #expect(try source.shape().classes == 2 && source.shape().inputs == 4)
        var digest = SHA256()
        digest.update(Array(Self.forms[0].text.utf8))
        let files = try source.verify()
        #expect(files.map(\.file.path) == ["mnist_train.csv.gz", "mnist_test.csv"].map { folder.path($0) })
        #expect(files[0].file.digest == digest.finish() && files[0].file.sizes == [5, 5])
        try folder.write("label,a,b,c,d\n2,0,30,40,0\n", as: "mnist_test.csv")
        let error = #expect(throws: DataError.self) { try source.load() }
        #expect(
            error?.description
                == "\(folder.path)/mnist_test.csv: line 2, column 1: expected a label in 0 ... 1, as in the "
                + "training labels, found 2")
        try folder.write("label,a,b\n1,0,30\n", as: "mnist_test.csv")
        let columns = #expect(throws: DataError.self) { try source.load() }
        #expect(
            columns?.description == "\(folder.path)/mnist_test.csv: line 1: expected 5 columns, as in "
                + "\(folder.path)/mnist_train.csv.gz, found 3")
    }

    /// A table, what is said behind its path, and what is wrong.
    static let bad: [(text: String, options: String, message: String)] = [
        ("label,0,1,2,3\n", "", "line 2: expected a row of values, found none"),
        ("0,0,10,20,0\n1,0,30,0\n", "", "line 2: expected 5 fields, found 4"),
        ("0,0,10,20,0\n1,0,30,40,0,5\n", "", "line 2: expected 5 fields, found 6"),
        ("0,0,10,20,0\n\n1,0,30,40,0\n", "", "line 2: expected 5 fields, found an empty line"),
        ("0,0,10,20,0\n1,0,,40,0\n", "", "line 2, column 3: expected a number, found nothing"),
        ("0,0,10,20,0\n1,0,x\u{1B}[2J,40,0\n", "", "line 2, column 3: expected a number, found \"x?[2J\""),
        ("0,0,10,20,0\n1,0,\"3,40,0\n", "", "line 2, column 3: expected a number, found a quotation mark too many"),
        ("0,0,10,20,0\n1,0,nan,40,0\n", "", "line 2, column 3: expected a number, found \"nan\""),
        ("0,0,10,20,0\n1,0,0x10,40,0\n", "", "line 2, column 3: expected a number, found \"0x10\""),
        ("0,0,10,20,0\n1,0,1e999,40,0\n", "", "line 2, column 3: expected a number, found \"1e999\""),
        (
            "0,0,10,20,0\n1,0,-3,40,0\n", "",
            "line 2, column 3: expected values from 0 to 1, 0 to 255 or 0 to 65535, or scale=LEAST..GREATEST behind the path, "
                + "found -3"
        ),
        (
            "0,0,10,20,0\n1,0,30,40,0\n", "scale=0..30",
            "line 2, column 4: expected a value from 0 to 30, as scale= says, found 40"
        ),
        (
            "0,0,10,20,1\n1,0,30,40,0\n", "",
            "line 1: expected labels in the first or the last column; say which with :label=first or :label=last behind the "
                + "path, found what can be labels in both"
        ),
        (
            "0,0,10,20,0\n0,0,30,40,0\n", "",
            "line 1: expected labels in the first or the last column; say which with :label=first or :label=last behind the "
                + "path, found none in either"
        ),
        (
            "0,0,10,20\n1,0,30,40\n", "",
            "line 1: expected columns of a square image beside the label, or size=ROWSxCOLUMNS behind the path, found 3"
        ),
        ("0,0,10,20\n1,0,30,40\n", "size=2x2", "line 1: expected 4 columns of pixels, as size= says, found 3"),
        (
            "0.5,0,10,20,0\n1,0,30,40,0\n", "label=first",
            "line 1, column 1: expected a whole number, or words, found 0.5"
        ),
        (
            "0,0,10,20,0\n256,0,30,40,0\n", "label=first",
            "line 2, column 1: expected at most 256 classes, found label 256"
        ),
        (
            "0,0,10,20,0\n-1,0,30,40,0\n", "label=first",
            "line 2, column 1: expected labels that are numbered from 0 or from 1, found -1"
        ),
        (
            "0,0,10,20,0\n9,0,30,40,0\n", "label=first",
            "line 2, column 1: expected labels numbered from 0 with few gaps, found label 9 among only 2 different labels"
        ),
        (
            "0,0,10,20,a\n1,0,30,40,\u{1B}]0;x\n", "label=last",
            "line 2, column 5: expected a label of visible characters, found \"?]0;x\""
        ),
        (
            "a,0,10,20,0\na,0,30,40,0\n", "label=first",
            "line 1, column 1: expected labels of at least two classes, found only a"
        ),
        ("cat,0,10,20,5\nowl,0,30,40,x\n", "label=first", "line 2, column 5: expected a number, found \"x\""),
    ]

    @Test("What is no table of images is refused in one line with its line and column", arguments: bad.indices)
    func refused(index: Int) throws {
        let (text, options, message) = Self.bad[index]
        let error = #expect(throws: DataError.self) { try load(text, options) }
        #expect(error?.description == "\(folder.path("a.csv")): \(message)")
    }

    @Test("Labels of more than 256 kinds are refused")
    func tooManyLabels() throws {
        let text = (0..<300).map { "w\($0),0,\($0 % 7),3,0\n" }.joined()
        let error = #expect(throws: DataError.self) { try load(text, "label=first") }
        #expect(
            error?.description
                == "\(folder.path("a.csv")): line 257, column 1: expected at most 256 different labels, found \"w256\"")
    }

    @Test("A packed table is refused at whatever length it is cut off; a plain one where its last row is")
    func cut() throws {
        let text = Array(Self.forms[0].text.utf8)
        let packed = gzip(text)
        for length in 0..<packed.count {
            try folder.write(Array(packed.prefix(length)), as: "cut.csv.gz")
            #expect(throws: DataError.self) { try DatasetSource.resolve(folder.path("cut.csv.gz")).load() }
        }
        for length in 0..<text.count {
            try folder.write(Array(text.prefix(length)), as: "cut.csv")
            // Without the end of a line, or with fewer digits of the last number, it is a table still.
            let read = Result { try DatasetSource.resolve(folder.path("cut.csv")).load() }
            switch read {
            case .success(let dataset):
                #expect(dataset.train.imageBytes == 4 && dataset.train.count + dataset.test.count <= 4)
            case .failure(let error):
                let text = (error as? DataError)?.description
                #expect(text?.split(separator: "\n").count == 1)
            }
        }
    }

    @Test("A line without an end, and a text far longer than it is packed, take no memory for what they promise")
    func bombs() throws {
        let line = gzip([UInt8](repeating: 0x31, count: 60 << 20))
        try folder.write(gzip(Array("0,0,1,2,0\n1,0,".utf8)) + line, as: "line.csv.gz")
        let long = #expect(throws: DataError.self) { try DatasetSource.resolve(folder.path("line.csv.gz")).load() }
        #expect(
            long?.description
                == "\(folder.path("line.csv.gz")): line 2: expected a line of at most 25165824 bytes, found a longer one"
        )
    }
}
