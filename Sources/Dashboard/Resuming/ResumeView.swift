import TerminalUI

/// The offer to go on with a run that was interrupted.
enum ResumeView {
    static func draw(_ state: DashboardState, _ run: ResumableRun, on buffer: inout Buffer) {
        let theme = state.look.theme
        let inner = Popup(title: "a run was interrupted", width: 60, height: 8).draw(
            in: buffer.bounds, on: &buffer, look: state.look)
        let width = inner.width - 2
        buffer.write(run.heading, x: inner.x + 1, y: inner.y + 1, theme.style(.text), maxWidth: width)
        buffer.write(
            run.standing, x: inner.x + 1, y: inner.y + 2, theme.style(.dim),
            maxWidth: width)
        buffer.write(
            [
                Span("enter", theme.style(.key)), Span(" go on with it   ", theme.style(.dim)),
                Span("esc", theme.style(.key)), Span(" later   ", theme.style(.dim)),
                Span("x", theme.style(.key)), Span(" leave it as it is", theme.style(.dim)),
            ], x: inner.x + 1, y: inner.y + 4, maxWidth: width)
    }
}
