import Foundation

/// A folder for one test, removed with the value.
public final class ScratchFolder {
    public let path: String

    public init() throws {
        path = "/tmp/trainspotter-scratch-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something in the folder.
    public func path(_ name: String) -> String { path + "/" + name }

    public func write(_ text: String, as name: String) throws { try write(Array(text.utf8), as: name) }

    public func write(_ bytes: [UInt8], as name: String) throws {
        let file = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    public func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    /// Everything below the folder, by paths relative to it.
    public func contents() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    }

    /// Four IDX files: `count` training images and as many test images of 2 × 2, with these labels.
    public func writeDataset(trainLabels: [UInt8], testLabels: [UInt8]) throws {
        for (name, labels) in [("train", trainLabels), ("t10k", testLabels)] {
            let count = UInt8(labels.count)
            let pixels = (0..<(4 * labels.count)).map { UInt8(truncatingIfNeeded: 37 * $0) }
            try write(
                [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 2] + pixels, as: "\(name)-images-idx3-ubyte")
            try write([0, 0, 8, 1, 0, 0, 0, count] + labels, as: "\(name)-labels-idx1-ubyte")
        }
    }
}
