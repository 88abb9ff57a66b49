import Datasets
import Networks
import Runs
import Testing
import Training

struct EvaluationRowsTests {
    private func evaluation(_ rows: RowNumbers) -> Evaluation {
        Evaluation(
            source: .validation, rows: rows, classes: 2, epoch: 3, batch: 0, labels: [1, 0, 1],
            probabilities: [0.25, 0.75, 1, 0, 0.5, 0.5], losses: [0.3, 0, 0.7])
    }

    @Test("An evaluation comes back with the numbers of its rows, whatever their order", arguments: [true, false])
    func comesBack(isRange: Bool) throws {
        let evaluation = evaluation(isRange ? RowNumbers(54_000..<54_003) : RowNumbers([3433, 516, 49_053]))
        let again = try Evaluation(bytes: evaluation.bytes)
        #expect(again == evaluation && Array(again.rows) == Array(evaluation.rows))
    }

    @Test("A number that no row has is refused")
    func refuses() {
        #expect(throws: BlobError.value("rows that don't go together")) {
            try Evaluation(bytes: evaluation(RowNumbers([3, -7, 5])).bytes)
        }
    }
}
