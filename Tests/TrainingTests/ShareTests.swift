import Testing
import Training

/// Accuracies are the numbers that people type.
struct ShareTests {
    private static let rows = 10_000

    @Test("The share of every count of 10,000 rows is the decimal number of that name")
    func isTheDecimal() throws {
        for count in 0...Self.rows {
            #expect(Share.of(count, among: Self.rows) == Double("\(count)e-4"))
        }
        #expect(Share.of(0, among: 0) == 0)
    }

    @Test("A figure that was made of the errors is taken for its share, of which 2,077 in 10,000 fell below it")
    func mendsOlderFigures() {
        var missed = 0
        for count in 0...Self.rows {
            let older = 1 - Double(Self.rows - count) / Double(Self.rows)
            let share = Share.of(count, among: Self.rows)
            if older < share { missed += 1 }
            #expect(Share.nearest(to: older, among: Self.rows) == share)
        }
        #expect(missed == 2_077)
    }

    @Test("A figure that is no share of so many rows stays as it is")
    func leavesOthers() {
        #expect(Share.nearest(to: 0.97, among: 10) == 0.97)
        #expect(Share.nearest(to: 1.5, among: 10) == 1.5)
        #expect(Share.nearest(to: 0.5, among: 0) == 0.5)
        #expect(Share.nearest(to: .nan, among: 10).isNaN)
    }

    @Test("An evaluation and its confusion matrix have one accuracy, for every count of 100 rows")
    func evaluationsAgree() {
        for right in 0...100 {
            let rows = (0..<100).map { $0 < right ? [Float(0), 1] : [1, 0] }
            let evaluation = Evaluation(
                source: .test, classes: 2, epoch: 1, labels: Array(repeating: 1, count: 100),
                probabilities: rows.flatMap(\.self), losses: Array(repeating: 0, count: 100))
            #expect(evaluation.accuracy == Double("\(right)e-2"))
            #expect(ConfusionMetrics(evaluation.confusion).accuracy == evaluation.accuracy)
        }
    }
}
