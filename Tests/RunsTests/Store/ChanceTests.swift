import Runs
import Specs
import Testing
import Training

@Suite struct ChanceTests {
    private func run(_ id: Int, _ line: String, accuracy: Double? = nil, test: Double? = nil) throws -> RunSummary {
        let spec = try ExperimentSpec(parsing: line, inputs: 784, classes: 10)
        let facts = RunFacts(
            parameters: 1, trainingRows: 54_000, validationRows: 6_000, testRows: 10_000, batchesPerEpoch: 1)
        var run = RunSummary(unsaved: id, spec: spec, dataset: "mnist", facts: facts)
        (run.state, run.bestValidationAccuracy, run.testAccuracy) = (.finished, accuracy, test)
        return run
    }

    private func groups(_ runs: [RunSummary]) -> [Int: SeedGroup] { SeedGroup.groups(of: runs) }

    @Test("An accuracy varies by the square root of p (1 - p) / n by the choice of the rows alone")
    func chance() throws {
        #expect(Chance.standardError(ofShare: 0.5, rows: 100) == 0.05)
        #expect(abs(try #require(Chance.standardError(ofShare: 0.9, rows: 10_000)) - 0.003) < 1e-12)
        #expect(Chance.standardError(ofShare: 1, rows: 100) == 0)
        for (share, rows) in [(nil, 10), (Double.nan, 10), (0.5, 0), (1.5, 10)] as [(Double?, Int)] {
            #expect(Chance.standardError(ofShare: share, rows: rows) == nil)
        }
        let field = try #require(RunField.named("test_chance"))
        let summary = try run(1, "8relu", test: 0.9)
        #expect(field.value(summary, nil) == .number((0.9 * (1 - 0.9) / 10_000).squareRoot()))
    }

    @Test("Runs of one spec that differ in the seed are a group, with mean and deviation")
    func seeds() throws {
        let runs = [
            try run(1, "8relu seed=1", accuracy: 0.90, test: 0.80), try run(2, "8relu seed=2", accuracy: 0.92),
            try run(3, "8relu seed=3", accuracy: 0.94, test: 0.84), try run(4, "9relu seed=1", accuracy: 0.5),
        ]
        let found = groups(runs)
        #expect(Set(found.keys) == [1, 2, 3])
        #expect(found[1]?.runs == [1, 2, 3] && found[1] == found[3])
        let validation = try #require(found[1]?.validationAccuracy)
        #expect(
            abs(validation.mean - 0.92) < 1e-12 && abs(validation.deviation - 0.02) < 1e-12 && validation.count == 3)
        let test = try #require(found[1]?.testAccuracy)
        #expect(abs(test.mean - 0.82) < 1e-12 && test.count == 2)
    }

    @Test("Another data set, a live change, an end on the way or the same seed again make no group")
    func apart() throws {
        let first = try run(1, "8relu seed=1", accuracy: 0.9)
        var second = try run(2, "8relu seed=2", accuracy: 0.9)
        #expect(groups([first, second]).count == 2)
        second.dataset = "fashion-mnist"
        #expect(groups([first, second]).isEmpty)
        second.dataset = "mnist"
        second.changeLine = "@3 lr=1e-4"
        #expect(groups([first, second]).isEmpty)
        second.changeLine = ""
        second.state = .stopped
        #expect(groups([first, second]).isEmpty)
        #expect(groups([first, try run(3, "8relu seed=1", accuracy: 0.9)]).isEmpty)
    }

    @Test("The leaderboard ranks by validation accuracy, then by validation loss; the test set has no say")
    func leaderboard() throws {
        var runs = [
            try run(1, "8relu", accuracy: 0.90, test: 0.99), try run(2, "8relu", accuracy: 0.95, test: 0.80),
            try run(3, "8relu", test: 1), try run(4, "8relu", accuracy: 0.95, test: 0.70),
        ]
        (runs[1].bestValidationLoss, runs[3].bestValidationLoss) = (0.2, 0.1)
        #expect(RunOrder.leaderboard(runs).map(\.id) == [4, 2, 1, 3])
    }

    @Test("Test figures say in few words which weights they are of")
    func weights() throws {
        var run = try run(1, "8relu", test: 0.9)
        (run.testPlace, run.finalPlace) = (RunPlace(epoch: 10), RunPlace(epoch: 10))
        #expect(run.testWeightWords == "final")
        (run.testWeights, run.finalWeights) = (.best(epoch: 7), .best(epoch: 7))
        #expect(run.testWeightWords == "best (7)")
        run.testPlace = RunPlace(epoch: 3, batch: 5)
        #expect(run.testWeightWords == "epoch 3+5")
        run.testAccuracy = nil
        #expect(run.testWeightWords == nil)
    }
}
