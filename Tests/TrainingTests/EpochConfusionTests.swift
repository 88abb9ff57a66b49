import Testing
import Training

@Suite struct EpochConfusionTests {
    /// Four rows of three classes: right and sure, right and unsure, wrong and sure, wrong and unsure.
    private let evaluation = Evaluation(
        source: .validation, classes: 3, epoch: 7, labels: [0, 1, 2, 2],
        probabilities: [0.9, 0.1, 0, 0.3, 0.5, 0.2, 0.05, 0.95, 0, 0.2, 0.5, 0.3],
        losses: [0.1, 0.7, 9, 1.2])

    @Test("A prediction of 0.9 or more is sure")
    func sureness() {
        #expect(evaluation.sureness == Sureness(right: 1, wrong: 1))
        let broken = Evaluation(
            source: .validation, classes: 2, epoch: 1, labels: [0], probabilities: [.nan, .nan], losses: [.nan])
        #expect(broken.sureness == Sureness(right: 0, wrong: 0))
    }

    @Test("Of an epoch the matrix, the sure ones and the wrong rows are kept, of a late one without the rows")
    func kept() {
        let kept = EpochConfusion(evaluation)
        #expect(kept.epoch == 7 && kept.counts == evaluation.confusion && kept.sureness == evaluation.sureness)
        #expect(kept.wrong?.bytes == [0b1100])
        let late = Evaluation(
            source: .validation, classes: 2, epoch: 1_001, labels: [0], probabilities: [1, 0], losses: [0])
        #expect(EpochConfusion(late).wrong == nil && EpochConfusion(late).sureness == Sureness(right: 1, wrong: 0))
    }

    @Test("A set of rows knows its rows, and those that another set does not have")
    func rows() {
        let now = RowSet(count: 20) { $0 % 3 == 0 }
        let before = RowSet(count: 20) { $0 % 2 == 0 }
        #expect((0..<24).filter(now.contains) == [0, 3, 6, 9, 12, 15, 18])
        #expect(now.rows(notIn: before) == [3, 9, 15])
        #expect(before.rows(notIn: now) == [2, 4, 8, 10, 14, 16])
        #expect(RowSet(bytes: now.bytes, count: 20) == now)
        #expect(RowSet(bytes: now.bytes, count: 25) == nil, "other rows need more bytes")
        #expect(RowSet(bytes: [0, 0, 0b1_0000], count: 20) == nil, "a row beyond the last")
    }
}
