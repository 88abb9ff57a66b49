import Specs
import TerminalUI
import Training

/// The only function that changes the state: total, synchronous, and without clock, randomness or input and output.
///
/// - Returns: the effects to carry out, in order.
package func update(_ state: inout DashboardState, _ action: Action) -> [Effect] {
    let (run, opened, data) = (state.run?.key, state.opened?.ticket, state.data.loaded)
    var effects = change(&state, action)
    if state.run?.key != run || state.opened?.ticket != opened { state.runStarted() }
    if let opened, state.opened?.ticket != opened { effects.insert(.closeOpened, at: 0) }
    if state.data.loaded != data {
        state.shared.forgetOtherSurveys()
        state.forEachScreen { screen, shared in screen.dataLoaded(shared) }
    }
    state.refreshScreens()
    effects += state.initialEffects()
    return effects + state.watchEffects() + state.storeEffects() + state.surveyEffects()
}

private func change(_ state: inout DashboardState, _ action: Action) -> [Effect] {
    switch action {
    case .input(.key(let key)): return state.pressed(key)
    case .input(.mouse(let event)): return state.pointed(event)
    case .input(.paste(let paste)): return state.pasted(paste)
    case .input(.resize(let width, let height)):
        (state.width, state.height) = (width, height)
        return []
    case .dataLoaded(let data):
        state.shared.received(data)
        return state.shared.startAwaited() + state.shared.limitEffects(saying: true)
    case .dataFailed(let error):
        state.data = .failed(error)
        state.awaitsData = nil
        return []
    case .snapshot(let snapshot, let run):
        if state.shared.shownThread == run {
            state.run?.note(snapshot)
        } else {
            state.shared.withSession { if $0.run?.id == run { $0.run?.note(snapshot) } }
        }
        return []
    case .event(let event, let run):
        let effects = heard(&state, event, run)
        // A run that has ended may have made the store too large.
        return event.endsRun && state.shared.sessionRun?.id == run ? effects + state.shared.limitEffects() : effects
    case .inspection(let inspection, let run):
        state.received(inspection, run: run)
        return []
    case .imageOpened(let image, let path):
        let shared = state.shared
        state.draw.opened(image, shared)
        state.message = .note("\(path): \(image.words)")
        return []
    case .imageRefused(let reason, let path):
        if state.screen == .draw { state.draw.refused(path) }
        state.message = .error(reason)
        return []
    case .saved(let what, let paths, let work):
        state.shared.saved(what, paths)
        state.keep(work)
        return []
    case .saveFailed(let error):
        state.message = .error(error.description)
        return []
    case .exportFailed(let reason):
        state.message = .error("not exported: \(reason)")
        return []
    case .remembered(let path):
        // The message of the key itself says more than this one.
        if state.message == nil { state.message = .note("options kept in \(path)") }
        return []
    case .rememberFailed(let error):
        state.message = .error("not remembered: \(error.description)")
        return []
    case .terminalOpened(let glyphs, let colors):
        (state.look.glyphs, state.look.colors) = (glyphs, colors)
        return []
    case .runs(.weights(let run, let digest, .begin)): return state.shared.begin(with: digest, of: run)
    case .runs(.weights(let run, let digest, .teach)): return state.shared.learn(from: digest, of: run)
    case .runs(let reply):
        state.received(reply)
        return []
    case .searches(let reply): return state.received(reply)
    case .recording(let report, let run):
        state.shared.withSession(naming: true) { $0.received(report, run: run) }
        return []
    case .autoRunDue(let ticket): return state.shared.autoRunDue(ticket)
    case .rateFound(let search, let ticket):
        state.received(.found(search), ticket: ticket)
        return []
    case .rateRefused(let error, let ticket):
        state.received(.refused(error.description), ticket: ticket)
        return []
    case .surveyed(let found):
        state.shared.received(found)
        return []
    case .interrupted: return state.quitAsked()
    }
}

private func heard(_ state: inout DashboardState, _ event: TrainingEvent, _ run: Int) -> [Effect] {
    if state.shared.initial?.ticket == run {
        if case .failed(let error) = event { state.shared.initial?.problem = error.description }
        return []
    }
    guard state.shared.shownThread == run else {
        return state.shared.withSession(naming: true) { $0.run?.id == run ? $0.received(event) : [] }
    }
    if state.opened != nil { return state.shared.receivedByOpened(event) }
    let effects = state.shared.received(event)
    state.forEachScreen { screen, shared in screen.noted(event, shared) }
    return effects
}

extension TrainingEvent {
    /// Whether nothing more comes of the run.
    fileprivate var endsRun: Bool {
        switch self {
        case .finished, .stopped, .failed: true
        default: false
        }
    }
}

extension DashboardState {
    // MARK: - Keys

