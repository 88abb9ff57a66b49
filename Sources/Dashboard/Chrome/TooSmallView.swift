import TerminalUI

/// What is shown where the screens don't fit.
enum TooSmallView {
    static func draw(_ state: DashboardState, on buffer: inout Buffer) {
        let needed = "\(ScreenLayout.leastWidth) × \(ScreenLayout.leastHeight)"
        let sizes = [
            "\(state.width) × \(state.height)", state.width >= needed.count + 6 ? "needs \(needed)" : "≥ \(needed)",
        ]
        let quit = state.shared.key(.quit)
        let asks = state.overlay == .quitQuestion
        let ends = Leaving(state).trains ? "again stops training and quits" : "again quits"
        let keys = WrappedText.lines("\(quit) \(asks ? ends : "quits")", width: state.width)
        // The question comes first where not all of it fits.
        let lines = (sizes + keys).suffix(max(keys.count, state.height))
        let top = max(0, (state.height - lines.count) / 2)
        for (index, line) in lines.enumerated() {
            let isQuestion = asks && index >= lines.count - keys.count
            let role: Theme.Role = isQuestion ? .warning : line == sizes[0] ? .text : .dim
            buffer.write(line, centredIn: buffer.bounds, y: top + index, state.look.theme.style(role))
        }
    }
}
