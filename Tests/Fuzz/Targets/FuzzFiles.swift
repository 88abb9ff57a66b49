import Foundation

/// The files of a target: its seeds, what was found earlier, and its dictionary.
package struct FuzzFiles {
    /// The folder `Tests/Fuzz` of the checkout.
    package static let folder = URL(filePath: #filePath).appending(path: "../..").standardizedFileURL

    private let name: String

    package init(of target: any FuzzTarget.Type) { name = target.name }

    /// Inputs by their file's path below `Fuzz`, in its order.
    package func inputs() throws -> [(path: String, bytes: [UInt8])] {
        try ["Seeds", "Found"].flatMap { kind in
            let below = "\(kind)/\(name)"
            let path = Self.folder.appending(path: below).path
            guard FileManager.default.fileExists(atPath: path) else { return [(path: String, bytes: [UInt8])]() }
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map {
                ("\(below)/\($0)", [UInt8](try Data(contentsOf: URL(filePath: "\(path)/\($0)"))))
            }
        }
    }

    /// Writes seeds, a file each.
    package func write(_ samples: [String: [UInt8]]) throws {
        let folder = Self.folder.appending(path: "Seeds/\(name)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (sample, bytes) in samples { try Data(bytes).write(to: folder.appending(path: sample)) }
    }

    /// The words of the dictionary; none where there is no such file.
    package func words() throws -> [[UInt8]] {
        let path = Self.folder.appending(path: "Dictionaries/\(name).dict").path
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap(Self.word)
    }

    /// A line of libFuzzer's form: a word in quotes, in which `\xNN`, `\"` and `\\` are one byte; nil for a comment.
    private static func word(_ line: Substring) -> [UInt8]? {
        guard line.first == "\"", line.last == "\"", line.count > 2 else { return nil }
        var bytes: [UInt8] = []
        var rest = line.dropFirst().dropLast().utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            guard next == UInt8(ascii: "x") else {
                bytes.append(next)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard let value = UInt8(digits, radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
