import ArgumentParser
import Files

/// `trainspotter runs`: what was saved.
struct RunsCommandGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List, compare, edit, prune, export and import saved runs.",
        discussion: """
            RUN is a run's number or name, or `last`.

            EXAMPLES
              trainspotter runs
              trainspotter runs list --filter "optimizer=adam val_accuracy>0.98"
              trainspotter runs show 12
              trainspotter runs diff 11 12
              trainspotter train $(trainspotter runs show 12 --spec)
            """,
        subcommands: [
            RunsListCommand.self, RunsShowCommand.self, RunsDiffCommand.self, RunsErrorsCommand.self,
            RunsRenameCommand.self, RunsTagCommand.self, RunsNoteCommand.self, RunsDeleteCommand.self,
            RunsUndeleteCommand.self, RunsResumeCommand.self, RunsContinueCommand.self, RunsRepeatCommand.self,
            RunsExportCommand.self, RunsImportCommand.self, RunsSizeCommand.self, RunsPruneCommand.self,
            RunsCompactCommand.self, RunsCheckCommand.self, RunsSalvageCommand.self,
        ],
        defaultSubcommand: RunsListCommand.self)
}
