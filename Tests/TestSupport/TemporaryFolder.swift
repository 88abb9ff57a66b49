import Foundation

/// A folder for one test, removed with the value.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path = NSTemporaryDirectory() + "trainspotter-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something in the folder.
    package func path(_ name: String) -> String { path + "/" + name }

    /// Writes a file, and makes the folders in its name.
    package func write(_ bytes: [UInt8], as name: String) throws {
        let file = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    package func write(_ text: String, as name: String) throws { try write(Array(text.utf8), as: name) }

    /// Makes a file that long, with a hole behind what it holds.
    package func extend(_ name: String, to bytes: UInt64) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path(name)))
        try file.truncate(atOffset: bytes)
        try file.close()
    }

    package func bytes(of name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }

    package func text(of name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

    /// Who may do what with something in it, as `chmod` has it.
    package func mode(of name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
    }

    /// Names of all that is in it, hidden files too, sorted.
    package func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    /// Everything below it, by paths relative to it, sorted.
    package func contents() throws -> [String] { try FileManager.default.subpathsOfDirectory(atPath: path).sorted() }

    /// Four IDX files of 2 × 2 pixels, an image for each of the labels.
    package func writeDataset(trainLabels: [UInt8], testLabels: [UInt8]) throws {
        for (name, labels) in [("train", trainLabels), ("t10k", testLabels)] {
            let count = UInt8(labels.count)
            let pixels = (0..<(4 * labels.count)).map { UInt8(truncatingIfNeeded: 37 * $0) }
            try write(
                [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 2] + pixels, as: "\(name)-images-idx3-ubyte")
            try write([0, 0, 8, 1, 0, 0, 0, count] + labels, as: "\(name)-labels-idx1-ubyte")
        }
    }

    package func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }
}
