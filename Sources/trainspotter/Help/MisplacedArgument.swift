import DataFormats
import Datasets
import Foundation

/// What stands where a spec is expected, and belongs elsewhere on the command line.
enum MisplacedArgument {
    /// Says what the word is and where it goes; nil where it is nothing that the program knows.
    static func hint(_ word: String) -> String? {
        let isName =
            DatasetSource.known.contains { $0.name == word.lowercased() } || ImportedDatasets.standard.contains(word)
        if isName || isDataset(word) {
            return "\(word): a data set, not layers; did you mean --data \(word)?"
        }
        if isForeign(word) {
            return "\(word): weights of another program, not layers; did you mean `trainspotter import \(word)`?"
        }
        guard isModel(word) else { return nil }
        return "\(word): a saved network, not layers; did you mean `trainspotter evaluate \(word)`?"
    }

    private static func isForeign(_ path: String) -> Bool {
        [".safetensors", ".npy", ".keras", ".h5", ".pt", ".pth"].contains { path.hasSuffix($0) }
            && FileManager.default.fileExists(atPath: path)
    }

    private static func isModel(_ path: String) -> Bool {
        let files = FileManager.default
        return ["/spec.txt", "/weights.npz", "/0.kernel.npy"].contains { files.fileExists(atPath: path + $0) }
            || (path.hasSuffix(".npz") && files.fileExists(atPath: path))
    }

    private static func isDataset(_ path: String) -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        do throws(DataError) { _ = try DatasetSource.resolve(path).shape() } catch { return false }
        return true
    }
}
