import DataFormats
import Datasets
import TestSupport
import Testing

/// Imported data sets by their names and their digests.
@Suite struct ImportedDatasetsTests {
    private let folder: TemporaryFolder
    private var imported: ImportedDatasets { ImportedDatasets(folder: folder.path("data"), isStandard: true) }

    init() throws { folder = try TemporaryFolder() }

    private func write(_ name: String, labels: [UInt8] = [1, 2]) throws -> String {
        let test = LabelledImages(pixels: ImportedFormatTests.test.pixels, labels: labels)
        let (bytes, digest) = try ImportedFormatTests.encoded(test: test)
        try folder.write(bytes, as: "data/\(name).npz")
        return digest
    }

    @Test("Names are those that a shell and a path take for one word, and no number or known data set")
    func names() {
        for name in ["shapes", "a", "Emnist_letters-2.1", "x.csv", "7up", String(repeating: "x", count: 64)] {
            #expect(ImportedDatasets.expected(insteadOf: name) == nil, "\(name)")
            #expect(imported.path(of: name) == folder.path("data/\(name).npz"))
        }
        let bad = [
            "", "-x", ".x", "..", "a/b", "a b", "a:b", "ä", "a\n", "$x", "mnist", "Fashion-MNIST", "42",
            String(repeating: "x", count: 65),
        ]
        for name in bad {
            #expect(ImportedDatasets.expected(insteadOf: name) != nil, "\(name)")
            #expect(imported.path(of: name) == nil && !imported.contains(name))
        }
        #expect(ImportedDatasets.none.path(of: "shapes") == nil && ImportedDatasets.none.names.isEmpty)
    }

    @Test("A name finds its data set, before a file of that name, and by its path where the folder is another one")
    func resolves() throws {
        let digest = try write("shapes")
        let source = try DatasetSource.resolve("shapes", imported: imported)
        #expect(source.name == "shapes" && source.argument == "shapes" && source.place == "shapes" && source.isImported)
        #expect(
            try source.path() == folder.path("data/shapes.npz") && source.files() == [folder.path("data/shapes.npz")])
        #expect(try source.load().digest == digest)
        #expect(source.fileMarks() != nil)
        #expect(try source == DatasetSource.resolve("shapes", imported: imported))
        let elsewhere = ImportedDatasets(folder: folder.path("data"), isStandard: false)
        let other = try DatasetSource.resolve("shapes", imported: elsewhere)
        #expect(other.name == "shapes" && other.argument == folder.path("data/shapes.npz"))
        #expect(try DatasetSource.resolve(other.argument).load().digest == digest)
        let words = #expect(throws: DataError.self) {
            try DatasetSource.resolve("shapes:transpose", imported: imported)
        }
        #expect(
            words?.description
                == "shapes: option transpose: expected none: a data set with a name is read as it is")
        let near = #expect(throws: DataError.self) { try DatasetSource.resolve("shape", imported: imported) }
        #expect(near?.description == "shape: no file or folder, and no data set of that name; did you mean shapes?")
    }

    @Test("All are listed, damaged ones with the reason, and other files not")
    func lists() throws {
        _ = try write("b")
        _ = try write("a")
        try folder.write("no archive", as: "data/c.npz")
        try folder.write(npz([("x", npy("|u1", [2], [0, 1]))]), as: "data/d.npz")
        for name in [".trainspotter-1-2.tmp", "notes.txt", "x y.npz", "mnist.npz"] {
            try folder.write("x", as: "data/\(name)")
        }
        #expect(imported.names == ["a", "b", "c", "d"])
        let problems = imported.all.map { set -> String? in
            if case .failure(let error) = set.facts { error.description } else { nil }
        }
        let expected = "at byte 0: expected a data set that was imported, found another file"
        #expect(
            problems == [
                nil, nil, "\(folder.path("data/c.npz")): \(expected)", "\(folder.path("data/d.npz")): \(expected)",
            ])
        let error = #expect(throws: DataError.self) { try DatasetSource.resolve("c", imported: imported) }
        #expect(error?.description == "\(folder.path("data/c.npz")): \(expected)")
    }

    @Test("A run's data set is where it was, or else an imported one of its digest, which is said")
    func trained() throws {
        let digest = try write("shapes")
        _ = try write("others", labels: [0, 0])
        func trained(_ argument: String, _ digest: String?) throws -> DatasetSource.Trained {
            try DatasetSource.trained(on: argument, digest: digest, imported: imported)
        }
        let same = try trained("shapes", digest)
        #expect(same.source.argument == "shapes" && same.note == nil)
        // Gone, under any name.
        for gone in ["/no/such/folder", "squares", "/no/such.csv:label=last"] {
            let found = try trained(gone, digest)
            #expect(found.source.argument == "shapes")
            #expect(
                found.note
                    == "\(gone) can't be read now; the imported data set shapes has the same images, and is used")
        }
        // There, with other images.
        let replaced = try trained("others", digest)
        #expect(replaced.source.argument == "shapes")
        #expect(
            replaced.note
                == "others has other images or labels now; the imported data set shapes has the same images, and is used"
        )
        // There, with the same: it stays, and is read already.
        try folder.write(
            try ImportedFormatTests.encoded(
                test: LabelledImages(pixels: ImportedFormatTests.test.pixels, labels: [1, 2])
            ).bytes, as: "copy.npz")
        let copy = try trained(folder.path("copy.npz"), digest)
        #expect(copy.source.argument == folder.path("copy.npz") && copy.note == nil)
        try folder.remove("copy.npz")
        #expect(try copy.source.load().digest == digest)
        // Nothing has the digest, or none is known.
        for unknown in [String(repeating: "0", count: 64), nil] {
            #expect(throws: DataError.self) { try trained("/no/such/folder", unknown) }
            #expect(try trained("others", unknown).source.argument == "others")
        }
    }
}
