import TerminalUI

/// The panels beside the canvas, in the order in which they get room.
enum DrawPanel: CaseIterable {
    case answer, input, nearest, saliency

    /// The panel in a column: what it needs, and how much of a height it fills.
    ///
    /// - Parameter isSpaced: whether there may be air between the bars, since nothing else needs the lines.
    func member(width: Int, classes: Int, isSpaced: Bool) -> PanelStack<DrawPanel>.Member {
        // The greatest square picture, a blank column on either side of it.
        let square = (width - 4) / 2
        return switch self {
        case .answer:
            .init(self, least: classes + 2, most: isSpaced ? 2 * classes + 3 : classes + 4) {
                let lines = isSpaced && $0 >= 2 * classes + 3 ? 2 * classes + 1 : classes + 2
                return $0 - 2 - lines
            }
        case .input: .init(self, least: 6, most: max(18, square + 2)) { $0 - 2 - min($0 - 2, 28, square) }
        case .nearest: .init(self, least: 10, most: 26) { ($0 - 2) % DigitsGallery.height }
        case .saliency: .init(self, least: 10, most: max(18, square + 3)) { $0 - 3 - min($0 - 3, 28, square) }
        }
    }
}

/// The areas of the canvas, and of what the network makes of the drawing.
///
/// The canvas has eighteen lines first; then the other panels come in; then, while all of them keep their room, it grows.
struct DrawLayout {
    let canvas: Rect
    /// The panels that have room.
    let areas: [DrawPanel: Rect]

    init(_ body: Rect, classes: Int = 10) {
        func members(_ form: Form, isSpaced: Bool = false) -> (_ width: Int) -> [PanelStack<DrawPanel>.Member] {
            { width in form.panels(width).map { $0.member(width: width, classes: classes, isSpaced: isSpaced) } }
        }
        var best: (count: Int, lines: Int, form: Form)?
        for form in Form.all {
            for lines in form.lines(body).reversed() {
                let count = PanelStack.count(form.areas(body, lines: lines).columns, members(form))
                let isWhole = count == DrawPanel.allCases.count
                // A canvas with more lines is for all panels.
                guard isWhole || lines == form.lines(body).lowerBound else { continue }
                if let best, (best.count, best.lines) >= (count, lines) { break }
                best = (count, lines, form)
                break
            }
        }
        guard let best else {
            (canvas, areas) = (body, [:])
            return
        }
        let parts = best.form.areas(body, lines: best.lines)
        canvas = parts.canvas
        areas =
            PanelStack(parts.columns, members(best.form, isSpaced: best.lines >= DrawLayout.whole)).areas
    }

    /// Columns of a panel with a picture of the digit, at least.
    private static let narrowest = 18
    /// Lines of a canvas that is large enough: two pixels of MNIST's each.
    private static let whole = 28
    /// Lines of the canvas before all panels are there.
    private static let steady = 18

    /// Where the panels stand; of ways with equally many panels and lines of the canvas the first counts.
    private enum Form {
        /// In columns at the right of the canvas, and below it where it is low.
        case beside(columns: Int)
        /// In columns below the canvas.
        case below(columns: Int)

        static let all: [Form] = [
            .beside(columns: 2), .beside(columns: 1), .below(columns: 1), .below(columns: 2), .below(columns: 3),
            .below(columns: 4),
        ]

        /// Columns of a place for all panels.
        private static let column = 28
        /// Lines below the canvas that are a place for panels.
        private static let leastBelow = 10

        /// The lines that the canvas may have; none without room.
        func lines(_ body: Rect) -> Range<Int> {
            let inner = body.height - 2
            switch self {
            case .beside(columns: 1) where body.width < 2 * DrawLayout.steady + 4 + DrawLayout.narrowest:
                // The bars alone, beside a canvas that leaves room for them.
                let most = min(inner, DrawLayout.steady, (body.width - 19) / 2)
                return most > 0 && body.width >= 36 ? most..<(most + 1) : 0..<0
            case .beside(let columns):
                let least = min(inner, DrawLayout.steady)
                guard columns == 1 || body.width >= 2 * DrawLayout.steady + 4 + columns * Form.column, least > 0
                else {
                    return 0..<0
                }
                return least..<(max(least, min(inner, (body.width - 4 - columns * Form.column) / 2)) + 1)
            case .below(let columns):
                // Two columns have room for bars and the network's input in fewer columns of the screen.
                guard columns == 1 || columns == 2 || body.width >= columns * Form.column else { return 0..<0 }
                let most = min(inner - 2 - Form.leastBelow, (body.width - 4) / 2)
                return most >= DrawLayout.steady ? DrawLayout.steady..<(most + 1) : 0..<0
            }
        }

        /// The panels that may stand in a column.
        func panels(_ width: Int) -> [DrawPanel] {
            // Bars alone can be read in fewer columns than a picture.
            if width < DrawLayout.narrowest { return [.answer] }
            if case .below = self, width < Form.column { return [.answer, .input] }
            return DrawPanel.allCases
        }

        func areas(_ body: Rect, lines: Int) -> (canvas: Rect, columns: [Rect]) {
            switch self {
            case .beside(let count):
                let (left, right) = body.splitLeft(2 * lines + 4)
                let hasBelow =
                    right.width >= DrawLayout.narrowest && body.height - lines - 2 >= Form.leastBelow
                let (canvas, below) = left.splitTop(hasBelow ? lines + 2 : left.height)
                return (canvas, right.columns(count) + [below])
            case .below(let count):
                let (canvas, below) = body.splitTop(lines + 2)
                return (canvas, below.columns(count))
            }
        }
    }

    /// Where the ink lies within the canvas's panel, with a blank column on either side.
    var ink: Rect { parts.ink }

    /// Where words about the pen stand below the ink; empty without room.
    var words: Rect { parts.words }

    private var parts: (ink: Rect, words: Rect) {
        let inner = canvas.inset(by: 1)
        let lines = DrawLayout.lines(in: inner)
        let spare = inner.height - lines
        // A blank line above them, and below the ink where it stands in the middle.
        let words = spare >= 3 ? min(DrawLayout.mostWords, spare - 1) : 0
        let top = inner.y + (words > 0 ? (spare - words - 1) / 2 : spare / 2)
        let ink = Rect(x: inner.x + (inner.width - 2 * lines) / 2, y: top, width: 2 * lines, height: lines)
        return (ink, Rect(x: inner.x + 1, y: ink.maxY + 1, width: inner.width - 2, height: words))
    }

    /// Lines of the words about the pen.
    private static let mostWords = 4

    private static func lines(in inner: Rect) -> Int { max(0, min(inner.height, (inner.width - 2) / 2)) }

    /// The point of the canvas under the middle of a cell.
    func point(x: Int, y: Int) -> DrawCanvas.Point {
        let side = Double(DrawCanvas.side)
        return DrawCanvas.Point(
            x: (Double(x - ink.x) + 0.5) / Double(max(1, ink.width)) * side,
            y: (Double(y - ink.y) + 0.5) / Double(max(1, ink.height)) * side)
    }

    /// The places of the training digits that are most alike.
    var neighbours: [Rect] { areas[.nearest].map { NearestLayout.places($0.inset(by: 1)) } ?? [] }
}
