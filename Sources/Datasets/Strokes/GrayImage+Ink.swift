import DataFormats

extension GrayImage {
    /// The smallest part that holds all ink; a pixel of nothing where there is none.
    var cropped: GrayImage {
        let inkRows = (0..<rows).filter { row in pixels[(row * columns)..<((row + 1) * columns)].contains { $0 > 0 } }
        let inkColumns = (0..<columns).filter { column in (0..<rows).contains { pixels[$0 * columns + column] > 0 } }
        guard let top = inkRows.first, let bottom = inkRows.last, let left = inkColumns.first,
            let right = inkColumns.last
        else { return GrayImage(rows: 1, columns: 1, pixels: [0]) }
        return GrayImage(
            rows: bottom - top + 1, columns: right - left + 1,
            pixels: (top...bottom).flatMap { pixels[($0 * columns + left)...($0 * columns + right)] })
    }

    /// The mean width of its lines in pixels: twice the area by the length of the outline.
    var strokeWidth: Double {
        var (area, outline) = (0, 0)
        func isInk(_ row: Int, _ column: Int) -> Bool {
            row >= 0 && column >= 0 && row < rows && column < columns && pixels[row * columns + column] > 127
        }
        for row in 0..<rows {
            for column in 0..<columns where isInk(row, column) {
                area += 1
                for (down, right) in [(-1, 0), (1, 0), (0, -1), (0, 1)] where !isInk(row + down, column + right) {
                    outline += 1
                }
            }
        }
        return outline == 0 ? 0 : 2 * Double(area) / Double(outline)
    }

    /// Lines thicker by so many pixels on every side.
    func widened(by reach: Int) -> GrayImage {
        let (high, wide) = (rows + 2 * reach, columns + 2 * reach)
        var across = [UInt8](repeating: 0, count: rows * wide)
        for row in 0..<rows {
            for column in 0..<columns {
                let level = pixels[row * columns + column]
                guard level > 0 else { continue }
                let start = row * wide + column
                for place in start...(start + 2 * reach) { across[place] = max(across[place], level) }
            }
        }
        var all = [UInt8](repeating: 0, count: high * wide)
        for row in 0..<rows {
            for column in 0..<wide {
                let level = across[row * wide + column]
                guard level > 0 else { continue }
                for line in row...(row + 2 * reach) {
                    all[line * wide + column] = max(all[line * wide + column], level)
                }
            }
        }
        return GrayImage(rows: high, columns: wide, pixels: all)
    }
}
