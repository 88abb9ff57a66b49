import TerminalUI
import Training

/// The keys that the footer names: those of the view, those of training at fixed places, and help and quit.
package struct FooterHints {
    /// A key, or two that go together, and what they do.
    package struct Hint: Equatable, Sendable {
        /// The key or keys in words.
        package let name: String
        /// What they do, in one or two words.
        package let label: String
        /// The keys; two share one hint.
        package let keys: [Key]
        /// Columns that the label takes at least.
        var room = 0
        var isUsable = true

        package init(_ name: String, _ label: String, _ keys: Key...) { self.init(name, label, keys) }

        private init(_ name: String, _ label: String, _ keys: [Key]) {
            self.name = name
            self.label = label
            self.keys = keys
        }

        /// The first keys of verbs that go together.
        init(_ verbs: [KeyVerb], _ label: String, _ assignment: KeyAssignment) {
            keys = verbs.map { assignment.keys(of: $0)[0] }
            name = keys.map(\.name).joined(separator: " ")
            self.label = label
        }

        /// The same with a label in the word for the images of the data set.
        fileprivate func worded(_ names: ClassNames) -> Hint {
            guard !names.areDigits else { return self }
            var hint = Hint(name, names.worded(label), keys)
            (hint.room, hint.isUsable) = (room, isUsable)
            return hint
        }

        fileprivate var drawn: KeyHints.Hint { KeyHints.Hint(name, label, room: room, isUsable: isUsable) }
    }

    let hints: [Hint]
    let fixed: [Hint]
    private let glyphs: GlyphLevel

    init(_ state: DashboardState) {
        glyphs = state.look.glyphs
        if let hints = Self.overlayHints(state) {
            (self.hints, fixed) = (hints, [])
        } else {
            let names = state.shared.classNames
            (hints, fixed) = (Self.viewHints(state).map { $0.worded(names) }, Self.fixedHints(state))
        }
    }

    var drawn: KeyHints { KeyHints(hints.map(\.drawn), fixed: fixed.map(\.drawn), glyphs: glyphs) }

    /// The key that a click on the footer stands for.
    func key(atX x: Int, in area: Rect) -> Key? {
        let all = hints + fixed
        guard let (index, column) = drawn.hint(atColumn: x, in: area), all.indices.contains(index) else { return nil }
        // The second of two is meant by its own half of the name.
        let hint = all[index]
        let isSecond = column > hint.name.count / 2 && column < hint.name.count
        return isSecond ? hint.keys.last : hint.keys.first
    }

    // MARK: - What lies over the view

    private static func overlayHints(_ state: DashboardState) -> [Hint]? {
        let back = Hint("esc", "back", .escape)
        let keys = state.shared.keys
        switch state.overlay {
        case .quitQuestion:
            return [Hint([.quit], Leaving(state).quitWords, keys), back]
        case .resumeQuestion: return [Hint("enter", "resume", .enter), Hint([.delete], "don't ask again", keys), back]
        case .help:
            return [Hint("↑↓", "row", .up, .down), Hint("a-z", "filter"), Hint("enter", "run it", .enter), back]
        case .presets: return [Hint("↑↓", "row", .up, .down), Hint("enter", "compose", .enter), back]
        case .chooser:
            return [
                Hint("↑↓", "row", .up, .down), Hint("a-z", "filter"), Hint("enter", "apply", .enter),
                Hint("esc", "cancel", .escape),
            ]
        case .options(let options) where options.field == nil:
            return [
                Hint("↑↓", "row", .up, .down), Hint("← →", "change", .left, .right), Hint("enter", "apply", .enter),
                Hint("esc", "cancel", .escape),
            ]
        case .rateFinder(let finder):
            return (finder.proposed == nil ? [] : [Hint("enter", "apply", .enter)]) + [back]
        case .options, .specLine: return [Hint("enter", "apply", .enter), Hint("esc", "cancel", .escape)]
        case nil:
            if state.openLine != nil { return [Hint("enter", "apply", .enter), Hint("esc", "cancel", .escape)] }
            return state.active.footer(state.shared).map { hints in hints.map { $0.worded(state.shared.classNames) } }
        }
    }

    // MARK: - The view's own keys

    private static func viewHints(_ state: DashboardState) -> [Hint] {
        var hints: [Hint] = []
        let contexts = state.keyContexts
        let keys = state.shared.keys
        for binding in KeyMap.bindings where !binding.label.isEmpty && contexts.contains(binding.context) {
            // A narrower context may have the verb for something else.
            guard binding.context != .training, KeyMap.command(for: binding.verb, in: contexts) == binding.command,
                state.disabledReason(binding.command) == nil
            else { continue }
            switch binding.command {
            case .help, .quit: continue
            case .back where state.screen == .lab: continue
            case .open where binding.context == .everywhere && contexts[0] == .composer: continue
            case .open where binding.context == .everywhere && state.screen != .lab: continue
            case .open where binding.context == .digits && state.screen == .lab: continue
            case .focusNext where state.screen != .lab && state.screen != .network: continue
            default: hints.append(Hint(pair(binding.verb, contexts), binding.label, keys))
            }
        }
        // Whose figures these are is asked on the narrowest screens, too, once there are some.
        let rows = keys.keys(of: .rows)[0]
        if state.run != nil, [.lab, .confusion, .digits, .network].contains(state.screen),
            let index = hints.firstIndex(where: { $0.keys == [rows] })
        {
            hints.insert(hints.remove(at: index), at: min(1, hints.count - 1))
        }
        return hints
    }

    /// A verb, and before it the one that does the opposite.
    private static func pair(_ verb: KeyVerb, _ contexts: [KeyContext]) -> [KeyVerb] {
        let opposites: [KeyVerb: KeyVerb] = [.later: .earlier, .less: .more]
        guard let other = opposites[verb], KeyMap.command(for: other, in: contexts) != nil else { return [verb] }
        return [other, verb]
    }

    // MARK: - Keys at fixed places

    /// The keys of training, the more of them the wider the window, then help and quit.
    private static func fixedHints(_ state: DashboardState) -> [Hint] {
        let keys = state.shared.keys
        func hint(_ verbs: KeyVerb..., label: String, room: Int = 0) -> Hint {
            var hint = Hint(verbs, label, keys)
            hint.room = room
            if let command = verbs.last.flatMap({ KeyMap.command(for: $0, in: state.keyContexts) }) {
                hint.isUsable = state.disabledReason(command) == nil
            }
            return hint
        }
        let training: [(width: Int, hint: Hint)] = [
            (0, hint(.train, label: trainLabel(state), room: 6)),
            (100, hint(.stepBatch, label: "batch")), (100, hint(.stepEpoch, label: "epoch")),
            (120, hint(.again, label: "again")), (140, hint(.againNewSeed, label: "new seed")),
            (130, hint(.rateDown, .rateUp, label: "rate")),
            (150, hint(.autoRun, label: state.autoRun ? "auto off" : "auto-run", room: 8)),
        ]
        return training.filter { state.width >= $0.width }.map(\.hint)
            + [hint(.help, label: "help"), hint(.quit, label: "quit")]
    }

    private static func trainLabel(_ state: DashboardState) -> String {
        if let word = state.active.trainingWord(state.shared) { return word }
        return switch state.shared.sessionRun?.state {
        case .running: "pause"
        case .paused: "resume"
        default: state.awaitsData == nil ? "train" : "cancel"
        }
    }
}
