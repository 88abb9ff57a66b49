/// A grey image of any size, drawn with the finest glyphs that its place allows.
public struct DigitImage {
    public enum Form: Sendable {
        /// Grey levels, two pixels a cell: 28 × 14 cells for 28 × 28 pixels.
        case halfBlock
        /// Black and white, 2 × 4 pixels a cell: 14 × 7 cells.
        case braille
        /// Half blocks where they fit, braille where not.
        case auto
    }

    private let pixels: [UInt8]
    private let rows: Int
    private let columns: Int

    /// - Parameter pixels: rows × columns, row-major, 0 is background.
    public init(pixels: [UInt8], rows: Int, columns: Int) {
        precondition(pixels.count == rows * columns, "pixels must be rows × columns")
        self.pixels = pixels
        self.rows = rows
        self.columns = columns
    }

    /// Draws at the top left of `area`, scaled down where it does not fit.
    public func draw(in area: Rect, form: Form, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty, rows > 0, columns > 0 else { return }
        let fits = area.width >= columns && area.height >= (rows + 1) / 2
        let fine = form == .halfBlock || (form == .auto && fits)
        buffer.clipped(to: area) { buffer in
            if look.glyphs == .ascii || (look.colors == .mono && (fine || look.glyphs == .block)) {
                drawRamp(in: area, fine: fine, on: &buffer, look)
            } else if fine {
                drawHalfBlocks(
                    in: area, width: min(columns, area.width), height: min(rows, area.height * 2), on: &buffer, look)
            } else if look.glyphs == .block {
                drawHalfBlocks(
                    in: area, width: min((columns + 1) / 2, area.width), height: min((rows + 1) / 2, area.height * 2),
                    on: &buffer, look)
            } else {
                drawBraille(in: area, on: &buffer, look)
            }
        }
    }

    private func drawHalfBlocks(in area: Rect, width: Int, height: Int, on buffer: inout Buffer, _ look: Look) {
        for y in 0..<(height + 1) / 2 {
            for x in 0..<width {
                let top = shade(grey(x, 2 * y, of: width, height), look.theme)
                let bottom = 2 * y + 1 < height ? shade(grey(x, 2 * y + 1, of: width, height), look.theme) : shade(0, look.theme)
                buffer[area.x + x, area.y + y] = Cell("▀", style: Style(foreground: top, background: bottom))
            }
        }
    }

    private func drawBraille(in area: Rect, on buffer: inout Buffer, _ look: Look) {
        let width = min((columns + 1) / 2, area.width)
        let height = min((rows + 3) / 4, area.height)
        var canvas = DotCanvas(Rect(x: area.x, y: area.y, width: width, height: height), level: .braille)
        let dots = (x: min(columns, width * 2), y: min(rows, height * 4))
        for y in 0..<dots.y {
            for x in 0..<dots.x where grey(x, y, of: dots.x, dots.y) > 0.4 { canvas.set(x, y) }
        }
        let style = Style(foreground: look.theme[.digitEnd], background: look.theme[.background])
        canvas.draw(on: &buffer, style: { _ in style }, mark: { _ in "*" })
    }

    private func drawRamp(in area: Rect, fine: Bool, on buffer: inout Buffer, _ look: Look) {
        let ramp = Array(" .:-=+*#%@".unicodeScalars)
        let width = min(fine ? columns : (columns + 1) / 2, area.width)
        let height = min(fine ? (rows + 1) / 2 : (rows + 3) / 4, area.height)
        for y in 0..<height {
            for x in 0..<width {
                let value = grey(x, y, of: width, height)
                let index = min(ramp.count - 1, Int(value * Double(ramp.count)))
                buffer[area.x + x, area.y + y] = Cell(ramp[index], style: look.theme.style(.text))
            }
        }
    }

    /// Mean of the pixels that fall on one of `width` × `height` places, 0 ... 1.
    private func grey(_ x: Int, _ y: Int, of width: Int, _ height: Int) -> Double {
        let left = x * columns / width
        let right = max(left + 1, (x + 1) * columns / width)
        let top = y * rows / height
        let bottom = max(top + 1, (y + 1) * rows / height)
        var sum = 0
        for row in top..<min(bottom, rows) {
            for column in left..<min(right, columns) { sum += Int(pixels[row * columns + column]) }
        }
        return Double(sum) / Double(255 * (right - left) * (bottom - top))
    }

    private func shade(_ value: Double, _ theme: Theme) -> Color {
        theme[.digitStart].mixed(with: theme[.digitEnd], value)
    }
}
