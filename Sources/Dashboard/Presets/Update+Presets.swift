import Specs
import TerminalUI

extension DashboardState {
    /// Opens the list, at the preset in the composer if there is one.
    mutating func openPresets() {
        overlay = .presets(cursor: Presets.all.firstIndex { shared.fitted($0) == shared.composer.spec } ?? 0)
    }

    mutating func pressed(_ key: Key, inPresets cursor: Int) -> [Effect] {
        let last = Presets.all.count - 1
        let verb = shared.keys.verb(of: key)
        switch key {
        case .control("c"): return quitAsked()
        case _ where verb == .presets || verb == .quit: overlay = nil
        case .up, "k", .backTab: overlay = .presets(cursor: max(0, cursor - 1))
        case .down, "j", .tab: overlay = .presets(cursor: min(last, cursor + 1))
        case .home, .pageUp, "g": overlay = .presets(cursor: 0)
        case .end, .pageDown, "G": overlay = .presets(cursor: last)
        case .enter, " ": return takePreset(cursor)
        case .escape: overlay = nil
        default: break
        }
        return []
    }

    /// A click loads a preset; the wheel moves the cursor.
    mutating func pointed(_ event: MouseEvent, inPresets cursor: Int) -> [Effect] {
        switch event.kind {
        case .scrollUp: return pressed(.up, inPresets: cursor)
        case .scrollDown: return pressed(.down, inPresets: cursor)
        case .press:
            return PresetsLayout(shared, cursor: cursor).row(atX: event.x, y: event.y).map { takePreset($0) } ?? []
        case .drag, .release: return []
        }
    }

    /// Loads a preset's spec into the composer; undo restores the spec before.
    private mutating func takePreset(_ index: Int) -> [Effect] {
        let preset = Presets.all[index]
        let spec = shared.fitted(preset)
        overlay = nil
        shared.message = nil
        guard spec != shared.composer.spec else {
            shared.message = .note("the composer holds \(preset.name) already")
            return []
        }
        if let refusal = shared.refusal(toEdit: spec) {
            shared.refuse(refusal)
            return []
        }
        let effects = shared.edited(to: spec)
        if shared.message?.kind != .error {
            shared.message = .note("\(preset.name): \(preset.summary); \(shared.key(.undo)) brings back what was there")
        }
        return effects
    }
}

extension Shared {
    /// A preset's spec for the images of the loaded data set.
    func fitted(_ preset: Preset) -> ExperimentSpec {
        var spec = preset.spec
        (spec.network.inputs, spec.network.classes) = (composer.spec.network.inputs, composer.spec.network.classes)
        return spec
    }
}
