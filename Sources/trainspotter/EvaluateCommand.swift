import ArgumentParser
import Reports
import Training

/// `trainspotter evaluate`: the figures of saved weights.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Evaluate a saved network on the test set.",
        discussion: """
            MODEL is a folder with spec.txt and weights.npz (or 0.kernel.npy, \
            0.bias.npy, …), such a .npz file, or a saved run. Without --data the test \
            set is that of the data set that the network was trained with. A network \
            trained with scale=standard takes mean and deviation from the training \
            images of the chosen data set. If these are other images than it was trained \
            on, a message says so.

            EXAMPLES
              trainspotter train 64relu epochs=5 --export digits
              trainspotter evaluate digits
              trainspotter evaluate digits/weights.npz --json -
            """)

    @OptionGroup var model: ModelArgument
    @OptionGroup var data: DataOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var json: JSONOptions

    func run() throws {
        var outputs = OutputFiles()
        outputs.add("--json", json.json)
        try outputs.check()
        let model = try model.load()
        let source = try data.source(of: model)
        outputs.keep(model)
        outputs.keep(self.model.store)
        outputs.keep(source)
        try outputs.check()
        let dataset = try data.load(source, of: model, other: .told)
        let report = TestReport(
            ClassificationMetrics(try model.trainer(dataset, threads: threads.threads).evaluateTest()))
        try json.write(report.text)
        guard !json.isStandardOutput else { return }
        let data = ["data", "\(dataset.name), \(FigureText.grouped(dataset.test.count)) images"]
        try printResult(TextTable.text([["spec", model.spec.description], data] + report.summaryRows))
    }
}
