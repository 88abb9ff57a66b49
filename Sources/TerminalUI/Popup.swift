/// A framed area in the middle of another that clears what is under it.
package struct Popup: Widget, Equatable {
    /// At the left of the top border.
    package var title: String
    /// Columns with the border.
    package var width: Int
    /// Rows with the border.
    package var height: Int
    /// At the right of the top border, where it fits.
    package var detail: [Span]

    package init(title: String, width: Int, height: Int, detail: [Span] = []) {
        self.title = title
        self.width = width
        self.height = height
        self.detail = detail
    }

    /// The popup's place within an area: in its middle, and never larger than it.
    package func frame(in area: Rect) -> Rect {
        let width = min(max(0, width), area.width)
        let height = min(max(0, height), area.height)
        return Rect(
            x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width: width, height: height)
    }

    /// The area for the contents, with one empty column beside the border where there is room.
    package func contents(in area: Rect) -> Rect {
        let inner = frame(in: area).inset(by: 1)
        return inner.width > 8 ? inner.inset(left: 1, right: 1) : inner
    }

    /// Draws the frame and returns the area for the contents.
    @discardableResult
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) -> Rect {
        Panel(title: title, detail: detail, focused: true).draw(
            in: frame(in: area), on: &buffer, look: look)
        return contents(in: area)
    }
}
