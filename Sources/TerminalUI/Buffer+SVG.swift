import Markup

extension Buffer {
    /// The screen as a picture: text in runs held to the grid; blocks, frames and braille as shapes, so that it looks
    /// the same whatever font the viewer has.
    ///
    /// - Parameter title: shown above the screen as in a window; empty for none.
    package func svg(look: Look, title: String = "") -> String {
        SVGScreen(buffer: self, look: look, title: title).text
    }
}

private struct SVGScreen {
    let buffer: Buffer
    let look: Look
    let title: String
    /// The page that 16 colours and mono are reduced against.
    let pageBackground: Color

    init(buffer: Buffer, look: Look, title: String) {
        self.buffer = buffer
        self.look = look
        self.title = title
        pageBackground = buffer.pageBackground
    }

    private let cellWidth = 9
    private let cellHeight = 18
    private let margin = 12

    var text: String {
        let top = title.isEmpty ? margin : margin + 22
        let width = buffer.width * cellWidth + 2 * margin
        let height = buffer.height * cellHeight + top + margin
        let page = shown(look.theme.style(.text), isText: true).background.hexadecimal
        var lines = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
                + "width=\"\(width)\" height=\"\(height)\">",
            "<rect width=\"\(width)\" height=\"\(height)\" rx=\"8\" fill=\"\(page)\"/>",
        ]
        if !title.isEmpty {
            let dim = colors(look.theme.style(.dim)).text.hexadecimal
            lines.append(
                "<text x=\"\(width / 2)\" y=\"\(margin + 8)\" text-anchor=\"middle\" font-size=\"13\" "
                    + "font-family=\"sans-serif\" fill=\"\(dim)\">\(MarkupText.escaped(title))</text>")
        }
        lines.append(
            "<g transform=\"translate(\(margin) \(top))\" font-size=\"15\" xml:space=\"preserve\" "
                + "font-family=\"'DejaVu Sans Mono','JetBrains Mono',Menlo,Consolas,monospace\">")
        for y in 0..<buffer.height { lines += backgrounds(y) }
        lines += shapes()
        for y in 0..<buffer.height { lines += texts(y) }
        return (lines + ["</g>", "</svg>", ""]).joined(separator: "\n")
    }

    /// A style reduced to the look's colours, so that the picture shows what a terminal shows.
    private func shown(_ style: Style, isText: Bool) -> Style {
        let palette: PaletteStyle
        switch look.colors {
        case .truecolor:
            let style = ColorQuantizer.direct(style, page: pageBackground, isText: isText)
            return Style(
                foreground: color(style.foreground, text: true), background: color(style.background, text: false),
                attributes: style.attributes)
        case .palette256: palette = ColorQuantizer.palette256(style, page: pageBackground, isText: isText)
        case .palette16: palette = ColorQuantizer.palette16(style, page: pageBackground, isText: isText)
        case .mono: palette = PaletteStyle(attributes: ColorQuantizer.mono(style, page: pageBackground))
        }
        return Style(
            foreground: color(palette.foreground.map(ColorQuantizer.rgb) ?? .terminalDefault, text: true),
            background: color(palette.background.map(ColorQuantizer.rgb) ?? .terminalDefault, text: false),
            attributes: palette.attributes)
    }

    private func color(_ color: Color, text: Bool) -> Color {
        guard color.isTerminalDefault else { return color }
        let page = look.theme.page
        return text ? page.readable([look.theme[.text]]) : page
    }

    /// Foreground and background as they are seen.
    private func colors(_ style: Style, isText: Bool = true) -> (text: Color, background: Color) {
        let style = shown(style, isText: isText)
        let (foreground, background) = (style.foreground, style.background)
        let (text, behind) = style.attributes.contains(.reverse) ? (background, foreground) : (foreground, background)
        return (style.attributes.contains(.dim) ? text.mixed(with: behind, 0.4) : text, behind)
    }

    /// Runs of neighbours in a row for which `key` is the same; nil leaves the cell out.
    private func runs<Key: Equatable>(_ y: Int, _ key: (Cell) -> Key?) -> [(x: Int, count: Int, key: Key)] {
        var result: [(x: Int, count: Int, key: Key)] = []
        for x in 0..<buffer.width {
            guard let key = key(buffer[x, y]) else { continue }
            if let last = result.last, last.key == key, last.x + last.count == x {
                result[result.count - 1].count += 1
            } else {
                result.append((x, 1, key))
            }
        }
        return result
    }

    private func backgrounds(_ y: Int) -> [String] {
        let page = shown(look.theme.style(.text), isText: true).background
        return runs(y) { cell -> Color? in
            let behind = colors(cell.style).background
            return behind == page ? nil : behind
        }.map { run in
            "<rect x=\"\(run.x * cellWidth)\" y=\"\(y * cellHeight)\" width=\"\(run.count * cellWidth)\" "
                + "height=\"\(cellHeight)\" fill=\"\(run.key.hexadecimal)\" shape-rendering=\"crispEdges\"/>"
        }
    }

    private struct TextKey: Equatable {
        var color: Color
        var bold: Bool
        var underline: Bool
    }

    private func texts(_ y: Int) -> [String] {
        runs(y) { cell -> TextKey? in
            guard cell.scalar != " ", SVGShape.of(cell.scalar) == nil else { return nil }
            return TextKey(
                color: colors(cell.style, isText: cell.isText).text, bold: cell.style.attributes.contains(.bold),
                underline: cell.style.attributes.contains(.underline))
        }.map { run in
            var text = ""
            for x in run.x..<(run.x + run.count) {
                if let scalar = buffer.glyph(x: x, y: y) { text.unicodeScalars.append(scalar) }
            }
            let weight = run.key.bold ? " font-weight=\"bold\"" : ""
            let line = run.key.underline ? " text-decoration=\"underline\"" : ""
            return
                "<text x=\"\(run.x * cellWidth)\" y=\"\(y * cellHeight + 14)\" textLength=\"\(run.count * cellWidth)\" "
                + "lengthAdjust=\"spacingAndGlyphs\" fill=\"\(run.key.color.hexadecimal)\"\(weight)\(line)>"
                + "\(MarkupText.escaped(text))</text>"
        }
    }

    private struct ShapeKey: Equatable {
        var shape: SVGShape
        var color: Color
    }

    /// One path for each colour and kind of shape; neighbours that join become one, so that no seam shows.
    private func shapes() -> [String] {
        var paths: [Color: SVGPaths] = [:]
        for y in 0..<buffer.height {
            let found = runs(y) { cell in
                SVGShape.of(cell.scalar).map { ShapeKey(shape: $0, color: colors(cell.style, isText: false).text) }
            }
            for run in found {
                let (step, width) = run.key.shape.joins ? (run.count, run.count * cellWidth) : (1, cellWidth)
                for x in stride(from: run.x, to: run.x + run.count, by: step) {
                    run.key.shape.add(
                        to: &paths[run.key.color, default: SVGPaths()], x: x * cellWidth, y: y * cellHeight,
                        width: width, height: cellHeight)
                }
            }
        }
        return paths.sorted { $0.key.packed < $1.key.packed }.flatMap { $0.value.elements($0.key.hexadecimal) }
    }
}
