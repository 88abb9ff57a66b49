import Reports
import Training

/// The test digits that one of two runs predicts wrong, or both.
package struct RunErrors: Equatable, Sendable {
    /// A digit that at least one of them predicts wrong.
    package struct Digit: Equatable, Sendable {
        /// Number within the test file.
        package let row: Int
        /// The true class.
        package let truth: Int
        /// The class that the first run predicts.
        package let first: Int
        /// The class that the second run predicts.
        package let second: Int
        /// The probabilities of all classes by the first run.
        let firstShares: [Float]
        /// The probabilities of all classes by the second run.
        let secondShares: [Float]
    }

    /// Digits with the same result.
    package enum Group: Int, CaseIterable, Sendable {
        case firstRight, secondRight, bothWrong

        /// The group of a digit.
        package init(_ digit: Digit) {
            self =
                digit.first == digit.truth
                ? .firstRight : digit.second == digit.truth ? .secondRight : .bothWrong
        }
    }

    /// The first run's number in the store.
    package let first: Int
    /// The second run's.
    package let second: Int
    /// In order of rows.
    package let digits: [Digit]

    /// - Throws: `ErrorDifference.Problem` if they were not tested on the same images.
    package init(
        first: (run: Int, test: Evaluation), second: (run: Int, test: Evaluation)
    ) throws(ErrorDifference.Problem) {
        (self.first, self.second) = (first.run, second.run)
        let difference = try ErrorDifference(first.test, second.test)
        let rows = difference.onlyFirstRight + difference.onlySecondRight + difference.bothWrong
        digits = rows.sorted().compactMap { row in
            guard let index = first.test.rows.place(of: row) else { return nil }
            return Digit(
                row: row, truth: Int(first.test.labels[index]), first: Int(first.test.predictions[index]),
                second: Int(second.test.predictions[index]), firstShares: Self.shares(first.test, index),
                secondShares: Self.shares(second.test, index))
        }
    }

    private static func shares(_ test: Evaluation, _ index: Int) -> [Float] {
        Array(test.probabilities[(index * test.classes)..<((index + 1) * test.classes)])
    }
}

/// The user's choices among the digits that two runs differ on.
package struct RunErrorsState: Equatable, Sendable {
    /// A true class, and the class that the wrong run predicts; the second run's where both are wrong.
    struct Pair: Equatable {
        let truth: Int
        let answer: Int
        let count: Int
    }

    /// The digits that the runs differ on.
    package let errors: RunErrors
    var group = RunErrors.Group.firstRight { didSet { choose(pair: 0) } }
    /// Index of the pair; 0 is all pairs of the group.
    private(set) var pair = 0
    private(set) var pairs: [Pair] = []
    /// The digits of the group and pair, in order of rows.
    private(set) var shown: [RunErrors.Digit] = []
    /// The first digit of the page.
    var start = 0
    /// The selected digit's index in `shown`; nil while the arrows choose pairs.
    var cursor: Int?

    /// The selected digit; nil while the arrows choose pairs.
    package var digit: RunErrors.Digit? { cursor.flatMap { shown.indices.contains($0) ? shown[$0] : nil } }

    init(_ errors: RunErrors) {
        self.errors = errors
        choose(pair: 0)
    }

    /// The run that predicts the digits of the group wrong; the second where both do.
    var wrongRun: Int { group == .secondRight ? errors.first : errors.second }

    func count(_ group: RunErrors.Group) -> Int { errors.digits.count { RunErrors.Group($0) == group } }

    /// The class that the wrong run of the group predicts for a digit.
    func answer(_ digit: RunErrors.Digit) -> Int { group == .secondRight ? digit.first : digit.second }

    /// Moves the cursor to a digit, and turns to its page.
    mutating func choose(digit: Int, perPage: Int) {
        guard !shown.isEmpty else { return }
        let digit = min(max(0, digit), shown.count - 1)
        (cursor, start) = (digit, digit / max(1, perPage) * max(1, perPage))
    }

    mutating func choose(pair: Int) {
        let digits = errors.digits.filter { RunErrors.Group($0) == group }
        var counts: [Int: Int] = [:]
        for digit in digits { counts[digit.truth << 8 | answer(digit), default: 0] += 1 }
        pairs = counts.map { Pair(truth: $0.key >> 8, answer: $0.key & 255, count: $0.value) }
            .sorted { ($1.count, $0.truth, $0.answer) < ($0.count, $1.truth, $1.answer) }
        self.pair = min(max(0, pair), pairs.count)
        (start, cursor) = (0, nil)
        guard self.pair > 0 else { return shown = digits }
        let chosen = pairs[self.pair - 1]
        shown = digits.filter { $0.truth == chosen.truth && answer($0) == chosen.answer }
    }
}
