extension LineChart {
    /// The cell column of a place on the x axis.
    func column(_ value: Double, _ frame: Frame) -> Int? {
        let share = (value - frame.x.lowerBound) / (frame.x.upperBound - frame.x.lowerBound)
        guard share >= -1e-9, share <= 1 + 1e-9 else { return nil }
        return frame.plot.x + Int((share * Double(frame.plot.width - 1)).rounded())
    }

    func row(_ value: Double, _ frame: Frame) -> Int? {
        guard value.isFinite else { return nil }
        let share = (value - frame.y.lowerBound) / (frame.y.upperBound - frame.y.lowerBound)
        guard share >= -1e-9, share <= 1 + 1e-9 else { return nil }
        return frame.plot.maxY - 1 - Int((share * Double(frame.plot.height - 1)).rounded())
    }

    func drawAxes(_ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        let line = look.theme.style(.border)
        let text = look.theme.style(.dim)
        let ascii = look.glyphs == .ascii
        if let x = frame.yAxis {
            for y in frame.plot.y..<frame.plot.maxY { buffer[x, y] = Cell(ascii ? "|" : "│", style: line) }
            for tick in frame.yTicks {
                guard let y = row(tick.place, frame) else { continue }
                buffer[x, y] = Cell(ascii ? "+" : "┤", style: line)
                buffer.write(tick.label, rightAlignedAt: x - 1, y: y, text)
            }
        }
        guard let y = frame.xAxis else { return }
        if labelsOnBorder { return drawBorderLabels(frame, row: y, &buffer, look) }
        for x in frame.plot.x..<frame.plot.maxX { buffer[x, y] = Cell(ascii ? "-" : "─", style: line) }
        if let x = frame.yAxis { buffer[x, y] = Cell(ascii ? "+" : "╰", style: line) }
        var free = frame.yAxis ?? frame.plot.x
        for tick in frame.xTicks {
            guard let x = column(tick.place, frame) else { continue }
            buffer[x, y] = Cell(ascii ? "+" : "┴", style: line)
            guard let labels = frame.xLabels else { continue }
            let width = tick.label.columns
            let start = min(x - (width - 1) / 2, frame.plot.maxX - width)
            guard start >= free else { continue }
            free = buffer.write(tick.label, x: start, y: labels, text) + 1
        }
    }

    /// Labels in gaps of the border below the plot, which keeps its own colour.
    func drawBorderLabels(_ frame: Frame, row y: Int, _ buffer: inout Buffer, _ look: Look) {
        let text = look.theme.style(.dim)
        var free = frame.plot.x
        if let x = frame.yAxis {
            if hasXLabels, !xName.isEmpty, xName.columns <= frame.gutter - 2 {
                buffer.write("\(xName) ", rightAlignedAt: x + 1, y: y, text)
            } else {
                buffer[x, y].scalar = look.glyphs == .ascii ? "+" : "┴"
            }
        }
        let note = xNote.isEmpty || !hasXLabels ? 0 : xNote.columns + 2
        if note > 0, note <= frame.plot.width {
            buffer.write(" \(xNote) ", x: frame.right - note, y: y, text)
        }
        for tick in frame.xTicks {
            guard let x = column(tick.place, frame) else { continue }
            guard hasXLabels else {
                // The first one would touch the axis.
                if x > frame.plot.x { buffer[x, y].scalar = look.glyphs == .ascii ? "+" : "┴" }
                continue
            }
            let width = tick.label.columns
            let start = max(frame.plot.x, min(x - (width - 1) / 2, frame.plot.maxX - width))
            guard start >= free, note == 0 || start + width < frame.right - note else { continue }
            if start > frame.plot.x { buffer[start - 1, y] = Cell(" ", style: text) }
            let end = buffer.write(tick.label, x: start, y: y, text)
            if end < frame.plot.maxX { buffer[end, y] = Cell(" ", style: text) }
            free = end + 2
        }
    }

    /// Markers and the cursor: vertical lines that the curves are drawn over.
    func drawGuides(_ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        let ascii = look.glyphs == .ascii
        for level in levels { drawLevel(level, frame, &buffer, look) }
        for marker in markers.sorted(by: { $0.rank < $1.rank }) {
            guard let x = column(marker.x, frame) else { continue }
            let style = Style(
                foreground: look.theme.faded(marker.color, 0.35), background: look.theme[.background])
            drawGuide(ascii ? ":" : "┊", x, frame.plot, style, &buffer)
        }
        guard let cursor, let x = column(cursor, frame) else { return }
        let style = look.theme.style(.focusedBorder)
        drawGuide(ascii ? "|" : "│", x, frame.plot, style, &buffer)
        if hasXLabels { drawCursorMark(frame, &buffer, look) }
    }

    /// Where the cursor is on the x axis.
    func drawCursorMark(_ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        guard let cursor, let x = column(cursor, frame), let axis = frame.xAxis else { return }
        let ascii = look.glyphs == .ascii
        let mark = look.theme.style(.title).bold()
        // A label that is there already is marked instead.
        if buffer[x, axis].scalar.properties.isAlphabetic || buffer[x, axis].scalar.properties.numericType != nil {
            buffer[x, axis].style = mark
        } else {
            buffer[x, axis] = Cell(ascii ? "^" : "▲", style: mark)
        }
    }

    /// A line across the plot with its label at the right end.
    private func drawLevel(_ level: Level, _ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        guard let y = row(transformed(level.y), frame) else { return }
        let border = look.theme.style(.border)
        for x in frame.plot.x..<frame.plot.maxX {
            let under = buffer[x, y]
            guard under.scalar == " " else { continue }
            buffer[x, y] = Cell(look.glyphs == .ascii ? "-" : "╌", style: border.on(under.style.background))
        }
        let width = level.label.columns
        guard width + 4 <= frame.plot.width else { return }
        buffer.write(" \(level.label) ", x: frame.plot.maxX - width - 2, y: y, look.theme.style(.dim))
    }

    /// A vertical line that keeps the tint of a band behind it.
    private func drawGuide(_ scalar: Unicode.Scalar, _ x: Int, _ plot: Rect, _ style: Style, _ buffer: inout Buffer) {
        for y in plot.y..<plot.maxY {
            let under = buffer[x, y]
            buffer[x, y] = Cell(scalar, style: under.scalar == " " ? style.on(under.style.background) : style)
        }
    }
}
