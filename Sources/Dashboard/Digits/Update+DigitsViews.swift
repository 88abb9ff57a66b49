import TerminalUI
import Training

/// What keys ask of Digits beside choosing and sorting.
package enum DigitsCommand: Equatable, Sendable {
    case nearest, wholeGallery, alike, mark, unmarkAll, save
}

extension DashboardState {
    func disabled(_ command: DigitsCommand) -> String? {
        switch command {
        case .nearest, .wholeGallery:
            if screen != .digits { return "4 shows the digits first" }
            return command == .nearest && run == nil ? "a network has to be there first" : nil
        case .mark, .alike: return digitToMark == nil ? "there is no digit at hand" : nil
        case .unmarkAll, .save: return digits.marked.isEmpty ? "no digit is marked: m marks one" : nil
        }
    }

    mutating func perform(_ command: DigitsCommand) -> [Effect] {
        switch command {
        case .nearest:
            digits.showsNearest.toggle()
            if digits.showsNearest { digits.form = digits.form == .gallery ? .both : digits.form }
        case .wholeGallery: digits.form = digits.form == .gallery ? .both : .gallery
        case .alike: chooseAlike()
        case .mark: markDigit()
        case .unmarkAll:
            digits.marked = []
            refreshDigits()
        case .save: return saveMarked()
        }
        return []
    }

    /// All digits with the true and the predicted class of the one at hand; again, what was there before it.
    private mutating func chooseAlike() {
        guard let evaluation, let row = digits.row else { return }
        if digits.filter.isNarrowed { return setFilter(digits.alikeBefore ?? DigitsFilter()) }
        digits.alikeBefore = digits.filter
        setFilter(
            DigitsFilter(
                truth: Int(evaluation.labels[row]), predicted: Int(evaluation.predictions[row]), shown: .all,
                marked: digits.filter.marked))
        message = .note("only \(digits.filter.description): f takes the others in again")
    }

    private mutating func markDigit() {
        guard let digit = digitToMark else { return }
        if digits.marked.remove(digit) == nil { digits.marked.insert(digit) }
        let count = digits.marked.count
        message = .note("\(Figures.grouped(count)) \(classNames.noun)\(count == 1 ? "" : "s") marked: x saves them")
        if digits.filter.marked { refreshDigits() }
    }

    /// The digit in full size, or back from there.
    mutating func openDigit() {
        guard digits.row != nil else { return }
        digits.form = digits.form == .large ? .both : .large
    }

    /// Takes the evaluations of an event into the history of predictions.
    mutating func noteDigits(_ event: TrainingEvent) {
        let evaluation: Evaluation? =
            switch event {
            case .started(_, let untrained): untrained
            case .epochFinished(let report): report.validation
            case .weightsReplaced(_, let evaluation): evaluation
            case .testEvaluated(let evaluation): evaluation
            default: nil
            }
        guard let evaluation else { return }
        if evaluation.source == .test { digits.pastOfTest.note(evaluation) } else { digits.past.note(evaluation) }
    }

    /// The nearest training digits are looked for where they are shown.
    var digitsWatch: Watch? {
        guard digits.showsNearest, let data = data.loaded, let evaluation, let row = digits.row else { return nil }
        let count =
            display.plain ? 5 : digitsLayout.nearest.map { NearestView.places($0.inset(by: 1)).count } ?? 0
        let image = Array(data.images(evaluation.source).image(evaluation.firstRow + row))
        return count > 0 ? Watch(image: image, neighbours: count) : nil
    }

    var digitsLayout: DigitsLayout {
        DigitsLayout(ScreenLayout(self).body, form: digits.form, showsNearest: digits.showsNearest)
    }
}
