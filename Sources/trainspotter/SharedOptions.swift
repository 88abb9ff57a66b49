import ArgumentParser
import DataFormats
import Datasets
import Exports
import Foundation
import Networks
import Specs

/// The option for the folder of imported data sets.
struct DataFolderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of imported data sets. (default: $XDG_DATA_HOME/trainspotter/data)", valueName: "folder"),
        completion: .directory)
    var dataFolder: String?

    /// The imported data sets.
    var imported: ImportedDatasets { dataFolder.map(ImportedDatasets.init(chosen:)) ?? .standard }

    /// What a name or a path means.
    func resolve(_ name: String) throws(CommandFailure) -> DatasetSource {
        try refuseUnreadableFolder(name)
        do throws(DataError) { return try DatasetSource.resolve(name, imported: imported) } catch {
            throw CommandFailure(error)
        }
    }
}

extension ImportedDatasets {
    /// Those of the folder that is used unless the user names another one.
    static let standard = ImportedDatasets(
        folder: BaseDirectories.data.map { $0 + "/trainspotter/data" }, isStandard: true)

    /// Those of a folder that the user names.
    init(chosen path: String) {
        let folder = URL(fileURLWithPath: path).standardizedFileURL.path
        self.init(folder: folder, isStandard: folder == Self.standard.folder)
    }
}

/// The option for the data set, which every subcommand has.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A data set's name, or \(DatasetFormats.standard.places). (default: mnist, or a model's own)",
            valueName: "name-or-path"), completion: Completions.dataset)
    var data: String?

    @OptionGroup var folder: DataFolderOptions

    /// The imported data sets.
    var imported: ImportedDatasets { folder.imported }

    /// The chosen data set, or the one that comes with the program.
    func source() throws(CommandFailure) -> DatasetSource { try source(nil) }

    /// The data set that an argument names, or the chosen one, or the one that comes with the program.
    func source(_ argument: String?) throws(CommandFailure) -> DatasetSource {
        try folder.resolve(argument ?? data ?? DatasetSource.mnist.name)
    }

    /// Refuses a data set that stands in two places.
    func refuseTwo(_ argument: String?) throws {
        guard let argument, let data else { return }
        throw ValidationError("\(argument): expected no other data set beside --data \(data)")
    }

    /// The chosen data set, or the one that a model was trained on: the store has a run's folder.
    func source(of model: SavedModel) throws(CommandFailure) -> DatasetSource {
        let digest = model.report?.dataset.sha256
        if let run = model.run { return try source(run.dataSource, digest: digest, ofRun: run.number) }
        guard data == nil, let trained = model.report?.dataset.name else { return try source() }
        // A name says which one it is; a path is only known by its last part.
        if let known = DatasetSource.known.first(where: { $0.name == trained }) { return try source(known.name) }
        if let name = digest.flatMap(imported.name) { return try source(name) }
        guard imported.contains(trained) else {
            throw .usage("the model was trained with \(trained): expected --data with its path")
        }
        return try source(trained)
    }

    /// What the option or a model's run names, whatever is there now; nil where nothing is named, or nothing there.
    func named(by model: SavedModel) -> DatasetSource? {
        guard let name = data ?? model.run?.dataSource ?? model.report?.dataset.name else { return nil }
        return try? DatasetSource.resolve(name, imported: imported)
    }

    /// The sizes that a spec must fit, without loading the images.
    func shape() throws(CommandFailure) -> DatasetShape { try shape(try source()) }

    /// The sizes that a spec must fit, without loading the images.
    func shape(_ source: DatasetSource) throws(CommandFailure) -> DatasetShape {
        do throws(DataError) { return try source.shape() } catch { throw CommandFailure(error) }
    }

    func load() throws(CommandFailure) -> Dataset { try load(try source()) }

    func load(_ source: DatasetSource) throws(CommandFailure) -> Dataset {
        do throws(DataError) { return try source.load() } catch { throw CommandFailure(error) }
    }
}

/// The option for the number of workers that share each step.
struct ThreadOptions: ParsableArguments {
    static let range = 1...64

    /// The number that suits this machine.
    static let standard = min(ProcessInfo.processInfo.activeProcessorCount, 8)

    @Option(
        name: .customLong("threads"),
        help: ArgumentHelp(
            "Workers of a training step; results don't depend on it. (default: one a processor, at most 8)",
            valueName: "n"))
    var chosen: Int?

    var threads: Int { chosen ?? Self.standard }

    func validate() throws {
        guard Self.range.contains(threads) else {
            throw ValidationError("--threads \(threads): expected \(Self.range.lowerBound) to \(Self.range.upperBound)")
        }
    }
}

/// The option for results as JSON.
struct JSONOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Write the results as JSON to a file, or to standard output: -", valueName: "file|-"),
        completion: .file())
    var json: String?

    var isStandardOutput: Bool { json == "-" }

    /// Writes the text to the chosen place, if there is one.
    func write(_ text: String) throws(CommandFailure) {
        guard let json else { return }
        try OutputFile(option: "--json", path: json).write(text + "\n")
    }
}

extension RunLine {
    /// The run's line from the words of a command line, for the images and classes of a data set.
    ///
    /// - Parameter layersAreOptional: whether words that begin with a setting have the standard layers.
    init(words: [String], shape: DatasetShape, layersAreOptional: Bool = false) throws(CommandFailure) {
        var line = words.joined(separator: " ")
        if words.isEmpty || (layersAreOptional && ExperimentSpec.startsWithSetting(line)) {
            line = ExperimentSpec.standard.network.hiddenChain + " " + line
        }
        do throws(SpecError) {
            try self.init(parsing: line, inputs: shape.inputs, classes: shape.classes)
            try spec.refuseTooLarge()
        } catch {
            if error.word == words.first, let hint = MisplacedArgument.hint(error.word) { throw .usage(hint) }
            throw CommandFailure(error)
        }
    }
}

extension ExperimentSpec {
    /// The spec from the words of a command line, where no run is trained whose settings could change.
    init(words: [String], shape: DatasetShape, layersAreOptional: Bool = false) throws(CommandFailure) {
        let line = try RunLine(words: words, shape: shape, layersAreOptional: layersAreOptional)
        guard let change = line.changes.first else {
            self = line.spec
            return
        }
        throw .usage(
            "\(change.place): changes while a run trains have no place here; expected layers and settings alone")
    }
}
