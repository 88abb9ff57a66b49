import DataFormats
import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct DatasetSourceTests {
    @Test("MNIST comes with the program: 60,000 and 10,000 digits of 28 × 28, ten classes")
    func mnist() throws {
        let mnist = try DatasetSource.resolve("mnist").load()
        #expect(mnist.train.count == 60_000 && mnist.test.count == 10_000)
        #expect(mnist.train.rows == 28 && mnist.train.columns == 28 && mnist.test.rows == 28)
        #expect(mnist.classes == 10 && mnist.classNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
        #expect(mnist.train.labels.prefix(8) == [5, 0, 4, 1, 9, 2, 1, 3])
        #expect(mnist.test.labels.prefix(4) == [7, 2, 1, 0])
        // Row 5 of the first training image, the first one with ink.
        #expect(mnist.train.image(0)[152..<160] == [3, 18, 18, 18, 126, 136, 175, 26])
        #expect(mnist.test.image(9_999).count == 784)
        // As the stores of all released versions have it.
        #expect(
            DatasetFingerprint.digest(of: mnist) == "4c919928a18609c65359800a229a0e97631b25544fd4703eac28a9f20dc4f96e")
    }

    @Test("The files that come with the program are the published ones")
    func publishedFiles() throws {
        let files = try DatasetSource.mnist.verify()
        #expect(files.map(\.isPublished) == [true, true, true, true])
        #expect(files.map(\.file.bytes) == [47_040_016, 60_008, 7_840_016, 10_008])
        #expect(files.map(\.file.sizes) == [[60_000, 28, 28], [60_000], [10_000, 28, 28], [10_000]])
    }

    @Test("A folder of plain files loads, with sizes and classes from the files", arguments: [false, true])
    func folder(packed: Bool) throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        if packed {
            try folder.remove("train-images-idx3-ubyte")
            try folder.write(gzip(idx([4, 2, 3], Array(0..<24))), as: "train-images-idx3-ubyte.gz")
        }
        let source = try DatasetSource.resolve(folder.path + "/")
        let dataset = try source.load()
        let shape = try source.shape()
        #expect(shape.image == ImageShape(rows: 2, columns: 3) && shape.inputs == 6 && shape.classes == 3)
        #expect(dataset.name == URL(fileURLWithPath: folder.path).lastPathComponent)
        #expect(dataset.train.count == 4 && dataset.train.rows == 2 && dataset.train.columns == 3)
        #expect(dataset.train.image(2) == ArraySlice(12..<18))
        #expect(dataset.test.labels == [2, 0])
        #expect(dataset.classes == 3 && dataset.classNames == ["0", "1", "2"])
        #expect(try source.verify().map(\.isPublished) == [nil, nil, nil, nil])
    }

    @Test("A gzip file may hold several members")
    func severalMembers() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        try folder.remove("train-images-idx3-ubyte")
        let bytes = idx([4, 2, 3], Array(0..<24))
        try folder.write(gzip(Array(bytes[..<20])) + gzip(Array(bytes[20...])), as: "train-images-idx3-ubyte.gz")
        let dataset = try DatasetSource.resolve(folder.path).load()
        #expect(dataset.train.pixels == Array(0..<24))
    }

    @Test(
        "What is neither a name nor a data set is refused, with the nearest name",
        arguments: [
            ("mnits", "mnits: no file or folder, and no data set of that name; did you mean mnist?"),
            ("fasion", "fasion: no file or folder, and no data set of that name; did you mean fashion-mnist?"),
            ("fashion", "fashion: no file or folder, and no data set of that name; did you mean fashion-mnist?"),
            (
                "fashon-mnist",
                "fashon-mnist: no file or folder, and no data set of that name; did you mean fashion-mnist?"
            ),
            ("pets", "pets: no file or folder, and no data set of that name; `trainspotter data list` shows the names"),
            ("/no/such", "/no/such: no such file or folder"), ("./mnits", "./mnits: no such file or folder"),
            (
                "/proc/self/maps",
                "/proc/self/maps: no data set of a known format; expected " + DatasetFormats.standard.places
                    + "; `trainspotter data --help` says more"
            ),
        ])
    func unknown(name: String, message: String) {
        let error = #expect(throws: DataError.self) { try DatasetSource.resolve(name) }
        #expect(error?.description == message)
    }

    @Test("A data set that is not installed says how to get it")
    func notInstalled() throws {
        let known = try #require(DatasetSource.known.first { $0.name == "fashion-mnist" })
        #expect(known.installation == "sudo apt-get install dataset-fashion-mnist")
        guard known.isAvailable else {
            let error = #expect(throws: DataError.self) { try DatasetSource.resolve("fashion-mnist") }
            #expect(
                error?.description == "fashion-mnist: not installed in /usr/share/datasets/fashion-mnist; "
                    + "sudo apt-get install dataset-fashion-mnist")
            return
        }
        let fashion = try DatasetSource.resolve("fashion-mnist").load()
        #expect(fashion.train.count == 60_000 && fashion.classNames.last == "ankle boot")
        #expect(try DatasetSource.resolve("fashion-mnist").verify().allSatisfy { $0.isPublished == true })
        // The same files in any other folder have the same names.
        let elsewhere = try DatasetSource.resolve(try #require(known.folder))
        let read = try elsewhere.load()
        #expect(read.classNames == fashion.classNames && read.name == "fashion-mnist")
        #expect(read.notes == ["the labels are those of fashion-mnist: the classes have its names"])
        #expect(try elsewhere.shape().classNames == fashion.classNames)
        #expect(try DatasetSource.mnist.load().classNames.first == "0")
    }

    @Test("The program's files are looked for beside it, in its share folder, and where the environment says")
    func locations() throws {
        let locator = ResourceLocator(
            executable: "/opt/trainspotter/bin/trainspotter", environment: ["TRAINSPOTTER_DATA": "/data/mnist"])
        #expect(
            locator.candidates == [
                "/opt/trainspotter/bin/trainspotter_Datasets.resources/mnist",
                "/opt/trainspotter/bin/trainspotter_Datasets.bundle/mnist",
                "/opt/trainspotter/share/trainspotter/mnist", "/data/mnist",
            ])
        let nowhere = ResourceLocator(executable: "/no/bin/trainspotter", environment: [:])
        #expect(throws: DataError.resourcesMissing(searched: nowhere.candidates)) { try nowhere.mnistFolder() }
    }
}
