extension PlotCanvas {
    /// Draws a symbol on a line every so many columns; the first column differs from line to line.
    func drawSymbols(
        _ symbol: Unicode.Scalar?, of owner: Int, at area: Rect, on buffer: inout Buffer, style: Style
    ) {
        guard let symbol else { return }
        let pitch = 10
        for x in stride(from: owner * 3 % pitch, to: width, by: pitch) {
            guard let y = (0..<height).first(where: { isOnTop(owner, x, $0) }) else { continue }
            buffer[area.x + x, area.y + y] = Cell(symbol, style: style)
        }
    }

    private func isOnTop(_ owner: Int, _ x: Int, _ y: Int) -> Bool {
        let (columns, rows) = (dotColumns / max(1, width), dotRows / max(1, height))
        var top: Int16 = -1
        for row in (rows * y)..<(rows * (y + 1)) {
            for column in (columns * x)..<(columns * (x + 1)) { top = max(top, owners[row * dotColumns + column]) }
        }
        return Int(top) == owner
    }
}
