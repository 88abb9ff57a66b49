import Runs
import Search
import Searching
import Specs
import Testing

@Suite("Axes of searches") struct SearchAxesTests {
    private func search(_ accuracies: [Double]) throws -> SearchSummary {
        let space = try SearchSpace(parsing: SavedSearches.line)
        return try SavedSearches.summary(
            accuracies.enumerated().map { try SavedSearches.trial($0, space, at: 0, accuracies: [$1]) })
    }

    @Test func `each setting has an axis with the words of its values, and the result is the last one`() throws {
        let axes = SearchAxes(try search([0.9, 0.99]))
        #expect(axes.axes.map(\.name) == ["layers", "units 1", "lr", "val %"])
        #expect(axes.axes[0].ticks.map(\.label) == ["64relu", "32..512relu"] && axes.axes[0].texts == 2)
        #expect(axes.axes[2].ticks.map(\.label) == ["1e-4", "1e-3", "0.01"])
        #expect(zip(axes.axes[2].ticks, [0, 0.5, 1]).allSatisfy { abs($0.share - $1) < 1e-9 })
        #expect(axes.axes[3].ticks.first?.label == "90.0" && axes.axes[3].ticks.last?.label == "99.0")
    }

    @Test func `on the axis of the result half the errors are the same step everywhere`() throws {
        let summary = try search([0.9, 0.95, 0.975, 0.1])
        let axes = SearchAxes(summary)
        let shares = try summary.trials.prefix(3).map { try #require(axes.share(of: $0, on: axes.axes[3])) }
        #expect(abs((shares[1] - shares[0]) - (shares[2] - shares[1])) < 1e-9 && shares[2] == 1)
        for share in [0, 0.3, 1] {
            let value = axes.value(at: share, on: axes.axes[3])
            #expect(abs((axes.share(of: value, on: axes.axes[3]) ?? -1) - share) < 1e-9)
        }
    }

    @Test func `a trial has no place where a setting does not count for it`() throws {
        let summary = try search([0.9])
        let axes = SearchAxes(summary)
        #expect(axes.share(of: summary.trials[0], on: axes.axes[0]) == 1)
        #expect(axes.share(of: .nan, on: axes.axes[1]) == nil)
        #expect(axes.value(at: 0.7, on: axes.axes[0]) == 1 && axes.text(of: 1, on: axes.axes[0]) == "32..512relu")
        #expect(axes.text(of: axes.value(at: 0.5, on: axes.axes[2]), on: axes.axes[2]) == "1e-3")
    }
}

@Suite("Searches that are typed") struct SearchRequestTests {
    private func plan(_ line: String) throws -> SearchPlan {
        try SearchRequest(parsing: line, inputs: 784, classes: 10).plan
    }

    @Test func `budget, sampler and name stand among the words of the space`() throws {
        let request = try SearchRequest(
            parsing: "layers={64relu,32..512relu} trials=40 lr=1e-4..1e-2 budget=10m sampler=tpe name=wide epochs=9",
            inputs: 784, classes: 10)
        #expect(request.plan.space == SavedSearches.line && request.name == "wide")
        #expect(request.plan.trials == 40 && request.plan.seconds == 600 && request.plan.sampler == .tpe)
        #expect(try plan("64relu lr=1e-4..1e-2").trials == SearchRequest.standardTrials)
        #expect(try plan("64relu lr=1e-4..1e-2 budget=90s").trials == nil)
        // What is printed is read as the same.
        #expect(try plan(request.plan.line()) == request.plan)
        #expect(request.plan.line(space: "64relu") == "64relu sampler=tpe trials=40 budget=10m")
    }

    @Test(arguments: [
        ("64relu lr=1e-3", "nothing to choose"), ("64relu lr=1e-2..1e-4", "a range that does not rise"),
        ("64relu lr=1e-4..1e-2 trials=0", "not a number of trials"), ("64relu lr={1,2} budget=soon", "not a time"),
        ("64relu lr={1,2} sampler=best", "no such sampler"), ("64relu lr=1e-4..1e-2 val=0", "nothing to compare"),
        ("64relu lr={1,2} trials", "no value"), ("64relu epochs={1,2}", "not to be searched for"), ("", "no layers"),
    ])
    func `what can't be searched is refused in words`(line: String, words: String) {
        let error = #expect(throws: SpecError.self) { try plan(line) }
        #expect(error.map { "\($0)".contains(words) } == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test func `times are read and written`() {
        #expect(SearchBudget.seconds("1.5h") == 5400 && SearchBudget.seconds("90s") == 90)
        #expect(["", "s", "-1s", "90", "1e9h", "m3"].allSatisfy { SearchBudget.seconds($0) == nil })
        #expect([5400, 1800, 90, 0.5].map(SearchBudget.typed) == ["90m", "30m", "90s", "0.5s"])
        #expect([45, 750, 7500, 7200].map(SearchBudget.words) == ["45 s", "12 min 30 s", "2 h 5 min", "2 h"])
        #expect(SearchBudget.trials("40") == 40 && SearchBudget.trials("0") == nil && SearchBudget.trials("4x") == nil)
    }
}
