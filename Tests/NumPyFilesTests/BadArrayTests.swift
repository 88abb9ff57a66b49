import Foundation
import NumPyFiles
import TestSupport
import Testing

/// Each bad `.npy` file is refused with one whole line: path, byte, expected, found.
@Suite struct BadArrayTests {
    static let type = "'<f4' (float32, little-endian)"
    static let good = NPYFile.encode(Samples.kernel)

    static func header(
        descr: String = "'<f4'", order: String = "False", shape: String = "(2, 3)", payload: Int = 24
    ) -> [UInt8] {
        Samples.npy("{'descr': \(descr), 'fortran_order': \(order), 'shape': \(shape), }\n", payload: payload)
    }

    static let cases: [BadFile] = [
        BadFile("an empty file", [], "at byte 0: expected 10 more bytes, found the end of the data"),
        BadFile(
            "another magic", Array("\u{7F}ELF and more".utf8),
            "at byte 0: expected a .npy file (\\x93NUMPY), found other bytes at its start"),
        BadFile(
            "a magic cut off", Array(good.prefix(4)), "at byte 4: expected 6 more bytes, found the end of the data"),
        BadFile(
            "version 4.0", Array(good.prefix(6)) + [4, 0] + Array(good.dropFirst(8)),
            "at byte 6: expected format version 1.0, 2.0 or 3.0, found 4.0"),
        BadFile(
            "version 1.1", Array(good.prefix(6)) + [1, 1] + Array(good.dropFirst(8)),
            "at byte 6: expected format version 1.0, 2.0 or 3.0, found 1.1"),
        BadFile(
            "a huge header", Array(good.prefix(6)) + [2, 0, 0xFF, 0xFF, 0xFF, 0xFF] + Array(good.dropFirst(10)),
            "at byte 8: expected a header of at most 10000 bytes, found 4294967295"),
        BadFile(
            "a header cut off", Array(good.prefix(50)),
            "at byte 50: expected 78 more bytes, found the end of the data"),
        BadFile(
            "values cut off", Array(good.dropLast(5)), "at byte 147: expected 5 more bytes, found the end of the data"),
        BadFile("a byte too many", good + [0], "at byte 152: expected the end of the data, found 1 more byte"),
        BadFile("another type", header(descr: "'<i4'"), "at byte 20: expected \(type), found '<i4'"),
        BadFile(
            "big-endian values", header(descr: "'>f4'"),
            "at byte 20: expected \(type), found '>f4', which is big-endian"),
        BadFile(
            "a structured type", header(descr: "[('x', '<f4')]"),
            "at byte 20: expected \(type), found [('x', '<f4')], 'for"),
        BadFile("objects", header(descr: "'|O'"), "at byte 20: expected \(type), found '|O'"),
        BadFile(
            "Fortran order", header(order: "True"),
            "at byte 44: expected 'fortran_order': False (row-major), found True (column-major)"),
        BadFile(
            "an order that is neither", header(order: "0"),
            "at byte 44: expected 'fortran_order': False (row-major), found 0, 'shape': (2, 3), "),
        BadFile(
            "a shape that overflows", header(shape: "(4294967296, 4294967296, 4294967296)"),
            "at byte 60: expected a shape of fewer than 2^60 values, found (4294967296, 4294967296, 4294967296)"),
        BadFile(
            "a shape that overflows but for a size of 0", header(shape: "(4294967296, 0, 4294967296)"),
            "at byte 60: expected a shape of fewer than 2^60 values, found (4294967296, 0, 4294967296)"),
        BadFile(
            "a size that overflows", header(shape: "(99999999999999999999,)"),
            "at byte 61: expected a size of at most 9223372036854775807, found 99999999999999999999"),
        BadFile(
            "a negative size", header(shape: "(-2, 3)"),
            "at byte 61: expected a whole number from 0 on, found -2, 3), }?"),
        BadFile("a number for a shape", header(shape: "6"), "at byte 60: expected (, found 6, }?"),
        BadFile(
            "a number in parentheses", header(shape: "(6)"),
            "at byte 62: expected a comma after the only size, found ), }?"),
        BadFile(
            "more axes than there are", header(shape: "(" + String(repeating: "1, ", count: 65) + ")"),
            "at byte 253: expected a shape of at most 64 axes, found more"),
        BadFile(
            "a shape of more than there is", header(shape: "(1000000, 1000000)"),
            "at byte 106: expected 3999999999976 more bytes, found the end of the data"),
        BadFile("no dictionary", Samples.npy("import os\n"), "at byte 10: expected {, found import os?"),
        BadFile(
            "a key missing", Samples.npy("{'descr': '<f4', 'shape': ()}"),
            "at byte 10: expected a header with 'fortran_order', found none"),
        BadFile(
            "a key twice", Samples.npy("{'descr': '<f4', 'descr': '<f4'}"),
            "at byte 27: expected each key once, found 'descr' again"),
        BadFile(
            "a key too many", Samples.npy("{'evil': 1}"),
            "at byte 11: expected 'descr', 'fortran_order' or 'shape', found 'evil'"),
        BadFile(
            "a string without an end", Samples.npy("{'descr': '<f4"),
            "at byte 20: expected a closing quotation mark, found '<f4"),
        BadFile(
            "code behind the dictionary", Samples.npy("{'descr': '<f4', 'fortran_order': False, 'shape': ()} + x"),
            "at byte 64: expected the end of the header, found + x"),
    ]

