import TerminalUI

/// The panels beside the canvas, in the order in which they get room.
enum DrawPanel: CaseIterable {
    case answer, input, nearest, saliency

    /// The panel in a column: what it needs, and how much of a height it fills.
    func member(width: Int, classes: Int) -> PanelStack<DrawPanel>.Member {
        // The greatest square picture, a blank column on either side of it.
        let square = (width - 4) / 2
        return switch self {
        case .answer: .init(self, least: classes + 2, most: classes + 4) { $0 - 2 - (classes + 2) }
        case .input: .init(self, least: 8, most: 18) { $0 - 2 - min($0 - 2, 28, square) }
        case .nearest: .init(self, least: 10) { ($0 - 2) % DigitsGallery.height }
        case .saliency: .init(self, least: 10, most: 18) { $0 - 3 - min($0 - 3, 28, square) }
        }
    }
}

/// The areas of the canvas, and of what the network makes of the drawing. The canvas keeps its size where there is less
/// room; the other panels are left out one after the other, the prediction last.
struct DrawLayout {
    let canvas: Rect
    /// The panels that have room.
    let areas: [DrawPanel: Rect]

    /// Columns beside the canvas, at least.
    private static let beside = 28
    /// Lines below the canvas that are a place for panels.
    private static let leastBelow = 10

    init(_ body: Rect, classes: Int = 10) {
        guard body.width >= 56 else {
            let width = 2 * DrawLayout.lines(in: body.inset(by: 1)) + 4
            let (canvas, answer) = body.splitLeft(min(body.width, width))
            let hasAnswer = answer.width >= 14
            self.canvas = hasAnswer ? canvas : body
            areas = hasAnswer ? [.answer: answer] : [:]
            return
        }
        let beside = (body.width - 4 - DrawLayout.beside) / 2
        let lines = max(1, min(body.height - 2, beside))
        let (left, right) = body.splitLeft(2 * lines + 4)
        let hasBelow = body.height - lines - 2 >= DrawLayout.leastBelow
        let (canvas, below) = left.splitTop(hasBelow ? lines + 2 : left.height)
        self.canvas = canvas
        areas =
            PanelStack([right, below]) { width in
                DrawPanel.allCases.map { $0.member(width: width, classes: classes) }
            }.areas
    }

    /// Where the ink lies within the canvas's panel, with a blank column on either side.
    var ink: Rect {
        let inner = canvas.inset(by: 1)
        let lines = DrawLayout.lines(in: inner)
        return Rect(
            x: inner.x + (inner.width - 2 * lines) / 2, y: inner.y + (inner.height - lines) / 2, width: 2 * lines,
            height: lines)
    }

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
