import Datasets
import Exports
import Files
import Foundation

/// All files that a command writes, and those that it reads: no two results go into one file, and none over what they are
/// made from.
struct OutputFiles {
    private var outputs: [OutputFile] = []
    /// Those whose folders are made where there are none.
    private var exports: [OutputFile] = []
    private var inputs: [(what: String, path: String)] = []

    /// Takes a file that an option names; nil where it was not given.
    mutating func add(_ option: String, _ path: String?) {
        if let path { outputs.append(OutputFile(option: option, path: path)) }
    }

    /// Takes a file that is written with the folders above it.
    mutating func add(export option: String, _ path: String?) {
        if let path { exports.append(OutputFile(option: option, path: path)) }
    }

    /// Takes the files of a data set, which are only read.
    mutating func keep(_ source: DatasetSource) {
        keep("a file of the data set \(source.name)", source.files())
    }

    /// Takes files that something else is in.
    mutating func keep(_ what: String, _ paths: [String]) { inputs += paths.map { (what, $0) } }

    /// Takes the file of the run store, and those that SQLite keeps beside it.
    mutating func keep(_ options: StoreOptions) {
        guard let path = try? options.path(makingFolders: false) else { return }
        keep("the file that runs are saved in", ["", "-wal", "-shm", "-journal"].map { path + $0 })
    }

    /// Takes the files that a saved network is read from.
    mutating func keep(_ model: SavedModel) {
        keep("a file of the saved network", model.files)
    }

    /// Takes the files that the networks of an ensemble are read from.
    mutating func keep(_ ensemble: SavedEnsemble) {
        for member in ensemble.members { keep(member) }
        if ensemble.single == nil, ensemble.members.allSatisfy({ $0.run == nil }) {
            keep("a file of the saved ensemble", ["\(ensemble.folder)/\(EnsembleFile.name)"])
        }
    }

    /// Finds out before the work starts that a result could not be written, or would be lost.
    func check() throws(CommandFailure) {
        for output in outputs { try output.check() }
        let kept = Dictionary(inputs.map { (FileIdentity($0.path), $0.what) }) { first, _ in first }
        var taken: [FileIdentity: String] = [:]
        for (descriptor, name) in [(STDERR_FILENO, "standard error"), (STDOUT_FILENO, "standard output")] {
            if let identity = FileIdentity(regularFileOf: descriptor) { taken[identity] = name }
        }
        var onOutput: String?
        for output in outputs + exports {
            if output.isStandardOutput {
                if let onOutput { throw .usage("\(output.option) -: \(onOutput) goes to standard output, too") }
                onOutput = output.option
                continue
            }
            guard let identity = FileIdentity(output.path) else { continue }
            if let what = kept[identity] { throw .usage("\(output.option) \(output.path): that is \(what)") }
            if let other = taken[identity] {
                throw .usage("\(output.option) \(output.path): \(other) goes into the same file")
            }
            taken[identity] = output.option
        }
    }
}
