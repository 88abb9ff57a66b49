import Foundation
import Markup
import Reports
import Training

/// How the confusion matrix changed from epoch to epoch.
extension HTMLReport {
    /// The greatest number of matrices in a row.
    private static let most = 6
    /// Pixels of a matrix's cell, and the number of classes beyond which it would be too small.
    private static let (cell, mostClasses) = (8, 40)

    /// Nil where the matrices of the epochs were not saved, or there is only one.
    var evolution: String? {
        let all = annotations.confusions.filter { $0.counts.count == dataset.classes }
        guard all.count > 1, dataset.classes <= Self.mostClasses else { return nil }
        let items = Self.chosen(all).map { confusion in
            let errors = Self.errors(confusion.counts)
            let total = confusion.counts.joined().reduce(0, +)
            let share = total == 0 ? 0 : Double(errors) / Double(total)
            let title = confusion.epoch == 0 ? spec.training.startWords : "epoch \(confusion.epoch)"
            return """
                <li>\(picture(confusion.counts, title))
                <p><b>\(title)</b><br>\(Self.counted(errors)), \(FigureText.perCent(share))</p></li>
                """
        }
        return """
            <p>What the \(FigureText.grouped(report?.dataset.validation ?? 0)) validation images were predicted as: a row for \
            each true class, a column for each predicted one; blue is right, orange is wrong, and the stronger the more of \
            its class.</p>
            <ul class="evolution">
            \(items.joined(separator: "\n"))
            </ul>
            """
    }

    /// The first, the last, and between them fewer and fewer, as most changes are at the beginning.
    private static func chosen(_ all: [EpochConfusion]) -> [EpochConfusion] {
        guard all.count > most else { return all }
        let last = Double(all.count - 1)
        let places = (0..<most).map { step in
            step == 0 ? 0 : Int(pow(last, Double(step - 1) / Double(most - 2)).rounded())
        }
        var indices: [Int] = []
        for place in places { indices.append(max(place, (indices.last ?? -1) + 1)) }
        return indices.map { all[min($0, all.count - 1)] }
    }

    private static func counted(_ errors: Int) -> String {
        FigureText.grouped(errors) + (errors == 1 ? " error" : " errors")
    }

    private static func errors(_ counts: [[Int]]) -> Int {
        counts.enumerated().reduce(0) { $0 + $1.element.reduce(0, +) - $1.element[$1.offset] }
    }

    private func picture(_ counts: [[Int]], _ title: String) -> String {
        let size = Self.cell * counts.count
        let squares = counts.enumerated().flatMap { truth, row -> [String] in
            let total = row.reduce(0, +)
            return row.enumerated().compactMap { predicted, count -> String? in
                guard count > 0, total > 0 else { return nil }
                let share = Double(count) / Double(total)
                let isRight = truth == predicted
                // As in the table: mistakes are few, and their cube roots can be seen.
                let strength = FigureText.fixed(isRight ? share : cbrt(share), 2)
                return "<rect class=\"\(isRight ? "right" : "wrong")\" x=\"\(predicted * Self.cell)\" "
                    + "y=\"\(truth * Self.cell)\" width=\"\(Self.cell)\" height=\"\(Self.cell)\" "
                    + "fill-opacity=\"\(strength)\"/>"
            }
        }
        let label = MarkupText.escaped("Confusion, \(title): \(Self.counted(Self.errors(counts)))")
        return "<svg viewBox=\"0 0 \(size) \(size)\" role=\"img\" aria-label=\"\(label)\">\(squares.joined())</svg>"
    }
}
