import Dashboard
import Foundation
import Runs
import Specs
import TerminalUI
import Testing
import Training

/// The questions over a view: what they are about, what follows, and the keys.
@Suite struct QuestionTests {
    /// The lines of the popup with a title.
    private func popup(_ state: DashboardState, _ title: String) -> String {
        let lines = render(state).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let top = lines.firstIndex(where: { $0.contains("╭─ \(title) ") }),
            let start = lines[top].range(of: "╭─ \(title) ")?.lowerBound
        else { return "" }
        let left = lines[top].distance(from: lines[top].startIndex, to: start)
        let width = lines[top].dropFirst(left).prefix { $0 != "╮" }.count + 1
        let rows = lines[top...].map { String($0.dropFirst(left).prefix(width)) }
        let end = rows.firstIndex { $0.hasPrefix("╰") } ?? rows.count - 1
        return rows[...end].joined(separator: "\n")
    }

    private func training() -> DashboardState {
        var state = Sample.training()
        _ = update(&state, .recording(.numbered(4), run: 1))
        Sample.press(&state, "q")
        return state
    }

    private func interrupted(_ place: RunPlace?, width: Int = 80, height: Int = 24) -> DashboardState {
        var state = Sample.ready(width: width, height: height)
        var spec = state.composer.spec
        spec.network.hidden = [128, 64].map { HiddenLayer(units: $0, activation: .relu) }
        spec.training.epochs = 60
        state.overlay = .resumeQuestion(
            ResumableRun(
                number: 4, title: "128relu-64relu",
                line: RunLine(spec: spec, changes: [LiveChange(.stop, at: RunPlace(epoch: 16))]), epochs: 16,
                plannedEpochs: 60,
                place: place, batchesPerEpoch: 1_688, epochSeconds: 0.3, validationAccuracy: 0.9808))
        return state
    }

    @Test("Before the end the question has the run's epoch, the time left, what is saved, and how it is resumed")
    func quit() {
        #expect(
            popup(training(), "quit while run 4 trains?") == """
                ╭─ quit while run 4 trains? ───────────────────────────────────╮
                │                                                              │
                │  epoch 5 of 10                                   0.0 s left  │
                │  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  │
                │                                                              │
                │  It is saved where it stops. To resume it, press + in Runs,  │
                │  or type `trainspotter train --resume 4`.                    │
                │                                                              │
                │  q stop and quit   esc back                                  │
                │                                                              │
                ╰──────────────────────────────────────────────────────────────╯
                """)
    }

    @Test("A run that was interrupted is shown with its spec, its epochs, its accuracy, and what is trained again")
    func resume() {
        #expect(
            popup(interrupted(RunPlace(epoch: 1)), "run 4 was interrupted") == """
                ╭─ run 4 was interrupted ──────────────────────────────────────╮
                │                                                              │
                │  128relu-64relu        16 of 60 epochs   validation 98.08 %  │
                │  784-128relu-64relu-10 adam lr=1e-3 batch=32 epochs=60       │
                │  seed=1                                                      │
                │  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  │
                │                                                              │
                │  Saved up to epoch 1: epochs 2 to 16 are trained again,      │
                │  about 4.5 s.                                                │
                │  Then 44 epochs are left, about 13.2 s.                      │
                │  It ends with the same bits as if nothing had happened.      │
                │                                                              │
                │  enter resume   x don't ask again   esc back                 │
                │                                                              │
                ╰──────────────────────────────────────────────────────────────╯
                """)
    }

    @Test("Where nothing is trained again, or nothing was saved, the question says that")
    func places() {
        let whole = popup(interrupted(RunPlace(epoch: 16)), "run 4 was interrupted")
        #expect(whole.contains("It resumes where it was interrupted.") && !whole.contains("trained again"))
        let none = popup(interrupted(nil), "run 4 was interrupted")
        #expect(none.contains("Nothing of it is saved yet") && !none.contains("left, about"))
        #expect(
            popup(interrupted(RunPlace(epoch: 0, batch: 9)), "run 4 was interrupted").contains("in its first epoch"))
    }

    @Test("In the lowest window the keys are there, and in a narrow one all of them")
    func small() {
        let low = popup(interrupted(RunPlace(epoch: 1), width: 40, height: 12), "run 4 was interrupted")
        for words in ["128relu-64relu", "enter resume", "x don't ask again", "esc back", "trained again"] {
            #expect(low.contains(words), "\(words)")
        }
    }

    @Test("The popup and the footer have the same keys and words")
    func keys() {
        for state in [training(), interrupted(RunPlace(epoch: 1))] {
            let lines = render(state).text.split(separator: "\n").map(String.init)
            let footer = (lines.last ?? "").split(separator: " ").joined(separator: " ")
            let words = lines.map { $0.split(whereSeparator: { " │".contains($0) }).joined(separator: " ") }
            #expect(words.dropLast().contains { $0.contains(footer) }, "\(footer)")
        }
    }

    @Test("The ground of a popup is lighter than the view behind it, and all of it can be read")
    func ground() {
        let look = Look()
        let raised = look.raised.theme[.background]
        #expect(raised != look.theme[.background])
        let buffer = render(training())
        let grounds = Set((0..<80).map { buffer[$0, 12].style.background })
        #expect(grounds.contains(raised) && grounds.contains(look.theme[.background]))
        for colors in [ColorLevel.palette16, .mono] {
            let look = Look(colors: colors)
            #expect(look.raised == look)
        }
    }
}
