import Reports
import Testing
import Training

@Suite("What an ensemble gains") struct EnsembleReportTests {
    /// Predictions of classes with the probability of the predicted one; the truth of every image is class 0.
    private static func member(_ predictions: [(Int, Float)]) -> Evaluation {
        Evaluation(
            source: .test, classes: 3, epoch: 0, labels: predictions.map { _ in 0 },
            probabilities: predictions.flatMap { predicted, sure in
                (0..<3).map { $0 == predicted ? sure : (1 - sure) / 2 }
            }, losses: predictions.map { _ in 0 })
    }

    /// Five images: all right; only the first right, and sure of it; the first wrong; all wrong; two wrong.
    private static let members = [
        member([(0, 0.9), (0, 0.98), (1, 0.6), (1, 0.9), (1, 0.9)]),
        member([(0, 0.9), (1, 0.6), (0, 0.7), (2, 0.8), (0, 0.6)]),
        member([(0, 0.9), (2, 0.6), (0, 0.7), (1, 0.9), (2, 0.7)]),
    ]

    @Test func `gain, differences and what each member adds are counted image by image`() {
        let third = 1.0 / 3
        let report = EnsembleReport(
            Self.members, names: ["a", "b", "c"], mean: .arithmetic, weights: [third, third, third])
        #expect(report.members.map(\.errors) == [3, 2, 3])
        // Image 1: (0.98 + 0.2 + 0.2) / 3 beats the others, so only 3 and 4 are wrong.
        #expect(report.errors == 2)
        #expect(report.bestErrors == 2)
        #expect(abs(report.meanErrors - 8.0 / 3) < 1e-12)
        #expect(report.gainOverBest == "as many errors as")
        #expect(report.differing == [[0, 4, 3], [4, 0, 3], [3, 3, 0]])
        #expect(report.allWrong == [3])
        #expect(report.wrongThoughKnown == [4])
        // Without a, image 1 is lost; image 4, of b alone, is then 0.375 against 0.4625.
        #expect(report.members[0].added == [1])
        #expect(report.members[1].added == [])
        #expect(report.members.map(\.onlyItRight) == [1, 1, 0])
        #expect(report.members.map(\.lost) == [[], [], []])
        let answers = report.answers.mapValues { [$0.truth, $0.predicted] }
        #expect(answers == [1: [0, 0], 3: [0, 1], 4: [0, 1]])
    }

    @Test func `the gain over the best member is said in words`() {
        func words(_ members: [Evaluation], _ weights: [Double]) -> String {
            EnsembleReport(
                members, names: members.map { _ in "" }, mean: .arithmetic, weights: weights
            ).gainOverBest
        }
        // Both are wrong on one image of three, and the mean on none; with all the weight one is alone.
        let two = [Self.member([(0, 0.9), (1, 0.5), (0, 0.9)]), Self.member([(1, 0.5), (0, 0.9), (0, 0.9)])]
        #expect(words(two, [0.5, 0.5]) == "1 error fewer than")
        #expect(words(two + [Self.member([(1, 0.9), (1, 0.9), (1, 0.9)])], [0, 0, 1]) == "2 errors more than")
    }

    @Test func `a member alone adds nothing that could be left out`() {
        let report = EnsembleReport([Self.members[0]], names: ["a"], mean: .geometric, weights: [1])
        #expect(report.errors == 3)
        #expect(report.members[0].added == [])
        #expect(report.differing == [[0]])
    }

    @Test func `the JSON has every figure`() {
        let report = EnsembleReport(
            Array(Self.members.prefix(2)), names: ["a", "b"], mean: .arithmetic, weights: [0.75, 0.25])
        let text = report.json.text()
        for part in [
            "\"source\": \"test\"", "\"images\": 5", "\"mean\": \"arithmetic\"", "\"errors\": 3",
            "\"mean_member_errors\": 2.5", "\"best_member_errors\": 2", "\"weight\": 0.75",
            "\"differing\": [[0, 4], [4, 0]]",
        ] { #expect(text.contains(part), "\(part) in \(text)") }
    }
}
