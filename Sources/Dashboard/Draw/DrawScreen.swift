import DataFormats

/// The drawing and the pen.
package struct DrawScreen: Equatable, Sendable {
    package internal(set) var canvas = DrawCanvas()
    /// What the network is given; nil without ink.
    package internal(set) var input: GrayImage?
    /// The pen's place on a grid of `DrawScreen.grid` × `DrawScreen.grid`.
    package internal(set) var column = DrawScreen.grid / 2
    package internal(set) var row = DrawScreen.grid / 2
    /// Whether moving the pen by keys draws.
    package internal(set) var penIsDown = false
    package internal(set) var erases = false
    /// Index into `radii`.
    package internal(set) var brush = 1
    /// Where the mouse draws from; nil while no button is held.
    var mouseAt: DrawCanvas.Point?
    var past: [DrawCanvas] = []
    var future: [DrawCanvas] = []

    /// Steps of the pen along each side of the canvas.
    package static let grid = 28
    /// Brushes, in pixels of the canvas.
    static let radii = [1.5, 2.5, 3.5, 5]
    /// Strokes that can be undone.
    static let mostPast = 64

    package init() {}

    /// The eraser reaches beyond the soft edge of the brush's own stroke.
    var radius: Double { DrawScreen.radii[brush] + (erases ? 1 : 0) }

    /// The pen's place on the canvas.
    var pen: DrawCanvas.Point {
        let pitch = Double(DrawCanvas.side) / Double(DrawScreen.grid)
        return DrawCanvas.Point(x: (Double(column) + 0.5) * pitch, y: (Double(row) + 0.5) * pitch)
    }

    /// Remembers the canvas before a change.
    mutating func begin() {
        past.append(canvas)
        if past.count > DrawScreen.mostPast { past.removeFirst() }
        future = []
    }

    /// Ends whatever is being drawn.
    mutating func lift() {
        penIsDown = false
        mouseAt = nil
    }

    mutating func undo() {
        guard let last = past.popLast() else { return }
        future.append(canvas)
        canvas = last
    }

    mutating func redo() {
        guard let next = future.popLast() else { return }
        past.append(canvas)
        canvas = next
    }
}
