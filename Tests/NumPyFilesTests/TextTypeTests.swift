import NumPyFiles
import TestSupport
import Testing

/// NumPy's arrays of text.
@Suite struct TextTypeTests {
    @Test(
        "Types of text are told from other types by NumPy's words for them",
        arguments: [
            ("<U5", 20), (">U1", 4), ("|S7", 7), ("<U0", 0), ("<u4", nil), ("|O", nil), ("<U", nil), ("U5", nil),
            ("<U-1", nil), ("|S99999999999", nil), ("", nil),
        ] as [(String, Int?)])
    func types(text: String, width: Int?) {
        #expect(TextType(text)?.width == width)
    }

    @Test("Characters of 32 bits and bytes are read without the zeros behind them")
    func reads() throws {
        let words: [UInt32] = [0x63, 0x61, 0x74, 0x1F600, 0, 0, 0x61, 0, 0x62]
        let unicode = try #require(TextType("<U3"))
        #expect(try unicode.decode(littleEndianBytes(words), count: 3) == ["cat", "😀", "a\0b"])
        let big = try #require(TextType(">U3"))
        #expect(try big.decode(littleEndianBytes(words.map(\.byteSwapped)), count: 3) == ["cat", "😀", "a\0b"])
        let bytes = try #require(TextType("|S3"))
        #expect(try bytes.decode([0x63, 0x61, 0x74, 0xC3, 0xA4, 0], count: 2) == ["cat", "ä"])
        #expect(try #require(TextType("<U0")).decode([], count: 2) == ["", ""])
    }

    @Test("What is no text is told by its place")
    func refuses() throws {
        let unicode = try #require(TextType("<U1"))
        for word: UInt32 in [0xD800, 0x110000, .max] {
            let fault = #expect(throws: TextType.Fault.self) {
                try unicode.decode(littleEndianBytes([0x61, word]), count: 2)
            }
            #expect(fault?.index == 1)
        }
        let bytes = try #require(TextType("|S1"))
        #expect(throws: TextType.Fault.self) { try bytes.decode([0xFF], count: 1) }
    }

    @Test("An archive of bytes and text has what NumPy reads")
    func writes() throws {
        let names = ["T-shirt", "", "Stiefel ☂"]
        let members = [
            NPZFile.Member(name: "x", type: "|u1", shape: [2, 3], values: [1, 2, 3, 4, 5, 6]),
            NPZFile.Member(name: "names", texts: names),
        ]
        let bytes = try NPZFile.encode(members: members)
        let archive = try NPZArchive(bytes: bytes, path: "x.npz")
        #expect(archive.names == ["x", "names"])
        let beginning = try #require(try archive.beginning(of: "names", count: NPYHeader.mostBytes))
        let header = try NPYFile.decodeHeader(beginning, path: "names")
        #expect(header.type == "<U9" && header.shape == [3])
        let values = try #require(try archive.contents(of: "names", from: header.valuesStart))
        #expect(try #require(TextType(header.type)).decode(values, count: 3) == names)
        guard let python = Python.withNumPy else { return }
        let folder = try TemporaryFolder()
        try folder.write(bytes, as: "x.npz")
        let program = """
            import sys, numpy as np
            file = np.load(sys.argv[1])
            print(file["x"].tolist(), file["x"].dtype, ascii(file["names"].tolist()))
            """
        let result = try python.run(["-c", program, folder.path("x.npz")])
        #expect(
            result.output == "[[1, 2, 3], [4, 5, 6]] uint8 ['T-shirt', '', 'Stiefel \\u2602']\n", "\(result.errors)")
    }

    @Test("Of a file only the directory and what is asked for is read", arguments: [false, true])
    func parts(isPacked: Bool) throws {
        let folder = try TemporaryFolder()
        let long = npy("|u1", [200_000], (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) })
        try folder.write(npz([("long", long), ("short", npy("|u1", [2], [8, 9]))], isPacked: isPacked), as: "x.npz")
        let archive = try NPZArchive(path: folder.path("x.npz"))
        #expect(try archive.beginning(of: "long", count: 100) == Array(long.prefix(100)))
        #expect(try archive.beginning(of: "long", count: 150_000) == Array(long.prefix(150_000)))
        #expect(try archive.contents(of: "long") == long)
        #expect(try archive.contents(of: "long", from: 1000) == Array(long[1000...]))
        #expect(try archive.contents(of: "long", from: long.count) == [])
        #expect(try archive.contents(of: "none") == nil && archive.size(of: "none") == 0)
        // The file may go: it is open.
        try folder.remove("x.npz")
        #expect(try archive.contents(of: "short")?.suffix(2) == [8, 9])
    }
}
