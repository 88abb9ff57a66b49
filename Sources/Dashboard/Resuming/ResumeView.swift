import TerminalUI

/// The question whether to resume an interrupted run.
enum ResumeView {
    static func draw(_ look: Look, _ run: ResumableRun, on buffer: inout Buffer) {
        let theme = look.theme
        let columns = min(66, buffer.bounds.width)
        let standing = WrappedText.lines(run.standing, width: columns - 6)
        let inner = Popup(title: "a run was interrupted", width: columns, height: 7 + standing.count).draw(
            in: buffer.bounds, on: &buffer, look: look)
        let width = inner.width - 2
        buffer.write(run.heading, x: inner.x + 1, y: inner.y + 1, theme.style(.text), maxWidth: width)
        for (line, text) in standing.enumerated() {
            buffer.write(text, x: inner.x + 1, y: inner.y + 2 + line, theme.style(.dim), maxWidth: width)
        }
        buffer.write(
            [
                Span("enter", theme.style(.key)), Span(" go on with it   ", theme.style(.dim)),
                Span("esc", theme.style(.key)), Span(" later   ", theme.style(.dim)),
                Span("x", theme.style(.key)), Span(" leave it as it is", theme.style(.dim)),
            ], x: inner.x + 1, y: inner.y + 3 + standing.count, maxWidth: width)
    }
}
