import ArgumentParser
import Datasets
import Experiments
import Neural
import Training

/// `trainspotter bench`: how long an epoch takes.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure how long an epoch takes.",
        discussion: """
            Trains each network with Adam on all but the last tenth of the training file (54,000 images of MNIST) and
            times the training passes alone. An activation at the end of a NET counts for all layers without one.

            EXAMPLES
              trainspotter bench
              trainspotter bench 8tanh 100-200-100relu --batch 128 --json -
            """)

    @Argument(help: "Hidden layers, such as 200tanh or 100-200-100relu.")
    var net = ["8tanh", "200linear", "200tanh", "100-200-100relu"]

    @Option(help: ArgumentHelp("Images of a step.", valueName: "n"))
    var batch = 32

    @Option(help: ArgumentHelp("Passes over the images.", valueName: "n"))
    var epochs = 5

    @OptionGroup var threads: ThreadOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var json: JSONOptions

    func run() throws {
        try json.check()
        let shape = try data.shape()
        let specs = try net.map { net in
            let words = [Self.layers(of: net), "adam", "lr=1e-3", "batch=\(batch)", "epochs=\(epochs)", "val=0.1"]
            return (net: net, spec: try ExperimentSpec(words: words, shape: shape))
        }
        let dataset = try data.load()
        Interrupt.watch()
        var entries: [BenchReport.Entry] = []
        for (net, spec) in specs { entries.append(try measure(net, spec, dataset)) }
        let written = Result { try json.write(BenchReport(entries: entries).text) }
        if !json.isStandardOutput { try printResult(Self.table(entries)) }
        try written.get()
    }

    private func measure(_ net: String, _ spec: ExperimentSpec, _ dataset: Dataset) throws -> BenchReport.Entry {
        let trainer: Trainer
        do throws(TrainingError) {
            trainer = try Trainer(spec: spec, dataset: dataset, threads: threads.threads)
        } catch {
            throw CommandFailure(error)
        }
        var seconds: [Double] = []
        while trainer.epoch < epochs {
            _ = trainer.step()
            if Interrupt.isRequested { throw CommandFailure.interrupted }
            if trainer.epochIsComplete { seconds.append(trainer.finishEpoch().figures.seconds) }
        }
        return BenchReport.Entry(
            net: net, batch: batch, threads: threads.threads, epochSeconds: seconds, rows: trainer.split.training.count)
    }

    /// The layers in the spec language: `100-200relu` stands for `100relu-200relu`.
    static func layers(of net: String) -> String {
        var entries = net.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let isBare = { (entry: String) in !entry.isEmpty && entry.allSatisfy { ("0"..."9").contains($0) } }
        guard let last = entries.last, entries.dropLast().allSatisfy(isBare) else { return net }
        let activation = last.drop { ("0"..."9").contains($0) }
        for index in entries.indices.dropLast() { entries[index] += activation }
        return entries.joined(separator: "-")
    }

    static func table(_ entries: [BenchReport.Entry]) -> String {
        let rows = entries.map { entry in
            [
                entry.net, "\(entry.batch)", "\(entry.threads)",
                entry.medianSeconds.map { Figures.fixed($0, 4) } ?? "none",
                entry.epochSeconds.min().map { Figures.fixed($0, 4) } ?? "none",
                entry.samplesPerSecond.map { Figures.grouped(Int($0)) } ?? "none",
            ]
        }
        return Figures.table(
            [["net", "batch", "threads", "median s", "least s", "images/s"]] + rows, rightAligned: [1, 2, 3, 4, 5])
    }
}
