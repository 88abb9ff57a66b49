/// A grey image, drawn with what the terminal can show: half blocks in grey levels, braille dots or characters.
package struct DigitImage: Widget, Equatable {
    /// The cells that an image is drawn with.
    package enum Form: Equatable, Sendable {
        /// A column for a pixel and a line for two: 28 × 14 cells for a digit of MNIST.
        case halfBlock
        /// A cell for 2 × 4 pixels: 14 × 7.
        case braille
        /// As small as `braille`, in the grey levels of half blocks, for images that are more than strokes: dots would
        /// make blots of them. Without colours, dots as dense as the grey level.
        case smallBlock
        /// The largest form that fits.
        case auto
    }

    /// Row by row, 0 to 255.
    package var pixels: [UInt8]
    /// Pixels from top to bottom.
    package var rows: Int
    /// Pixels from left to right.
    package var columns: Int

    /// - Parameter pixels: `rows × columns` grey values; missing ones are 0.
    package init(pixels: [UInt8], rows: Int, columns: Int) {
        self.pixels = pixels
        self.rows = max(0, rows)
        self.columns = max(0, columns)
    }

    /// Share of the pixels that dots would draw, 0 ... 1.
    package var ink: Double {
        let dark = pixels.reduce(0) { $0 + (Double($1) > 0.4 * 255 ? 1 : 0) }
        return pixels.isEmpty ? 0 : Double(dark) / Double(pixels.count)
    }

    /// The longer side in pixels, at least, that an image is drawn as where there is room.
    private static let leastSide = 28

    /// Cells that a form takes; `auto` counts as half blocks.
    package func size(_ form: Form, _ look: Look) -> (width: Int, height: Int) {
        switch form {
        case .braille, .smallBlock: ((columns + 1) / 2, (rows + 3) / 4)
        case .halfBlock, .auto: (columns, (rows + 1) / 2)
        }
    }

    /// The same for an image that is smaller than MNIST's, as large as those.
    private func enlarged(_ form: Form, _ look: Look) -> (width: Int, height: Int) {
        let side = max(rows, columns)
        guard side < DigitImage.leastSide else { return size(form, look) }
        func longer(_ pixels: Int) -> Int { max(1, (pixels * DigitImage.leastSide + side / 2) / side) }
        return DigitImage(pixels: [], rows: longer(rows), columns: longer(columns)).size(form, look)
    }

    /// Draws with the top left corner at a cell.
    package func draw(atX x: Int, y: Int, form: Form, on buffer: inout Buffer, look: Look) {
        let size = size(form, look)
        render(Rect(x: x, y: y, width: size.width, height: size.height), form, &buffer, look)
    }

    /// Draws the largest form that fits in the middle of an area.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        draw(in: area, form: .auto, on: &buffer, look: look)
    }

    /// Draws in the middle of an area; scaled down to it where the form is too large, and up where the image is smaller
    /// than MNIST's.
    package func draw(in area: Rect, form: Form, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty, rows > 0, columns > 0 else { return }
        var form = form
        if form == .auto {
            let large = enlarged(.halfBlock, look)
            form = large.width <= area.width && large.height <= area.height ? .halfBlock : .braille
        }
        var size = enlarged(form, look)
        if size.width > area.width || size.height > area.height {
            let scale = min(Double(area.width) / Double(size.width), Double(area.height) / Double(size.height))
            size = (max(1, Int(Double(size.width) * scale)), max(1, Int(Double(size.height) * scale)))
        }
        let target = Rect(
            x: area.x + (area.width - size.width) / 2, y: area.y + (area.height - size.height) / 2,
            width: size.width, height: size.height)
        buffer.clipped(to: area) { render(target, form, &$0, look) }
    }

    /// Draws as large as an area allows, in the middle of it.
    package func fill(_ area: Rect, on buffer: inout Buffer, look: Look) {
        let place = area.holding(rows: rows, columns: columns)
        buffer.clipped(to: area) { render(place, .halfBlock, &$0, look) }
    }

    private func render(_ target: Rect, _ form: Form, _ buffer: inout Buffer, _ look: Look) {
        guard rows > 0, columns > 0, !target.isEmpty else { return }
        switch look.glyphs {
        case .ascii: characters(target, &buffer, look)
        case .block: blocks(target, &buffer, look)
        case .braille:
            if form == .braille || look.colors == .mono {
                dots(target, dithers: form == .smallBlock, &buffer, look)
            } else {
                blocks(target, &buffer, look)
            }
        }
    }

    /// The image in another size, each value the mean of the area that it stands for, 0 to 1.
    func resampled(width: Int, height: Int) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(width * height)
        for y in 0..<height {
            let (top, bottom) = DigitImage.span(y, of: height, over: rows)
            for x in 0..<width {
                let (left, right) = DigitImage.span(x, of: width, over: columns)
                result.append(mean(left, right, top, bottom))
            }
        }
        return result
    }

    private static func span(_ index: Int, of count: Int, over pixels: Int) -> (Double, Double) {
        let size = Double(pixels) / Double(count)
        return (Double(index) * size, Double(index + 1) * size)
    }

    private func mean(_ left: Double, _ right: Double, _ top: Double, _ bottom: Double) -> Double {
        var sum = 0.0
        var weight = 0.0
        for y in Int(top)..<min(rows, Int(bottom.rounded(.up))) {
            let tall = min(bottom, Double(y + 1)) - max(top, Double(y))
            for x in Int(left)..<min(columns, Int(right.rounded(.up))) {
                let share = tall * (min(right, Double(x + 1)) - max(left, Double(x)))
                let index = y * columns + x
                sum += share * (index < pixels.count ? Double(pixels[index]) / 255 : 0)
                weight += share
            }
        }
        return weight > 0 ? sum / weight : 0
    }

    private func blocks(_ target: Rect, _ buffer: inout Buffer, _ look: Look) {
        // An odd count of pixel rows leaves the lower half of the last line empty.
        let exact = target.height == (rows + 1) / 2 && target.width == columns
        let tall = exact ? rows : target.height * 2
        let values = resampled(width: target.width, height: tall)
        let (start, end) = (look.theme[.digitStart], look.theme[.digitEnd])
        for y in 0..<target.height {
            for x in 0..<target.width {
                let upper = values[2 * y * target.width + x]
                let lower = 2 * y + 1 < tall ? values[(2 * y + 1) * target.width + x] : nil
                let cell: Cell
                if look.colors == .mono {
                    cell = Cell(DigitImage.half(upper > 0.4, (lower ?? 0) > 0.4), style: look.theme.style(.digitEnd))
                } else {
                    cell = Cell(
                        "▀",
                        style: Style(
                            foreground: start.mixed(with: end, upper),
                            background: lower.map { start.mixed(with: end, $0) } ?? look.theme[.background]))
                }
                buffer[target.x + x, target.y + y] = cell
            }
        }
    }

    private static func half(_ upper: Bool, _ lower: Bool) -> Unicode.Scalar {
        switch (upper, lower) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
    }

    private func dots(_ target: Rect, dithers: Bool, _ buffer: inout Buffer, _ look: Look) {
        let width = target.width * 2
        let values = resampled(width: width, height: target.height * 4)
        // Drawn larger than its pixels, the image has dots to spare for grey levels: an ordered dither.
        let dither = dithers || width > columns
        let style = look.theme.style(.digitEnd)
        for y in 0..<target.height {
            for x in 0..<target.width {
                var bits: UInt32 = 0
                for row in 0..<4 {
                    for column in 0..<2 {
                        let value = values[(4 * y + row) * width + 2 * x + column]
                        let threshold = dither ? DigitImage.bayer[row][(2 * x + column) % 4] : 0.4
                        if value > threshold { bits |= PlotCanvas.bits[row][column] }
                    }
                }
                buffer[target.x + x, target.y + y] = Cell(Unicode.Scalar(0x2800 + bits) ?? " ", style: style)
            }
        }
    }

    /// Thresholds of a 4 × 4 ordered dither.
    private static let bayer: [[Double]] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]
        .map { $0.map { (Double($0) + 0.5) / 16 } }

    private func characters(_ target: Rect, _ buffer: inout Buffer, _ look: Look) {
        let ramp: [Unicode.Scalar] = [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]
        let values = resampled(width: target.width, height: target.height)
        let style = look.theme.style(.digitEnd)
        for y in 0..<target.height {
            for x in 0..<target.width {
                let level = min(ramp.count - 1, Int((values[y * target.width + x] * 9).rounded()))
                buffer[target.x + x, target.y + y] = Cell(ramp[level], style: style)
            }
        }
    }
}
