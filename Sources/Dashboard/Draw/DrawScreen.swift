import DataFormats
import Datasets
import TerminalUI

/// The drawing and the pen.
package struct DrawScreen: Equatable, Sendable {
    /// The drawing.
    package internal(set) var canvas = DrawCanvas()
    /// The picture that the network sees, from black to white; nil without ink.
    package internal(set) var input: GrayImage?
    /// What that is in the form of; nil before anything was drawn.
    var form: NetworkImage?
    /// The pen's column on a grid of `DrawScreen.grid` × `DrawScreen.grid`, from 0.
    package internal(set) var column = DrawScreen.grid / 2
    /// The row on that grid, from 0.
    package internal(set) var row = DrawScreen.grid / 2
    /// The drawing that was saved last.
    var saved: DrawCanvas?
    /// Whether moving the pen by keys draws.
    package internal(set) var penIsDown = false
    /// Whether strokes remove ink.
    package internal(set) var erases = false
    /// Index into `radii`.
    package internal(set) var brush = 1
    /// The last point of the mouse's stroke; nil while no button is held.
    var mouseAt: DrawCanvas.Point?
    /// The path of an image, while it is typed.
    var typing: TextField?
    var past: [DrawCanvas] = []
    var future: [DrawCanvas] = []

    /// Steps of the pen along each side of the canvas.
    package static let grid = 28
    /// Radii of the brushes, in pixels of the canvas.
    static let radii = [1.5, 2.5, 3.5, 5]
    /// The greatest number of strokes that can be undone.
    static let mostPast = 64
    /// Bytes of opened images that are kept for it.
    private static let mostBytes = 64 << 20

    package init() {}

    /// Whether there is a drawing that no file has.
    var isUnsaved: Bool { !canvas.isEmpty && canvas != saved }

    /// The eraser is larger, to remove the soft edge of the brush's own stroke.
    var radius: Double { DrawScreen.radii[brush] + (erases ? 1 : 0) }

    /// The pen's place on the canvas.
    var pen: DrawCanvas.Point {
        let pitch = Double(DrawCanvas.side) / Double(DrawScreen.grid)
        return DrawCanvas.Point(x: (Double(column) + 0.5) * pitch, y: (Double(row) + 0.5) * pitch)
    }

    /// Saves the canvas for undo.
    mutating func begin() {
        past.append(canvas)
        if past.count > DrawScreen.mostPast { past.removeFirst() }
        while past.count > 1, past.reduce(0, { $0 + ($1.opened?.source.pixels.count ?? 0) }) > DrawScreen.mostBytes {
            past.removeFirst()
        }
        future = []
    }

    /// Ends the present stroke.
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
