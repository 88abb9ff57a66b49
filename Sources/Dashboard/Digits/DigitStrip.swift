import TerminalUI

/// The places of digits without captions: as many as an area has room for, and of these as large as they can be.
struct DigitStrip {
    /// From the left, line by line.
    let places: [Rect]
    /// Whether they are larger than in dots.
    let isScaled: Bool

    /// Lines of a digit in dots, and of one at a pixel a column.
    private static let heights = 7...28

    /// - Parameters:
    ///   - area: a blank column is right of each digit, a blank line below all but the lowest ones.
    ///   - count: the digits that there are.
    init(_ area: Rect, count: Int) {
        let least = min(DigitStrip.heights.lowerBound, area.height)
        var best = (shown: 0, height: max(1, least), lines: 1, columns: 0)
        for height in max(1, least)...max(1, least, min(DigitStrip.heights.upperBound, area.height)) {
            let lines = max(1, (area.height + 1) / (height + 1))
            let columns = (area.width + 2) / (2 * height + 2)
            let shown = min(count, lines * columns)
            if shown >= best.shown { best = (shown, height, lines, columns) }
        }
        isScaled = best.height > DigitStrip.heights.lowerBound
        let pitch = (x: 2 * best.height + 2, y: best.height + 1)
        places = (0..<best.shown).map { number in
            Rect(
                x: area.x + number % max(1, best.columns) * pitch.x,
                y: area.y + number / max(1, best.columns) * pitch.y, width: 2 * best.height, height: best.height)
        }
    }
}
