import DataFormats
import Datasets
import Interchange
import Markup
import Reports

/// Images that a network predicts as another class, with its probabilities.
struct HTMLMistakes {
    let mistakes: [Mistake]
    let images: ImageSet
    /// One name for each class.
    let names: [String]

    /// With more classes than this, the bars would be as thin as lines.
    private static let mostBars = 16
    private static let bars = (width: 12, height: 44, line: 12)

    var html: String {
        let levels = ShownLevels(images)
        return "<ul class=\"mistakes\">\n\(mistakes.map { card($0, levels) }.joined(separator: "\n"))\n</ul>"
    }

    private func card(_ mistake: Mistake, _ levels: ShownLevels) -> String {
        let image = PNGImage(
            width: images.columns, height: images.rows, kind: .gray,
            pixels: levels.shown(images.grayImage(mistake.row)).pixels)
        let (truth, predicted) = (names[mistake.truth], names[mistake.predicted])
        func line(_ kind: String, _ name: String, _ share: Float) -> String {
            "<span class=\"\(kind)\"><b>\(MarkupText.escaped(name))</b>, \(Self.text(share))</span>"
        }
        return """
            <li>\(HTMLText.image(image, alternative: "Test image \(mistake.row), a \(truth)"))
            <div><p>predicted \(line("wrong", predicted, mistake.confidence))<br>\
            truth \(line("right", truth, mistake.probabilities[mistake.truth]))</p>\(chart(mistake))\
            <p class="muted">test image \(FigureText.grouped(mistake.row))</p></div></li>
            """
    }

    /// A value above 0 is not printed as 0.
    private static func text(_ share: Float) -> String {
        share > 0 && share < 0.00005 ? "under 0.01 %" : FigureText.perCent(Double(share))
    }

    /// A bar for each class, the true and the predicted one marked. The number of a class is below its bar where that
    /// is its name.
    private func chart(_ mistake: Mistake) -> String {
        guard names.count <= Self.mostBars else { return "" }
        let (width, height) = (Self.bars.width, Self.bars.height)
        func number(_ column: Int, _ kind: String) -> String {
            "<text class=\"tick\(kind)\" x=\"\(column * width + width / 2)\" y=\"\(height + 10)\" "
                + "text-anchor=\"middle\">\(column)</text>"
        }
        let bars = mistake.probabilities.enumerated().map { column, share in
            let kind = column == mistake.truth ? " right" : column == mistake.predicted ? " wrong" : ""
            let size = max(1, Double(share) * Double(height))
            let x = column * width
            return "<rect class=\"bar\(kind)\" x=\"\(x + 1)\" y=\"\(FigureText.fixed(Double(height) - size, 1))\" "
                + "width=\"\(width - 3)\" height=\"\(FigureText.fixed(size, 1))\"/>"
                + (names[column] == "\(column)" ? number(column, kind) : "")
        }
        let shares = zip(names, mistake.probabilities).map { "\($0) \(FigureText.perCent(Double($1)))" }
        return "<svg viewBox=\"0 0 \(names.count * width) \(height + Self.bars.line)\" role=\"img\" aria-label=\""
            + MarkupText.escaped("Probabilities: " + shares.joined(separator: ", ")) + "\">\(bars.joined())</svg>"
    }
}
