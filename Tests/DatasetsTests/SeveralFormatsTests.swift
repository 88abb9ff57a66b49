import DataFormats
import Datasets
import TestSupport
import Testing

/// Folders with several data sets, and files that are a part of one.
@Suite struct SeveralFormatsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let table = (0..<6).map { "\($0 % 2),\($0),2,3,255\n" }.joined()
    private static let archive = npz([
        ("x", npy("|u1", [4, 2, 2], Array(0..<16))), ("y", npy("|u1", [4], [0, 1, 0, 1])),
    ])

    private func message(_ words: String = "") -> String? {
        let error = #expect(throws: DataError.self) { try DatasetSource.resolve(folder.path + words).load() }
        return error?.description
    }

    @Test("A folder with a table and an archive is not taken, and the choices are named")
    func tableAndArchive() throws {
        try folder.write(Self.table, as: "digits.csv")
        #expect(try DatasetSource.resolve(folder.path).load().train.count == 4)
        try folder.write(Self.archive, as: "a.npz")
        #expect(
            message()
                == "\(folder.path): several data sets are there; expected one of them: \(folder.path("digits.csv")), "
                + folder.path("a.npz"))
        #expect(try DatasetSource.resolve(folder.path("a.npz")).load().train.count == 2)
        #expect(try DatasetSource.resolve(folder.path + ":set=digits").load().train.count == 4)
        // Weights are no data set.
        try folder.write(npz([("0.kernel", npy("<f4", [1], littleEndianBytes([Float(1)])))]), as: "a.npz")
        #expect(try DatasetSource.resolve(folder.path).load().train.count == 4)
    }

    @Test("An archive alone in a folder is named")
    func archiveAlone() throws {
        try folder.write(Self.archive, as: "a.npz")
        #expect(message() == "\(folder.path): a data set is there; expected its path: \(folder.path("a.npz"))")
    }

    @Test("Sets of several formats are told apart by set=, where they have names")
    func sets() throws {
        for (name, bytes) in [
            ("one-images-idx3-ubyte", idx([4, 2, 2], Array(0..<16))),
            ("one-labels-idx1-ubyte", idx([4], [0, 1, 0, 1])),
            ("two-X.npy", npy("|u1", [6, 2, 2], Array(0..<24))), ("two-y.npy", npy("|u1", [6], [0, 1, 2, 0, 1, 2])),
        ] { try folder.write(bytes, as: name) }
        #expect(
            message()
                == "\(folder.path): several data sets are there; expected one of them: \(folder.path):set=one, "
                + "\(folder.path):set=two")
        #expect(try DatasetSource.resolve(folder.path + ":set=one").load().classes == 2)
        #expect(try DatasetSource.resolve(folder.path + ":set=two").load().classes == 3)
        #expect(message(":set=three")?.contains("set=three") == true)
    }

    @Test("Files of MNIST's own names are meant, whatever lies beside them")
    func published() throws {
        try writeSmallDataset(to: folder)
        try folder.write(Self.table, as: "results.csv")
        try folder.write(Self.archive, as: "a.npz")
        #expect(try DatasetSource.resolve(folder.path).load().train.count == 4)
    }

    @Test(
        "One file of several is refused with the folder",
        arguments: ["train-images-idx3-ubyte", "t10k-labels-idx1-ubyte"])
    func part(name: String) throws {
        try writeSmallDataset(to: folder)
        let what = name.contains("images") ? "images" : "labels"
        #expect(
            message("/\(name)")
                == "\(folder.path(name)): an IDX file of \(what), which is one of several of a data set; expected the "
                + "folder with all of them: \(folder.path)")
    }

    @Test("EMNIST's rows as columns are hinted at in every format")
    func emnist() throws {
        try folder.write(Self.table, as: "emnist-letters-train.csv")
        let hint =
            "EMNIST's images are published with rows as columns: with :transpose behind the path they stand upright"
        let path = folder.path("emnist-letters-train.csv")
        #expect(try DatasetSource.resolve(path).load().notes.contains(hint))
        #expect(try !DatasetSource.resolve(path + ":transpose").load().notes.contains(hint))
    }
}