    @Test("A bad .npy file is refused in one line", arguments: cases)
    func refused(_ bad: BadFile) throws {
        let folder = try TemporaryFolder()
        try folder.write(bad.bytes, as: "bad.npy")
        let path = folder.path + "/bad.npy"
        let error = try #require(throws: NumPyError.self) { try NPYFile.read(path: path) }
        #expect(error.description == "\(path): \(bad.message)")
    }

    @Test(
        "Types and orders that NumPy really writes are refused",
        arguments: ["float64", "int32", "big_endian", "fortran", "structured"])
    func written(name: String) throws {
        let path = try Samples.path("\(name).npy")
        let error = try #require(throws: NumPyError.self) { try NPYFile.read(path: path) }
        #expect(error.description.hasPrefix("\(path): at byte "))
        #expect(error.description.contains(name == "fortran" ? "found True (column-major)" : "expected \(Self.type)"))
    }

    @Test("Cut off at any byte, a file is refused")
    func everyLength() {
        for length in 0..<Self.good.count {
            #expect(throws: NumPyError.self) { try NPYFile.decode(Array(Self.good.prefix(length)), path: "x") }
        }
    }

    @Test("A folder, a pipe, a missing file and a file beyond the limit are unreadable")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        func message(_ name: String, limit: Int = 1000) throws -> String {
            let error = try #require(throws: NumPyError.self) {
                try NPYFile.read(path: folder.path + name, limits: ReadLimits(fileBytes: limit, unpackedBytes: limit))
            }
            return String(error.description.dropFirst(folder.path.count))
        }
        #expect(try message("") == ": can't be read: not a regular file")
        #expect(try message("/none.npy") == "/none.npy: can't be read: No such file or directory")
        #expect(mkfifo(folder.path + "/pipe.npy", 0o600) == 0)
        #expect(try message("/pipe.npy") == "/pipe.npy: can't be read: not a regular file")
        try folder.write(Self.good, as: "long.npy")
        #expect(
            try message("/long.npy", limit: 151) == "/long.npy: can't be read: 152 bytes long; expected at most 151")
        let enough = ReadLimits(fileBytes: 152, unpackedBytes: 152)
        #expect(try NPYFile.read(path: folder.path + "/long.npy", limits: enough) == Samples.kernel)
    }
}
