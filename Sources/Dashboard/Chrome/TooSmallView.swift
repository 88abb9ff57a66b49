import TerminalUI

/// What is shown where the screens don't fit.
enum TooSmallView {
    static func draw(_ state: DashboardState, on buffer: inout Buffer) {
        let lines = [
            "\(state.width) × \(state.height)",
            "needs \(ScreenLayout.leastWidth) × \(ScreenLayout.leastHeight)",
            "q quits",
        ]
        let top = max(0, (state.height - lines.count) / 2)
        for (index, line) in lines.enumerated() {
            buffer.write(
                line, centredIn: buffer.bounds, y: top + index, state.look.theme.style(index == 0 ? .text : .dim))
        }
    }
}
