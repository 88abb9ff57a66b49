import Specs
import TerminalUI
import Training

/// The one place where the state changes: total, synchronous, without clock, chance or world.
///
/// - Returns: what the world is asked to do, in order.
package func update(_ state: inout DashboardState, _ action: Action) -> [Effect] {
    let effects = change(&state, action)
    return effects + state.watchEffects() + state.runsEffects()
}

private func change(_ state: inout DashboardState, _ action: Action) -> [Effect] {
    switch action {
    case .input(.key(let key)): return state.pressed(key)
    case .input(.mouse(let event)): return state.pointed(event)
    case .input(.paste(let paste)): return state.pasted(paste)
    case .input(.resize(let width, let height)):
        state.width = width
        state.height = height
        return []
    case .dataLoaded(let data): return state.received(data)
    case .dataFailed(let error):
        state.data = .failed(error)
        state.awaitsData = nil
        return []
    case .snapshot(let snapshot, let run):
        guard state.run?.id == run else { return [] }
        state.run?.note(snapshot)
        return []
    case .event(let event, let run):
        guard state.run?.id == run else { return [] }
        return state.received(event)
    case .inspection(let inspection, let run):
        state.received(inspection, run: run)
        return []
    case .saved(let what, let paths):
        state.saved(what, paths)
        return []
    case .saveFailed(let error):
        state.message = .error(error.description)
        return []
    case .remembered(let path):
        // What a key said of itself is news, where the file is not.
        if state.message == nil { state.message = .note("options kept in \(path)") }
        return []
    case .rememberFailed(let error):
        state.message = .error("not remembered: \(error.description)")
        return []
    case .terminalOpened(let glyphs, let colors):
        (state.look.glyphs, state.look.colors) = (glyphs, colors)
        return []
    case .runs(let news):
        state.received(news)
        return []
    case .recording(let news, let run):
        state.received(news, run: run)
        return []
    case .autoRunDue(let ticket):
        guard state.autoRun, ticket == state.autoRunTicket, state.isEdited || state.run == nil else { return [] }
        return state.start(paused: false)
    case .interrupted: return state.quitAsked()
    }
}

extension DashboardState {
    fileprivate mutating func received(_ data: LoadedData) -> [Effect] {
        self.data = .ready(data)
        if message == DashboardState.stillLoading { message = nil }
        let pixels = data.dataset.train.rows * data.dataset.train.columns
        var spec = composer.spec
        spec.network.inputs = pixels
        spec.network.classes = data.dataset.classes
        if spec != composer.spec { composer = ComposerState(spec: spec) }
        if let refusal = refusal(toStart: spec) { refuse(refusal) }
        drawingChanged()
        return startAwaited()
    }

    fileprivate mutating func received(_ event: TrainingEvent) -> [Effect] {
        run?.note(event)
        noteDigits(event)
        switch event {
        case .started:
            if let warning = heldOutWarning { message = .warning(warning) }
            refreshDigits()
            return measureShownTest()
        case .epochFinished(let report):
            keepCurveCursor()
            if report.validation != nil { refreshDigits() }
            return measureShownTest()
        case .testEvaluated(let evaluation):
            guard confusion.source == .test else { break }
            refreshDigits()
            // Epochs can be faster than the test set.
            if evaluation.epoch < run?.history.count ?? 0 { return measureShownTest() }
        case .diverges(let finding, _): message = .warning(Self.divergence(finding))
        case .failed(let error): message = .error(error.description)
        case .rateReduced(_, let rate, _):
            message = .note("no better for a while: learning rate reduced to \(NumberText.short(rate))")
        case .stoppedEarly(let epoch, let best):
            message = .note("stopped early after epoch \(epoch): epoch \(best) was the best")
        case .weightsReplaced: refreshDigits()
        case .changed, .bestEpoch, .paused, .finished, .stopped: break
        }
        return []
    }

    private static func divergence(_ finding: Divergence.Finding) -> String {
        "diverged: loss \(Figures.loss(finding.loss)), it was \(Figures.loss(finding.least)); a lower rate may help"
    }

    // MARK: - Keys

