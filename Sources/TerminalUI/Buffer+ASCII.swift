extension Buffer {
    /// Replaces every character beyond ASCII by the most similar ASCII one: the last step for a terminal without UTF-8.
    package mutating func reduceToASCII() {
        mapCells { cell in
            if !cell.isText { cell.style.attributes.insert(.mark) }
            cell.scalar = Buffer.ascii(cell.scalar)
        }
    }

    /// The ASCII character that replaces a scalar; `?` where there is none.
    package static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar == Cell.rightHalf { return " " }
        if scalar.value < 0x80 { return scalar }
        switch scalar {
        case "─", "━", "┄", "┅", "╌", "╴", "╶", "▔", "–", "—", "−", "‐", "―": return "-"
        case "│", "┃", "┆", "┊", "╎", "╵", "╷", "▏", "▕": return "|"
        case "═": return "="
        case "║": return "|"
        case "►", "▶", "▸", "→", "›", "»", "⟶", "❯": return ">"
        case "◄", "◀", "◂", "←", "‹", "«": return "<"
        case "▲", "▴", "↑", "⌃": return "^"
        case "▼", "▾", "↓", "⌄": return "v"
        // A dot where text is cut would seem to be part of the text.
        case "…": return "~"
        case "·", "∙", "‧": return "."
        case "●", "•", "◉", "■", "◆", "★", "⬤": return "*"
        case "○", "◦", "◯", "□", "◇", "☆": return "o"
        case "✓", "✔": return "+"
        case "✗", "✘", "×", "✕": return "x"
        case "÷": return "/"
        // A plus sign would say that something got better.
        case "±": return "~"
        case "°", "º": return "o"
        case "‘", "’", "′": return "'"
        case "“", "”", "″": return "\""
        case "↵", "⏎": return "<"
        case "␣": return "_"
        case "≤": return "<"
        case "≥": return ">"
        case "≈", "∼": return "~"
        case "≠": return "#"
        case "∞": return "8"
        case "µ", "μ": return "u"
        case "Δ", "∆": return "d"
        case "\u{A0}": return " "
        case "░": return "."
        case "▒": return ":"
        case "▓", "█", "▉", "▊", "▋": return "#"
        case "▀": return "\""
        case "▁", "▂", "▃": return "_"
        case "▌", "▍", "▎", "▐": return "|"
        // Half a line high it is a bar, as those of whole blocks are.
        case "▄", "▅", "▆", "▇": return "#"
        case "⏸": return "="
        case "⟳", "↻", "↺": return "@"
        default: break
        }
        switch scalar.value {
        case 0x2800: return " "
        case 0x2801...0x28FF: return braille(dots: (scalar.value - 0x2800).nonzeroBitCount)
        case 0x2500...0x257F: return "+"
        case 0x2596...0x259F: return "#"
        default: return "?"
        }
    }

    private static func braille(dots: Int) -> Unicode.Scalar {
        switch dots {
        case 1: "."
        case 2: ":"
        case 3...4: "+"
        case 5...6: "*"
        default: "#"
        }
    }
}
