import Reports
import Testing
import Training

struct ErrorDifferenceTests {
    private func evaluation(_ predictions: [Int], labels: [UInt8]) -> Evaluation {
        let probabilities = predictions.flatMap { predicted in (0..<3).map { $0 == predicted ? Float(1) : 0 } }
        return Evaluation(
            source: .test, classes: 3, epoch: 1, labels: labels, probabilities: probabilities,
            losses: predictions.map { _ in 0 })
    }

    @Test("Rows are sorted by who is right")
    func compares() throws {
        let labels: [UInt8] = [0, 1, 2, 0, 1]
        let difference = try ErrorDifference(
            evaluation([0, 1, 0, 1, 0], labels: labels), evaluation([0, 2, 2, 1, 2], labels: labels))
        #expect(difference.onlyFirstRight == [1])
        #expect(difference.onlySecondRight == [2])
        #expect(difference.bothWrong == [3, 4])
        #expect(difference.bothWrongDifferently == [4])
    }

    @Test("Other images are not compared")
    func refusesOtherRows() {
        #expect(throws: ErrorDifference.Problem.otherRows) {
            try ErrorDifference(evaluation([0], labels: [0]), evaluation([0], labels: [1]))
        }
    }
}
