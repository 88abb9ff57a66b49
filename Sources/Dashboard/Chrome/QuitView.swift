import TerminalUI

/// The question that `q` asks while training runs.
enum QuitView {
    static func draw(_ look: Look, on buffer: inout Buffer) {
        let theme = look.theme
        let inner = Popup(title: "training runs", width: 40, height: 6).draw(
            in: buffer.bounds, on: &buffer, look: look)
        buffer.write("Stop it and quit?", x: inner.x + 1, y: inner.y + 1, theme.style(.text), maxWidth: inner.width - 1)
        buffer.write(
            [
                Span("q", theme.style(.key)), Span(" stop and quit   ", theme.style(.dim)),
                Span("esc", theme.style(.key)), Span(" go on", theme.style(.dim)),
            ], x: inner.x + 1, y: inner.y + 2, maxWidth: inner.width - 1)
    }
}
