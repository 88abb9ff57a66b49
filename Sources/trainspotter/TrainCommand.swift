import ArgumentParser
import Neural

/// `trainspotter train`: a run without the dashboard.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a network and print how good it is.",
        discussion: """
            Results go to standard output; progress goes to standard error: a bar on a terminal, a line an epoch
            elsewhere. Ctrl-C stops after the batch under way and prints what there is by then (status 130).

            EXAMPLES
              trainspotter train 200tanh
              trainspotter train exercise-2 epochs=2 --json -
              trainspotter train "512relu+drop0.2-512relu adamw lr=3e-4 epochs=20" --data fashion-mnist
            """)

    @Argument(help: "Layers or a preset's name, then settings; `trainspotter --help` tells the language.")
    var spec: [String]

    @OptionGroup var data: DataOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var json: JSONOptions

    @Flag(help: "No progress.")
    var quiet = false

    func run() throws {
        try json.check()
        let spec = try ExperimentSpec(words: spec, shape: try data.shape())
        let run = HeadlessRun(
            spec: spec, dataset: try data.load(), threads: threads.threads, progress: .standard(quiet: quiet))
        let outcome = try run.train()
        // Where the file can't be written the figures are not lost with it.
        let written = Result { try json.write(outcome.report.text) }
        if !json.isStandardOutput { try printResult(outcome.report.summary) }
        try written.get()
        if let failure = outcome.failure { throw failure }
    }
}