    mutating func pressed(_ key: Key) -> [Effect] {
        tooLong = nil
        // Whatever is open, and however small the window is.
        if key == .control("z") { return [.suspend] }
        if key == .control("l") { return [.redraw] }
        guard fitsScreen else { return pressedUnseen(key) }
        // Where a line is typed into, a brace is a character.
        if display.plain, overlay == nil, composer.editing == nil, digits.typing == nil, key == "{" || key == "}" {
            return perform(.turnPage(key == "}" ? 1 : -1))
        }
        plainPage = nil
        if let overlay { return pressed(key, on: overlay) }
        message = nil
        composer.refusal = nil
        if let typed = typed(key) {
            if composer.editing != nil { return typedInComposer(typed) }
            if digits.typing != nil { return typedInFilter(typed) }
            if runs.typing != nil { return typedInRuns(typed) }
        }
        guard let command = KeyMap.command(for: key, in: keyContexts) else { return [] }
        if let reason = disabled(command) {
            message = reason
            return []
        }
        return perform(command)
    }

    /// What a key means where a line is typed: Ctrl-C leaves the line, as Esc does. While a run is at stake it asks whether to
    /// end the program, as everywhere; then it means nothing to the line.
    func typed(_ key: Key) -> Key? {
        guard key == .control("c") else { return key }
        return run?.state == .running ? nil : .escape
    }

    // MARK: - Commands

    /// Why a key can't be used now; nil if it can.
    package func disabledReason(_ command: Command) -> String? { disabled(command)?.text }

    static let stillLoading = Message.note("the data set is still loading")

    private func disabled(_ command: Command) -> Message? {
        switch command {
        case .playPause, .stepBatch, .stepEpoch, .restart, .restartWithNewSeed:
            if case .failed(let error) = data { return .note(.data(error)) }
            if command == .playPause, run?.state == .finished, !isEdited {
                return .note("all epochs are done: > trains one more, r starts again, R with a new seed")
            }
            if command == .playPause || command == .stepBatch || command == .stepEpoch, run?.state == .failed,
                !isEdited
            {
                return .note("this run has failed: r starts again")
            }
            return nil
        case .deleteLayer, .duplicateLayer, .moveLayer, .cycleActivation, .stepDropout:
            if case .layer = composer.selected { return nil }
            return .note("select a hidden layer first")
        case .open where screen == .runs && runs.errors != nil: return nil
        case .open: return screen == .runs ? disabled(RunsCommand.mark).map(Message.note) : nil
        case .slide, .pinEpoch, .cycleBaseline: return disabledInConfusion(command)
        case .undo: return composer.past.isEmpty ? .note("nothing to undo") : nil
        case .redo: return composer.future.isEmpty ? .note("nothing to redo") : nil
        case .digits(let command): return disabled(command).map(Message.note)
        case .draw(let command): return disabled(command).map(Message.note)
        case .runs(let command): return disabled(command).map(Message.note)
        default: return nil
        }
    }

