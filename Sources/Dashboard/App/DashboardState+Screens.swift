import TerminalUI
import Training

/// The root delegates to the open screen.
extension DashboardState {
    /// The screen, or the panel of Lab, that keys go to.
    var active: any ScreenState {
        var copy = self
        return copy.with(screen) { active, _ in active }
    }

    /// Its area.
    var place: Place {
        screen == .lab ? Place(labLayout.areas[lab.focus] ?? .zero, panel: lab.focus) : Place(shared.layout.body)
    }

    /// Lets the open screen act, and opens the screen that it leads to.
    mutating func onScreen(_ body: (inout any ScreenState, inout Shared, Place) -> Reply) -> [Effect] {
        let place = place
        return follow(with(screen) { body(&$0, &$1, place) })
    }

    mutating func follow(_ reply: Reply) -> [Effect] {
        switch reply.destination {
        case .screen(let screen): go(to: screen)
        case .digits(let filter):
            go(to: .digits)
            shared.setFilter(filter)
            digits.filterAtEntry = shared.selection.filter
        case .digit(let filter):
            go(to: .digits)
            shared.setFilter(filter)
            digits.filterAtEntry = shared.selection.filter
            digits.showGalleryAndDigit()
        case .list(let chooser): overlay = .chooser(chooser)
        case nil: break
        }
        return reply.effects
    }

    mutating func forEachScreen(_ body: (inout any ScreenState, Shared) -> Void) {
        for screen in Screen.allCases where screen != .lab { with(screen) { body(&$0, $1) } }
    }

    // MARK: - From screen to screen

    /// Lab shows all mistakes, so it ends a narrower choice of digits.
    mutating func go(to screen: Screen) {
        guard screen != self.screen else { return }
        defer { if screen == .digits { digits.filterAtEntry = shared.selection.filter } }
        cameFrom.append(Level(screen: self.screen, filter: shared.selection.filter))
        if cameFrom.count > 16 { cameFrom.removeFirst() }
        self.screen = screen
        // From Lab Esc leads nowhere.
        if screen == .lab { cameFrom = [] }
        if screen == .lab, shared.selection.filter != DigitsFilter() { shared.setFilter(DigitsFilter()) }
    }

    /// Goes back exactly one level, within the screen first.
    mutating func back() {
        let place = place
        if with(screen, { $0.back(&$1, place) }) || screen == .lab { return }
        let level = cameFrom.popLast() ?? Level(screen: .lab, filter: DigitsFilter())
        screen = level.screen
        if shared.selection.filter != level.filter { shared.setFilter(level.filter) }
    }

    // MARK: - Events for screens

    mutating func runStarted() { forEachScreen { screen, _ in screen.runStarted() } }

    /// The open screen follows changes; the others are told that they are closed.
    mutating func refreshScreens() {
        for screen in Screen.allCases where screen != .lab {
            // Esc comes back from the digit that was opened.
            let comesBack = self.screen == .digits && cameFrom.last?.screen == screen
            let isShown = screen == self.screen
            with(screen) { if isShown { $0.refresh($1) } else { $0.unseen(comesBack: comesBack) } }
        }
    }

    mutating func received(_ reply: StoreReply) {
        for screen in Screen.allCases where screen != .lab {
            let isShown = screen == self.screen
            with(screen) { $0.received(reply, &$1, isShown: isShown) }
        }
    }

    mutating func received(_ reply: SearchReply) -> [Effect] {
        follow(searches.heard(reply, &shared, isShown: screen == .search))
    }

    mutating func storeEffects() -> [Effect] {
        let shown = place
        return Screen.allCases.filter { $0 != .lab }.flatMap { screen in
            let place = screen == self.screen ? shown : nil
            return with(screen) { $0.storeEffects(&$1, place) }
        }
    }

    /// Asks for a survey of the data, where the open screen shows what comes of it.
    mutating func surveyEffects() -> [Effect] {
        screen != .lab && active.needsSurvey(shared) ? shared.surveyEffects() : []
    }

    /// Whether a survey is under way that the screen waits for.
    package var awaitsSurvey: Bool { shared.survey == shared.data.loaded.map { .underWay($0) } }

    // MARK: - What is looked into

    /// Sends the run what is watched now, if that has changed.
    mutating func watchEffects() -> [Effect] {
        let isInitial = shared.run == nil && shared.initial?.problem == nil
        let thread = shared.run?.canBeMeasured == true ? shared.shownThread : isInitial ? shared.initial?.ticket : nil
        let wanted = thread.flatMap { thread in
            active.watch(shared, place).map { Watched(run: thread, screen: screen, watch: $0) }
        }
        guard wanted != watched else { return [] }
        let before = watched
        watched = wanted
        // An answer to another screen's question must not come here.
        if before?.screen != wanted?.screen { shared.inspection = nil }
        // A new run inspects nothing by itself.
        // The run under way is not disturbed while another one is shown.
        let silencing: [Effect] =
            shared.opened != nil && before.map { $0.run > 0 } ?? false ? [.command(.watch(nil))] : []
        if wanted == nil, before?.run != shared.shownThread { return silencing }
        return silencing + [shared.toShownNetwork(.watch(wanted?.watch))]
    }

    /// Whether the newest watch has no inspection yet, or a part of one.
    package var awaitsInspection: Bool {
        watched.map { $0.watch != shared.inspection?.watch || shared.inspection?.isComplete == false } ?? false
    }

    mutating func received(_ inspection: Inspection, run id: Int) {
        guard let watched, watched.run == id else { return }
        // The user draws faster than a long batch takes: the last inspection of the drawing is better than none.
        let isOfDrawing = watched.screen == .draw && !inspection.watch.layers
        guard inspection.watch == watched.watch || isOfDrawing else { return }
        shared.inspection = inspection
        forEachScreen { screen, _ in screen.noted(inspection, run: id) }
    }
}

/// The watch that was sent to the run.
struct Watched: Equatable, Sendable {
    var run: Int
    var screen: Screen
    var watch: Watch
}
