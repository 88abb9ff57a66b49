import Datasets
import TerminalUI
import Training

/// What keys ask of Draw.
package enum DrawCommand: Equatable, Sendable {
    case pen, eraser, brush(Int), clear, undo, redo, save
}

extension DashboardState {
    /// The drawing, and the digits that are most like it where the run has time to look for them.
    var drawWatch: Watch? {
        guard let input = draw.input, let run else { return nil }
        let isBusy = display.plain || run.state == .running || draw.penIsDown || draw.mouseAt != nil
        let neighbours = isBusy ? 0 : DrawView.neighbours(DrawLayout(ScreenLayout(self).body)).count
        return Watch(image: input.pixels, neighbours: neighbours)
    }

    func disabled(_ command: DrawCommand) -> String? {
        switch command {
        case .undo: draw.past.isEmpty ? "nothing to undo" : nil
        case .redo: draw.future.isEmpty ? "nothing to redo" : nil
        case .clear, .save: draw.canvas.isEmpty ? "nothing is drawn yet" : nil
        case .pen, .eraser, .brush: nil
        }
    }

    mutating func perform(_ command: DrawCommand) -> [Effect] {
        switch command {
        case .pen:
            draw.penIsDown.toggle()
            if draw.penIsDown {
                draw.begin()
                stroke(from: draw.pen, to: draw.pen)
            }
        case .eraser: draw.erases.toggle()
        case .brush(let step): draw.brush = min(DrawState.radii.count - 1, max(0, draw.brush + step))
        case .clear:
            draw.begin()
            draw.canvas = DrawCanvas()
            drawingChanged()
        case .undo:
            draw.undo()
            drawingChanged()
        case .redo:
            draw.redo()
            drawingChanged()
        case .save: return saveDrawing()
        }
        return []
    }

    /// Moves the pen by steps of the grid, and draws where it is down.
    mutating func movePen(columns: Int, rows: Int) {
        let from = draw.pen
        draw.column = min(DrawState.grid - 1, max(0, draw.column + columns))
        draw.row = min(DrawState.grid - 1, max(0, draw.row + rows))
        if draw.penIsDown { stroke(from: from, to: draw.pen) }
    }

    mutating func movePen(_ direction: Command.Direction) {
        switch direction {
        case .up: movePen(columns: 0, rows: -1)
        case .down: movePen(columns: 0, rows: 1)
        case .left: movePen(columns: -1, rows: 0)
        case .right: movePen(columns: 1, rows: 0)
        }
    }

    /// A button goes down on the canvas: a stroke begins there.
    mutating func mousePressed(onCanvas x: Int, _ y: Int) {
        let layout = DrawLayout(ScreenLayout(self).body)
        guard layout.ink.contains(x: x, y: y) else { return }
        draw.penIsDown = false
        let point = layout.point(x: x, y: y)
        draw.begin()
        draw.mouseAt = point
        placePen(at: point)
        stroke(from: point, to: point)
    }

    /// The mouse goes on with a button held, or lets it go.
    mutating func mouseDragged(_ event: MouseEvent) {
        guard let from = draw.mouseAt else { return }
        let point = DrawLayout(ScreenLayout(self).body).point(x: event.x, y: event.y)
        if point != from {
            placePen(at: point)
            stroke(from: from, to: point)
        }
        draw.mouseAt = event.kind == .release ? nil : point
    }

    private mutating func placePen(at point: DrawCanvas.Point) {
        func place(_ value: Double) -> Int {
            let step = value / Double(DrawCanvas.side) * Double(DrawState.grid)
            return Int(min(Double(DrawState.grid - 1), max(0, step)))
        }
        draw.column = place(point.x)
        draw.row = place(point.y)
    }

    private mutating func stroke(from: DrawCanvas.Point, to: DrawCanvas.Point) {
        draw.canvas.stroke(from: from, to: to, radius: draw.radius, erases: draw.erases)
        drawingChanged()
    }

    /// Makes the network's input anew.
    mutating func drawingChanged() {
        let images = data.loaded?.dataset.train
        draw.input = draw.canvas.normalized(rows: images?.rows ?? 28, columns: images?.columns ?? 28)
    }

    private func saveDrawing() -> [Effect] {
        guard let input = draw.input else { return [] }
        let file = SaveRequest.File(ending: ".pgm", bytes: PGMFile.encode(input))
        return [.save(SaveRequest(stem: "drawing", files: [file], what: "as the network sees it"))]
    }
}
