import ArgumentParser
import Foundation
import Reports
import Runs

/// `trainspotter runs list`: saved runs in a table.
struct RunsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List saved runs (what happens without a subcommand).",
        discussion: """
            A filter is conditions between blanks, all of which must hold: FIELD, one of \
            = != < <= > >= ~ (contains) !~ (lacks), and a value. A word alone must occur \
            in name, tags, data set or spec. Order and columns take the same fields; an \
            order has the best first, and with - before it the worst. Below the table \
            stands how far runs of the same spec spread over their seeds.

            FIELDS
            \(fields)

            EXAMPLES
              trainspotter runs list --sort leaderboard
              trainspotter runs list --filter "optimizer=adam lr<0.01 val_accuracy>98%"
              trainspotter runs list --columns id,name,lr,val_accuracy --sort -val_loss
            """)

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Only runs that fulfil these conditions.", valueName: "conditions"))
    var filter = ""

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("By which field; leaderboard is the best on the validation rows first.", valueName: "field"),
        completion: Completions.order)
    var sort = "id"

    @Option(help: ArgumentHelp("Which fields, between commas.", valueName: "fields"), completion: Completions.fields)
    var columns: String?

    @Flag(help: "List the deleted runs instead.")
    var deleted = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() throws {
        let runs = try chosen()
        if json { return try printResult(RunListing.text(runs)) }
        let shown: RunColumns
        do throws(RunFilterError) {
            shown = if let columns { try RunColumns(parsing: columns) } else { .standard }
        } catch {
            throw CommandFailure.usage(error.description)
        }
        guard !runs.isEmpty else {
            return printError(filter.isEmpty ? "no runs are saved yet" : "no run fulfils \(filter)")
        }
        let table = TextTable.text(shown.rows(runs), rightAligned: shown.numbers)
        let trials = filter.isEmpty ? Self.trials(runs) : []
        try printResult(([table] + Self.spread(runs) + trials).joined(separator: "\n\n"))
    }

    /// How the trials of searches are left out, where there are some.
    private static func trials(_ runs: [RunSummary]) -> [String] {
        let count = runs.count { $0.search != nil }
        guard count > 0, count < runs.count else { return [] }
        return [
            "\(FigureText.grouped(count)) of \(FigureText.grouped(runs.count)) runs are trials of searches; `--filter "
                + "'tag!~search-'` leaves them out"
        ]
    }

    /// The spread over seeds of the listed runs: a line for each spec that was trained with several.
    private static func spread(_ runs: [RunSummary]) -> [String] {
        let groups = SeedGroup.groups(of: runs)
        var lines: [[String]] = []
        for run in runs {
            guard let group = groups[run.id], run.id == runs.first(where: { group.runs.contains($0.id) })?.id else {
                continue
            }
            lines.append([
                group.runs.map(String.init).joined(separator: " "), FigureText.spread(group.validationAccuracy),
                FigureText.spread(group.testAccuracy),
            ])
        }
        guard !lines.isEmpty else { return [] }
        return [TextTable.text([["runs of one spec", "val_accuracy", "test_accuracy"]] + lines)]
    }

    private func chosen() throws(CommandFailure) -> [RunSummary] {
        let isLeaderboard = sort == "leaderboard"
        let conditions: RunFilter
        let order: RunOrder
        do throws(RunFilterError) {
            conditions = try RunFilter(parsing: filter)
            order = try RunOrder(parsing: isLeaderboard ? "id" : sort)
        } catch {
            throw .usage(error.description)
        }
        let store = try store.openExisting()
        let all = try stored { () throws(StoreError) in try store.summaries(deleted ? .deleted : .kept, withSizes: true)
        }
        let runs = all.filter(conditions.accepts)
        return isLeaderboard ? RunOrder.leaderboard(runs) : order.sorted(runs)
    }

    private static let fields: String = {
        let ofRun = RunField.all.filter { $0.help != RunField.settingHelp }
        let lines = ofRun.map { ["  \($0.name)", $0.help] }
        return TextTable.text(lines) + "\n  and every setting of the spec: lr, batch, momentum, …"
    }()
}
