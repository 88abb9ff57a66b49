import CZlib
import NumPyFiles
import TestSupport
import Testing

/// Each bad `.npz` file is refused with one whole line, before more is unpacked than it may hold.
@Suite struct BadArchiveTests {
    typealias Entry = HandmadeZip.Entry
    /// 140 bytes.
    static let array: [UInt8] = NPYFile.encode(Samples.bias)
    static let good: [UInt8] = HandmadeZip([Entry()]).bytes

    /// A megabyte and a half of zeros behind a good header.
    static let zeros: [UInt8] = NPYFile.encode(
        NumPyArray(shape: [400_000], values: [Float](repeating: 0, count: 400_000)))
    static let limits = ReadLimits(fileBytes: 1 << 20, unpackedBytes: 1 << 20, entries: 3)

    static func changed(_ edit: (inout HandmadeZip) -> Void) -> HandmadeZip {
        var zip = HandmadeZip([Entry()])
        edit(&zip)
        return zip
    }

    static let containers: [BadFile] = [
        BadFile(
            "an empty file", [],
            "at byte 0: expected a .npz file, which is a ZIP archive (PK), found other bytes at its start"),
        BadFile(
            "a .npy file", array,
            "at byte 0: expected a .npz file, which is a ZIP archive (PK), found other bytes at its start"),
        BadFile(
            "cut off", Array(good.dropLast()),
            "at byte 247: expected the end record of a ZIP file, found the end of the file"),
        BadFile(
            "bytes behind it", good + [0],
            "at byte 249: expected the end record of a ZIP file, found the end of the file"),
        BadFile(
            "the 64-bit extension", changed { $0.count = 0xFFFF },
            "at byte 226: expected a ZIP file without the 64-bit extension, below 4 GiB and 65535 entries, found one with it"
        ),
        BadFile(
            "an absurd number of entries", changed { $0.count = 60_000 },
            "at byte 236: expected at most 3 entries, found 60000"),
        BadFile(
            "more entries than records", changed { $0.count = 2 },
            "at byte 226: expected an entry of the directory, found none"),
        BadFile(
            "fewer entries than records", changed { $0.count = 0 },
            "at byte 175: expected the end of the directory, found more of it"),
        BadFile(
            "a directory elsewhere", changed { $0.directoryOffset = 7 },
            "at byte 238: expected a directory that ends where the end record starts, found 51 bytes from 7 on"),
    ]

    static let entries: [BadFile] = [
        BadFile(
            "a folder in a name", Entry(name: "../a.npy"),
            "at byte 224: expected a name such as 0.kernel.npy, without a folder, found \"../a.npy\""),
        BadFile(
            "a backslash in a name", Entry(name: "x\\a.npy"),
            "at byte 223: expected a name such as 0.kernel.npy, without a folder, found \"x\\a.npy\""),
        BadFile(
            "a control character in a name", Entry(name: "a\u{1B}.npy"),
            "at byte 222: expected a name such as 0.kernel.npy, without a folder, found \"a?.npy\""),
        BadFile(
            "no .npy", Entry(name: "a.txt"),
            "at byte 221: expected a name such as 0.kernel.npy, without a folder, found \"a.txt\""),
        BadFile(
            "a name twice", HandmadeZip([Entry(), Entry()]),
            "at byte 401: expected each name once, found a.npy again"),
        BadFile("a password", Entry(flags: 1), "at byte 183: expected a.npy unencrypted, found a password"),
        BadFile(
            "another method", Entry(method: 12),
            "at byte 185: expected a.npy stored (0) or deflated (8), found method 12"),
        BadFile(
            "sizes of 64 bits", Entry(size: 0xFFFF_FFFF),
            "at byte 195: expected a.npy without the 64-bit extension, found sizes of 64 bits"),
        BadFile(
            "a place beyond the file", Entry(offset: 0x7FFF_FFFF),
            "at byte 217: expected the place of a.npy, found 2147483647, where none starts"),
        BadFile(
            "a place within an entry", Entry(offset: 3),
            "at byte 217: expected the place of a.npy, found 3, where none starts"),
        BadFile(
            "another name at its place", Entry(localName: "b.npy"),
            "at byte 0: expected the name and method of a.npy as in the directory, found others"),
        BadFile(
            "the same bytes for two entries", HandmadeZip([Entry(), Entry(name: "b.npy", offset: 0)]),
            "at byte 443: expected b.npy after the data of a.npy, found the same bytes for both"),
        BadFile(
            "damage", Entry(checksum: 1),
            "at byte 191: expected a.npy with the CRC-32 0x00000001, found 0xe02e1ec4"),
        BadFile(
            "a bad array within", Entry(packed: Array(array.dropLast())),
            "a.npy: at byte 139: expected 1 more byte, found the end of the data"),
        BadFile(
            "an empty entry", Entry(packed: []), "a.npy: at byte 0: expected 10 more bytes, found the end of the data"),
    ]

