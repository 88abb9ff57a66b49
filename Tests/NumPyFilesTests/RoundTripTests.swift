import NumPyFiles
import TestSupport
import Testing

@Suite struct RoundTripTests {
    @Test("What NumPy wrote in each format version is read bit for bit", arguments: 1...3)
    func versions(version: Int) throws {
        let array = try NPYFile.read(path: try Samples.path("version_\(version).npy"))
        #expect(Samples.areSame(array, Samples.kernel))
    }

    @Test("Vectors, single numbers and empty arrays have NumPy's shapes")
    func shapes() throws {
        #expect(Samples.areSame(try NPYFile.read(path: try Samples.path("vector.npy")), Samples.bias))
        #expect(try NPYFile.read(path: try Samples.path("number.npy")) == NumPyArray(shape: [], values: [2.5]))
        #expect(try NPYFile.read(path: try Samples.path("empty.npy")) == NumPyArray(shape: [0, 5], values: []))
    }

    @Test("The bytes are those that numpy.save writes")
    func sameBytes() throws {
        #expect(NPYFile.encode(Samples.kernel) == (try Samples.bytes("version_1.npy")))
        #expect(NPYFile.encode(Samples.bias) == (try Samples.bytes("vector.npy")))
        #expect(NPYFile.encode(NumPyArray(shape: [], values: [2.5])) == (try Samples.bytes("number.npy")))
        #expect(NPYFile.encode(NumPyArray(shape: [0, 5], values: [])) == (try Samples.bytes("empty.npy")))
        let large = NumPyArray(shape: [123, 45], values: (0..<(123 * 45)).map { Float($0) / 7 })
        #expect(NPYFile.encode(large) == (try Samples.bytes("large.npy")))
    }

    @Test("Archives of numpy.savez and numpy.savez_compressed are read bit for bit")
    func archives() throws {
        let stored = try NPZFile.read(path: try Samples.path("stored.npz"))
        #expect(stored.map(\.name) == ["0.kernel", "0.bias"])
        #expect(Samples.areSame(stored[0].array, Samples.kernel) && Samples.areSame(stored[1].array, Samples.bias))
        let compressed = try NPZFile.read(path: try Samples.path("compressed.npz"))
        #expect(compressed.map(\.name) == ["0.kernel", "0.bias", "zeros"])
        #expect(Samples.areSame(compressed[0].array, Samples.kernel))
        #expect(Samples.areSame(compressed[1].array, Samples.bias))
        #expect(compressed[2].array == NumPyArray(shape: [4000], values: [Float](repeating: 0, count: 4000)))
    }

    @Test("The same arrays always give the same archive, the one that NumPy was seen to read")
    func goldenArchive() throws {
        let bytes = try NPZFile.encode(Samples.entries)
        #expect(bytes == (try Samples.bytes("written_by_the_program.npz")))
        let read = try NPZFile.decode(bytes, path: "x.npz")
        #expect(read.map(\.name) == ["0.kernel", "0.bias"])
        #expect(Samples.areSame(read[0].array, Samples.kernel) && Samples.areSame(read[1].array, Samples.bias))
    }

    @Test("An archive of no arrays round-trips")
    func noArrays() throws {
        #expect(try NPZFile.decode(try NPZFile.encode([]), path: "x.npz").isEmpty)
    }

    @Test(
        "NumPy reads what is written here, names, shapes, type and bits",
        .enabled(if: Python.withNumPy != nil, Comment(rawValue: Python.missing("NumPy"))))
    func readByNumPy() throws {
        let python = try #require(Python.withNumPy)
        let folder = try TemporaryFolder()
        let large = NumPyArray(shape: [784, 200], values: (0..<(784 * 200)).map { Float($0) * 0.37 - 9 })
        try folder.write(
            try NPZFile.encode(Samples.entries + [NPZFile.Entry(name: "1.kernel", array: large)]), as: "w.npz")
        try folder.write(NPYFile.encode(Samples.kernel), as: "kernel.npy")
        let script = """
            import sys, numpy as np
            npz = np.load(sys.argv[1] + "/w.npz", allow_pickle=False)
            for name in npz.files:
                array = npz[name]
                print(name, array.shape, array.dtype.str, array.flags.c_contiguous)
            print(npz["0.kernel"].tobytes().hex())
            print(np.array_equal(npz["1.kernel"].ravel(), np.arange(784 * 200, dtype="f4") * np.float32(.37) - 9))
            print(np.load(sys.argv[1] + "/kernel.npy").tobytes().hex())
            """
        let result = try python.run(["-c", script, folder.path])
        let bits = "0000000000000080" + "0000c03f" + "000010c0" + "01000000" + "ffff7f7f"
        #expect(
            result.output == """
                0.kernel (2, 3) <f4 True
                0.bias (3,) <f4 True
                1.kernel (784, 200) <f4 True
                \(bits)
                True
                \(bits)

                """)
        #expect(result.status == 0 && result.errors.isEmpty)
    }
}
