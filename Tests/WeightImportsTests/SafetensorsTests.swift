import Foundation
import TestSupport
import Testing
import WeightImports

/// Files of safetensors whose header and values are at odds.
struct SafetensorsTests {
    struct Bad: CustomTestStringConvertible {
        let testDescription: String
        let file: HandmadeTensors
        let message: String

        init(_ description: String, _ header: String, values: Int = 8, length: UInt64? = nil, _ message: String) {
            testDescription = description
            file = HandmadeTensors(header: header, values: values, length: length)
            self.message = message
        }
    }

    private static let good = #""a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#

    static let bad = [
        Bad(
            "a header beyond the file", "{\(good)}", length: 1 << 20,
            "at byte 70: expected a header of 1048576 bytes, found the end of the file"),
        Bad(
            "a header beyond all bounds", "{\(good)}", length: .max,
            "at byte 0: expected a header of at most 100000000 bytes, found a greater length"),
        Bad("no object", "[\(good)]", "at byte 8: expected {, found [\"a\":{\"dtype\":\"F32\","),
        Bad("a name twice", "{\(good),\(good)}", "at byte 62: expected each name once, found \"a\" again"),
        Bad(
            "a key twice", #"{"a":{"dtype":"F32","dtype":"F32"}}"#,
            #"at byte 28: expected "dtype", "shape" and "data_offsets", each once, found "dtype""#),
        Bad(
            "an unknown key", #"{"a":{"size":3}}"#,
            #"at byte 14: expected "dtype", "shape" and "data_offsets", each once, found "size""#),
        Bad(
            "a missing key", #"{"a":{"dtype":"F32"}}"#,
            #"at byte 9: expected "a" with dtype, shape and data_offsets, found fewer of them"#),
        Bad(
            "an unknown type", #"{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}"#,
            #"at byte 9: expected a type such as F32, F16, BF16 or F64, found "C64""#),
        Bad(
            "a negative size", #"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#,
            #"at byte 37: expected a whole number from 0 on, found -2],"data_offsets":["#),
        Bad(
            "a size with a leading zero", #"{"a":{"dtype":"F32","shape":[02],"data_offsets":[0,8]}}"#,
            "at byte 37: expected a whole number from 0 on, found 02"),
        Bad(
            "sizes that overflow", #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
            "at byte 9: expected a shape of fewer than 2^60 values, found (4611686018427387904, 4)"),
        Bad(
            "sizes that overflow but for a size of 0",
            #"{"a":{"dtype":"F32","shape":[4611686018427387904,0,4],"data_offsets":[0,0]}}"#,
            "at byte 9: expected a shape of fewer than 2^60 values, found (4611686018427387904, 0, 4)"),
        Bad(
            "offsets that go back", #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
            #"at byte 9: expected "a" with data_offsets from a place to a later one, found [8, 0]"#),
        Bad(
            "offsets of another size", #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#,
            "at byte 9: expected 12 bytes for (3,) of float32, found 8"),
        Bad(
            "values beyond the file", "{\(good)}", values: 5,
            "at byte 67: expected 3 more bytes, found the end of the file"),
        Bad(
            "values that no array has", "{\(good)}", values: 9,
            "at byte 70: expected the end of the file, found 1 more bytes"),
        Bad(
            "a hole", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            "at byte 9: expected a to begin at 0, found 4"),
        Bad(
            "bytes twice", #"{\#(good),"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#, values: 12,
            "at byte 62: expected b to begin at 8, found 4"),
        Bad(
            "the same bytes twice", #"{\#(good),"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
            "at byte 62: expected b to begin at 8, found 0"),
        Bad("an end too soon", "{\(good)", "at byte 61: expected }, found the end of the header"),
        Bad("more behind the end", "{\(good)} x", "at byte 63: expected the end of the header, found x"),
        Bad(
            "depth", String(repeating: #"{"a":"#, count: 50_000),
            #"at byte 14: expected "dtype", "shape" and "data_offsets", each once, found "a""#),
        Bad(
            "depth in what is not used", #"{"__metadata__":{"a":"# + String(repeating: "[", count: 50_000),
            "at byte 29: expected \", found [[[[[[[[[[[[[[[[[[[["),
        Bad(
            "many axes", #"{"a":{"dtype":"F32","shape":["# + String(repeating: "1,", count: 100_000),
            "at byte 165: expected at most 64 numbers, found more"),
        Bad(
            "a name without an end", #"{"a"# + String(repeating: "b", count: 100_000),
            "at byte 9: expected a text of at most 255 bytes, found a longer one"),
        Bad(
            "a name of bytes beyond UTF-8", "{\"\\uD800\":1}",
            #"at byte 10: expected an escape of JSON for one character, found D800":1}"#),
        Bad("a line end in a name", "{\"a\nb\":1}", "at byte 11: expected a character of a text, found ?b\":1}"),
    ]

    @Test("A header that is none, or is at odds with the values, is refused with its place", arguments: bad)
    func refuse(_ this: Bad) throws {
        let error = try #require(throws: WeightImportError.self) {
            try SafetensorsFile.decode(this.file.bytes, path: "w.safetensors")
        }
        #expect(error.description == "w.safetensors: " + this.message)
    }

    @Test("A file that is cut anywhere is refused in one line")
    func cut() throws {
        for name in ["linear.safetensors", "sequential.safetensors", "keras_names.npz", "mnist_weights1.npy"] {
            let bytes = try Expected.bytes(name)
            for length in bytes.indices {
                let error = try #require(throws: WeightImportError.self, "\(name), \(length) bytes") {
                    try WeightArrays.decode(Array(bytes.prefix(length)), path: name, limits: WeightArrays.limits)
                }
                #expect(!error.description.contains { $0.isNewline })
            }
        }
    }

    @Test("Metadata, blanks, escapes and arrays without values are taken")
    func forms() throws {
        let header = #"""
            { "__metadata__" : { "format" : "p\"t\u00e9\n" , "x":"" } ,
              "\u0061/\\b": {"shape": [ 2 , 0 ], "data_offsets": [0 ,0], "dtype": "F16"},
              "n": {"dtype":"I64","shape":[],"data_offsets":[0,8]}}
            """# + "    "
        let arrays = try SafetensorsFile.decode(HandmadeTensors(header: header, values: 8).bytes, path: "w")
        #expect(arrays.map(\.name) == ["a/\\b", "n"])
        #expect(arrays.map(\.shape) == [[2, 0], []])
        #expect(arrays.map(\.type) == ["float16", "int64"])
        #expect(try SafetensorsFile.decode(HandmadeTensors(header: "{}").bytes, path: "w").isEmpty)
        #expect(throws: WeightImportError.self) {
            try SafetensorsFile.decode(HandmadeTensors([("a", [1]), ("b", [1])]).bytes, path: "w", most: 1)
        }
    }
}
