import ArgumentParser
import DataFormats
import Datasets
import Foundation
import Reports
import Specs
import TerminalUI
import Training

/// `trainspotter data`: the data sets.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "List, check, import and look at data sets.",
        discussion: """
            A data set is a name, or \(DatasetFormats.standard.layouts). \
            Images have at most 1024 × 1024 pixels; of a file at most 2 GiB are loaded, \
            counted unpacked. Labels are numbers from 0; at least half of the numbers up \
            to the greatest must occur.

            What the files don't say stands behind the path, with commas between: \
            set=NAME, transpose, size=ROWSxCOLUMNS, scale=LEAST..GREATEST, \
            label=first|last|NAME, test=SHARE, testseed=NUMBER.

            `data import` keeps a data set in the program's own folder, under a name. A file \
            classes.txt beside the files, with a line for each class, names the classes.

            EXAMPLES
              trainspotter data list
              trainspotter data verify --data ./my-digits
              trainspotter data show --data mnist.npz
              trainspotter data show --data digits.csv:label=last
              trainspotter data show fashion-mnist 4
              trainspotter data import digits.csv --name digits
            """,
        subcommands: [ListData.self, ShowData.self, VerifyData.self, ImportData.self, RemoveData.self],
        defaultSubcommand: ListData.self)
}

struct VerifyData: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check a data set's files, and compare them with the published ones.",
        discussion: """
            Status 2 if the data set can't be used, 1 if it can, but is not the published \
            one. The images and labels of an imported one are compared with its digest.
            """)

    @Argument(help: "A data set's name or path.", completion: Completions.dataset)
    var dataset: String?

    @OptionGroup var data: DataOptions

    func validate() throws { try data.refuseTwo(dataset) }

    func run() throws {
        let source = try data.source(dataset)
        let files: [VerifiedFile]
        do throws(DataError) { files = try source.verify() } catch { throw CommandFailure(error) }
        let rows = files.map { verified in
            let file = verified.file
            let verdict =
                switch verified.isPublished {
                case true?: "as published"
                case false?: "differs"
                case nil: source.isImported ? "as imported" : "well formed"
                }
            let sizes = file.sizes.map(FigureText.grouped).joined(separator: " × ")
            return [verdict, URL(fileURLWithPath: file.path).lastPathComponent, sizes, "sha256 \(file.digest)"]
        }
        try printResult(TextTable.text(rows))
        let different = files.filter { $0.isPublished == false }
        guard different.isEmpty else {
            throw CommandFailure.running(
                different.map(\.file.path).joined(separator: ", ") + ": not the published contents of \(source.name)")
        }
    }
}

