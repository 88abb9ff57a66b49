import Foundation
import Markup
import Reports

/// A confusion matrix as a coloured table, and its most frequent mistakes in words.
package struct HTMLConfusion {
    let confusion: [[Int]]
    let names: [String]

    /// - Parameters:
    ///   - confusion: rows true, columns predicted.
    ///   - names: one a class.
    package init(confusion: [[Int]], names: [String]) {
        self.confusion = confusion
        self.names = names
    }

    /// The greatest number of listed pairs.
    private static let mostPairs = 8

    private var areNumbers: Bool { names.allSatisfy { $0.count <= 3 } }

    /// The table. A cell's colour shows its share of the true class; the style's `--s` is the strength.
    var table: String {
        let head = names.map { "<th scope=\"col\"><span>\(MarkupText.escaped($0))</span></th>" }.joined()
        let rows = confusion.indices.map(row).joined(separator: "\n")
        return """
            <div class="scroll"><table class="confusion\(areNumbers ? "" : " named")">
            <caption>Rows: true class. Columns: predicted class. Counts of images; colours show the share of the true \
            class.</caption>
            <thead><tr><td></td>\(head)</tr></thead>
            <tbody>
            \(rows)
            </tbody></table></div>
            """
    }

    private func row(_ truth: Int) -> String {
        let total = confusion[truth].reduce(0, +)
        let cells = confusion[truth].enumerated().map { predicted, count -> String in
            let share = total == 0 ? 0 : Double(count) / Double(total)
            let isRight = predicted == truth
            let strength = isRight ? share : cbrt(share)
            let classes = [isRight ? "right" : "", count == 0 ? "none" : "", strength > 0.85 ? "strong" : ""]
                .filter { !$0.isEmpty }.joined(separator: " ")
            let attributes = classes.isEmpty ? "" : " class=\"\(classes)\""
            return "<td\(attributes) style=\"--s:\(FigureText.fixed(strength, 2))\">\(FigureText.grouped(count))</td>"
        }.joined()
        return "<tr><th scope=\"row\">\(MarkupText.escaped(names[truth]))</th>\(cells)</tr>"
    }

    /// The most frequent mistakes, the most frequent first; where counts are equal, the rarer true class, then the
    /// first class.
    package var pairs: String {
        let found = confusion.enumerated().flatMap { truth, counts in
            counts.enumerated().filter { $0.offset != truth && $0.element > 0 }.map {
                (truth: truth, predicted: $0.offset, count: $0.element)
            }
        }
        let sorted = found.sorted { ($1.count, $0.truth, $0.predicted) < ($0.count, $1.truth, $1.predicted) }
        guard !sorted.isEmpty else { return "<p>No image is predicted as another class.</p>" }
        let items = sorted.prefix(Self.mostPairs).map { pair in
            let total = confusion[pair.truth].reduce(0, +)
            return "<li><b>\(MarkupText.escaped(names[pair.truth]))</b> predicted as "
                + "<b>\(MarkupText.escaped(names[pair.predicted]))</b>: \(FigureText.grouped(pair.count)) "
                + "<span class=\"muted\">(\(FigureText.perCent(Double(pair.count) / Double(total))))</span></li>"
        }
        return "<ol class=\"pairs\">\n\(items.joined(separator: "\n"))\n</ol>"
    }
}
