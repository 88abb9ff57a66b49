import TerminalUI

/// One view in some states, at every size and in every look, as one text with a heading for each of its parts.
///
/// In full stands what is drawn in braille and in colour: the screen, and then the styles of its lines, `7-9:` for lines
/// 7 to 9. Whatever else there is stands as what differs, from a column on: `7@30|…|` is text, `7@30:` styles. So do the
/// styles of all states but the first, and the large screens, beside the state before; and every other look beside the
/// same state in braille and colour. What is in ASCII is compared with the lines in braille after `asciiSigns` were put
/// in ASCII, and without colour with those in colour. Without colour the styles are attributes, and compared with
/// braille's, and braille's with those of the state before. A part with nothing in it is drawn alike.
struct GoldenProduct {
    typealias Line = [StyledLines.Cell]

    private static let sizes = [(60, 20), (80, 24), (120, 40), (200, 60)]
    /// Columns from which on a screen's later states are told by what changes.
    private static let large = 120
    /// Columns between two differences that are told as one.
    private static let gap = 8

    /// The commonest signs and what stands for them where there is no UTF-8.
    private static let asciiSigns: [Unicode.Scalar: Unicode.Scalar] = [
        "─": "-", "│": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+",
        "·": ".", "…": "~", "×": "x", "→": ">", "←": "<", "↑": "^", "↓": "v", "▸": ">", "▾": "v", "—": "-", "–": "-",
        "−": "-", "●": "*", "○": "o", "┊": "|", "━": "-",
    ]

    private let states: [String]
    private let draw: (_ state: Int, _ width: Int, _ height: Int, Look) -> Buffer
    private let names = StyleNames(.standard)

    /// - Parameters:
    ///   - states: their names.
    ///   - draw: the screen of a state at a size in a look.
    init(_ states: [String], draw: @escaping (Int, Int, Int, Look) -> Buffer) {
        (self.states, self.draw) = (states, draw)
    }

    var text: String {
        var lines: [String] = []
        for (width, height) in GoldenProduct.sizes {
            var before: Before?
            for state in states.indices { before = add(state, width, height, after: before, to: &lines) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A state in braille, to hold the next against.
    private typealias Before = (colour: [Line], mono: [Line])

    private func add(_ state: Int, _ width: Int, _ height: Int, after before: Before?, to lines: inout [String])
        -> Before
    {
        func drawn(_ glyphs: GlyphLevel, _ colors: ColorLevel) -> [Line] {
            let look = Look(glyphs: glyphs, colors: colors)
            return StyledLines(draw(state, width, height, look), look, names).lines
        }
        func add(_ part: String, _ text: [String], _ styles: [String]) {
            lines.append("\(LineDifference.heading)\(width)x\(height) \(states[state])\(part)")
            lines += text + styles
        }
        let (colour, mono) = (drawn(.braille, .truecolor), drawn(.braille, .mono))
        let isWhole = before == nil || width < GoldenProduct.large
        add("", isWhole ? colour.map(StyledLines.text) : GoldenProduct.texts(colour, before?.colour ?? []), [])
        add(" styles", [], styles(colour, before?.colour))
        add(" mono", GoldenProduct.texts(mono, colour), styles(mono, before?.mono))
        let (block, ascii) = (drawn(.block, .truecolor), drawn(.ascii, .truecolor))
        for (part, look, text, style) in [
            (" block", block, colour, colour), (" block mono", drawn(.block, .mono), mono, mono),
            (" ascii", ascii, GoldenProduct.ascii(colour), colour), (" ascii mono", drawn(.ascii, .mono), ascii, mono),
        ] { add(part, GoldenProduct.texts(look, text), styles(look, style)) }
        return (colour, mono)
    }

    private static func ascii(_ lines: [Line]) -> [Line] {
        lines.map { $0.map { StyledLines.Cell(scalar: asciiSigns[$0.scalar] ?? $0.scalar, style: $0.style) } }
    }

    // MARK: - Lines

    /// The styles of lines; neighbours that are alike stand together.
    private func ranges(_ lines: [Line]) -> [String] {
        let styles = lines.map { names.describe($0[...]) }
        var result: [String] = []
        var first = 0
        for index in styles.indices where index + 1 == styles.count || styles[index + 1] != styles[index] {
            let numbers = first == index ? "\(first + 1)" : "\(first + 1)-\(index + 1)"
            result.append("\(numbers): \(styles[index])")
            first = index + 1
        }
        return result
    }

    private static func texts(_ lines: [Line], _ base: [Line]) -> [String] {
        lines.indices.flatMap { line in
            spans(lines[line].map(\.scalar), base[line].map(\.scalar)).map { span in
                "\(line + 1)@\(span.lowerBound + 1)|\(StyledLines.whole(lines[line][span]))|"
            }
        }
    }

    private func styles(_ lines: [Line], _ base: [Line]?) -> [String] {
        guard let base else { return ranges(lines) }
        return lines.indices.flatMap { line in
            GoldenProduct.spans(lines[line].map(\.style), base[line].map(\.style)).map { span in
                "\(line + 1)@\(span.lowerBound + 1): \(names.describe(lines[line][span]))"
            }
        }
    }

    /// Where two lines differ.
    private static func spans<Value: Equatable>(_ line: [Value], _ base: [Value]) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        for index in line.indices where index >= base.count || line[index] != base[index] {
            if let last = spans.last, index - last.upperBound < gap {
                spans[spans.count - 1] = last.lowerBound..<(index + 1)
            } else {
                spans.append(index..<(index + 1))
            }
        }
        return spans
    }
}