    mutating func perform(_ command: Command) -> [Effect] {
        if command.startsTraining, data == .loading { return startWhenLoaded(command) }
        switch command {
        case .show(let screen): go(to: screen)
        case .focusNext: if screen == .lab { focus = focus.next(1) }
        case .focusPrevious: if screen == .lab { focus = focus.next(-1) }
        case .move(let direction): return move(direction)
        case .page(let pages): page(pages)
        case .toStart: jump(toEnd: false)
        case .toEnd: jump(toEnd: true)
        case .open: return open()
        case .back: back()
        case .playPause, .stepBatch, .stepEpoch, .restart, .restartWithNewSeed, .rateDown, .rateUp, .toggleAutoRun:
            return performTraining(command)
        case .toggleLogScale: curves.logarithmic.toggle()
        case .smooth(let steps): curves.smoothing.step(by: steps)
        case .zoom(let steps): zoomCurves(steps)
        case .resetZoom: curves.window = nil
        case .togglePerBatch: togglePerBatch()
        case .toggleComparison: toggleComparison()
        case .slide(let steps): slide(steps)
        case .pinEpoch: confusion.togglePin(shownConfusion?.epoch)
        case .cycleBaseline: cycleBaseline()
        case .nextTheme: return nextTheme()
        case .screenshot: return [.save(screenPicture)]
        case .presets: openPresets()
        case .options: overlay = .options(OptionsState(of: self))
        case .editSpec:
            let field = TextField(text: composer.spec.description, limit: TextField.Limit.line)
            overlay = .specLine(field, refusal: nil)
        case .copySpec:
            // A terminal does not say whether it took it.
            message = .note("sent to the terminal's clipboard: \(shownLine)")
            return [.copy(shownLine)]
        case .toggleSource: return toggleSource()
        case .help: overlay = .help(scroll: 0)
        case .quit: return quitAsked()
        case .suspend: return [.suspend]
        case .redraw: return [.redraw]
        case .turnPage(let step): turnPlainPage(by: step)
        case .addLayer, .deleteLayer, .duplicateLayer, .moveLayer, .cycleActivation, .stepDropout, .undo, .redo:
            return performComposer(command)
        case .cycleHeatmapMode: confusion.cycleMode()
        case .toggleDiagonal: confusion.hidesDiagonal.toggle()
        case .cycleShown: setFilter(digits.filter.withNextShown())
        case .cycleSort:
            digits.sort = ComposerEditing.cycled(digits.sort, by: 1)
            refreshDigits(keepingDigit: false)
            message = .note("sorted by \(digits.sort.rawValue)")
        case .filter: startFilter()
        case .filterTruth(let step): filterTruth(by: step)
        case .filterPrediction(let step): filterPrediction(by: step)
        case .digits(let command): return perform(command)
        case .network(let command): return perform(command)
        case .draw(let command): return perform(command)
        case .runs(let command): return perform(command)
        }
        return []
    }

    mutating func quitAsked() -> [Effect] {
        if run?.state == .running, overlay != .quitQuestion {
            overlay = .quitQuestion
            return []
        }
        return [.quit]
    }

    /// Lab shows what is wrong overall, so a narrower choice of digits ends there.
    mutating func go(to screen: Screen) {
        guard screen != self.screen else { return }
        cameFrom.append(Level(screen: self.screen, filter: digits.filter))
        if cameFrom.count > 16 { cameFrom.removeFirst() }
        self.screen = screen
        if screen == .lab, digits.filter != DigitsFilter() { setFilter(DigitsFilter()) }
    }

    /// Exactly one level: the value cursor first, or the look back at an earlier epoch, where it is the screen's own.
    private mutating func back() {
        if screen == .digits, digits.showsNearest {
            digits.showsNearest = false
            return
        }
        if screen == .digits, digits.form == .large {
            digits.form = .both
            return
        }
        if screen == .runs, let errors = runs.errors {
            if errors.cursor != nil { runs.errors?.cursor = nil } else { runs.errors = nil }
            return
        }
        if curves.cursor != nil, keyContexts.first == .curves {
            curves.cursor = nil
            return
        }
        if keyContexts.first == .confusion, confusion.leavesPast() { return }
        let level = cameFrom.popLast() ?? Level(screen: .lab, filter: DigitsFilter())
        screen = level.screen
        if digits.filter != level.filter { setFilter(level.filter) }
    }

    mutating func toggleSource() -> [Effect] {
        if confusion.source == .test {
            confusion.source = .validation
            refreshDigits()
            return []
        }
        confusion.source = .test
        refreshDigits()
        return run?.testIsFresh == true ? [] : measureTest()
    }

    /// What the test set now shows is old; but from the last planned epoch on, every end brings its figures by itself.
    private mutating func measureShownTest() -> [Effect] {
        guard confusion.source == .test, let run, run.history.count < run.plannedEpochs else { return [] }
        return measureTest()
    }

    /// Asks for the test set's figures, where there is a network, and no answer is still to come.
    private mutating func measureTest() -> [Effect] {
        guard let run, run.canBeMeasured, !run.awaitsTest else { return [] }
        self.run?.awaitsTest = true
        return [.command(.evaluateTest)]
    }
}
