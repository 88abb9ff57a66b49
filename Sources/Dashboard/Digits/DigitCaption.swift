import Foundation
import TerminalUI
import Training

/// What stands below a digit of the gallery: its classes, and the figure that the gallery is sorted by. Of digits that
/// are all predicted at 100 % the loss still tells which is the worst.
struct DigitCaption {
    private let truth: Int
    private let predicted: Int
    private let figure: String

    init(_ row: Int, _ evaluation: Evaluation, _ sort: DigitSelection.Sort) {
        truth = Int(evaluation.labels[row])
        predicted = Int(evaluation.predictions[row])
        figure =
            switch sort {
            case .loss: Figures.loss(Double(evaluation.losses[row]))
            case .margin: String(format: "%+.2f", evaluation.margin(ofRow: row))
            case .index: Figures.grouped(evaluation.rows[row])
            case .confidence, .mislabelled:
                ProbabilityBars.text(evaluation.probabilities[row * evaluation.classes + predicted])
            }
    }

    /// Names and figure where both have room, else names, else numbers and figure.
    func spans(_ names: ClassNames, _ theme: Theme, selected: Bool, room: Int) -> [Span] {
        let background = theme[selected ? .selectedBackground : .background]
        let right = theme.style(.good).bold().on(background)
        let other = theme.style(truth == predicted ? .good : .bad).bold().on(background)
        let quiet = theme.quiet(marked: selected)
        func classes(_ names: ClassNames, _ arrow: String) -> [Span] {
            if truth == predicted, !names.isEmpty { return [Span(names[truth], right)] }
            return [Span(names[truth], right), Span(arrow, quiet), Span(names[predicted], other)]
        }
        let behind = [Span("  " + figure, quiet)]
        let plain = ClassNames(nil)
        let numbers = [classes(plain, " → ") + behind, classes(plain, "→") + behind, classes(plain, " → ")]
        guard !names.isEmpty else { return numbers.first { $0.width <= room } ?? classes(plain, "→") }
        let short = names.cut((room - 1) / 2)
        let forms = [classes(names, " → ") + behind, classes(names, " → "), classes(names, "→")]
        let shortened = short.isEmpty ? [] : [classes(short, "→")]
        return (forms + shortened + numbers).first { $0.width <= room } ?? classes(plain, "→")
    }
}
