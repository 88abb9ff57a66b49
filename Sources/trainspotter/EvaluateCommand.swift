import ArgumentParser
import Datasets
import Exports
import Reports
import Training

/// `trainspotter evaluate`: the figures of saved weights.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Evaluate a saved network on the test set.",
        discussion: """
            MODEL is a folder with spec.txt and weights.npz (or 0.kernel.npy, \
            0.bias.npy, …), such a .npz file, a saved run, or an ensemble. Without --data the test \
            set is that of the data set that the network was trained with. A network \
            trained with scale=standard takes mean and deviation from the training \
            images of the chosen data set. If these are other images than it was trained \
            on, a message says so.

            --tta N is test-time augmentation: N distorted copies of each image are \
            predicted, too, and all probabilities averaged. The figures with it stand \
            below those without. No rectangle is erased, and the true class is not used.

            EXAMPLES
              trainspotter train 64relu epochs=5 --export digits
              trainspotter evaluate digits
              trainspotter evaluate digits/weights.npz --json -
              trainspotter evaluate 12 --tta 16 --tta-augment "rotate=5 shift=0.5"
            """)

    @OptionGroup var model: ModelArgument
    @OptionGroup var testTime: TestTimeOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var json: JSONOptions

    func run() throws {
        var outputs = OutputFiles()
        outputs.add("--json", json.json)
        try outputs.check()
        let augmentation = try testTime.augmentation()
        let model = try model.load()
        let source = try data.source(of: model.members[0])
        outputs.keep(model)
        outputs.keep(self.model.store)
        outputs.keep(source)
        try outputs.check()
        let dataset = try data.load(source, of: model, other: .told)
        let network = try model.network(dataset, threads: threads.threads)
        let report = TestReport(
            ClassificationMetrics(network.evaluateTest(dataset, isSingle: model.single != nil)))
        let augmented = try augmentation.map { try augmentedReport($0, network, model, dataset) }
        var result = report.json
        if let augmentation, let augmented, case .object(let members) = result {
            result = .object(
                members + [JSON.Member(key: "test_time_augmentation", value: augmentation.json(augmented))])
        }
        try json.write(result.text())
        guard !json.isStandardOutput else { return }
        let what =
            model.single.map { ["spec", $0.spec.description] }
            ?? ["ensemble", "\(model.name): \(model.mean.rawValue) mean of \(model.names.joined(separator: ", "))"]
        let data = ["data", "\(dataset.name), \(FigureText.grouped(dataset.test.count)) images"]
        var text = TextTable.text([what, data] + report.summaryRows)
        if let augmentation, let augmented {
            text += "\n\n\(augmentation.words)\n" + TextTable.text(augmented.summaryRows)
        }
        try printResult(text)
    }

    private func augmentedReport(
        _ augmentation: TestTimeAugmentation, _ network: EnsembleNetwork, _ model: SavedEnsemble, _ dataset: Dataset
    ) throws(CommandFailure) -> TestReport {
        do throws(EnsembleError) {
            let evaluation = try network.evaluate(
                dataset.test, rows: RowNumbers(0..<dataset.test.count), source: .test, augmentation)
            return TestReport(ClassificationMetrics(evaluation))
        } catch {
            throw CommandFailure(error, of: model)
        }
    }
}
