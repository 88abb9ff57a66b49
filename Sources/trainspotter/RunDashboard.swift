import CursesTerminal
import Dashboard
import Datasets
import Foundation
import Neural
import TerminalUI

/// Opens the dashboard and returns when the person leaves.
///
/// - Throws: `CommandFailure` before anything is drawn; after the terminal was given back, if a signal ended it or the
///   data set turned out to be bad.
func runDashboard(
    spec: ExperimentSpec, source: DatasetSource, threads: Int, display: DisplayOptions
) throws {
    let themes = try ThemeCatalog.load(chosen: display.theme)
    let terminal: CursesTerminal
    do {
        terminal = try CursesTerminal(options: display.terminalOptions)
    } catch {
        throw CommandFailure.usage(error.description)
    }
    defer { terminal.close() }
    let look = Look(theme: themes.current, glyphs: terminal.glyphs, colors: terminal.colors)
    var state = DashboardState(
        spec: spec, width: terminal.size.width, height: terminal.size.height, look: look, themes: themes.all)
    state.threads = threads
    if let warning = themes.warning { state.message = .warning(warning) }
    var loop = DashboardLoop(terminal: terminal, state: state, source: source, threads: threads)
    try loop.run()
}

/// The main thread: sleeps until something happens, then acts and draws.
private struct DashboardLoop {
    private enum Ending { case quit, interrupted }

    /// News are drawn 15 times a second: each frame takes a worker's processor away from the training for a moment.
    private static let frame = Duration.milliseconds(66)
    /// What a person who leaves is asked to wait for a batch under way.
    private static let patience = Duration.milliseconds(500)
    private let terminal: CursesTerminal
    private let effects: EffectRunner
    private var state: DashboardState
    private let clock = ContinuousClock()
    private var lastFrame: ContinuousClock.Instant
    private var ending: Ending?

    init(terminal: CursesTerminal, state: DashboardState, source: DatasetSource, threads: Int) {
        self.terminal = terminal
        self.state = state
        let waker = terminal.waker
        effects = EffectRunner(source: source, threads: threads, onThread: { CursesTerminal.protectThreadStack() }) {
            waker.wake()
        }
        lastFrame = clock.now
    }

    /// - Throws: `CommandFailure` if the person did not just quit.
    mutating func run() throws(CommandFailure) {
        draw()
        effects.loadData()
        var isStale = false
        while ending == nil {
            let wake = terminal.wait(timeoutMilliseconds: isStale ? untilNextFrame : -1)
            if wake.hungUp || !wake.signals.isDisjoint(with: [.terminate, .hangUp]) {
                ending = .interrupted
                break
            }
            var actions = wake.events.map(Action.input)
            if wake.signals.contains(.interrupt) { actions.append(.interrupted) }
            actions += effects.takeActions()
            for action in actions { act(on: action) }
            isStale = isStale || !actions.isEmpty
            if isStale, !wake.events.isEmpty || untilNextFrame == 0 {
                draw()
                isStale = false
            }
        }
        leave()
        if ending == .interrupted { throw .status(CommandFailure.interrupted.status) }
        if case .failed(let error) = state.data { throw CommandFailure(error) }
    }

    /// Gives the terminal back first: a batch under way can take a minute. One that takes too long is left behind, past
    /// the handlers of `exit`, which would pull away what its thread uses.
    private func leave() {
        terminal.close()
        if !effects.shutDown(limit: DashboardLoop.patience) {
            // Only with data there is a run, so there is no other reason to fail.
            _exit(ending == .interrupted ? CommandFailure.interrupted.status : 0)
        }
    }

    private mutating func act(on action: Action) {
        // Ctrl-C is the same as q, but in answer to the question it insists.
        let insists = action == .input(.key(.control("c"))) && state.overlay == .quitQuestion
        for effect in update(&state, action) {
            perform(effect, isInterrupt: insists || action == .interrupted)
        }
    }

    /// Milliseconds until a frame may follow the last one, for news; what a person does is answered at once.
    private var untilNextFrame: Int32 {
        let left = DashboardLoop.frame - lastFrame.duration(to: clock.now)
        return left <= .zero ? 0 : Int32(left.components.attoseconds / 1_000_000_000_000_000) + 1
    }

    private mutating func draw() {
        terminal.present(render(state))
        lastFrame = clock.now
    }

    private mutating func perform(_ effect: Effect, isInterrupt: Bool) {
        switch effect {
        case .quit: ending = isInterrupt ? .interrupted : .quit
        case .suspend: terminal.suspend()
        case .redraw: terminal.redraw()
        case .copy(let text): copyToClipboard(text)
        case .start, .command, .waitForAutoRun, .save: effects.run(effect)
        }
    }

    /// OSC 52: the terminal puts it on the clipboard, over SSH, too.
    private func copyToClipboard(_ text: String) {
        let sequence = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
        try? writeAll(sequence, to: STDOUT_FILENO)
    }
}
