import TerminalUI
import Training

/// The keys that work now; help and quit always.
enum FooterView {
    static func draw(_ state: DashboardState, in area: Rect, on buffer: inout Buffer) {
        KeyHints(hints(state)).draw(in: area, on: &buffer, look: state.look)
    }

    static func hints(_ state: DashboardState) -> [(key: String, label: String)] {
        if state.overlay == .quitQuestion { return [("q", "stop and quit"), ("esc", "go on")] }
        if case .help = state.overlay { return [("↑↓", "scroll"), ("esc", "close")] }
        if case .presets = state.overlay { return [("↑↓", "row"), ("enter", "compose"), ("esc", "leave")] }
        if case .options(let options) = state.overlay, options.field == nil {
            return [("↑↓", "row"), ("← →", "change"), ("enter", "keep"), ("esc", "put back")]
        }
        if state.overlay != nil || state.composer.editing != nil || state.digits.typing != nil
            || state.runs.typing != nil
        {
            return [("enter", "take over"), ("esc", "leave")]
        }
        var hints: [(key: String, label: String)] = []
        var last: [(key: String, label: String)] = []
        let contexts = state.keyContexts
        for binding in KeyMap.bindings where !binding.label.isEmpty && contexts.contains(binding.context) {
            // A narrower context may have the key for something else.
            guard let key = binding.keys.first, KeyMap.command(for: key, in: contexts) == binding.command,
                state.disabledReason(binding.command) == nil
            else { continue }
            switch binding.command {
            case .help, .quit: last.append((binding.name, binding.label))
            case .playPause: hints.insert((binding.name, playLabel(state)), at: 0)
            case .rateUp: hints.append(("[ ]", binding.label))
            case .slide: hints.append(("H L", binding.label))
            case .toggleAutoRun: hints.append((binding.name, state.autoRun ? "auto-run off" : "auto-run"))
            case .back where state.screen == .lab && state.cameFrom.isEmpty: continue
            case .open where binding.context == .everywhere && contexts[0] == .composer: continue
            case .open where binding.context == .everywhere && state.screen != .lab: continue
            case .open where binding.context == .digits && state.screen == .lab: continue
            case .focusNext where state.screen != .lab: continue
            default: hints.append((binding.name, binding.label))
            }
        }
        return hints + last
    }

    private static func playLabel(_ state: DashboardState) -> String {
        switch state.run?.state {
        case .running: "pause"
        case .paused: "go on"
        default: "train"
        }
    }
}