    static let packed: [UInt8] = deflated(array)
    static let packedZeros: [UInt8] = deflated(zeros)

    static let bombs: [BadFile] = [
        BadFile(
            "more bytes than a stored entry has", Entry(size: 1_000_000),
            "at byte 199: expected a.npy of at most 140 bytes, which is what 140 can hold, found 1000000"),
        BadFile(
            "more bytes than deflate can pack", Entry(method: 8, size: 4_000_000_000, packed: packed),
            "at byte \(59 + packed.count): expected a.npy of at most \(1032 * packed.count) bytes, which is what "
                + "\(packed.count) can hold, found 4000000000"),
        BadFile(
            "more bytes than the limit", Entry(method: 8, size: UInt32(zeros.count), packed: packedZeros),
            "at byte \(59 + packedZeros.count): expected at most 1048576 bytes unpacked, found 1600128 with a.npy"),
        BadFile(
            "more bytes than the limit together",
            HandmadeZip([
                Entry(method: 8, size: 600_000, packed: packedZeros),
                Entry(name: "b.npy", method: 8, size: 600_000, packed: packedZeros),
            ]),
            "at byte \(70 + 51 + 24 + 2 * packedZeros.count): expected at most 1048576 bytes unpacked, "
                + "found 1200000 with b.npy"),
        BadFile(
            "a size that hides what there is", Entry(method: 8, size: 140, packed: packedZeros),
            "at byte 35: expected a.npy of 140 bytes, as in the directory, found more"),
        BadFile(
            "a size beyond what there is", Entry(method: 8, size: 141, packed: packed),
            "at byte 35: expected a.npy of 141 bytes, as in the directory, found 140"),
        BadFile(
            "packed data cut off", Entry(method: 8, size: 140, packed: Array(packed.dropLast(3))),
            "at byte \(32 + packed.count): expected more packed data of a.npy, found their end"),
        BadFile(
            "packed data that go on", Entry(method: 8, size: 140, packed: packed + [0, 0]),
            "at byte \(35 + packed.count): expected the end of a.npy, found 2 more packed bytes"),
        BadFile(
            "no deflate data", Entry(method: 8, size: 140, packed: [UInt8](repeating: 0xFF, count: 90)),
            "at byte 35: expected intact deflate data of a.npy, found damage (invalid block type)"),
    ]

    static let cases: [BadFile] = containers + entries + bombs

    @Test("A bad archive is refused in one line", arguments: BadArchiveTests.cases)
    func refused(_ bad: BadFile) throws {
        let error = try #require(throws: NumPyError.self) {
            try NPZFile.decode(bad.bytes, path: "bad.npz", limits: Self.limits)
        }
        #expect(error.description == "bad.npz: \(bad.message)")
    }

    @Test("The handmade archive is good where nothing in it lies")
    func handmade() throws {
        #expect(try NPZFile.decode(Self.good, path: "x", limits: Self.limits).map(\.array) == [Samples.bias])
        let checksum = UInt32(crc32(0, Self.array, UInt32(Self.array.count)))
        let deflated = HandmadeZip([Entry(method: 8, checksum: checksum, size: 140, packed: Self.packed)])
        #expect(try NPZFile.decode(deflated.bytes, path: "x", limits: Self.limits).map(\.array) == [Samples.bias])
    }

    @Test("Cut off at any byte, an archive is refused", arguments: ["stored.npz", "compressed.npz"])
    func everyLength(name: String) throws {
        let bytes = try Samples.bytes(name)
        for length in 0..<bytes.count {
            #expect(throws: NumPyError.self) { try NPZFile.decode(Array(bytes.prefix(length)), path: "x") }
        }
    }

    @Test("With any one byte changed, an archive gives an error or the right values")
    func everyByte() throws {
        let bytes = try Samples.bytes("compressed.npz")
        var refused = 0
        for position in bytes.indices {
            var damaged = bytes
            damaged[position] ^= 0x55
            do throws(NumPyError) {
                let entries = try NPZFile.decode(damaged, path: "x")
                let kernel = entries.first { $0.name == "0.kernel" }
                #expect(kernel.map { Samples.areSame($0.array, Samples.kernel) } == true, "byte \(position)")
            } catch {
                refused += 1
            }
        }
        // What is packed has a checksum, a time stamp has none.
        #expect(refused > bytes.count / 2 && refused < bytes.count)
    }
}