    mutating func pressed(_ key: Key) -> [Effect] {
        tooLong = nil
        // Works with every overlay and every size of the window.
        let verb = shared.keys.verb(of: key)
        let isText = key.isCharacter && (openLine != nil || overlay != nil)
        if verb == .suspend, !isText { return [.suspend] }
        if verb == .redraw, !isText { return [.redraw] }
        guard shared.fitsScreen else { return pressedUnseen(key) }
        // In an open line a brace is a character.
        if shared.display.plain, openLine == nil, overlay == nil, verb == .pageBack || verb == .pageForward {
            return perform(.turnPage(verb == .pageForward ? 1 : -1))
        }
        plainPage = nil
        if let overlay { return pressed(key, on: overlay) }
        shared.message = nil
        shared.composer.refusal = nil
        if openLine != nil, let typed = typed(key) { return typedInScreen(typed) }
        guard var command = verb.flatMap({ KeyMap.command(for: $0, in: keyContexts) }) else { return [] }
        // Where a view has nothing of its own to save, it is the run.
        if verb == .export, disabled(command) != nil, disabled(.export) == nil { command = .export }
        if let reason = disabled(command) {
            shared.message = reason
            return []
        }
        return perform(command)
    }

    /// A key in an open line: Ctrl-C closes the line, as Esc does. While a run trains, Ctrl-C asks whether to end the
    /// program, as everywhere, and the line does not get it.
    func typed(_ key: Key) -> Key? {
        guard key == .control("c") else { return key }
        return shared.sessionRun?.state == .running ? nil : .escape
    }

    // MARK: - Commands

    /// Why a key can't be used now; nil if it can.
    package func disabledReason(_ command: Command) -> String? { disabled(command)?.text }

    func disabled(_ command: Command) -> Message? {
        if case .run(let command) = command { return shared.disabled(command) }
        if command == .backToRun, shared.opened == nil { return .note("no other run is shown") }
        if command == .switchWeights, let reason = shared.refusalOfWeights { return .note(reason) }
        if let reason = active.disabled(command, shared, place) { return reason }
        guard command == .export, active.exportedRun(shared) == nil else { return nil }
        return .note(
            shared.run.map { "run \($0.number) is not saved" }
                ?? "no run yet: \(shared.key(.train)) starts the first one")
    }

    mutating func perform(_ command: Command) -> [Effect] {
        switch command {
        case .move(let direction): return onScreen { $0.move(direction, &$1, $2) }
        case .page(let pages): return onScreen { $0.page(pages, &$1, $2) }
        case .toStart: return onScreen { $0.jump(toEnd: false, &$1, $2) }
        case .toEnd: return onScreen { $0.jump(toEnd: true, &$1, $2) }
        case .open: return onScreen { $0.open(&$1, $2) }
        case .back: back()
        case .backToRun: shared.returnToSession()
        case .show(let screen): go(to: screen)
        case .focusNext: return moveFocus(by: 1)
        case .focusPrevious: return moveFocus(by: -1)
        case .theme: show(Chooser(themes: themes, current: shared.look.theme))
        case .screenshot: return [.save(screenPicture)]
        case .presets: openPresets()
        case .findRate: return findRate()
        case .options: overlay = .options(OptionsState(of: self))
        case .editSpec:
            let text = active.specToEdit(shared) ?? shared.composer.spec.description
            let field = TextField(text: text, limit: TextField.Limit.line)
            overlay = .specLine(field, refusal: nil)
        case .export: if let run = active.exportedRun(shared) { show(Chooser(exportOf: run)) }
        case .copySpec:
            // A terminal does not report whether it copied the text.
            shared.message = .note("sent to the terminal's clipboard: \(shownLine)")
            return [.copy(shownLine)]
        case .toggleSource: return shared.toggleSource()
        case .switchWeights: return shared.switchWeights()
        case .help: overlay = .help(HelpState())
        case .quit: return quitAsked()
        case .suspend: return [.suspend]
        case .redraw: return [.redraw]
        case .turnPage(let step): turnPlainPage(by: step)
        case .run(let command): return shared.perform(command)
        default: return onScreen { $0.perform(command, &$1, $2) }
        }
        return []
    }

    private mutating func moveFocus(by step: Int) -> [Effect] {
        guard screen == .lab else { return onScreen { $0.focusMoved(step, &$1, $2) } }
        lab.focus = lab.focus.next(step)
        return []
    }

    mutating func quitAsked() -> [Effect] {
        if overlay != .quitQuestion, Leaving(self).asks {
            overlay = .quitQuestion
            return []
        }
        return [.quit]
    }

    /// The run line of what is shown: of the selected run in Runs; else of the composer's run with its live changes, or
    /// of a spec without a run.
    private var shownLine: String {
        if let line = active.copiedLine(shared) { return line }
        if let run = shared.run, shared.opened != nil || !shared.isEdited { return run.line.description }
        return shared.composer.spec.description
    }
}
