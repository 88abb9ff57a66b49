import DataFormats
import TestSupport

/// A data set in NumPy's files. The input's first byte says what the rest is: a `.npz` file, or the images or the labels of a
/// folder of `.npy` files.
struct ArraysTarget: FuzzTarget {
    static let name = "arrays"
    static let parsers = [
        "NPZArchive.init(bytes", "NPZArchive.init(path", "NumPyFormat.init", "NumPyFormat.outline", "NumPyFormat.load",
    ]
    static let format: any DatasetFormat.Type = NumPyFormat.self
    static let longestInput = 1 << 13
    static let repair: (@Sendable ([UInt8]) -> [UInt8])? = {
        [$0.first ?? 0] + ZipRepair.repaired(Array($0.dropFirst()))
    }

    private static let images = npy("|u1", [4, 2, 2], (0..<16).map { $0 * 17 })
    private static let labels = npy("<i4", [4], littleEndianBytes([Int32(0), 1, 2, 1]))
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Self.images, as: "pair/X.npy")
        try folder.write(Self.labels, as: "pair/y.npy")
    }

    static func samples() throws -> [String: [UInt8]] {
        let one = npy("<f8", [4, 3], littleEndianBytes([1.0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0]))
        let floats = npy("<f4", [4, 4], littleEndianBytes((0..<16).map { Float($0) / 15 }), isFortran: true)
        return [
            "train-and-test": [0]
                + npz([("x_train", images), ("y_train", labels), ("x_test", images), ("y_test", labels)]),
            "one-hot-packed": [0] + npz([("data", floats), ("target", one)], isPacked: true), "images": [1] + images,
            "floats": [1] + floats, "labels": [2] + labels, "one-hot": [2] + one,
        ]
    }

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let (bytes, kind) = (Array(input.dropFirst()), first % 3)
        let path = folder.path(["a.npz", "pair/X.npy", "pair/y.npy"][Int(kind)])
        try ScratchFile.write(bytes, to: path)
        defer { if kind > 0 { try? ScratchFile.write(kind == 1 ? Self.images : Self.labels, to: path) } }
        do {
            guard
                let format = try NumPyFormat(
                    path: kind == 0 ? path : folder.path("pair"), options: DatasetOptions())
            else { return }
            try DatasetCheck.check(format, input)
        } catch let error as DataError {
            try requireMessage(error)
        }
    }
}
