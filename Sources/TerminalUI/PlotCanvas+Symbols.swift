extension PlotCanvas {
    /// Draws a symbol on a line every so many columns; the first column differs from line to line.
    func drawSymbols(
        _ symbol: Unicode.Scalar?, of owner: Int, at area: Rect, on buffer: inout Buffer, style: Style
    ) {
        guard let symbol else { return }
        let pitch = 10
        for x in stride(from: owner * 3 % pitch, to: width, by: pitch) {
            guard let y = (0..<height).first(where: { self.owner(ofCell: x, $0).series == owner }) else { continue }
            buffer[area.x + x, area.y + y] = Cell(symbol, style: style)
        }
    }
}
