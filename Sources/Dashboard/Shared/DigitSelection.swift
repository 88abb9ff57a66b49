import TerminalUI
import Training

/// The chosen digits, their order, and the selected one, which Lab, Digits and Network share.
package struct DigitSelection: Equatable, Sendable {
    /// The orders of digits.
    package enum Sort: String, CaseIterable, Sendable {
        case loss, confidence, margin, mislabelled, index
    }

    /// The digits that are chosen.
    package var filter = DigitsFilter()
    /// The order of the rows.
    package var sort = Sort.loss
    /// Rows of the evaluation that the filter accepts, in order.
    package internal(set) var rows: [Int32] = []
    /// Index into `rows`.
    package internal(set) var cursor = 0
    /// The digits that the user marked.
    package internal(set) var marked: Set<MarkedDigit> = []
    /// The marked digits that some file has.
    var savedMarks: Set<MarkedDigit> = []
    /// A row of the test file that is to be selected as soon as the filter accepts it.
    var wanted: Int?

    package init() {}

    /// The marked digits that no file has.
    var unsavedMarks: Set<MarkedDigit> { marked.subtracting(savedMarks) }

    var row: Int? { rows.indices.contains(cursor) ? Int(rows[cursor]) : nil }

    func clamped(_ index: Int) -> Int { min(max(0, rows.count - 1), max(0, index)) }
}

extension Shared {
    /// Filters and sorts the present evaluation again; the selected digit stays selected if it is still there.
    mutating func refreshDigits(keepingDigit: Bool = true) {
        guard let evaluation else {
            selection.rows = []
            selection.cursor = 0
            return
        }
        let atHand = selection.row
        let filter = selection.filter
        var rows: [Int32] = []
        for row in 0..<evaluation.count
        where filter.passes(truth: Int(evaluation.labels[row]), predicted: Int(evaluation.predictions[row])) {
            if filter.marked,
                !selection.marked.contains(MarkedDigit(source: evaluation.source, index: evaluation.rows[row]))
            {
                continue
            }
            rows.append(Int32(row))
        }
        selection.rows = DigitSelection.sorted(rows, by: selection.sort, evaluation)
        if let wanted = selection.wanted, evaluation.source == .test {
            selection.wanted = nil
            if let place = evaluation.rows.place(of: wanted), let index = selection.rows.firstIndex(of: Int32(place)) {
                selection.cursor = index
                return
            }
        }
        if keepingDigit, let atHand, selection.cursor > 0, let index = selection.rows.firstIndex(of: Int32(atHand)) {
            selection.cursor = index
        } else {
            selection.cursor = keepingDigit ? selection.clamped(selection.cursor) : 0
        }
    }

    mutating func setFilter(_ filter: DigitsFilter) {
        selection.filter = filter
        refreshDigits(keepingDigit: false)
    }

    /// The selected digit, by its place in its file.
    var digitToMark: MarkedDigit? {
        guard let evaluation, let row = selection.row else { return nil }
        return MarkedDigit(source: evaluation.source, index: evaluation.rows[row])
    }

    /// The selected digit, or the first training row before there are any.
    var digitAtHand: (row: Int, source: Evaluation.Source)? {
        if let evaluation, let row = selection.row { return (evaluation.rows[row], evaluation.source) }
        return data.loaded.map { _ in (0, .validation) }
    }
}

extension DigitSelection {
    /// Rows in the chosen order; equal ones by index. NaN counts as the worst value.
    static func sorted(_ rows: [Int32], by sort: Sort, _ evaluation: Evaluation) -> [Int32] {
        let keys: [Float]
        switch sort {
        // Rows held out by chance are in the order of their draw.
        case .index:
            return evaluation.rows.range != nil
                ? rows : rows.sorted { evaluation.rows[Int($0)] < evaluation.rows[Int($1)] }
        case .loss: keys = rows.map { -evaluation.losses[Int($0)].orWorst(.infinity) }
        case .confidence:
            keys = rows.map { row in
                let place = Int(row) * evaluation.classes + Int(evaluation.predictions[Int(row)])
                return -evaluation.probabilities[place].orWorst(-.infinity)
            }
        case .mislabelled:
            // Great probability for another class, and little for the label.
            keys = rows.map { row in
                let first = Int(row) * evaluation.classes
                let truth = first + Int(evaluation.labels[Int(row)])
                var surest: Float = 0
                for place in first..<(first + evaluation.classes) where place != truth {
                    surest = max(surest, evaluation.probabilities[place].orWorst(1))
                }
                return -(surest * evaluation.losses[Int(row)]).orWorst(.infinity)
            }
        case .margin: keys = rows.map { evaluation.margin(ofRow: Int($0)).orWorst(-.infinity) }
        }
        return rows.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { rows[$0] }
    }
}

extension Float {
    /// NaN is neither less nor greater than a number, and would make the order undefined.
    fileprivate func orWorst(_ worst: Float) -> Float { isNaN ? worst : self }
}
