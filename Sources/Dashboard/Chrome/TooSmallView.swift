import TerminalUI

/// What is shown where the screens don't fit.
enum TooSmallView {
    static func draw(_ state: DashboardState, on buffer: inout Buffer) {
        let needed = "\(ScreenLayout.leastWidth) × \(ScreenLayout.leastHeight)"
        let lines = [
            "\(state.width) × \(state.height)",
            state.width >= needed.count + 6 ? "needs \(needed)" : "≥ \(needed)",
            "q quits",
        ]
        let top = max(0, (state.height - lines.count) / 2)
        for (index, line) in lines.enumerated() {
            buffer.write(
                line, centredIn: buffer.bounds, y: top + index, state.look.theme.style(index == 0 ? .text : .dim))
        }
    }
}
