import Exports
import Foundation
import Reports
import RunExports
import Runs
import Search
import Searching
import Specs

/// What a search of the store has found, for the terminal and as JSON.
struct SearchText {
    private let search: SearchSummary
    private let importance: SettingImportance?
    private let tested: RunSummary?

    /// Trials in the table.
    private static let mostRows = 10

    /// - Throws: `CommandFailure` where there is no such search, or this program can't read it.
    init(number: Int, _ store: RunStore) throws {
        search = try Self.summary(ofSearch: number, store)
        importance = search.importance()
        tested = try Self.tested(search, store)
    }

    static func summary(ofSearch number: Int, _ store: RunStore) throws -> SearchSummary {
        let found = try stored { () throws(StoreError) in try store.summary(ofSearch: number) }
        switch found {
        case nil: throw CommandFailure.usage("\(number): there is no such search; `trainspotter searches` lists them")
        case .failure(let problem): throw CommandFailure.usage(problem.words)
        case .success(let summary): return summary
        }
    }

    /// The run of the best trial, where it was measured on the test set.
    private static func tested(_ search: SearchSummary, _ store: RunStore) throws -> RunSummary? {
        guard search.state == .ended, let run = search.finalists.first?.trial.run else { return nil }
        let summary = try stored { () throws(StoreError) in try store.summary(of: run) }
        return summary?.testAccuracy == nil ? nil : summary
    }

    /// Its report, one HTML page.
    var page: String { HTMLSearch(search, importance: importance, tested: tested).text }

    // MARK: - Lists

    static func table(_ listings: [SearchListing]) -> String {
        let rows = listings.map { listing in
            [
                "\(listing.search.id)", listing.state.word, FigureText.grouped(listing.tally.trials),
                listing.tally.best.map { FigureText.fixed(100 * $0, 2) } ?? "–",
                SearchBudget.words(listing.search.seconds), listing.search.name ?? "",
                listing.plan?.space ?? "its plan can't be read",
            ]
        }
        return TextTable.text(
            [["search", "state", "trials", "best val %", "time", "name", "space"]] + rows, rightAligned: [0, 2, 3])
    }

    static func json(_ listing: SearchListing) -> JSON {
        let members: KeyValuePairs<String, JSON> = [
            "search": .integer(listing.search.id), "name": listing.search.name.map(JSON.text) ?? .null,
            "state": .text(listing.state.word), "space": listing.plan.map { .text($0.space) } ?? .null,
            "started": .text(listing.search.started.formatted(.iso8601)),
            "ended": listing.search.ended.map { .text($0.formatted(.iso8601)) } ?? .null,
            "seconds": .number(listing.search.seconds), "trials": .integer(listing.tally.trials),
            "finished": .integer(listing.tally.finished), "failed": .integer(listing.tally.failed),
            "best_val_accuracy": JSON.number(listing.tally.best),
        ]
        return .object(members)
    }

    // MARK: - One search

