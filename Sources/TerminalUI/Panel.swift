/// A thin frame with its title at the left of the top border and live figures at the right of it.
package struct Panel: Widget, Equatable {
    /// At the left of the top border.
    package var title: String
    /// At the right of the top border, where it fits.
    package var detail: [Span]
    /// Whether keys act on it; its border then has the accent colour.
    package var focused: Bool
    /// At the right of the bottom border, where it fits.
    package var footer: [Span]
    /// At the left of the bottom border, where it fits beside the footer: what changes its length and moves nothing.
    package var counter: [Span]

    package init(
        title: String, detail: [Span] = [], focused: Bool = false, footer: [Span] = [], counter: [Span] = []
    ) {
        self.title = title
        self.detail = detail
        self.focused = focused
        self.footer = footer
        self.counter = counter
    }

    /// Draws the frame, clears what is in it and returns the area inside the border.
    @discardableResult
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) -> Rect {
        let theme = look.theme
        buffer.fill(area, Cell(" ", style: theme.style(.text)))
        guard area.width >= 2, area.height >= 2 else { return Rect(x: area.x, y: area.y, width: 0, height: 0) }
        var border = theme.style(focused ? .focusedBorder : .border)
        if look.colors == .mono, focused { border = border.bold() }
        buffer.drawFrame(area, border, look)
        let top = area.inset(left: 2, right: 2)
        buffer.clipped(to: Rect(x: top.x, y: area.y, width: top.width, height: 1)) { buffer in
            guard top.width >= 3 else { return }
            var end = top.x
            if !title.isEmpty {
                let style = theme.style(.title).bold()
                end = buffer.write(" \(title)", x: top.x, y: area.y, style, maxWidth: top.width - 1)
                buffer[end, area.y] = Cell(" ", style: border)
                end += 1
            }
            let width = detail.width + 2
            // One dash at least stays between the title and the detail.
            guard !detail.isEmpty, end + 1 + width <= top.maxX else { return }
            let start = top.maxX - width
            buffer[start, area.y] = Cell(" ", style: border)
            let behind = buffer.write(detail, x: start + 1, y: area.y)
            buffer[behind, area.y] = Cell(" ", style: border)
        }
        drawFooter(in: area, border, on: &buffer)
        return area.inset(by: 1)
    }

    private func drawFooter(in area: Rect, _ border: Style, on buffer: inout Buffer) {
        let width = footer.width + 2
        guard !footer.isEmpty, width <= area.width - 4, area.height >= 3 else { return }
        let y = area.maxY - 1
        let start = area.maxX - 2 - width
        buffer[start, y] = Cell(" ", style: border)
        let behind = buffer.write(footer, x: start + 1, y: y)
        buffer[behind, y] = Cell(" ", style: border)
        // One dash at least stays between the two.
        guard !counter.isEmpty, area.x + 2 + counter.width + 2 < start else { return }
        buffer[area.x + 2, y] = Cell(" ", style: border)
        let end = buffer.write(counter, x: area.x + 3, y: y)
        buffer[end, y] = Cell(" ", style: border)
    }
}

extension Buffer {
    /// Draws a border along the edge of an area, rounded where the glyphs allow it.
    package mutating func drawFrame(_ area: Rect, _ style: Style, _ look: Look) {
        guard area.width >= 2, area.height >= 2 else { return }
        let ascii = look.glyphs == .ascii
        let style = ascii ? style.with(.mark) : style
        let horizontal = Cell(ascii ? "-" : "─", style: style)
        let vertical = Cell(ascii ? "|" : "│", style: style)
        for x in area.x..<area.maxX {
            self[x, area.y] = horizontal
            self[x, area.maxY - 1] = horizontal
        }
        for y in area.y..<area.maxY {
            self[area.x, y] = vertical
            self[area.maxX - 1, y] = vertical
        }
        self[area.x, area.y].scalar = ascii ? "+" : "╭"
        self[area.maxX - 1, area.y].scalar = ascii ? "+" : "╮"
        self[area.x, area.maxY - 1].scalar = ascii ? "+" : "╰"
        self[area.maxX - 1, area.maxY - 1].scalar = ascii ? "+" : "╯"
    }
}
