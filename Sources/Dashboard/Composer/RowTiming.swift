import Specs

/// When a change of a composer's row takes effect on the present run.
enum RowTiming {
    /// There is no run, or the row has the run's value and would wait for the next start.
    case idle
    /// At once.
    case live
    /// The row differs from the run: it waits for the next start.
    case waits
}

extension Shared {
    func timing(of row: ComposerRow) -> RowTiming {
        guard let run = sessionRun else { return .idle }
        if differs(row, run.liveSpec) { return .waits }
        guard case .setting(let key) = row, LiveSetting.keys.contains(key) else { return .idle }
        return run.isAlive ? .live : .idle
    }

    private func differs(_ row: ComposerRow, _ live: ExperimentSpec) -> Bool {
        let spec = composer.spec
        switch row {
        case .input, .output: return false
        // Layers that the run has and the composer has not stand nowhere else.
        case .addLayer: return spec.network.hidden.count < live.network.hidden.count
        case .layer(let index):
            guard live.network.hidden.indices.contains(index) else { return true }
            return spec.network.hidden[index] != live.network.hidden[index]
        case .optimizer: return spec.training.optimizer.kind != live.training.optimizer.kind
        case .setting(let key):
            let setting = SpecSetting.of(key)
            return !key.isUsed(in: live.training) || setting.text(in: spec.training) != setting.text(in: live.training)
        }
    }

    /// Shows when an edit takes effect, if there is a run that it concerns.
    ///
    /// - Parameter isLive: whether the run has the change.
    mutating func announceEdit(isLive: Bool) {
        guard let run, run.isAlive, !autoRun, message == nil else { return }
        if isEdited {
            message = .note(
                (isLive ? "partly in force, the rest waits" : "waits") + " for the next start: \(key(.again)) starts it"
            )
        } else {
            message = .note(isLive ? "in force from the next batch on" : "as the run has it")
        }
    }
}
