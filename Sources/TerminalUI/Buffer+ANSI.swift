extension Buffer {
    /// The screen as text with escape sequences, a line for each row. Each line ends in the terminal's own colours.
    ///
    /// - Parameter colors: the colours that the text may use.
    package func ansi(colors: ColorLevel = .truecolor) -> String {
        let page = pageBackground
        var lines: [String] = []
        for y in 0..<height {
            var line = ""
            var current: String?
            var last: (style: Style, isText: Bool)?
            for x in 0..<width {
                guard let scalar = glyph(x: x, y: y) else { continue }
                let cell = self[x, y]
                let isText = cell.isText
                if last?.style != cell.style || last?.isText != isText {
                    last = (cell.style, isText)
                    let codes = Buffer.codes(cell, colors, page: page)
                    if codes != current { line += "\u{1B}[\(codes)m" }
                    current = codes
                }
                line.unicodeScalars.append(scalar)
            }
            lines.append(line + "\u{1B}[0m")
        }
        return lines.joined(separator: "\n")
    }

    /// The screen as text with escape sequences in the colours of a look.
    package func ansi(look: Look) -> String { ansi(colors: look.colors) }

    /// The parameters of SGR for a cell, beginning with a reset.
    static func codes(_ cell: Cell, _ level: ColorLevel, page: Color) -> String {
        let (style, isText) = (cell.style, cell.isText)
        var attributes = style.attributes
        var codes: [String] = []
        func rgb(_ color: Color, _ code: Int) {
            if !color.isTerminalDefault { codes.append("\(code);2;\(color.red);\(color.green);\(color.blue)") }
        }
        switch level {
        case .truecolor:
            let direct = ColorQuantizer.direct(style, page: page, isText: isText)
            rgb(direct.foreground, 38)
            rgb(direct.background, 48)
        case .palette256:
            let palette = ColorQuantizer.palette256(style, page: page, isText: isText)
            if let index = palette.foreground { codes.append("38;5;\(index)") }
            if let index = palette.background { codes.append("48;5;\(index)") }
        case .palette16:
            let palette = ColorQuantizer.palette16(style, page: page, isText: isText)
            attributes = palette.attributes
            if let index = palette.foreground { codes.append("\(index < 8 ? 30 + index : 82 + index)") }
            if let index = palette.background { codes.append("\(index < 8 ? 40 + index : 92 + index)") }
        case .mono: attributes = ColorQuantizer.mono(style, page: page)
        }
        let names: [(Style.Attributes, String)] = [(.bold, "1"), (.dim, "2"), (.underline, "4"), (.reverse, "7")]
        return (["0"] + names.filter { attributes.contains($0.0) }.map(\.1) + codes).joined(separator: ";")
    }
}
