import Exports
import Foundation
import Reports
import Runs
import Search
import Searching
import Specs

extension HTMLSearch {
    /// The page of a search of a store.
    ///
    /// - Parameters:
    ///   - importance: how much each setting counts; nil before that is known.
    ///   - tested: the run that was measured on the test set; nil before the end.
    package init(_ search: SearchSummary, importance: SettingImportance?, tested: RunSummary?) {
        self.init()
        let finalists = search.finalists
        title = search.search.name ?? "Search \(search.search.id)"
        space = search.plan.space
        tiles = [
            ("trials", FigureText.grouped(search.begun)), ("epochs", FigureText.grouped(search.epochsTrained)),
            ("best on validation rows", finalists.first.map { FigureText.perCent($0.accuracy) } ?? "none"),
            ("its test accuracy", tested?.testAccuracy.map(FigureText.perCent) ?? "not read"),
            ("time", SearchBudget.words(search.search.seconds)), ("state", search.state.word),
        ]
        facts = Self.facts(search)
        courses(search)
        fillRungs(search)
        if let importance { self.importance = Self.rows(search, importance) }
        fillAxes(search)
        best = Self.best(finalists, search)
        trials = Self.trials(search)
        command = finalists.first?.trial.commandOnAllRows
    }

    private static func facts(_ search: SearchSummary) -> String {
        let how: String =
            switch search.plan.sampler {
            case .random: "drawn by chance"
            case .grid: "taken from a grid"
            case .tpe: "drawn where good ones lie densely, by the tree-structured Parzen estimator"
            }
        let rungs = search.halving.rungs.map(String.init).joined(separator: ", ")
        let halving =
            search.halving.rungs.count > 1
            ? "They stop at \(rungs) epochs, and the best of each \(search.halving.reduction) go on"
            : "Each is trained for \(rungs) epochs"
        return
            "Trials are \(how). \(halving). They are compared by validation alone; the test set is read once, by the best one."
    }

    private mutating func courses(_ search: SearchSummary) {
        let trials = BestSoFar.byTrial(search)
        byTrial = (
            trials.map { Point(x: Double($0.trial + 1), value: $0.accuracy) },
            trials.map { Point(x: Double($0.trial + 1), value: $0.best) }
        )
        let times = BestSoFar(search)
        byTime = (
            times.results.map { Point(x: $0.seconds, value: $0.accuracy) },
            times.byTime.map { Point(x: $0.seconds, value: $0.accuracy) }
        )
    }

    private mutating func fillRungs(_ search: SearchSummary) {
        let results = search.halving.results
        rungs = search.halving.rungs.enumerated().map { place, epochs in
            let next = results.indices.contains(place + 1) ? results[place + 1].count : results[place].count
            return Rung(
                name: "\(epochs) \(epochs == 1 ? "epoch" : "epochs")", reached: results[place].count,
                wentOn: min(next, results[place].count))
        }
    }

    private static func rows(_ search: SearchSummary, _ importance: SettingImportance) -> [(
        name: String, share: Double
    )] {
        let named = zip(search.space.dimensions.map(\.name), importance.shares).map { (name: $0, share: $1) }
        return named.sorted { $0.share > $1.share } + [(name: "together", share: importance.together)]
    }

    private mutating func fillAxes(_ search: SearchSummary) {
        let drawn = SearchAxes(search)
        axes = drawn.axes.map { axis in Axis(name: axis.name, ticks: axis.ticks.map { ($0.share, $0.label) }) }
        lines = zip(search.trials, search.ranks).compactMap { trial, rank in
            guard let rank else { return nil }
            return Line(
                shares: drawn.axes.map { drawn.share(of: trial, on: $0) }, rank: rank,
                title: "trial \(trial.number + 1): \(percent(trial.accuracy)), \(trial.line)")
        }
    }

    // MARK: - Tables

    private static func best(_ finalists: [SearchSummary.Finalist], _ search: SearchSummary) -> Table {
        let rows = finalists.prefix(10).map { finalist in
            let spread = finalist.deviation.map { " ± " + FigureText.fixed(100 * $0, 2) } ?? ""
            return [
                "\(finalist.trial.number + 1)", finalist.trial.run.map(String.init) ?? "–",
                FigureText.fixed(100 * finalist.accuracy, 2) + spread, "\(finalist.seeds)", "\(finalist.trial.length)",
                finalist.trial.line,
            ]
        }
        return Table(
            caption: "Mean and standard deviation of the share of the validation rows that are right, over the seeds.",
            columns: ["trial", "run", "val %", "seeds", "epochs", "line"], rows: Array(rows))
    }

    private static func trials(_ search: SearchSummary) -> Table {
        let sorted = search.trials.indices.sorted {
            (search.ranks[$1] ?? -1, $0) < (search.ranks[$0] ?? -1, $1)
        }
        let rows = sorted.map { place in
            let trial = search.trials[place]
            return [
                "\(trial.number + 1)", trial.run.map(String.init) ?? "–", percent(trial.accuracy), "\(trial.length)",
                search.word(of: trial), FigureText.fixed(trial.seconds, 1), trial.line,
            ]
        }
        return Table(
            caption: "The best first: trials at a higher rung before those below.",
            columns: ["trial", "run", "val %", "epochs", "state", "seconds", "line"], rows: rows)
    }
}

private func percent(_ share: Double?) -> String { share.map { FigureText.fixed(100 * $0, 2) } ?? "–" }