    var text: String {
        let name = search.search.name.map { ", \($0)" } ?? ""
        var lines = [
            "search \(search.search.id)\(name): \(search.state.word), \(counted(search.trials.count, "trial")), "
                + "\(counted(search.epochsTrained, "epoch")), \(SearchBudget.words(search.search.seconds))"
                + (search.secondsToGo.map { ", " + SearchBudget.toGo($0) } ?? ""),
            search.plan.line(),
        ]
        let rungs = zip(search.halving.rungs, search.halving.results).map { epochs, results in
            "\(counted(epochs, "epoch")) \(results.count)"
        }
        lines.append("trials at rungs: \(rungs.joined(separator: ", "))")
        if let importance {
            let names = search.space.dimensions.map(\.name)
            let shares = zip(names, importance.shares).sorted { $0.1 > $1.1 }.map { "\($0) \(percent($1))" }
            lines.append(
                "importance: \(shares.joined(separator: ", ")), together \(percent(importance.together))")
        }
        let finalists = search.finalists
        guard !finalists.isEmpty else { return (lines + ["no trial has reached a rung yet"]).joined(separator: "\n") }
        let rows = finalists.prefix(Self.mostRows).map { finalist in
            let spread = finalist.deviation.map { " ± " + FigureText.fixed(100 * $0, 2) } ?? ""
            return [
                "\(finalist.trial.number + 1)", finalist.trial.run.map(String.init) ?? "–",
                FigureText.fixed(100 * finalist.accuracy, 2) + spread, "\(finalist.seeds)", "\(finalist.trial.length)",
                finalist.trial.line,
            ]
        }
        lines.append(
            TextTable.text(
                [["trial", "run", "val %", "seeds", "epochs", "line"]] + Array(rows), rightAligned: [0, 1, 3, 4]))
        if let tested, let accuracy = tested.testAccuracy, let errors = tested.testErrors {
            lines.append(
                "the best one, tested once: \(FigureText.perCent(accuracy)), \(counted(errors, "error")) (run \(tested.id))"
            )
        }
        if search.state == .ended, let all = finalists.first?.trial.commandOnAllRows {
            lines.append("on all rows: \(all)")
        }
        return lines.joined(separator: "\n")
    }

    private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }

    private func counted(_ count: Int, _ noun: String) -> String { SearchLines.counted(count, noun) }

    var json: String {
        let rungs = zip(search.halving.rungs, search.halving.results).map { epochs, results in
            JSON.object(["epochs": .integer(epochs), "reached": .integer(results.count)])
        }
        let course = BestSoFar(search).byTime.map { result in
            JSON.object([
                "trial": .integer(result.trial + 1), "epochs": .integer(result.epoch),
                "seconds": .number(result.seconds),
                "val_accuracy": .number(result.accuracy),
            ])
        }
        let all: KeyValuePairs<String, JSON> = [
            "search": .integer(search.search.id), "name": search.search.name.map(JSON.text) ?? .null,
            "state": .text(search.state.word), "space": .text(search.plan.space),
            "sampler": .text(search.plan.sampler.rawValue), "seconds": .number(search.search.seconds),
            "seconds_to_go": JSON.number(search.secondsToGo), "rungs": .array(rungs),
            "trials": .array(zip(search.trials, search.ranks).map(json)),
            "ranking": .array(search.finalists.map(json)), "importance": importanceJSON, "best_so_far": .array(course),
            "test_accuracy": JSON.number(tested?.testAccuracy), "test_errors": integer(tested?.testErrors),
        ]
        return JSON.object(all).text()
    }

    private func json(_ trial: SearchTrial, _ rank: Double?) -> JSON {
        let chosen = trial.point.map { search.space.chosen(in: $0) } ?? []
        let members: KeyValuePairs<String, JSON> = [
            "number": .integer(trial.number + 1), "run": integer(trial.run), "line": .text(trial.line),
            "settings": .object(chosen.map { JSON.Member(key: $0.name, value: .text($0.text)) }),
            "epochs": .integer(trial.length),
            "val_accuracy": JSON.number(trial.accuracy), "val_loss": JSON.number(trial.loss),
            "seconds": .number(trial.seconds), "rank": JSON.number(rank),
            "repeats": integer(trial.repeats.map { $0 + 1 }), "state": .text(trial.state.rawValue),
            "failure": trial.failure.map(JSON.text) ?? .null,
        ]
        return .object(members)
    }

    private func json(_ finalist: SearchSummary.Finalist) -> JSON {
        .object([
            "trial": .integer(finalist.trial.number + 1), "seeds": .integer(finalist.seeds),
            "val_accuracy": .number(finalist.accuracy), "deviation": JSON.number(finalist.deviation),
        ])
    }

    private var importanceJSON: JSON {
        guard let importance else { return .null }
        let settings = zip(search.space.dimensions, importance.shares).map {
            JSON.Member(key: $0.name, value: .number($1))
        }
        return .object(settings + [JSON.Member(key: "together", value: .number(importance.together))])
    }

    private func integer(_ value: Int?) -> JSON { value.map(JSON.integer) ?? .null }
}
