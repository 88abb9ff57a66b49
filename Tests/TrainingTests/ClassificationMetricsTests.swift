import Foundation
import Testing
import Training

@Suite struct ClassificationMetricsTests {
    /// One case of Fixtures/metrics.py.
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let classes: Int
        let labels: [UInt8]
        let probabilities: [Float]
        let accuracy: Double
        let errors: Int
        let confusion: [[Int]]
        let precision: [Double]
        let recall: [Double]
        let f1: [Double]
        let support: [Int]
        let precisionMacro: Double
        let recallMacro: Double
        let f1Macro: Double
        let rocAucMacro: Double?

        var testDescription: String { name }

        static func all() throws -> [Case] {
            let url = try #require(
                Bundle.module.url(forResource: "metrics", withExtension: "json", subdirectory: "Fixtures"))
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode([Case].self, from: Data(contentsOf: url))
        }
    }

    @Test("Every figure is scikit-learn's", arguments: try Case.all())
    func scikitLearn(expected: Case) {
        let metrics = ClassificationMetrics(
            probabilities: expected.probabilities, classes: expected.classes, labels: expected.labels, lossSum: nil)
        func near(_ value: Double, _ other: Double) -> Bool { abs(value - other) < 1e-12 }
        #expect(near(metrics.accuracy, expected.accuracy))
        #expect(metrics.errors == expected.errors)
        #expect(metrics.confusion == expected.confusion)
        #expect(metrics.perClass.map(\.label) == Array(0..<expected.classes))
        #expect(metrics.perClass.map(\.support) == expected.support)
        #expect(zip(metrics.perClass.map(\.precision), expected.precision).allSatisfy(near))
        #expect(zip(metrics.perClass.map(\.recall), expected.recall).allSatisfy(near))
        #expect(zip(metrics.perClass.map(\.f1), expected.f1).allSatisfy(near))
        #expect(near(metrics.precisionMacro, expected.precisionMacro))
        #expect(near(metrics.recallMacro, expected.recallMacro))
        #expect(near(metrics.f1Macro, expected.f1Macro))
        #expect((metrics.rocAUCMacro == nil) == (expected.rocAucMacro == nil))
        #expect(near(metrics.rocAUCMacro ?? 0, expected.rocAucMacro ?? 0))
        #expect(metrics.loss == nil)
    }

    @Test("The loss is the mean over the rows")
    func loss() {
        let metrics = ClassificationMetrics(
            probabilities: [0.9, 0.1, 0.2, 0.8], classes: 2, labels: [0, 0], lossSum: 3)
        #expect(metrics.loss == 1.5)
        #expect(metrics.accuracy == 0.5 && metrics.errors == 1)
        #expect(metrics.confusion == [[1, 1], [0, 0]])
        #expect(metrics.zeroDivisions == [1])
        #expect(metrics.rocAUCMacro == nil)
    }

    @Test("Equal scores share credit: a constant classifier has half the area")
    func constantScores() {
        let metrics = ClassificationMetrics(
            probabilities: [Float](repeating: 0.5, count: 12), classes: 2, labels: [0, 1, 0, 1, 1, 1], lossSum: 0)
        #expect(metrics.rocAUCMacro == 0.5)
        #expect(metrics.confusion == [[2, 0], [4, 0]])
    }

    @Test("Without rows, and with probabilities that are no numbers, nothing traps")
    func degenerate() {
        let empty = ClassificationMetrics(probabilities: [], classes: 3, labels: [], lossSum: 0)
        #expect(empty.loss == nil && empty.accuracy == 0 && empty.rocAUCMacro == nil && empty.f1Macro == 0)
        let spoiled = ClassificationMetrics(
            probabilities: [.nan, .nan, .nan, .nan], classes: 2, labels: [0, 1], lossSum: .nan)
        #expect(spoiled.rocAUCMacro == nil && spoiled.errors == 1)
    }

    @Test("An evaluation gives the same figures as its rows")
    func evaluation() {
        let probabilities: [Float] = [0.7, 0.3, 0.4, 0.6, 0.8, 0.2]
        let evaluation = Evaluation(
            source: .test, classes: 2, epoch: 1, labels: [0, 1, 1], probabilities: probabilities,
            losses: [0.3, 0.5, 1.6])
        let rows = ClassificationMetrics(
            probabilities: probabilities, classes: 2, labels: [0, 1, 1], lossSum: 3 * evaluation.loss)
        let metrics = ClassificationMetrics(evaluation)
        #expect(metrics.confusion == [[1, 0], [1, 1]])
        #expect(metrics.confusion == rows.confusion && metrics.rocAUCMacro == rows.rocAUCMacro)
        #expect(abs((metrics.loss ?? 0) - 0.8) < 1e-6)
    }
}
