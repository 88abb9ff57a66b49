import Kernels
import Testing
import Training

@Suite struct ClassificationMetricsTests {
    private func near(_ value: Double, _ other: Double) -> Bool { abs(value - other) < 1e-12 }

    /// Both undefined, or both numbers within `tolerance`, relative where they are above 1.
    private func same(_ value: Double?, _ other: Double?, within tolerance: Double = 1e-12) -> Bool {
        guard let value, let other else { return value == nil && other == nil }
        return abs(value - other) <= tolerance * max(1, abs(other))
    }

    private func metrics(_ expected: MetricsCase) -> ClassificationMetrics {
        ClassificationMetrics(
            probabilities: expected.scores, classes: expected.classes, labels: expected.labels, lossSum: nil)
    }

    @Test("Every figure of the counts is scikit-learn's", arguments: try MetricsCase.all())
    func counts(expected: MetricsCase) {
        let metrics = metrics(expected)
        #expect(near(metrics.accuracy, expected.accuracy))
        #expect(metrics.errors == expected.errors)
        #expect(metrics.confusion == expected.confusion)
        #expect(metrics.perClass.map(\.label) == Array(0..<expected.classes))
        #expect(metrics.perClass.map(\.support) == expected.support)
        #expect(zip(metrics.perClass.map(\.precision), expected.precision).allSatisfy(near))
        #expect(zip(metrics.perClass.map(\.recall), expected.recall).allSatisfy(near))
        #expect(zip(metrics.perClass.map(\.f1), expected.f1).allSatisfy(near))
        #expect(near(metrics.macro.precision, expected.precisionMacro))
        #expect(near(metrics.macro.recall, expected.recallMacro))
        #expect(near(metrics.macro.f1, expected.f1Macro))
        #expect(near(metrics.weighted.precision, expected.precisionWeighted))
        #expect(near(metrics.weighted.recall, expected.recallWeighted))
        #expect(near(metrics.weighted.f1, expected.f1Weighted))
        #expect(near(metrics.balancedAccuracy, expected.balancedAccuracy))
        #expect(metrics.loss == nil)
    }

    @Test(
        "Every figure of the probabilities is scikit-learn's, undefined where it has none",
        arguments: try MetricsCase.all())
    func probabilities(expected: MetricsCase) {
        let metrics = metrics(expected)
        let areas = expected.rocAuc ?? [Double?](repeating: nil, count: expected.classes)
        #expect(metrics.rocAUC.count == areas.count)
        #expect(zip(metrics.rocAUC, areas).allSatisfy { same($0, $1) })
        #expect(same(metrics.rocAUCMacro, expected.rocAucMacro))
        #expect(metrics.topK.count == expected.topK.count)
        #expect(zip(metrics.topK, expected.topK).allSatisfy { same($0, $1) })
        #expect(same(metrics.logLoss, expected.logLossInDoubles))
        // scikit-learn goes on in single precision: its sum over the rows is good to about 1e-7.
        #expect(same(metrics.logLoss, expected.logLoss, within: 1e-6))
        #expect(same(metrics.brierScore, expected.brierScore))
    }

    @Test(
        "The reliability diagrams have scikit-learn's bins, and the errors that follow",
        arguments: try MetricsCase.all())
    func calibration(expected: MetricsCase) {
        let diagrams = metrics(expected).reliability
        let references = [expected.calibration10, expected.calibration15].compactMap { $0 }
        #expect(diagrams.count == references.count)
        for (diagram, reference) in zip(diagrams, references) {
            let filled = diagram.bins.filter { $0.count > 0 }
            #expect(diagram.bins.map(\.count) == reference.counts)
            #expect(zip(filled.compactMap(\.confidence), reference.confidence).allSatisfy(near))
            #expect(zip(filled.compactMap(\.accuracy), reference.accuracy).allSatisfy(near))
            #expect(diagram.bins.allSatisfy { ($0.count == 0) == ($0.confidence == nil && $0.accuracy == nil) })
            #expect(near(diagram.expectedError, reference.expectedError))
            #expect(near(diagram.maximumError, reference.maximumError))
        }
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
        #expect(empty.loss == nil && empty.accuracy == 0 && empty.rocAUCMacro == nil && empty.macro.f1 == 0)
        let spoiled = ClassificationMetrics(
            probabilities: [.nan, .nan, .nan, .nan], classes: 2, labels: [0, 1], lossSum: .nan)
        #expect(spoiled.rocAUCMacro == nil && spoiled.errors == 1)
        #expect(empty.rocAUC == [nil, nil, nil] && empty.topK == [nil, nil, nil] && empty.reliability.isEmpty)
        #expect(empty.logLoss == nil && empty.brierScore == nil && empty.expectedCalibrationError == nil)
    }

    @Test("What is no probability still ranks, but has no log loss, Brier score or calibration")
    func scores() {
        let metrics = ClassificationMetrics(
            probabilities: [3, -1, -0.0, 0, -2, 5], classes: 2, labels: [0, 1, 1], lossSum: nil)
        #expect(metrics.rocAUC == [1, 1] && metrics.topK == [1, 1, 1])
        #expect(metrics.logLoss == nil && metrics.brierScore == nil && metrics.reliability.isEmpty)
        let infinite = ClassificationMetrics(
            probabilities: [.infinity, 0, 0, 1], classes: 2, labels: [0, 1], lossSum: nil)
        #expect(infinite.rocAUC == [nil, nil] && infinite.topK == [nil, nil, nil])
    }

    @Test("Areas of many rows are the share of pairs in order, counted one by one")
    func manyRows() {
        var generator = SeededGenerator(seed: 4)
        let rows = 1_500
        let labels = (0..<rows).map { _ in UInt8(generator.next() % 3) }
        // Some negative, many equal, and of very different sizes, so that each pass of the sort matters.
        let scores = (0..<(3 * rows)).map { _ in
            Float(Int(generator.next() % 200) - 60) * (generator.uniform() < 0.5 ? 1 : 1e-6)
        }
        let areas = ScoredRows(probabilities: scores, classes: 3, labels: labels).rocAreas()
        for label in 0..<3 {
            let column = (0..<rows).map { scores[3 * $0 + label] }
            var (halves, pairs) = (0, 0)
            for positive in 0..<rows where labels[positive] == label {
                for negative in 0..<rows where labels[negative] != label {
                    pairs += 2
                    halves += column[positive] > column[negative] ? 2 : column[positive] == column[negative] ? 1 : 0
                }
            }
            #expect(areas[label] == Double(halves) / Double(pairs))
        }
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
