import TerminalUI

/// The question that `q` asks where something would end or be lost.
enum QuitView {
    static func draw(_ state: DashboardState, on buffer: inout Buffer) {
        let leaving = Leaving(state)
        QuestionView(
            title: leaving.question, progress: leaving.progress,
            // The run can end while the question stands.
            thoughts: leaving.asks ? leaving.consequences : ["Nothing is lost."], keys: FooterHints(state).hints
        ).draw(on: &buffer, look: state.look)
    }
}
