import Foundation
import Reports
import Runs
import Search
import Searching
import Specs

/// What a search has found, for the terminal and as JSON.
struct SearchResult {
    private let number: Int
    private let plan: SearchPlan
    private let engine: SearchEngine
    /// The best trial's run, with its test.
    private let tested: RunSummary?
    private let run: (Int) -> Int?

    /// Trials in the table.
    private static let mostRows = 10

    init(
        _ number: Int, _ plan: SearchPlan, _ engine: SearchEngine, _ tested: RunSummary?, run: @escaping (Int) -> Int?
    ) {
        (self.number, self.plan, self.engine, self.tested, self.run) = (number, plan, engine, tested, run)
    }

    /// The trials of the highest rung with those that repeat them, the best mean first; those with all their seeds before
    /// the others.
    static func groups(_ engine: SearchEngine, _ plan: SearchPlan) -> [[SearchEngine.Trial]] {
        let groups = engine.ranking.map { trial in
            let group = engine.group(of: trial.number)
            return group.isEmpty ? [trial] : group
        }
        let most = groups.map(\.count).max() ?? 0
        let whole = groups.filter { $0.count == most }.sorted { mean($0) > mean($1) }
        return whole + groups.filter { $0.count < most }
    }

    private static func scores(_ group: [SearchEngine.Trial]) -> [Double] { group.compactMap(\.score) }

    private static func mean(_ group: [SearchEngine.Trial]) -> Double {
        scores(group).reduce(0, +) / Double(max(1, group.count))
    }

    private static func spread(_ group: [SearchEngine.Trial]) -> Double? {
        guard group.count > 1 else { return nil }
        let mean = mean(group)
        return (scores(group).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(group.count - 1)).squareRoot()
    }

    var text: String {
        let trials = engine.trials
        let epochs = trials.reduce(0) { $0 + $1.figures.count }
        var lines = [
            "search \(number): \(SearchLines.counted(trials.count, "trial")), \(SearchLines.counted(epochs, "epoch")), "
                + SearchLines.duration(engine.seconds)
        ]
        let groups = Self.groups(engine, plan)
        guard let best = groups.first?.first else { return lines[0] + "\nno trial has reached a rung yet" }
        let rows = groups.prefix(Self.mostRows).map { group in
            [
                "\(group[0].number + 1)", run(group[0].number).map { "\($0)" } ?? "–", Self.percent(group),
                "\(group.count)", "\(group[0].figures.count)", group[0].spec.description,
            ]
        }
        lines.append(
            TextTable.text([["trial", "run", "val %", "seeds", "epochs", "line"]] + rows, rightAligned: [0, 1, 3, 4]))
        if let tested, let accuracy = tested.testAccuracy, let errors = tested.testErrors {
            lines.append(
                "the best one, tested once: \(SearchLines.percent(accuracy)), \(FigureText.grouped(errors)) errors (run \(tested.id))"
            )
            if let all = Self.onAllRows(best.spec) { lines.append("on all rows: trainspotter train \(all)") }
        }
        return lines.joined(separator: "\n")
    }

    /// The same without rows that are held out; nil where its settings need them.
    private static func onAllRows(_ spec: ExperimentSpec) -> ExperimentSpec? {
        var spec = spec
        (spec.training.validation, spec.training.split) = (0, .last)
        return (try? spec.validate()).map { spec }
    }

    private static func percent(_ group: [SearchEngine.Trial]) -> String {
        let mean = String(format: "%.2f", mean(group) * 100)
        return spread(group).map { mean + String(format: " ± %.2f", $0 * 100) } ?? mean
    }

    var json: String {
        let trials = JSON.array(engine.trials.map(json))
        let ranking = JSON.array(Self.groups(engine, plan).map(json))
        let rungs = JSON.array(engine.halving.rungs.map(JSON.integer))
        let all: KeyValuePairs<String, JSON> = [
            "search": .integer(number), "space": .text(plan.space), "seconds": .number(engine.seconds), "rungs": rungs,
            "trials": trials, "ranking": ranking, "test_accuracy": JSON.number(tested?.testAccuracy),
            "test_errors": integer(tested?.testErrors),
        ]
        return JSON.object(all).text()
    }

    private func json(_ trial: SearchEngine.Trial) -> JSON {
        let last = trial.figures.last
        let state = trial.failure != nil ? "failed" : trial.isFinished ? "finished" : "waiting"
        let members: KeyValuePairs<String, JSON> = [
            "number": .integer(trial.number + 1), "run": integer(run(trial.number)),
            "line": .text(trial.spec.description), "epochs": .integer(last?.epoch ?? 0),
            "val_accuracy": JSON.number(last?.validationAccuracy), "val_loss": JSON.number(last?.validationLoss),
            "repeats": integer(trial.repeats.map { $0 + 1 }), "failure": trial.failure.map(JSON.text) ?? .null,
            "state": .text(state),
        ]
        return .object(members)
    }

    private func json(_ group: [SearchEngine.Trial]) -> JSON {
        let members: KeyValuePairs<String, JSON> = [
            "trial": .integer(group[0].number + 1), "seeds": .integer(group.count),
            "val_accuracy": .number(Self.mean(group)), "deviation": JSON.number(Self.spread(group)),
        ]
        return .object(members)
    }

    private func integer(_ value: Int?) -> JSON { value.map(JSON.integer) ?? .null }
}
