import Foundation
import Testing

/// A text that a test compares with a file of the folder Golden, which is read where the sources are: what
/// `UPDATE_GOLDEN=1` writes holds for the next run without another build.
struct GoldenFile {
    let name: String

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")

    /// Fails with the lines that differ where the file has another text; writes it where `UPDATE_GOLDEN` is set.
    ///
    /// - Throws: if the file can't be read or written.
    func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let url = GoldenFile.folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try FileManager.default.createDirectory(at: GoldenFile.folder, withIntermediateDirectories: true)
            return try Data(text.utf8).write(to: url)
        }
        try #require(
            FileManager.default.fileExists(atPath: url.path), "there is no Golden/\(name); UPDATE_GOLDEN=1 writes it",
            sourceLocation: sourceLocation)
        let expected = try String(contentsOf: url, encoding: .utf8)
        // Outside of the expectation, which would print both texts whole.
        let isSame = text == expected
        #expect(
            isSame, "Golden/\(name):\n\(LineDifference(from: expected, to: text))", sourceLocation: sourceLocation)
    }
}