struct ShowData: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a data set has: counts of classes, values, duplicates, what to know; or one image.",
        discussion: """
            EXAMPLES
              trainspotter data show
              trainspotter data show --settings "val=0.2 split=stratified"
              trainspotter data show fashion-mnist
              trainspotter data show train.csv:label=first 0
              trainspotter data show --json
              trainspotter data show 59999 --train
              trainspotter data show 7 --train --augment elastic --epoch 3
            """)

    @Argument(
        help: ArgumentHelp(
            "A data set's name or path; and the number of an image of the test set, from 0: without it the classes are counted.",
            valueName: "name|number"), completion: Completions.dataset)
    var words: [String] = []

    @Flag(help: "Number of an image of the training file.")
    var train = false

    @Option(
        help: ArgumentHelp(
            "Change it as training would: elastic, or \"affine bend=2 deslant=true\".", valueName: "words"),
        completion: .list(Augmentation.Preset.allCases.map(\.rawValue)))
    var augment: String?

    @Option(help: ArgumentHelp("The epoch of such a training; each distorts differently. (default: 1)", valueName: "n"))
    var epoch: Int?

    @Option(help: ArgumentHelp("The seed of such a training. (default: 1)", valueName: "n"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "Settings of a spec: of each class, the images that they hold out are counted, and its weight.",
            valueName: "words"))
    var settings: String?

    @Flag(help: "Print what was found as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    /// A word of digits; a file of such a name is `./4`.
    private var index: Int? { words.lazy.compactMap { Int($0) }.first }
    private var named: String? { words.first { Int($0) == nil } }

    func validate() throws {
        for word in words where word != named && Int(word) != index {
            throw ValidationError("\(word): expected one name or path and one number of an image")
        }
        guard words.count < 3, words.count < 2 || (named != nil && index != nil) else {
            throw ValidationError("\(words[1]): expected one name or path and one number of an image")
        }
        try data.refuseTwo(named)
        guard !json || index == nil else { throw ValidationError("--json: an image has none") }
        guard settings == nil || index == nil else {
            throw ValidationError("--settings: expected no image's number, as the classes are counted")
        }
        if let epoch, !SettingRange.epochs.contains(epoch) {
            throw ValidationError("--epoch \(epoch): expected \(SettingRange.epochs.bounds)")
        }
        guard augment == nil || index != nil else {
            throw ValidationError("--augment: expected the number of an image")
        }
        for word in augment?.split(whereSeparator: \.isWhitespace) ?? [] where !train {
            guard Self.formingWords.contains(where: { word.hasPrefix("\($0)=") }) else {
                throw ValidationError("--augment \(word): expected --train, too: no other image is distorted")
            }
        }
        for (option, isGiven) in [("--epoch", epoch != nil), ("--seed", seed != nil)] where isGiven && augment == nil {
            throw ValidationError("\(option): expected --augment, too")
        }
    }

    /// Settings of images that are not trained on, too.
    private static let formingWords = [SpecKey.deslant, .width].map(\.rawValue)

    func run() throws {
        let training = try settingsOfImages()
        let source = try data.source(named)
        let dataset = try data.load(source)
        guard let index else {
            let report = try Self.report(dataset, settings ?? "")
            guard !json else { return try printResult(report.json.text()) }
            let table = try settings.map { try Self.overview(dataset, $0) } ?? Self.overview(dataset)
            let facts = report.lines.joined(separator: "\n")
            return try printResult("\(table)\n\n\(facts)" + (try Self.origin(source)))
        }
        let images = train ? dataset.train : dataset.test
        guard (0..<images.count).contains(index) else {
            throw CommandFailure.usage("image \(index): expected 0 to \(images.count - 1)")
        }
        let name = dataset.classNames[Int(images.labels[index])]
        // A strength that changes does so over the epochs of a training without other settings.
        let place = train ? "in epoch \(epoch ?? 1) of \(training.epochs), seed \(training.seed), with" : "with"
        try printResult(
            "\(train ? "training" : "test") image \(index): \(name)" + (augment.map { ", \(place) \($0)" } ?? ""))
        let pixels =
            train
            ? images.asFed(index, training, epoch: (epoch ?? 1) - 1)
            : InkForm(training).map { $0.applied(to: Array(images.image(index)), images.shape) }
                ?? Array(images.image(index))
        try printResult(Self.picture(images.shape.gray(pixels)))
    }

    /// The settings that the option names, read.
    private func settingsOfImages() throws(CommandFailure) -> TrainingConfiguration {
        var training = TrainingConfiguration()
        training.seed = seed ?? 1
        training.epochs = max(training.epochs, epoch ?? 1)
        let words = (augment ?? "").split(whereSeparator: \.isWhitespace).map { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 1 ? (SpecKey.augment.rawValue, parts[0]) : (parts[0], parts[1])
        }
        for (name, _) in words where !SpecKey.images.contains(where: { $0.rawValue == name }) {
            let expected = SpecKey.images.map { "\($0.rawValue)=" }.joined(separator: " ")
            throw .usage("--augment \(name)=: expected \(expected)")
        }
        do throws(SpecError) {
            // The preset is read first, wherever it stands.
            for key in SpecKey.images {
                for (name, text) in words where name == key.rawValue {
                    training = try SpecSetting.of(key).reading(text, into: training)
                }
            }
        } catch {
            throw CommandFailure(error)
        }
        return training
    }

    static func overview(_ dataset: Dataset) -> String {
        let (train, test) = (dataset.train, dataset.test)
        var rows = [["class", "train", "test"]]
        for label in 0..<dataset.classes {
            let counts = [train, test].map { set in set.labels.count { $0 == label } }
            rows.append([dataset.classNames[label]] + counts.map(FigureText.grouped))
        }
        rows.append(["all", FigureText.grouped(train.count), FigureText.grouped(test.count)])
        return size(dataset) + TextTable.text(rows, rightAligned: [1, 2]) + notes(dataset)
    }

    /// The images of each class as a run with some settings divides them, and how much they count in it.
    static func overview(_ dataset: Dataset, _ settings: String) throws(CommandFailure) -> String {
        let division = try division(dataset, settings)
        let (split, counts, weights) = (division.split, division.counts, division.weights)
        var rows = [["class", "train", "held out", "test"] + (weights == nil ? [] : ["weight"])]
        for label in 0..<dataset.classes {
            let numbers = [counts.training[label], counts.validation[label], counts.test[label]]
            rows.append(
                [dataset.classNames[label]] + numbers.map(FigureText.grouped)
                    + (weights.map { [FigureText.fixed(Double($0[label]), 4)] } ?? []))
        }
        let all = [split.training.count, split.validation.count, dataset.test.count]
        rows.append(["all"] + all.map(FigureText.grouped) + (weights == nil ? [] : [""]))
        return size(dataset) + TextTable.text(rows, rightAligned: [1, 2, 3, 4]) + notes(dataset)
    }

    /// How a run with some settings divides the images.
    private static func division(_ dataset: Dataset, _ settings: String) throws(CommandFailure) -> DataDivision {
        do {
            var network = ExperimentSpec.standard.network
            (network.inputs, network.classes) = (dataset.train.imageBytes, dataset.classes)
            let spec = try ExperimentSpec(network: network).replacing(settings: settings)
            try spec.validate()
            return try DataDivision(spec, dataset)
        } catch let error as SpecError {
            throw CommandFailure(error)
        } catch let error as TrainingError {
            throw CommandFailure(error)
        } catch {
            throw .running("\(error)")
        }
    }

    private static func report(_ dataset: Dataset, _ settings: String) throws(CommandFailure) -> DataReport {
        let division = try division(dataset, settings)
        guard let survey = DataSurvey(dataset) else { throw .running("the images were not looked at") }
        return DataReport(dataset, survey, division)
    }

    private static func size(_ dataset: Dataset) -> String {
        let shape = dataset.train.shape
        let channels = shape.channels == 1 ? "" : " of \(shape.channels) channels"
        return "\(dataset.name.harmlessLine): \(shape.rows) × \(shape.columns) pixels\(channels)\n"
    }

    /// Where an imported one is from, and how it was read there, a line each.
    private static func origin(_ source: DatasetSource) throws(CommandFailure) -> String {
        guard source.isImported else { return "" }
        do throws(DataError) {
            guard let facts = try source.found().format as? ImportedFormat else { return "" }
            return (["imported from \(facts.about.source)"] + facts.about.notes).map { "\n" + $0.harmlessLine }.joined()
        } catch {
            throw CommandFailure(error)
        }
    }

    /// What is to be known of how it was read, a line each.
    private static func notes(_ dataset: Dataset) -> String { dataset.notes.map { "\n\($0)" }.joined() }

    /// One line for each row of pixels, two characters a pixel, darker for more ink.
    static func picture(_ image: GrayImage) -> String {
        let ramp = Array(" .:-=+*#%@")
        return (0..<image.rows).map { row in
            let line = image.pixels[(row * image.columns)..<((row + 1) * image.columns)].map { byte in
                String(repeating: ramp[(Int(byte) * (ramp.count - 1) + 127) / 255], count: 2)
            }.joined()
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}
