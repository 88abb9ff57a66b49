import ArgumentParser
import CursesTerminal
import Foundation
import Kernels
import Reports

/// The root command; without a subcommand it is the dashboard.
struct Trainspotter: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trainspotter",
        abstract: "Compose a multilayer perceptron, train it on MNIST, and see where and why it is wrong.",
        usage: """
            trainspotter [<spec> ...] [<options of the dashboard>]
            trainspotter <subcommand> [<options>]
            """,
        discussion: """
            Without a subcommand the dashboard opens, with the network that the spec gives, or with 128relu.

            EXAMPLES
              trainspotter                               the dashboard
              trainspotter 200tanh-100relu lr=3e-4       the dashboard with that network
              trainspotter exercise-3 --theme light      with a preset, on a light ground
              trainspotter train exercise-2 epochs=5     train without the dashboard
              trainspotter train 64relu --json -         the same, results as JSON
              trainspotter train 64relu --export digits  keep its weights
              trainspotter predict digits --index 3      ask it about a test image
              trainspotter settings adam                 what a word of a spec means

            A SPEC is one line: layers, then settings.
              layers     200tanh, 512relu+drop0.2-64relu, 784-200tanh-10, none;
                         or a preset's name
              optimizer  sgd, rmsprop, adam, adamw, …
              settings   KEY=VALUE with lr batch epochs seed val scale init l2 …
                         `trainspotter settings` lists all there are

            ENVIRONMENT
              TRAINSPOTTER_VECTORS   v4, v3 or base: the vector instructions to
                                     compute with (the best there are)

            EXIT STATUS
              0 done; 1 failed while running; 2 bad usage or bad input; 130 interrupted
            """,
        version: ProgramVersion.current,
        subcommands: [
            DashboardCommand.self, TrainCommand.self, SearchCommand.self, SearchesCommand.self, EvaluateCommand.self,
            PredictCommand.self, ExportCommand.self, EnsembleCommandGroup.self,
            ImportCommand.self,
            RunsCommandGroup.self, WatchCommand.self, PresetsCommand.self, SettingsCommand.self, DataCommand.self,
            BenchCommand.self, ScreenshotCommand.self, SearchTaskCommand.self,
        ],
        defaultSubcommand: DashboardCommand.self)
}

@main
enum Program {
    static func main() {
        occupyClosedStreams()
        // A file at its size limit is reported as a failed write.
        signal(SIGXFSZ, SIG_IGN)
        let given = Array(CommandLine.arguments.dropFirst())
        if given.first == "---completion" { return Completions.answer(given) }
        checkVectors()
        CursesTerminal.prepareProcess(BLASLibrary.environmentChanges)
        CursesTerminal.installEnds(program: "trainspotter \(ProgramVersion.current)")
        if let log = BaseDirectories.log { CursesTerminal.reportCrashes(in: log) }
        do {
            if given == ["--generate-manual"] { return try printManual() }
            let arguments = OptionOrder.ordered(given)
            try ArgumentCheck(arguments).run()
            var command = try Trainspotter.parseAsRoot(arguments)
            try command.run()
        } catch let failure as CommandFailure {
            leave(failure)
        } catch {
            leave(error)
        }
    }

    /// Ends the program where `TRAINSPOTTER_VECTORS` chooses instructions that the processor does not have, as a run at
    /// another level would not be the chosen one.
    private static func checkVectors() {
        do throws(KernelLevel.Refusal) {
            _ = try KernelLevel.chosen()
        } catch {
            leave(.usage(error.description))
        }
    }

    /// For `make install`, as the parser's `--generate-completion-script` is.
    private static func printManual() throws {
        let text = try ManualPage.text(date: ManualPage.date)
        // The last line's end is printed with it.
        try printResult(String(text.dropLast()))
    }

    private static func leave(_ failure: CommandFailure) -> Never {
        if let message = failure.message { printError("trainspotter: \(message)") }
        exit(failure.status)
    }

    /// Help and version are no errors, and go to standard output; everything else is bad usage.
    private static func leave(_ error: any Error) -> Never {
        if Trainspotter.exitCode(for: error) == .success {
            do throws(CommandFailure) { try printResult(HelpText.text(for: error)) } catch { leave(error) }
            exit(0)
        }
        printError("trainspotter: \(HelpText.refusal(error)) (see `\(HelpText.command(for: error))`)")
        exit(2)
    }
}
