import Files
import Foundation
import Specs

/// Files that were made from the weights of a folder and are beside them. They are removed with the weights, as a
/// folder has one network.
enum DerivedFiles {
    /// The default names of `export`, and the beginning of a file of that name that this program made. A user's own
    /// file is left alone.
    private static let marks: [(name: String, mark: String)] = [
        ("model.py", "Builds a trained network in Keras, loads its weights"), ("model.onnx", "Trainspotter"),
        ("report.html", "content=\"Trainspotter"),
    ]
    /// The number of bytes in which the mark is searched.
    private static let beginning = 4096

    /// Names of the files in a folder that were made from weights: programs, reports, and each tensor by itself.
    static func names(in folder: String) -> [String] {
        let marked = marks.filter { isOurs("\(folder)/\($0.name)", mark: $0.mark) }.map(\.name)
        let tensors = WeightFiles.tensorNames(in: folder).map { $0 + ".npy" }
        return marked + tensors
    }

    private static func isOurs(_ path: String, mark: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        guard let bytes = try? file.read(upToCount: beginning) else { return false }
        return bytes.range(of: Data(mark.utf8)) != nil
    }

    /// Refuses to put a file of one network into the folder of another.
    ///
    /// - Throws: `ExportError.otherSpec` where the folder has a `spec.txt` of another line.
    static func check(_ folder: String, isFor line: String) throws(ExportError) {
        let path = folder + "/" + RunExport.FileName.spec
        guard FileManager.default.fileExists(atPath: path) else { return }
        let found = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").trimmingCharacters(
            in: .whitespacesAndNewlines)
        guard found == line else { throw .otherSpec(path: path, expected: line, found: String(found.prefix(80))) }
    }
}
