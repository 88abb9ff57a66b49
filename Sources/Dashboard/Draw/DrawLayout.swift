import TerminalUI

/// The areas of the canvas, the network's input, and its prediction. With less room the input goes below or above the
/// prediction, then is left out; the canvas stays.
struct DrawLayout {
    let canvas: Rect
    /// nil without room, as the answer.
    let input: Rect?
    let answer: Rect?

    /// Columns of the canvas at one column a pixel of MNIST's.
    private static let side = DrawScreen.grid

    init(_ body: Rect) {
        let inner = DrawLayout.fitted(body.inset(by: 1).splitRight(34).rest)
        let width = min(body.width, max(inner.width + 2, body.width >= 100 ? 60 : 30))
        guard body.width >= 56 else {
            let (canvas, answer) = body.splitLeft(min(body.width, DrawLayout.fitted(body.inset(by: 1)).width + 4))
            self.canvas = answer.width >= 14 ? canvas : body
            self.answer = answer.width >= 14 ? answer : nil
            input = nil
            return
        }
        let (canvas, right) = body.splitLeft(width)
        self.canvas = canvas
        if right.width >= 66 {
            let (input, answer) = right.splitLeft(32)
            (self.input, self.answer) = (input, answer)
        } else if right.height >= 16 + 12 {
            let (input, answer) = right.splitTop(16)
            (self.input, self.answer) = (input, answer)
        } else if right.width >= 16 + 24, right.height >= 9 {
            let (input, answer) = right.splitLeft(18)
            (self.input, self.answer) = (input, answer)
        } else {
            (input, answer) = (nil, right)
        }
    }

    /// Where the ink lies within the canvas's panel: whole columns and lines for a pixel of MNIST's where there is room.
    var ink: Rect { DrawLayout.fitted(canvas.inset(by: 1)) }

    private static func fitted(_ inner: Rect) -> Rect {
        let times = min(inner.width / side, inner.height * 2 / side)
        let height = times > 0 ? times * side / 2 : min(inner.height, inner.width / 2)
        let size = (width: 2 * height, height: height)
        return Rect(
            x: inner.x + (inner.width - size.width) / 2, y: inner.y + (inner.height - size.height) / 2,
            width: size.width, height: size.height)
    }

    /// The point of the canvas under the middle of a cell.
    func point(x: Int, y: Int) -> DrawCanvas.Point {
        let side = Double(DrawCanvas.side)
        return DrawCanvas.Point(
            x: (Double(x - ink.x) + 0.5) / Double(max(1, ink.width)) * side,
            y: (Double(y - ink.y) + 0.5) / Double(max(1, ink.height)) * side)
    }

    /// The places below the input where the nearest digits go, row by row.
    var neighbours: [Rect] {
        guard let inner = input?.inset(by: 1), inner.width >= 28 else { return [] }
        let below = inner.splitTop(14 + 2).rest
        let rows = below.height / 8
        let down = min(9, below.height / max(1, rows))
        return (0..<max(0, rows)).flatMap { row in
            [0, 1].map { Rect(x: below.x + 1 + $0 * 15, y: below.y + row * down, width: 14, height: 8) }
        }
    }
}
