import CursesTerminal
import Dashboard
import Datasets
import Foundation
import Runs
import Specs
import TerminalUI
import Training

/// Opens the dashboard and returns when the user leaves.
///
/// - Throws: `CommandFailure` before anything is drawn; or after the terminal was restored, if a signal ended it or the
///   data set is invalid.
func runDashboard(
    line: RunLine, source: DatasetSource, imported: ImportedDatasets, threads: ThreadOptions, display: DisplayOptions,
    store: StoreOptions
) throws {
    var startup = try Startup(spec: line.spec, threads: threads, display: display)
    let runs = startup.openStore(store, source: source)
    for warning in startup.warnings { printError("trainspotter: \(warning)") }
    var state = startup.state
    state.composer.take(line.changes)
    let terminal: CursesTerminal
    do {
        terminal = try CursesTerminal(options: CursesTerminal.Options(state.display))
    } catch {
        throw CommandFailure.usage(error.description)
    }
    (state.width, state.height) = terminal.size
    (state.look.glyphs, state.look.colors) = (terminal.glyphs, terminal.colors)
    var loop = DashboardLoop(
        terminal: terminal, state: state, source: source, imported: imported, configuration: startup.configuration,
        runs: runs,
        runsPath: Result { () throws(StoreError) in try store.path(makingFolders: false) },
        resumeCommand: store.resumeCommand, searchCommand: store.searchCommand)
    try loop.run()
}

/// The main thread: sleeps until there is an event, then acts and draws.
private struct DashboardLoop {
    private enum Ending: Equatable {
        case quit, interrupted
        /// By a signal, once the run is saved.
        case signal(Int32)

        var isInterruption: Bool { self != .quit }
    }

    /// The longest time that a user who quits waits for a batch under way: the run's last state is saved behind it. Ctrl-C
    /// ends the wait.
    private static let patience = Duration.seconds(20)
    private var terminal: CursesTerminal
    private let effects: EffectRunner
    private let resumeCommand: (Int) -> String
    private let searchCommand: (Int) -> String
    private var state: DashboardState
    private var pace = FramePace()
    private let gate = NewsGate()
    /// Counts as other work while this thread is awake.
    private let otherWork = OtherWork()
    private var ending: Ending?
    /// The note if a signal ends the program at once.
    private var note = ""

    init(
        terminal: CursesTerminal, state: DashboardState, source: DatasetSource, imported: ImportedDatasets,
        configuration: ConfigurationFile?, runs: RunStore?, runsPath: Result<String, StoreError>,
        resumeCommand: @escaping (Int) -> String, searchCommand: @escaping (Int) -> String
    ) {
        (self.resumeCommand, self.searchCommand) = (resumeCommand, searchCommand)
        self.terminal = terminal
        self.state = state
        let waker = terminal.waker
        effects = EffectRunner(
            source: source, imported: imported, threads: state.threads, configuration: configuration, store: runs,
            openRuns: { () throws(StoreError) in
                try RunStore(path: try runsPath.get(), missing: .refuse)
            },
            openSearch: { () throws(StoreError) in try RunStore(path: try runsPath.get()) },
            exporter: { request, path in
                RunFiles.write(request, to: path, store: runsPath)
            },
            otherWork: otherWork,
            onThread: { CursesTerminal.protectThreadStack() },
            onNews: { [gate] in
                if gate.isOpen { waker.wake() }
            },
            wake: { waker.wake() })
        effects.run(.saveInto(state.saveFolder))
    }

    /// - Throws: `CommandFailure` if the user did not just quit.
    mutating func run() throws(CommandFailure) {
        defer { terminal.close() }
        draw()
        effects.loadData()
        var isStale = false
        while ending == nil {
            let wake = terminal.wait(timeoutMilliseconds: isStale || !gate.isOpen ? untilNextFrame : -1)
            // The user's input is answered at once; a frame with a run's events can wait a moment.
            if wake.events.isEmpty { otherWork.makeRoom() } else { otherWork.begin() }
            defer { otherWork.end() }
            if wake.hungUp || !wake.signals.isDisjoint(with: .ending) {
                ending = wake.signals.contains(.quit) ? .signal(SIGQUIT) : .interrupted
                Interrupt.request()
                break
            }
            var actions = wake.events.map(Action.input)
            if wake.signals.contains(.interrupt) { actions.append(.interrupted) }
            if !wake.events.isEmpty { pace.inputCame() }
            // Before the events are read: later ones wake this thread.
            if untilNextFrame == 0 { gate.open() }
            actions += effects.takeActions()
            pace.partCame()
            for action in actions {
                // Keys after the one that ends it do nothing; the run's events still count.
                if ending != nil {
                    hear(action)
                    continue
                }
                // A part of the input is short, but one of its keys can take as long as the start of a run.
                if pace.isPartOverdue {
                    // What the screen says of the run holds for a program that is killed behind it, too.
                    noteResuming()
                    draw()
                }
                try act(on: action)
            }
            if !actions.isEmpty { noteResuming() }
            isStale = isStale || !actions.isEmpty
            let isDue = wake.hasMoreInput ? pace.isOverdue : !wake.events.isEmpty || untilNextFrame == 0
            if isStale, isDue {
                draw()
                isStale = false
                gate.close()
            }
        }
        leave()
        if case .signal(let signal) = ending { CursesTerminal.end(by: signal) }
        if ending == .interrupted { throw .status(CommandFailure.interrupted.status) }
        if case .failed(let error) = state.data { throw CommandFailure(error) }
    }

