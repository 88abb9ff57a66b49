import Dashboard
import TerminalUI
import Testing
import Training

/// What Curves shows of an epoch's time and of its gradient.
@Suite struct TimeAxisTests {
    /// A run of ten epochs, each of 2 s of training.
    ///
    /// - Parameter wall: seconds from the start of an epoch to its end; nil as earlier versions recorded it.
    private func state(wall: Double?, norm: Double?, width: Int = 120, height: Int = 40) -> DashboardState {
        var state = Sample.training(width: width, height: height, epochs: 0)
        for epoch in 1...10 {
            var figures = Sample.report(epoch).figures
            (figures.seconds, figures.wallSeconds, figures.gradientNorm) = (2, wall, norm)
            _ = update(
                &state, .event(.epochFinished(EpochReport(figures: figures, validation: nil)), run: 1))
        }
        _ = update(&state, .event(.finished, run: 1))
        _ = update(
            &state,
            .snapshot(Sample.snapshot(.finished, epoch: 10, batch: 0, history: BatchHistory()), run: 1))
        Sample.press(&state, "2")
        return state
    }

    private func axis(_ state: DashboardState) -> String {
        render(state).text.components(separatedBy: "\n").last { $0.hasPrefix("╰") } ?? ""
    }

    @Test("An axis of time counts all that passed, and that of the training passes where nothing else was recorded")
    func axes() {
        var wall = state(wall: 3, norm: nil)
        Sample.press(&wall, "w", "w")
        #expect(axis(wall).contains("s 0 ") && axis(wall).contains(" 30") && !axis(wall).contains("training"))
        var training = state(wall: nil, norm: nil)
        Sample.press(&training, "w", "w")
        #expect(axis(training).contains("s of training 0 ") && axis(training).contains(" 20"))
        #expect(PlainScreen(wall).text.contains("x by time without pauses"))
        #expect(PlainScreen(training).text.contains("x by time of training"))
    }

    @Test("The strip beneath has the norm of the gradient with its newest value, and says where none was recorded")
    func strip() {
        let with = render(state(wall: 3, norm: 1.25)).text
        #expect(with.contains("grad") && with.contains("1.250") && !with.contains("not recorded"))
        let without = state(wall: nil, norm: nil)
        #expect(render(without).text.contains("not recorded for this run"))
        #expect(PlainScreen(state(wall: 3, norm: 1.25)).text.contains("gradient norm: 1.25, last rows of the epoch"))
        #expect(!PlainScreen(without).text.contains("gradient norm"))
    }
}
