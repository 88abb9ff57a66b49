import TerminalUI

/// The question that `q` asks where something would end or be lost.
enum QuitView {
    static func draw(_ state: DashboardState, on buffer: inout Buffer) {
        let leaving = Leaving(state)
        let theme = state.look.theme
        let width = min(60, state.width - 2)
        // The run can end while the question stands.
        let consequences = leaving.asks ? leaving.consequences : ["Nothing is lost."]
        let lines = consequences.flatMap { WrappedText.lines($0, width: width - 6) }
        let inner = Popup(title: leaving.question, width: width, height: lines.count + 6).draw(
            in: buffer.bounds, on: &buffer, look: state.look)
        for (row, line) in lines.enumerated() {
            buffer.write(line, x: inner.x + 1, y: inner.y + 1 + row, theme.style(.text), maxWidth: inner.width - 1)
        }
        buffer.write(
            [
                Span("q", theme.style(.key)), Span(" \(leaving.quitWords)", theme.style(.text)),
                Span("   esc", theme.style(.key)),
                Span(leaving.trains ? " keep training" : " back", theme.style(.text)),
            ], x: inner.x + 1, y: inner.y + 2 + lines.count, maxWidth: inner.width - 1)
    }
}
