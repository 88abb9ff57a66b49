import ArgumentParser
import DataFormats
import Datasets
import Exports
import Foundation
import Reports

/// `trainspotter predict`: a saved network's predictions for single images.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Ask a saved network what images show.",
        discussion: """
            An image is a PNG, JPEG or PGM file of any size, a folder of them, or - for \
            standard input. Where the classes are digits or other signs, the stroke of a \
            pen is found in it, dark on light or light on dark, and brought into the form \
            that MNIST's digits have; an image of the network's own size with a dark \
            ground is taken as it is. Other images are scaled with their proportions \
            kept. --show prints what the network sees.

            EXAMPLES
              trainspotter predict digits --index 3
              trainspotter predict digits photo.jpg --show
              trainspotter predict digits scans/ seven.png --json
              trainspotter predict 12 - < seven.pgm
            """)

    @OptionGroup var model: ModelArgument

    @Argument(
        help: "PNG, JPEG or PGM files, folders of them, or -.",
        completion: .file(extensions: ["png", "jpg", "jpeg", "pgm"]))
    var images: [String] = []

    @Option(help: ArgumentHelp("Number of an image of the test set, from 0.", valueName: "n"))
    var index: Int?

    @Flag(help: "Exchange black and white first.")
    var invert = false

    @Flag(help: "Look for no stroke: scale the whole image.")
    var asIs = false

    @Flag(help: "Look for a stroke, whatever the classes are.")
    var stroke = false

    @Flag(help: "Print the image as the network sees it.")
    var show = false

    @Flag(help: "Print JSON: an object for one image, else an array.")
    var json = false

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard images.isEmpty || index == nil else {
            throw ValidationError("expected an image file or --index, and not both")
        }
        if images.isEmpty, index == nil {
            let model = model.model
            throw ValidationError(
                ImageFile.isNamed(model)
                    ? "\(model.shown): expected a network before the image, as in `predict last \(model.shown)`"
                    : "expected an image file, a folder of them, - or --index")
        }
        for (option, isGiven) in [("--invert", invert), ("--as-is", asIs), ("--stroke", stroke)]
        where isGiven && images.isEmpty {
            throw ValidationError("\(option): expected an image file with it")
        }
        guard !(asIs && stroke) else { throw ValidationError("--as-is: expected no --stroke with it") }
        guard !(show && json) else { throw ValidationError("--show: expected no --json with it") }
    }

    func run() throws {
        let setting = try PredictionSetting(try model.load(), data, needsImages: index != nil)
        if let index { return try predict(index, setting) }
        let (paths, isOne) = try paths()
        let reading: NetworkImage.Reading =
            stroke ? .stroke : asIs ? .picture : NetworkImage.usualReading(classNames: setting.classNames)
        let form = NetworkImage(
            shape: setting.shape, levels: setting.levels, reading: reading, inverts: invert)
        var (reports, isFailed): ([PredictionReport], Bool) = ([], false)
        for path in paths {
            do throws(CommandFailure) {
                let seen = try seen(path, form)
                let report = setting.report(setting.levels.input(of: seen, setting.shape), image: path)
                if show { try print(seen, isOne ? nil : report, setting) }
                reports.append(report)
            } catch {
                guard !isOne, let message = error.message else { throw error }
                printError("trainspotter: \(message)")
                isFailed = true
            }
        }
        try print(reports, isOne: isOne, setting)
        if isFailed { throw CommandFailure.status(2) }
    }

    /// The files that are meant, and whether it is one alone that is named.
    private func paths() throws(CommandFailure) -> (paths: [String], isOne: Bool) {
        var paths: [String] = []
        var isOne = images.count == 1
        for image in images {
            do throws(DataError) {
                guard image != "-", let inFolder = try ImageFile.paths(inFolder: image) else {
                    paths.append(image)
                    continue
                }
                guard !inFolder.isEmpty else { throw .unreadable(path: image, reason: "no image in this folder") }
                paths += inFolder
                isOne = false
            } catch {
                throw CommandFailure(error)
            }
        }
        return (paths, isOne)
    }

    /// An image as the network sees it.
    private func seen(_ path: String, _ form: NetworkImage) throws(CommandFailure) -> GrayImage {
        let image: GrayImage
        do throws(DataError) {
            image =
                path == "-"
                ? try ImageFile.read(descriptor: STDIN_FILENO, name: "standard input")
                : try ImageFile.read(path: path)
        } catch {
            throw CommandFailure(error)
        }
        guard let seen = form.prepared(image) else {
            throw .usage("\(path): no stroke stands out from the ground; --as-is takes the whole image")
        }
        return seen
    }

    private func predict(_ index: Int, _ setting: PredictionSetting) throws {
        let test = setting.test ?? ImageSet(pixels: [], labels: [], shape: setting.shape)
        guard (0..<test.count).contains(index) else {
            throw CommandFailure.usage("--index \(index): expected 0 to \(test.count - 1)")
        }
        let report = setting.report(Array(test.image(index)), index: index, label: Int(test.labels[index]))
        if show { try print(setting.levels.shown(test.grayImage(index)), nil, setting) }
        try print([report], isOne: true, setting)
    }

    // MARK: - Output

    /// The image, and below it the line of one of several.
    private func print(_ seen: GrayImage, _ report: PredictionReport?, _ setting: PredictionSetting)
        throws(CommandFailure)
    {
        try printResult(ShowData.picture(seen))
        if let report { try printResult(TextTable.text([PredictionText.row(report, setting.classNames)])) }
    }

    private func print(_ reports: [PredictionReport], isOne: Bool, _ setting: PredictionSetting) throws(CommandFailure)
    {
        if json {
            try printResult(isOne ? reports[0].text : PredictionReport.text(reports))
        } else if isOne {
            try printResult(PredictionText.whole(reports[0], setting.classNames))
        } else if !show, !reports.isEmpty {
            try printResult(
                TextTable.text(reports.map { PredictionText.row($0, setting.classNames) }, rightAligned: [2]))
        }
    }
}
