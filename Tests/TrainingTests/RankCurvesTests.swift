import Testing
import Training

@Suite struct RankCurvesTests {
    /// scikit-learn's example: labels 0 0 1 1, scores of class 1 0.1 0.4 0.35 0.8.
    private let rows = ScoredRows(
        probabilities: [0.9, 0.1, 0.6, 0.4, 0.65, 0.35, 0.2, 0.8], classes: 2, labels: [0, 0, 1, 1])

    @Test("The points, the area and the mean precision are scikit-learn's")
    func example() throws {
        let curves = try #require(rows.rankCurves(of: 1))
        #expect(curves.points.map(\.falsePositives) == [0, 0.5, 0.5, 1])
        #expect(curves.points.map(\.recall) == [0.5, 0.5, 1, 1])
        #expect(curves.points.map(\.precision) == [1, 0.5, 2.0 / 3, 0.5])
        #expect(curves.area == 0.75)
        #expect(abs(curves.averagePrecision - 0.833_333_333_333) < 1e-9)
    }

    @Test("The area is the one of the ranks, ties counting half")
    func sameArea() throws {
        var generator = SystemRandomNumberGenerator()
        let labels = (0..<300).map { UInt8($0 % 3) }
        // Few different scores, so that many are equal.
        let probabilities = (0..<900).map { _ in Float(Int.random(in: 0...9, using: &generator)) / 9 }
        let rows = ScoredRows(probabilities: probabilities, classes: 3, labels: labels)
        for (label, area) in rows.rocAreas().enumerated() {
            let curves = try #require(rows.rankCurves(of: label))
            let ranked = try #require(area)
            #expect(abs(curves.area - ranked) < 1e-12)
            #expect(curves.points.count <= 10)
        }
    }

    @Test("A class that is absent or alone has no curve, and neither has what is no number")
    func none() {
        #expect(ScoredRows(probabilities: [1, 0], classes: 2, labels: [0]).rankCurves(of: 0) == nil)
        #expect(ScoredRows(probabilities: [1, 0], classes: 2, labels: [0]).rankCurves(of: 1) == nil)
        #expect(ScoredRows(probabilities: [.nan, 0, 1, 0], classes: 2, labels: [0, 1]).rankCurves(of: 0) == nil)
        #expect(rows.rankCurves(of: 2) == nil)
    }

    @Test("Margins are counted in bins from -1 to 1, wrong ones below 0")
    func margins() {
        let evaluation = Evaluation(
            source: .test, classes: 2, epoch: 1, labels: [0, 0, 1, 0],
            probabilities: [1, 0, 0.25, 0.75, 0.5, 0.5, .nan, .nan], losses: [0, 1, 1, .nan])
        let histogram = MarginHistogram(evaluation, bins: 4)
        #expect(histogram.counts == [0, 1, 1, 1] && histogram.unknown == 1)
        #expect(histogram.edges(ofBin: 1) == (-0.5, 0))
    }
}
