import Reports
import TerminalUI
import Training

/// What is to be known of the data, with what to do about it.
enum WarningsView {
    /// Below the images: a line each, the gravest first, as many as have room.
    static func drawStrip(_ warnings: [DataWarning], _ shared: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        guard area.height >= 3 else {
            return draw(
                warnings.prefix(1), more: warnings.count - 1, shared, in: area.inset(left: 1, right: 1), on: &buffer)
        }
        let more = max(0, warnings.count - (area.height - 2))
        let inner = Panel(
            title: "what to know",
            detail: more > 0
                ? [Span("\(more) more: ", theme.style(.dim)), Span(shared.key(.detail), theme.style(.key))] : []
        ).draw(in: area, on: &buffer, look: shared.look)
        draw(warnings.prefix(inner.height), more: 0, shared, in: inner.inset(left: 1, right: 1), on: &buffer)
    }

    private static func draw(
        _ warnings: ArraySlice<DataWarning>, more: Int, _ shared: Shared, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = shared.look.theme
        let names = shared.data.loaded?.dataset.classNames ?? []
        let method = shared.composer.spec.training.split
        for (row, warning) in warnings.enumerated() where row < area.height {
            let y = area.y + row
            let behind = more > 0 ? " (\(more) more)" : ""
            let text = warning.text(names, method)
            let room = max(0, area.width - 2 - behind.columns)
            buffer.write("!", x: area.x, y: y, theme.style(.warning).bold())
            buffer.write(text, x: area.x + 2, y: y, theme.style(.text), maxWidth: room)
            buffer.write(
                behind, x: area.x + 2 + min(text.columns, room), y: y, theme.style(.dim),
                maxWidth: max(0, area.width - 2))
        }
    }

    /// In a panel: all of them in full, and below them how the files were read.
    static func draw(_ warnings: [DataWarning], _ shared: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        let inner = Panel(title: "what to know").draw(in: area, on: &buffer, look: shared.look)
            .inset(left: 1, right: 1)
        guard let data = shared.data.loaded, shared.surveyAtHand != nil else {
            return buffer.write(paragraph: "looking at all images ...", centredIn: inner, theme.style(.dim))
        }
        var lines: [(text: String, mark: Bool, role: Theme.Role)] = []
        func add(_ text: String, _ role: Theme.Role) {
            for (index, line) in WrappedText.lines(text, width: max(8, inner.width - 2)).enumerated() {
                lines.append((line, index == 0, role))
            }
        }
        if warnings.isEmpty { add("nothing unusual was found", .text) }
        let method = shared.composer.spec.training.split
        for warning in warnings { add(warning.text(data.dataset.classNames, method), .text) }
        for note in data.dataset.notes { add(note, .dim) }
        let room = lines.count > inner.height ? max(0, inner.height - 1) : inner.height
        for (row, line) in lines.prefix(room).enumerated() {
            if line.mark, line.role == .text, !warnings.isEmpty {
                buffer.write("!", x: inner.x, y: inner.y + row, theme.style(.warning).bold())
            }
            buffer.write(
                line.text, x: inner.x + 2, y: inner.y + row, theme.style(line.role), maxWidth: max(0, inner.width - 2))
        }
        if lines.count > inner.height {
            buffer.write("\(lines.count - room) more lines", x: inner.x + 2, y: inner.maxY - 1, theme.style(.dim))
        }
    }
}
