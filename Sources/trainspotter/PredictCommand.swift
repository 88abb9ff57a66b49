import ArgumentParser
import DataFormats
import Datasets
import Exports
import Foundation
import Reports
import Specs
import Training

/// `trainspotter predict`: what a saved network says of one image.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Ask a saved network what an image shows.",
        discussion: """
            IMAGE is a PGM file (P2 or P5) of the size that the network takes, light ink \
            on a dark ground as in MNIST; --invert turns dark ink on paper around. \
            --index takes an image of the test set, from 0.

            EXAMPLES
              trainspotter predict digits --index 3
              trainspotter predict digits seven.pgm --invert
              trainspotter predict digits --index 3 --json
            """)

    @OptionGroup var model: ModelArgument

    @Argument(help: "A PGM file.", completion: .file(extensions: ["pgm"]))
    var image: String?

    @Option(help: ArgumentHelp("Number of an image of the test set, from 0.", valueName: "n"))
    var index: Int?

    @Flag(help: "The image has dark ink on a light ground.")
    var invert = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func validate() throws {
        guard (image == nil) != (index == nil) else {
            throw ValidationError("expected an image file or --index, and not both")
        }
        guard !invert || image != nil else { throw ValidationError("--invert: expected an image file with it") }
    }

    func run() throws {
        let model = try model.load()
        let dataset = try load(of: model)
        let (images, row) = try subject(dataset)
        // A single image can't be divided among workers.
        let trainer = try model.trainer(dataset, threads: 1)
        let evaluation = trainer.evaluate(images, rows: RowNumbers(row..<(row + 1)), source: .test)
        let report = PredictionReport(
            index: index, image: image, label: index.map { Int(images.labels[$0]) },
            predicted: Int(evaluation.predictions[0]), probabilities: Array(evaluation.probabilities(ofRow: 0)))
        try printResult(json ? report.text : Self.text(report, dataset.classNames))
    }

    /// For a user's own image the data set only gives class names, unless scaling needs its images.
    private func load(of model: SavedModel) throws(CommandFailure) -> Dataset {
        guard index != nil || model.scalingNeedsData else { return try data.load(try data.source(of: model)) }
        return try data.load(of: model, other: .told)
    }

    /// The images, and the row of the chosen one.
    private func subject(_ dataset: Dataset) throws(CommandFailure) -> (images: ImageSet, row: Int) {
        if let index {
            guard (0..<dataset.test.count).contains(index) else {
                throw .usage("--index \(index): expected 0 to \(dataset.test.count - 1)")
            }
            return (dataset.test, index)
        }
        let path = image ?? ""
        let gray: GrayImage
        do throws(DataError) { gray = try PGMFile.read(path: path) } catch { throw CommandFailure(error) }
        let shape = dataset.test.shape
        let (rows, columns) = (shape.rows, shape.columns)
        guard shape.channels == 1 else {
            throw .usage("\(path): grey levels; \(dataset.name) has images of \(shape.channels) channels")
        }
        guard gray.rows == rows, gray.columns == columns else {
            throw .usage(
                "\(path): expected \(columns) × \(rows) pixels as in \(dataset.name), "
                    + "found \(gray.columns) × \(gray.rows)")
        }
        // Its class is unknown: the set needs some label, which is not shown.
        let pixels = invert ? gray.inverted.pixels : gray.pixels
        return (ImageSet(pixels: pixels, labels: [0], rows: rows, columns: columns), 0)
    }

    /// The widest bar, in characters.
    private static let barWidth = 40

    static func text(_ report: PredictionReport, _ names: [String]) -> String {
        let best = report.probabilities[report.predicted]
        var facts = [
            ["image", report.index.map { "test image \($0)" } ?? report.image ?? ""],
            ["predicted", "\(names[report.predicted]) (\(FigureText.perCent(Double(best))))"],
        ]
        if let label = report.label {
            facts.append(["true", "\(names[label]), so \(label == report.predicted ? "right" : "wrong")"])
        }
        let width = names.map(\.count).max() ?? 0
        let bars = zip(names, report.probabilities).map { name, share in
            let bar = String(repeating: "#", count: Int((share * Float(barWidth)).rounded()))
            let number = FigureText.perCent(Double(share))
            return padded(name, width) + "  " + padded(bar, barWidth) + String(repeating: " ", count: 10 - number.count)
                + number
        }
        return TextTable.text(facts) + "\n\n" + bars.joined(separator: "\n")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
