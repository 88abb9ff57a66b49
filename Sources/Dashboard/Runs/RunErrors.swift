import Reports
import Training

/// Which digits of the test set two runs differ on.
package struct RunErrors: Equatable, Sendable {
    /// A digit that one of them has wrong at least.
    package struct Digit: Equatable, Sendable {
        /// Number within the test file.
        package let row: Int
        package let truth: Int
        /// What each run takes it for.
        package let first: Int
        package let second: Int
    }

    /// Digits that come to the same.
    package enum Group: Int, CaseIterable, Sendable {
        case firstRight, secondRight, bothWrong

        /// Where the digit belongs.
        package init(_ digit: Digit) {
            self =
                digit.first == digit.truth
                ? .firstRight : digit.second == digit.truth ? .secondRight : .bothWrong
        }
    }

    /// Numbers in the store.
    package let first: Int
    package let second: Int
    /// By row.
    package let digits: [Digit]

    /// - Throws: `ErrorDifference.Problem` if they were not tested on the same images.
    package init(
        first: (run: Int, test: Evaluation), second: (run: Int, test: Evaluation)
    ) throws(ErrorDifference.Problem) {
        (self.first, self.second) = (first.run, second.run)
        let difference = try ErrorDifference(first.test, second.test)
        let rows = difference.onlyFirstRight + difference.onlySecondRight + difference.bothWrong
        digits = rows.sorted().map { row in
            let index = row - first.test.firstRow
            return Digit(
                row: row, truth: Int(first.test.labels[index]), first: Int(first.test.predictions[index]),
                second: Int(second.test.predictions[index]))
        }
    }
}

/// What was chosen among the digits that two runs differ on.
package struct RunErrorsState: Equatable, Sendable {
    /// A true class, and what it is taken for by the run that is wrong; the second one where both are.
    struct Pair: Equatable {
        let truth: Int
        let answer: Int
        let count: Int
    }

    package let errors: RunErrors
    var group = RunErrors.Group.firstRight { didSet { choose(pair: 0) } }
    /// 0 is all pairs of the group.
    private(set) var pair = 0
    private(set) var pairs: [Pair] = []
    /// The digits of the group and pair, by row.
    private(set) var shown: [RunErrors.Digit] = []
    /// The first digit of the page.
    var start = 0
    /// The digit at hand, counted in `shown`; nil as long as the arrows choose pairs.
    var cursor: Int?

    /// nil as long as the arrows choose pairs.
    package var digit: RunErrors.Digit? { cursor.flatMap { shown.indices.contains($0) ? shown[$0] : nil } }

    init(_ errors: RunErrors) {
        self.errors = errors
        choose(pair: 0)
    }

    func count(_ group: RunErrors.Group) -> Int { errors.digits.count { RunErrors.Group($0) == group } }

    /// What a digit is taken for by the run that the group is about.
    func answer(_ digit: RunErrors.Digit) -> Int { group == .secondRight ? digit.first : digit.second }

    /// Puts the cursor on a digit, and turns to its page.
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
