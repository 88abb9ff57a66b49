import ArgumentParser
import Datasets
import Exports
import Foundation
import Reports
import Runs
import Specs
import Training
import WeightImports

/// `trainspotter import`: weights from elsewhere, as a run.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring in weights that another program made, as a run.",
        discussion: """
            Reads .npz and .npy files of float64, float32 or float16, .safetensors \
            files, and folders of .npy files. Names as Keras, PyTorch and NumPy \
            programs have them tell what each array is; their numbers and shapes tell \
            the order of the layers. What became of each array is printed.

            Weights don't tell the activations: --spec does, with the layers as \
            `trainspotter train` takes them. It also tells how pixels become inputs \
            (scale=) where that is not / 255.

            Layers without a bias get zeros. Batch normalizations with PyTorch's names \
            are rescaled for this program's ε, and those of other programs with an ε \
            other than 1e-3 by --batch-norm-epsilon. All of it is printed.

            The run is evaluated on the test set at once. It has no epochs; all \
            commands and views that take a saved run take it, and \
            `trainspotter train --from RUN` trains on from its weights.

            Models of Keras (.keras, .h5) and files of PyTorch (.pt, .pth, .bin) are \
            not read, as they can hold code: two lines of Python are printed that \
            write a file which is.

            EXAMPLES
              trainspotter import digits.npz --spec "200tanh"
              trainspotter import mnist_weights1.npy mnist_biases1.npy \\
                  mnist_weights2.npy mnist_biases2.npy --spec "200tanh"
              trainspotter import mlp.safetensors --spec "512relu-64relu" --name torch
            """)

    @Argument(help: "The files, or folders of .npy files.", completion: .file())
    var files: [String]

    @Option(help: ArgumentHelp("Layers with their activations, and settings.", valueName: "spec"))
    var spec: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Kernels have a row for each unit, as in PyTorch; needed only where all are square.")
    var transposeKernels: Bool?

    @Option(
        help: ArgumentHelp(
            "The layers' names in order, with commas; needed only where names and shapes leave it open.",
            valueName: "names"))
    var order: String?

    @Option(
        help: ArgumentHelp(
            "What batch normalization adds to the variance where the weights are from; needed only where that is not "
                + "1e-3, and the names are not PyTorch's.", valueName: "x"))
    var batchNormEpsilon: Double?

    @OptionGroup var data: DataOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("A name for the run.", valueName: "name"))
    var name: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A tag for the run; may be given several times.", valueName: "tag"))
    var tag: [String] = []

    @OptionGroup var store: StoreOptions
    @OptionGroup var threads: ThreadOptions

    func validate() throws {
        try RunWords.check(name: name, tags: tag)
        if let epsilon = batchNormEpsilon, !(1e-12...1).contains(epsilon) {
            throw ValidationError("--batch-norm-epsilon \(epsilon): expected 1e-12 to 1")
        }
    }

    func run() throws {
        for file in files { try refuseUnreadableFolder(file) }
        let source = try data.source()
        let shape = try data.shape()
        let imported = try weights(
            WeightRequest(
                spec: try specText(), transposesKernels: transposeKernels,
                order: order.map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } } ?? [],
                batchNormEpsilon: batchNormEpsilon,
                data: .init(inputs: shape.inputs, classes: shape.classes, name: source.name)))
        let dataset = try data.load(source)
        // Beside a network of this program it says what that began with.
        if spec != nil, let digest = imported.named {
            throw CommandFailure.usage(
                "--spec from=\(digest): the weights are those of the files; expected a spec without from=")
        }
        let (run, test) = try enter(imported, dataset, source)
        try printResult(Self.table(imported))
        if !imported.notes.isEmpty { try printResult("\n" + imported.notes.joined(separator: "\n")) }
        let rows = [["run", "\(run)"], ["spec", imported.spec.description]] + test.summaryRows
        try printResult("\n" + TextTable.text(rows))
    }

    // MARK: - Reading

    /// The spec that the user gave, or that a network of this program has beside its weights.
    private func specText() throws(CommandFailure) -> String? {
        guard spec == nil, let only = files.first, files.count == 1 else { return spec }
        do throws(ModelError) { return try SavedModel.specLine(beside: only) } catch {
            throw .usage(error.description)
        }
    }

    private func weights(_ request: WeightRequest) throws(CommandFailure) -> ImportedWeights {
        do {
            return try ImportedWeights(try WeightArrays.read(files), request)
        } catch WeightImportError.foreign(let file) {
            printError("trainspotter: \(file)")
            for line in file.python { printError("    \(line)") }
            throw .status(CommandFailure.usage("").status)
        } catch let error as SpecError {
            throw .usage("--spec \(error)")
        } catch {
            throw .usage("\(error)")
        }
    }

    // MARK: - The run

    private func enter(
        _ imported: ImportedWeights, _ dataset: Dataset, _ source: DatasetSource
    ) throws(CommandFailure) -> (run: Int, test: TestReport) {
        let (facts, test): (RunFacts, Evaluation)
        do throws(TrainingError) {
            facts = try RunFacts(imported.spec, dataset)
            test = try Trainer.evaluating(
                imported.tensors, of: imported.spec, on: dataset, threads: threads.threads, at: ImportedRun.place)
        } catch {
            throw CommandFailure(error)
        }
        let run = try stored { () throws(StoreError) in
            let store = try RunStore(path: try store.path(makingFolders: true))
            let new = NewRun(
                line: RunLine(spec: imported.spec), dataset: dataset.name, dataSource: source.argument,
                fingerprint: try store.fingerprint(of: dataset, files: source.fileMarks()),
                storedDataset: StoredDataset(dataset), facts: facts, machine: .current(threads: threads.threads),
                name: name, tags: tag)
            return try store.enter(ImportedRun(run: new, tensors: imported.tensors, test: test, files: files))
        }
        return (run, TestReport(ClassificationMetrics(test)))
    }

    // MARK: - What it did

    private static func table(_ imported: ImportedWeights) -> String {
        let tensors = Dictionary(imported.tensors.map { ($0.name, $0) }) { first, _ in first }
        return TextTable.text(
            imported.origins.map { origin in
                let shape = origin.tensor.flatMap { tensors[$0] }?.shape.map(String.init).joined(separator: " × ")
                let change =
                    origin.greatestChange == 0 ? [] : ["by \(FigureText.scientific(origin.greatestChange, 1)) at most"]
                return [
                    origin.title, origin.type, origin.shape.map(String.init).joined(separator: " × "), "→",
                    origin.tensor ?? "", shape ?? "", (origin.changes + change).joined(separator: ", "),
                ]
            })
    }
}
