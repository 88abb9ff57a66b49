import Reports
import TerminalUI

/// The question whether to resume an interrupted run.
enum ResumeView {
    static func draw(_ state: DashboardState, _ run: ResumableRun, on buffer: inout Buffer) {
        QuestionView(
            title: "run \(run.number) was interrupted",
            progress: QuestionView.Progress(
                name: run.title,
                places: [EpochsText.ofPlanned(run.epochs, run.plannedEpochs)] + [run.validation].compactMap(\.self),
                fraction: Double(run.epochs) / Double(max(1, run.plannedEpochs))),
            note: run.lineToResume, thoughts: run.prospects, keys: FooterHints(state).hints
        ).draw(on: &buffer, look: state.look)
    }
}
