import TerminalUI
import Training

/// The keys that the footer names, in order.
package struct FooterHints {
    /// A key, or two that go together, and what they do.
    package struct Hint: Equatable, Sendable {
        /// The key or keys in words.
        package let name: String
        /// What they do, in one or two words.
        package let label: String
        /// The keys; two share one hint.
        package let keys: [Key]

        package init(_ name: String, _ label: String, _ keys: Key...) {
            self.name = name
            self.label = label
            self.keys = keys
        }
    }

    let hints: [Hint]
    private let glyphs: GlyphLevel

    init(_ state: DashboardState) { (hints, glyphs) = (Self.hints(state), state.look.glyphs) }

    var drawn: KeyHints { KeyHints(hints.map { ($0.name, $0.label) }, glyphs: glyphs) }

    /// The key that a click on the footer stands for.
    func key(atX x: Int, in area: Rect) -> Key? {
        guard let (index, column) = drawn.hint(atColumn: x, in: area), hints.indices.contains(index)
        else { return nil }
        // The second of two is meant by its own half of the name.
        let hint = hints[index]
        let isSecond = column > hint.name.count / 2 && column < hint.name.count
        return isSecond ? hint.keys.last : hint.keys.first
    }

    private static func overlayHints(_ state: DashboardState) -> [Hint]? {
        if state.overlay == .quitQuestion { return [Hint("q", "stop and quit", "q"), Hint("esc", "go on", .escape)] }
        if case .resumeQuestion = state.overlay {
            return [Hint("enter", "go on", .enter), Hint("esc", "later", .escape), Hint("x", "leave it", "x")]
        }
        if case .help = state.overlay { return [Hint("↑↓", "scroll", .up, .down), Hint("esc", "close", .escape)] }
        if case .presets = state.overlay {
            return [Hint("↑↓", "row", .up, .down), Hint("enter", "compose", .enter), Hint("esc", "leave", .escape)]
        }
        if case .rateFinder(let finder) = state.overlay {
            let apply = finder.proposed == nil ? [] : [Hint("enter", "apply", .enter)]
            return apply + [Hint("esc", "back", .escape)]
        }
        if case .options(let options) = state.overlay, options.field == nil {
            return [
                Hint("↑↓", "row", .up, .down), Hint("← →", "change", .left, .right), Hint("enter", "keep", .enter),
                Hint("esc", "put back", .escape),
            ]
        }
        if state.overlay != nil || state.openLine != nil {
            return [Hint("enter", "take over", .enter), Hint("esc", "leave", .escape)]
        }
        return state.active.footer(state.shared)
    }

    private static func hints(_ state: DashboardState) -> [Hint] {
        if let hints = overlayHints(state) { return hints }
        var hints: [Hint] = []
        var last: [Hint] = []
        let contexts = state.keyContexts
        for binding in KeyMap.bindings where !binding.label.isEmpty && contexts.contains(binding.context) {
            // A narrower context may have the key for something else.
            guard let key = binding.keys.first, KeyMap.command(for: key, in: contexts) == binding.command,
                state.disabledReason(binding.command) == nil
            else { continue }
            switch binding.command {
            case .help, .quit: last.append(Hint(key.name, binding.label, key))
            case .run(.playPause): hints.insert(Hint(key.name, playLabel(state), key), at: 0)
            case .run(.rateUp): hints.append(Hint("[ ]", binding.label, "[", "]"))
            case .draw(.brush): hints.append(Hint("+ -", binding.label, "+", "-"))
            case .curves(.pan), .confusion(.slide), .network(.epoch): hints.append(Hint("H L", binding.label, "H", "L"))
            case .run(.toggleAutoRun):
                hints.append(Hint(key.name, state.autoRun ? "auto-run off" : "auto-run", key))
            case .back where state.screen == .lab && state.cameFrom.isEmpty: continue
            case .open where binding.context == .everywhere && contexts[0] == .composer: continue
            case .open where binding.context == .everywhere && state.screen != .lab: continue
            case .open where binding.context == .digits && state.screen == .lab: continue
            case .focusNext where state.screen != .lab && state.screen != .network: continue
            default: hints.append(Hint(key.name, binding.label, key))
            }
        }
        return hints + last
    }

    private static func playLabel(_ state: DashboardState) -> String {
        switch state.shared.sessionRun?.state {
        case .running: "pause"
        case .paused: "go on"
        default: state.awaitsData == nil ? "train" : "don't train"
        }
    }
}
