/// A value that can be drawn into an area of a buffer, at any size, and with every kind of glyphs and colours.
package protocol Widget: Sendable {
    /// What drawing leaves: nothing, or the area inside a frame.
    associatedtype Drawn = Void

    /// Draws into the area and nowhere else; in an empty one nothing.
    @discardableResult
    func draw(in area: Rect, on buffer: inout Buffer, look: Look) -> Drawn
}
