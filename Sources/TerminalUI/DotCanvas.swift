/// A grid of dots finer than cells: 2 × 4 a cell in braille, 1 × 2 in half blocks, 1 × 1 in ASCII.
///
/// A cell belongs to the last layer that drew in it, so that lines stay thin where they meet.
struct DotCanvas {
    let area: Rect
    let dotsX: Int
    let dotsY: Int
    private let level: GlyphLevel
    private var dots: [UInt8]
    private var owners: [Int8]
    private var layer: Int8 = 0

    init(_ area: Rect, level: GlyphLevel) {
        self.area = area
        self.level = level
        switch level {
        case .braille: (dotsX, dotsY) = (2, 4)
        case .block: (dotsX, dotsY) = (1, 2)
        case .ascii: (dotsX, dotsY) = (1, 1)
        }
        dots = Array(repeating: 0, count: area.width * area.height)
        owners = Array(repeating: -1, count: area.width * area.height)
    }

    var width: Int { area.width * dotsX }
    var height: Int { area.height * dotsY }

    /// Later dots belong to a layer on top of the ones before.
    mutating func beginLayer(_ number: Int) { layer = Int8(truncatingIfNeeded: number) }

    mutating func set(_ x: Int, _ y: Int) {
        guard x >= 0, y >= 0, x < width, y < height else { return }
        let cell = y / dotsY * area.width + x / dotsX
        if owners[cell] != layer {
            owners[cell] = layer
            dots[cell] = 0
        }
        dots[cell] |= DotCanvas.bit(x % dotsX, y % dotsY, level)
    }

    /// A vertical run of dots, both ends included.
    mutating func column(_ x: Int, _ from: Int, _ to: Int) {
        for y in max(0, min(from, to))...max(0, min(height - 1, max(from, to))) { set(x, y) }
    }

    /// A line between two dots (Bresenham).
    mutating func line(_ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int) {
        let dx = abs(x1 - x0)
        let dy = -abs(y1 - y0)
        let stepX = x0 < x1 ? 1 : -1
        let stepY = y0 < y1 ? 1 : -1
        var error = dx + dy
        var x = x0
        var y = y0
        while true {
            set(x, y)
            if x == x1, y == y1 { return }
            let doubled = 2 * error
            if doubled >= dy {
                error += dy
                x += stepX
            }
            if doubled <= dx {
                error += dx
                y += stepY
            }
        }
    }

    /// Puts the dots on the screen in each layer's style; in ASCII as the layer's mark.
    func draw(on buffer: inout Buffer, style: (Int) -> Style, mark: (Int) -> Unicode.Scalar) {
        for index in dots.indices where dots[index] != 0 {
            let owner = Int(owners[index])
            let scalar = level == .ascii ? mark(owner) : DotCanvas.glyph(dots[index], level)
            buffer[area.x + index % area.width, area.y + index / area.width] = Cell(scalar, style: style(owner))
        }
    }

    private static func bit(_ x: Int, _ y: Int, _ level: GlyphLevel) -> UInt8 {
        switch level {
        case .braille: y == 3 ? (x == 0 ? 0x40 : 0x80) : UInt8(1) << (UInt8(y) + UInt8(x) * 3)
        case .block: UInt8(1) << UInt8(y)
        case .ascii: 1
        }
    }

    static func glyph(_ bits: UInt8, _ level: GlyphLevel) -> Unicode.Scalar {
        switch level {
        case .braille: Unicode.Scalar(0x2800 + UInt32(bits)) ?? " "
        case .block: bits == 3 ? "█" : (bits == 1 ? "▀" : "▄")
        case .ascii: "*"
        }
    }
}
