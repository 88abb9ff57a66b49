import DataFormats
import Datasets
import Foundation
import TestSupport
import Testing

/// What an exported program reads is what the program here has trained with.
@Suite(.timeLimit(.minutes(40))) struct PythonReaderTests {
    /// A data set by its files, and what stands behind the folder's path.
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let path: String
        let files: [(name: String, contents: [UInt8])]
    }

    private static let labels: [UInt8] = [0, 1, 2, 1, 2, 2, 0, 1, 1, 0]
    private static let pixels = [UInt8](stride(from: 0, to: 240, by: 4))
    private static let backwards = [UInt8](pixels.reversed())
    private static let images = idx([10, 2, 3], pixels)
    private static let mnistNames = [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ]
    private static let parts = ["train-images", "train-labels", "test-images", "test-labels"]

    private static var idxCases: [Case] {
        let letters = parts.map { "emnist-letters-\($0)" }
        let table = labels.flatMap { [0, 0, 0, $0] + [UInt8](repeating: 9, count: 28) }
        let wide = idx([10, 2, 3], pixels.flatMap { [$0 / 2, 0] }, type: 0x0B)
        return [
            Case(
                testDescription: "MNIST's names without a test part", path: ":test=0.3,testseed=18446744073709551615",
                files: [
                    ("train-images-idx3-ubyte", images), ("train-labels-idx1-ubyte.gz", gzip(idx([10], labels))),
                ]),
            Case(
                testDescription: "EMNIST", path: ":transpose",
                files: [
                    (letters[0], images), (letters[1], idx([10], labels.map { $0 + 1 })),
                    (letters[2], idx([10, 2, 3], backwards)),
                    (letters[3] + ".gz", gzip(idx([10], labels.map { $0 + 7 }))),
                ]),
            Case(
                testDescription: "MNIST's names, labels from 1 that are named", path: "",
                files: zip(
                    mnistNames,
                    [images, idx([10], labels.map { $0 + 1 })] + [images, idx([10], labels.map { $0 + 1 })]
                )
                .map { ($0, $1) } + [("classes.txt", Array("a\nb\nc\n".utf8))]),
            Case(
                testDescription: "IDX of colours", path: ":transpose",
                files: [
                    (mnistNames[0], idx([10, 1, 2, 3], pixels)), (mnistNames[1], idx([10], labels)),
                    (mnistNames[2], idx([10, 1, 2, 3], backwards)), (mnistNames[3], idx([10], labels)),
                ]),
            Case(
                testDescription: "IDX of colours first, of 16 bits", path: "",
                files: [
                    (parts[0], idx([10, 3, 1, 2], pixels)), (parts[1], idx([10], labels)),
                    (parts[2], idx([10, 3, 1, 2], pixels.flatMap { [$0 / 2, 0] }, type: 0x0B)),
                    (parts[3], idx([10], labels)),
                ]),
            Case(
                testDescription: "QMNIST, with images of 16 bits", path: "",
                files: [
                    (parts[0], images), (parts[1], idx([10, 8], table, type: 0x0C)), (parts[2], wide),
                    (parts[3], idx([10], labels)),
                ]),
        ]
    }

    private static var imported: [UInt8] {
        get throws {
            try ImportedFormat.encode(
                ImageShape(rows: 2, columns: 3), train: LabelledImages(pixels: pixels, labels: labels),
                test: LabelledImages(pixels: backwards, labels: labels), names: try ClassNameList(["a", "b", "c"]),
                source: "a.csv", notes: []
            ).bytes
        }
    }

    private static var numpyCases: [Case] {
        let test = npy("|u1", [10, 2, 3, 1], backwards)
        let column = npy("<i8", [10, 1], littleEndianBytes(labels.map { Int64($0) }))
        let keras = [
            (name: "x_train", contents: npy("|u1", [10, 2, 3], pixels)),
            (name: "y_train", contents: npy("|u1", [10], labels)),
            (name: "x_test", contents: test), (name: "y_test", contents: column),
        ]
        let fractions = littleEndianBytes((0..<60).map { Double($0) * 0.75 - 0.5 })
        let data = [
            (name: "data", contents: npy("<f8", [10, 6], fractions, isFortran: true)),
            (name: "target", contents: npy("<i2", [10], littleEndianBytes(labels.map { Int16($0) + 1 }))),
        ]
        let parts64 = littleEndianBytes((0..<60).map { Float($0) / 64 })
        let oneHot = labels.flatMap { label in [UInt8](0..<3).map { $0 == label ? UInt8(1) : 0 } }
        return [
            Case(testDescription: "Keras", path: "/mnist.npz", files: [("mnist.npz", npz(keras, isPacked: true))]),
            Case(
                testDescription: "scikit-learn's names, labels from 1", path: "/a.npz:size=3x2,scale=-1..60",
                files: [("a.npz", npz(data))]),
            Case(
                testDescription: "text and colours", path: "/a.npz:test=0.3",
                files: [
                    (
                        "a.npz",
                        npz([
                            ("images", npy("<f8", [10, 2, 1, 3], littleEndianBytes((0..<60).map { Double($0) / 59 }))),
                            (
                                "labels",
                                npy(
                                    "|S2", [10], labels.flatMap { [[0x6F, 0x77], [0x63, 0], [0xC3, 0xA4]][Int($0)] })
                            ),
                        ])
                    )
                ]),
            Case(
                testDescription: "gzip'ed, colours first, numbers as text", path: "",
                files: [
                    ("X.npy.gz", gzip(npy("|u1", [10, 3, 1, 2], pixels))),
                    ("y.npy", npy("<U1", [10], littleEndianBytes(labels.map { UInt32($0) + 48 }))),
                ]),
            Case(
                testDescription: "an imported file", path: "/shapes.npz",
                files: [("shapes.npz", (try? imported) ?? [])]),
            Case(
                testDescription: "a folder, one-hot", path: "",
                files: [("X.npy", npy("<f4", [10, 2, 3], parts64)), ("y.npy", npy("|b1", [10, 3], oneHot))]),
        ]
    }

    private static var tableCases: [Case] {
        let words = ["owl", "cat", "Ärger"]
        let rows = (0..<10).map { row in
            let values = (0..<6).map { String((row * 7 + $0) % 17) }
            return values.joined(separator: ";") + ";\(words[row % 3])\n"
        }
        let names = ",label,0,1,2,3\n"
        let train = (0..<10).map { "\($0),\($0 % 3 + 1),\($0),7,8,99\n" }.joined()
        let test = (0..<3).map { "\($0),\($0 + 1),\($0),7,255,9\n" }.joined()
        return [
            Case(
                testDescription: "words and semicolons", path: "/digits.csv:size=1x6,test=0.5",
                files: [("digits.csv", Array(rows.joined().utf8))]),
            Case(
                testDescription: "two tables of pandas", path: "",
                files: [("train.csv.gz", gzip(Array((names + train).utf8))), ("test.csv", Array((names + test).utf8))]),
        ]
    }

    static let cases = idxCases + numpyCases + tableCases

    @Test(
        "A program in Python reads the same bytes and classes",
        .enabled(if: Python.withNumPy != nil, Comment(rawValue: Python.missing("NumPy"))), arguments: cases)
    func sameArrays(read: Case) throws { try check(read, try #require(Python.withNumPy)) }

    private static var folderCases: [Case] {
        func fixture(_ name: String) -> [UInt8] {
            let url = Bundle.module.url(forResource: "Fixtures/images/\(name)", withExtension: nil)
            return url.flatMap { try? Data(contentsOf: $0) }.map { [UInt8]($0) } ?? []
        }
        let all = [
            "color.jpg", "progressive.jpg", "all-samples.jpg", "cmyk.jpg", "gray.jpg", "turned-5.jpg", "turned-6.jpg",
            "turned-8.jpg", "color.png", "palette.png", "bits.png", "opacity.png", "gray-opacity.png", "wide.png",
            "gray.pgm",
        ]
        let files = all.enumerated().map { (name: "\($0 % 3 + 8)/\($1)", contents: fixture($1)) }
        let text = Array("P2 # a ring\n3 2\n15\n0 15 1\n# a row\n8 2 3\n".utf8)
        let lines: [(name: String, contents: [UInt8])] = [
            ("train/Ärger/1", text), ("train/b\"c/1.PNG", png(rows: 2, columns: 3, backwards.suffix(6) + [])),
            ("train/Ärger/ä.pgm", Array("P5 2 3 300\n".utf8) + [0, 9, 1, 0, 1, 44, 0, 0, 0, 77, 1, 1]),
            ("train/b\"c/.hidden.png", [1]), ("train/b\"c/Thumbs.db", [2]), ("train/b\"c/z.png", fixture("wide.png")),
            ("test/Ärger/2.png", png(rows: 2, columns: 3, [1, 2, 3, 4, 5, 6])), ("val/b\"c/1.png", [3]),
        ]
        return [
            Case(testDescription: "no test part, the most usual size", path: ":test=0.4", files: files),
            Case(testDescription: "a smaller size, transposed", path: ":size=7x5,transpose", files: files),
            Case(testDescription: "a larger size", path: ":size=30x41", files: files),
            Case(testDescription: "both parts, odd names", path: "", files: lines),
        ]
    }

    @Test(
        "So it does from folders of images",
        .enabled(if: Python.withPillow != nil, Comment(rawValue: Python.missing("NumPy and Pillow"))),
        arguments: folderCases)
    func sameImages(read: Case) throws { try check(read, try #require(Python.withPillow)) }

    private func check(_ read: Case, _ python: Python) throws {
        let folder = try TemporaryFolder()
        for (name, contents) in read.files { try folder.write(contents, as: name) }
        let source = try DatasetSource.resolve(folder.path + read.path)
        let (dataset, reader) = (try source.load(), try source.found().python)
        let program = """
            import hashlib
            import pathlib
            import sys
            \(reader.modules.map { "import \($0)" }.joined(separator: "\n"))
            import numpy as np

            \(reader.functions)

            \(reader.variable) = sys.argv[1]
            for images in [\(reader.trainImages), \(reader.testImages)]:
                print(hashlib.sha256(np.ascontiguousarray(images).tobytes()).hexdigest(), images.dtype, *images.shape)
            print(*\(reader.testLabels))
            """
        let result = try python.run(["-c", program, try source.path()])
        #expect(result.status == 0, Comment(rawValue: result.errors))
        var lines = [dataset.train, dataset.test].map { set in
            var digest = SHA256()
            digest.update(set.pixels)
            return "\(digest.finish()) uint8 \(set.count) \(set.rows) \(set.columns)"
        }
        lines.append(dataset.test.labels.map(String.init).joined(separator: " "))
        let expected = lines.joined(separator: "\n") + "\n"
        #expect(result.output == expected)
    }
}
