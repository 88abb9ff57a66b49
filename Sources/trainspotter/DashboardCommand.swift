import ArgumentParser
import CursesTerminal
import Foundation
import Memory
import Specs

/// `trainspotter [SPEC]`: the dashboard, or training with plain lines where there is no terminal.
struct DashboardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Open the dashboard (what happens without a subcommand).",
        discussion: """
            Where standard input or output is no terminal, the spec is trained with plain \
            progress lines instead.

            EXAMPLES
              trainspotter
              trainspotter lr=3e-4
              trainspotter exercise-3 lr=3e-4 --data fashion-mnist
            """)

    @Argument(help: "Layers or a preset's name, then settings; without layers 128relu.", completion: Completions.spec)
    var spec: [String] = []

    @OptionGroup var data: DataOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var display: DisplayOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
        try refuseMisspelledCommand()
        let words = try [store.namingTeacher(in: spec.joined(separator: " "))].filter { !$0.isEmpty }
        let line = try RunLine(words: words, shape: try data.shape(), layersAreOptional: true)
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            _ = try ThemeCatalog.load(chosen: display.theme)
            printError("trainspotter: no terminal for the dashboard, so training with plain progress lines")
            try trainWithPlainLines(line)
            return
        }
        // While there is one thread, and no store is open.
        FreedMemory.goesBack()
        let unguarded = CursesTerminal.startGuard()
        if let unguarded { printError("trainspotter: a killed program will not give the terminal back: \(unguarded)") }
        try runDashboard(
            line: line, source: try data.source(), imported: data.imported, threads: threads, display: display,
            store: store)
    }

    private func trainWithPlainLines(_ line: RunLine) throws {
        let named = try store.finder(for: line.spec)
        let dataset = try data.load()
        try line.spec.checkTeacher(dataset, named)
        let recorded = try SavingOptions.standard(store).record(
            line, source: try data.source(), dataset: dataset, threads: threads.threads)
        sayNotes(of: dataset)
        warnOfHeldOutRows(line.spec, dataset)
        let run = HeadlessRun(
            line: line, dataset: dataset, threads: threads.threads, progress: .lines, recorded: recorded,
            named: named)
        let outcome = try run.train()
        try recorded?.close()
        try printResult(outcome.report.summary(run: recorded?.run))
        if let failure = outcome.failure { throw failure }
    }

    /// `trainspotter trian 8tanh` arrives here, since what is no subcommand is a spec.
    private func refuseMisspelledCommand() throws(CommandFailure) {
        guard let word = spec.first, word.first?.isLetter == true, word.lowercased() != "none",
            Presets.named(word) == nil
        else { return }
        let commands = Trainspotter.configuration.subcommands.compactMap { $0.configuration.commandName }
        let candidates = commands + Presets.all.map(\.name) + ["none"]
        if let nearest = Spelling.nearest(to: word, among: candidates), commands.contains(nearest) {
            throw .usage("\(word): neither a command nor layers; did you mean `trainspotter \(nearest)`?")
        }
    }
}
