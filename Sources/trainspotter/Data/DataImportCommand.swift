import ArgumentParser
import DataFormats
import Datasets
import Files
import Foundation
import Memory
import NumPyFiles
import Reports
import Runs

/// `trainspotter data import`: a data set gets a name.
struct ImportData: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring a data set into the program's own folder, under a name.",
        discussion: """
            SOURCE is what --data takes. Its images and labels are kept in one file, as \
            they were read: scaled, turned, with a test part. From then on its name is \
            enough, wherever SOURCE goes meanwhile. The names of its classes are those of \
            --classes, or of a file classes.txt beside it, or what its files say.

            EXAMPLES
              trainspotter data import train.csv --name kaggle
              trainspotter data import ./emnist:set=letters --transpose --name letters
              trainspotter data import ./shapes --name shapes --classes circle,star
              trainspotter train 64relu --data shapes
            """)

    @Argument(
        help: ArgumentHelp("A name, or a path with what is to be said of it.", valueName: "source"),
        completion: Completions.dataset)
    var source: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Its name from then on: letters, digits, - _ and .", valueName: "name"))
    var name: String

    @Option(
        help: ArgumentHelp(
            "What the classes are called, in their order: between commas, or a file with one on each line.",
            valueName: "names|file"), completion: .file())
    var classes: String?

    @Option(
        help: ArgumentHelp(
            "Rows and columns of images that are flat in the file; :size= of a path.", valueName: "rowsxcolumns"))
    var size: String?

    @Flag(help: "Turn rows into columns, as EMNIST needs; :transpose of a path.")
    var transpose = false

    @Flag(help: "Replace the data set of that name.")
    var replace = false

    @OptionGroup var folder: DataFolderOptions

    func run() throws {
        let path = try path()
        let names = try chosenNames()
        let source = try folder.resolve(describedSource())
        var dataset: Dataset
        do throws(DataError) { dataset = try source.load() } catch { throw CommandFailure(error) }
        if let names { dataset = dataset.countedFromOne(names) }
        let bytes = try encoded(dataset, names)
        sayNotes(of: dataset)
        try write(bytes, to: path)
        let counts = [dataset.train.count, dataset.test.count].map(FigureText.grouped).joined(separator: " + ")
        try printLine(
            "imported \(name): \(counts) images of \(dataset.classes) classes, \(ByteAmount.text(bytes.count)); --data \(name)"
        )
    }

    /// The source with what the options say of it: `./emnist:transpose`.
    private func describedSource() throws(CommandFailure) -> String {
        let words = [size.map { "size=\($0)" }, transpose ? "transpose" : nil].compactMap { $0 }
        guard let first = words.first else { return source }
        guard source.contains("/") || source.contains(":") || FileManager.default.fileExists(atPath: source) else {
            let option = first.hasPrefix("size") ? "--size" : "--transpose"
            throw .usage("\(option): expected a path, found the name \(source.shown)")
        }
        let isDescribed = source.contains(":") && !FileManager.default.fileExists(atPath: source)
        return source + (isDescribed ? "," : ":") + words.joined(separator: ",")
    }

    /// The path of its file.
    private func path() throws(CommandFailure) -> String {
        let imported = folder.imported
        if let expected = ImportedDatasets.expected(insteadOf: name) {
            throw .usage("--name \(name.shown): expected \(expected)")
        }
        guard let path = imported.path(of: name), let folder = imported.folder else {
            throw .usage("neither XDG_DATA_HOME nor HOME names a folder; --data-folder does")
        }
        do throws(ExportError) {
            try StagedFiles.check(folder: folder)
            try StagedFiles.check(path)
        } catch {
            throw CommandFailure(error)
        }
        if !replace, imported.contains(name) { throw taken }
        return path
    }

    private var taken: CommandFailure {
        .usage("--name \(name): there is a data set of that name; --replace replaces it")
    }

    /// What `--classes` says; nil without it.
    private func chosenNames() throws(CommandFailure) -> ClassNameList? {
        guard let classes else { return nil }
        do {
            let isList = classes.contains(",") && !FileManager.default.fileExists(atPath: classes)
            return isList
                ? try ClassNameList(classes.split(separator: ",", omittingEmptySubsequences: false))
                : try ClassNameList(path: classes)
        } catch let error as ClassNameList.Fault {
            throw .usage("--classes, name \(error.number): expected \(error.expected), found \(error.found)")
        } catch {
            throw .usage("--classes \(error)")
        }
    }

    /// The file's bytes.
    private func encoded(_ dataset: Dataset, _ chosen: ClassNameList?) throws(CommandFailure) -> [UInt8] {
        if let chosen, !chosen.fits(dataset.classes) {
            throw .usage(
                "--classes: expected \(dataset.classes) names, one for each class, found \(chosen.names.count)")
        }
        if let chosen, chosen.names != dataset.classNames, Set(chosen.names) == Set(dataset.classNames) {
            let own = dataset.classNames.joined(separator: ",")
            throw .usage("--classes: the data set has these names in another order; expected \(own), or other names")
        }
        // The file's bytes are there beside the images.
        let size = dataset.train.pixels.count.plus(dataset.test.pixels.count)
        do throws(MemoryRefusal) { try MemoryBudget.current.check(size) } catch {
            throw CommandFailure(DataError.tooLarge(path: source, error))
        }
        do {
            let names = try chosen ?? ClassNameList(dataset.classNames)
            return try ImportedFormat.encode(
                dataset.train.shape,
                train: LabelledImages(pixels: dataset.train.pixels, labels: dataset.train.labels),
                test: LabelledImages(pixels: dataset.test.pixels, labels: dataset.test.labels), names: names,
                source: dataset.place, notes: dataset.notes
            ).bytes
        } catch let error as ClassNameList.Fault {
            throw .usage(
                "\(source): the name of class \(error.number): expected \(error.expected), found \(error.found); --classes "
                    + "gives others")
        } catch {
            throw .usage("\(source): \(error)")
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try stored { () throws(StoreError) in try PrivateFiles.makeFolder(folder) }
        let isWritten: Bool
        do throws(WriteFailure) { isWritten = try PrivateFile.write(bytes, to: path, replacing: replace) } catch {
            throw .running("\(path): can't be written: \(error.reason)")
        }
        if !isWritten { throw taken }
    }
}

extension Dataset {
    /// The same with label 1 as the first class, where no label is 0 and each other one has a name: as `classes.txt` beside
    /// the files would have it.
    fileprivate func countedFromOne(_ names: ClassNameList) -> Dataset {
        guard format == IDXFormat.name, classNames == (0..<classes).map(String.init), names.fits(classes - 1),
            !train.labels.contains(0), !test.labels.contains(0)
        else { return self }
        func counted(_ images: ImageSet) -> ImageSet {
            ImageSet(pixels: images.pixels, labels: images.labels.map { $0 - 1 }, shape: images.shape)
        }
        return Dataset(
            name: name, train: counted(train), test: counted(test), classes: classes - 1, classNames: names.names,
            notes: notes + [LabelCoding.fromOneNote], place: place, format: format)
    }
}