    /// Restores the terminal first, as a batch under way can take a minute. A thread that takes too long is left
    /// running, without the handlers of `exit`, which would free memory that it uses.
    private mutating func leave() {
        // A closed terminal sends several hang-ups; only the first counts, and the run has yet to be saved.
        CursesTerminal.ignoreHangUps()
        terminal.close()
        let wasUnderWay = state.shared.hasRunUnderWay
        let search = state.searches.own?.number
        let isInterruption = ending?.isInterruption ?? false
        let hasEnded = effects.shutDown(limit: DashboardLoop.patience, interrupted: isInterruption) {
            printError("trainspotter: the last moments of the run are still being saved; Ctrl-C ends without them")
        }
        if let error = effects.unsaved {
            printError("trainspotter: the last moments of the run are not saved: \(error)")
        }
        // A short run gets its number at its end.
        for action in effects.takeActions() { hear(action) }
        let word = isInterruption ? "interrupted" : "stopped"
        if wasUnderWay, let note = state.shared.leavingNote(word, command: resumeCommand) {
            printError("trainspotter: \(note)")
        }
        if let search { printError("trainspotter: search \(search) \(word): `\(searchCommand(search))` goes on") }
        if !hasEnded {
            if case .signal(let signal) = ending { CursesTerminal.end(by: signal) }
            // A run needs loaded data, so there is no other reason to fail.
            _exit(isInterruption ? CommandFailure.interrupted.status : 0)
        }
    }

    /// Sets the note that is printed when the terminal is restored for a killed program.
    private mutating func noteResuming() {
        let shared = state.shared
        let newest = shared.hasRunUnderWay ? shared.leavingNote("interrupted", command: resumeCommand) ?? "" : ""
        guard newest != note else { return }
        note = newest
        CursesTerminal.setNote(note)
    }

    private mutating func act(on action: Action) throws(CommandFailure) {
        // Ctrl-C is the same as q, but as an answer to the question it means yes.
        let insists = action == .input(.key(.control("c"))) && state.overlay == .quitQuestion
        for effect in update(&state, action) {
            try perform(effect, isInterrupt: insists || action == .interrupted)
        }
    }

    /// Applies events while the program ends, and ignores their effects.
    private mutating func hear(_ action: Action) {
        if case .input = action { return }
        _ = update(&state, action)
    }

    private var untilNextFrame: Int32 { pace.untilNext(isPlain: state.display.plain) }

    private mutating func draw() {
        let start = ContinuousClock.now
        if state.display.plain {
            let page = PlainPage(state)
            terminal.present(page.buffer, cursor: page.cursor)
        } else {
            terminal.present(render(state))
        }
        pace.frameDrawn(since: start)
    }

    private mutating func perform(_ effect: Effect, isInterrupt: Bool) throws(CommandFailure) {
        switch effect {
        case .quit: ending = isInterrupt ? .interrupted : .quit
        case .suspend: terminal.suspend()
        case .redraw: terminal.redraw()
        case .copy(let text): copyToClipboard(text)
        case .openTerminal(let display): try reopenTerminal(display)
        case .start, .resume, .command, .openedCommand, .closeOpened, .makeInitial, .initialCommand, .closeInitial,
            .export, .waitForAutoRun, .openImage, .save, .remember, .useThreads, .saveInto, .runs, .searches, .findRate,
            .stopFindingRate, .survey:
            effects.run(effect)
        }
    }

    /// Restores the terminal and opens it again, as colours, glyphs and the mouse are chosen when it is opened.
    private mutating func reopenTerminal(_ display: DisplayState) throws(CommandFailure) {
        terminal.close()
        do throws(CursesTerminal.Failure) {
            terminal = try CursesTerminal(options: CursesTerminal.Options(display))
        } catch {
            effects.shutDown(limit: DashboardLoop.patience)
            throw .running(error.description)
        }
        try act(on: .terminalOpened(glyphs: terminal.glyphs, colors: terminal.colors))
        try act(on: .input(.resize(width: terminal.size.width, height: terminal.size.height)))
    }

    /// OSC 52: the terminal copies it to the clipboard, also over SSH.
    private func copyToClipboard(_ text: String) {
        terminal.send("\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}")
    }
}
