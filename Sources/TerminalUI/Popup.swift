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
    /// At the right of the bottom border, where it fits.
    package var footer: [Span]

    package init(title: String, width: Int, height: Int, detail: [Span] = [], footer: [Span] = []) {
        self.title = title
        self.width = width
        self.height = height
        self.detail = detail
        self.footer = footer
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
        let frame = frame(in: area)
        // A blank column at each side: no frame behind it touches its own.
        let left = max(area.x, frame.x - 1)
        let ground = Rect(x: left, y: frame.y, width: min(area.maxX, frame.maxX + 1) - left, height: frame.height)
        buffer.fill(ground, Cell(" ", style: look.theme.style(.text)))
        Panel(title: title, detail: detail, focused: true, footer: footer).draw(in: frame, on: &buffer, look: look)
        return contents(in: area)
    }
}

extension Buffer {
    /// Takes what is drawn so far back to the colour of the frames, so that a popup over it stands out.
    package mutating func fadeOut(_ area: Rect, look: Look) {
        let (ground, page) = (look.theme[.background], look.theme.page)
        let frame = look.theme.style(.border)
        // On the terminal's own background the page is told from the text: it stays on its side of grey.
        var text = frame
        if ground.isTerminalDefault, look.colors != .mono {
            text.foreground = text.foreground.lifted(on: page, to: Theme.leastContrast + 0.1)
        }
        let canMix = look.colors == .truecolor || look.colors == .palette256
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX {
                let style = self[x, y].style
                // A picture is made of backgrounds, too: it keeps its shape.
                if canMix, style.background != ground {
                    self[x, y].style = Style(
                        foreground: page.mixed(with: style.foreground, 0.3),
                        background: page.mixed(with: style.background, 0.3))
                } else {
                    self[x, y].style = look.colors == .mono ? frame.with(.dim) : self[x, y].isText ? text : frame
                }
            }
        }
    }
}
