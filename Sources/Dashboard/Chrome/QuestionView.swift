import TerminalUI

/// A question over a view: what it is about and how far that is, what follows, one thought a line, and the keys.
struct QuestionView {
    /// How far a run is.
    struct Progress: Equatable {
        /// At the left.
        var name: String
        /// At the right, the most useful first: what has no room is left out.
        var places: [String]
        /// 0 ... 1.
        var fraction: Double
    }

    private enum Row {
        case blank
        case heading(Progress)
        case bar(Double)
        case text(String, Theme.Role)
        case keys([FooterHints.Hint])
    }

    let title: String
    var progress: Progress?
    /// A line in the dim colour below the progress, such as a spec.
    var note = ""
    let thoughts: [String]
    /// The same as in the footer.
    let keys: [FooterHints.Hint]

    /// Draws it in the middle of the screen.
    func draw(on buffer: inout Buffer, look: Look) {
        let columns = min(64, buffer.bounds.width - 2)
        // The border, a blank column beside it, and one more.
        let rows = fitting(rows(width: columns - 6), buffer.bounds.height - 2)
        let inner = Popup(title: title, width: columns, height: rows.count + 2).draw(
            in: buffer.bounds, on: &buffer, look: look)
        for (index, row) in rows.enumerated() {
            let line = Rect(x: inner.x + 1, y: inner.y + index, width: max(0, inner.width - 2), height: 1)
            draw(row, in: line, on: &buffer, look)
        }
    }

    private func rows(width: Int) -> [Row] {
        var rows = [Row.blank]
        if let progress {
            rows += [.heading(progress)]
            rows += note.isEmpty ? [] : WrappedText.lines(note, width: width).map { .text($0, .dim) }
            rows += [.bar(progress.fraction), .blank]
        }
        for thought in thoughts { rows += WrappedText.lines(thought, width: width).map { .text($0, .text) } }
        rows += [.blank] + keyLines(width: width).map(Row.keys) + [.blank]
        return rows
    }

    /// Keys in as many lines as they need.
    private func keyLines(width: Int) -> [[FooterHints.Hint]] {
        var lines: [[FooterHints.Hint]] = [[]]
        var used = 0
        for hint in keys {
            let columns = hint.name.columns + 1 + hint.label.columns
            if used > 0, used + 3 + columns > width {
                lines.append([])
                used = 0
            }
            lines[lines.count - 1].append(hint)
            used += (used > 0 ? 3 : 0) + columns
        }
        return lines
    }

    /// In a low window blank lines go first, then what is said least.
    private func fitting(_ rows: [Row], _ height: Int) -> [Row] {
        guard rows.count > height else { return rows }
        var rows = rows.filter { if case .blank = $0 { false } else { true } }
        func dropLast(_ isDropped: (Row) -> Bool) {
            while rows.count > height, let index = rows.lastIndex(where: isDropped) { rows.remove(at: index) }
        }
        dropLast { if case .text(_, .dim) = $0 { true } else { false } }
        dropLast { if case .bar = $0 { true } else { false } }
        dropLast { if case .text = $0 { true } else { false } }
        return Array(rows.suffix(max(0, height)))
    }

    private func draw(_ row: Row, in line: Rect, on buffer: inout Buffer, _ look: Look) {
        let theme = look.theme
        switch row {
        case .blank: break
        case .heading(let progress):
            var places = progress.places
            while places.count > 1, places.joined(separator: "   ").columns + progress.name.columns + 2 > line.width {
                places.removeLast()
            }
            let place = places.joined(separator: "   ")
            buffer.write(place, rightAlignedAt: line.maxX, y: line.y, theme.style(.text))
            buffer.write(
                progress.name, x: line.x, y: line.y, theme.style(.title).bold(),
                maxWidth: max(0, line.width - place.columns - 2))
        case .bar(let fraction): ProgressBar(fraction: fraction).draw(in: line, on: &buffer, look: look)
        case .text(let text, let role):
            buffer.write(text, x: line.x, y: line.y, theme.style(role), maxWidth: line.width)
        case .keys(let hints):
            buffer.write(
                groups: hints.map {
                    [Span($0.name, theme.style(.key).bold()), Span(" \($0.label)", theme.style(.text))]
                }, gap: 3, x: line.x, y: line.y, maxWidth: line.width)
        }
    }
}
