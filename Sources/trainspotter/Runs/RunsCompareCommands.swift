import ArgumentParser
import Datasets
import Foundation
import Reports
import Runs
import Specs
import Training

/// `trainspotter runs diff`: which settings differ between runs, and their results.
struct RunsDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what differs between saved runs.",
        discussion: """
            Shows only differences: the data set, the settings, and live changes. Then come \
            the figures. "live lr  3e-3 @12+844" is a learning rate set after 12 epochs and 844 batches. \
            An accuracy has its standard error by the number of rows; and where other runs \
            differ from it in the seed alone, the mean and deviation over them.

            EXAMPLES
              trainspotter runs diff 11 12
            """)

    @Argument(help: "Two runs or more, by numbers or names.", completion: Completions.run)
    var runs: [String]

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard runs.count > 1 else { throw ValidationError("expected two runs or more") }
    }

    func run() throws {
        let store = try store.openExisting()
        var found: [RunSummary] = []
        for text in runs { found.append(try store.find(text)) }
        var fields: [[String]]
        do throws(SpecError) {
            fields = try SpecDifference.fields(found).map { [$0.name] + $0.texts }
        } catch {
            throw CommandFailure(error)
        }
        if fields.isEmpty { fields = [["line"] + found.map { _ in "the same" }] }
        let heading: [String] = ["run"] + found.map { run in run.name.map { "\(run.id) \($0)" } ?? "\(run.id)" }
        let all = try stored { () throws(StoreError) in try store.summaries() }
        let rows = [heading] + fields + results(found, SeedGroup.groups(of: all))
        try printResult(TextTable.text(rows))
    }

    /// The figures with the weights that they are of: the validation figures are the best of all epochs.
    private func results(_ runs: [RunSummary], _ groups: [Int: SeedGroup]) -> [[String]] {
        func row(_ name: String, _ text: (RunSummary) -> String?) -> [String] { [name] + runs.map { text($0) ?? "–" } }
        func figure(_ value: Double?, _ chance: Double? = nil) -> String? {
            value.map { FigureText.fixed($0, 4) + (chance.map { " ± \(FigureText.fixed($0, 4))" } ?? "") }
        }
        var rows = [
            row("best_epoch") { $0.bestEpoch.map(String.init) },
            row("val_loss") { figure($0.bestValidationLoss) },
            row("val_accuracy") { figure($0.bestValidationAccuracy, $0.validationChance) },
            row("over seeds") { groups[$0.id].map { FigureText.spread($0.validationAccuracy) } },
            row("test_weights", \.testWeightWords),
            row("test_accuracy") { figure($0.testAccuracy, $0.testChance) },
            row("over seeds") { groups[$0.id].map { FigureText.spread($0.testAccuracy) } },
            row("test_errors") { $0.testErrors.map(String.init) },
        ]
        rows.removeAll { $0[0] == "over seeds" && $0.dropFirst().allSatisfy { $0 == "–" } }
        return rows
    }
}

/// `trainspotter runs errors`: which digits one run gets right and another wrong.
struct RunsErrorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errors", abstract: "Show which test images only one of two saved runs gets right.",
        discussion: """
            EXAMPLES
              trainspotter runs errors 11 12
              trainspotter predict 12 --index 247
            """)

    @Argument(help: "The first run.", completion: Completions.run)
    var first: String

    @Argument(help: "The second run.", completion: Completions.run)
    var second: String

    @Option(help: ArgumentHelp("Images of each kind to print.", valueName: "n"))
    var count = 20

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard count >= 0 else { throw ValidationError("--count \(count): expected 0 or more") }
    }

    func run() throws {
        let store = try store.openExisting()
        let runs = (try store.find(first), try store.find(second))
        let (one, other) = (try test(of: runs.0, store), try test(of: runs.1, store))
        let difference: ErrorDifference
        do throws(ErrorDifference.Problem) {
            difference = try ErrorDifference(one, other)
        } catch {
            throw CommandFailure.usage("runs \(runs.0.id) and \(runs.1.id): \(error)")
        }
        var lines = [
            "run \(runs.0.id): \(one.errors) errors; run \(runs.1.id): \(other.errors) errors; "
                + "both wrong: \(difference.bothWrong.count), "
                + "\(difference.bothWrongDifferently.count) of them in different ways"
        ]
        for (title, rows) in [
            ("only run \(runs.0.id) is right", difference.onlyFirstRight),
            ("only run \(runs.1.id) is right", difference.onlySecondRight),
        ] {
            lines.append("\n\(title): \(rows.count)")
            let table = rows.prefix(count).map { row in
                ["  image \(row)", "is \(one.labels[row])", "\(one.predictions[row])", "\(other.predictions[row])"]
            }
            let heading = ["  of the test set", "", "run \(runs.0.id)", "run \(runs.1.id)"]
            if !table.isEmpty { lines.append(TextTable.text([heading] + table)) }
            if rows.count > count { lines.append("  and \(rows.count - count) more") }
        }
        try printResult(lines.joined(separator: "\n"))
    }

    private func test(of run: RunSummary, _ store: RunStore) throws(CommandFailure) -> Evaluation {
        guard let test = try stored({ () throws(StoreError) in try store.test(of: run.id) }) else {
            throw .usage("run \(run.id): it was not tested yet")
        }
        return test
    }
}

extension FigureText {
    /// `0.9731 ± 0.0012 (3 runs)`: a mean and its deviation; a dash without them.
    static func spread(_ spread: MeanAndDeviation?) -> String {
        guard let spread else { return "–" }
        return "\(fixed(spread.mean, 4)) ± \(fixed(spread.deviation, 4)) (\(spread.count) runs)"
    }
}
