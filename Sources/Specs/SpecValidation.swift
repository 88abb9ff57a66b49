extension ExperimentSpec {
    /// Checks all values, wherever they come from.
    ///
    /// - Throws: `SpecError` for the first value out of its range, or two that contradict each other.
    public func validate() throws(SpecError) {
        guard network.hidden.count <= SpecRules.mostLayers else {
            throw SpecRules.tooManyLayers(network.chain, network.hidden.count)
        }
        for layer in network.hidden { try layer.validate() }
        for setting in SpecSetting.all where setting.key.isUsed(in: training) {
            _ = try setting.reading(setting.text(in: training), into: training)
        }
        try training.refuseContradictions()
        if let label = training.augmentation.mild.first(where: { $0 >= network.classes }) {
            throw SpecError(
                "mild=\(SpecSetting.of(.mild).text(in: training))", "there is no class \(label)",
                expected: "numbers from 0 to \(network.classes - 1)")
        }
    }
}

extension HiddenLayer {
    fileprivate func validate() throws(SpecError) {
        _ = try SettingRange.units.whole("\(units)")
        _ = try SettingRange.dropout.number("\(dropout)")
        _ = try SettingRange.noise.number("\(noise)")
        try activation.validate()
    }
}

extension TrainingConfiguration {
    /// Throws where two settings contradict each other, and names both.
    fileprivate func refuseContradictions() throws(SpecError) {
        let stopping = earlyStopping
        let watches = stopping.patience != nil || stopping.restoresBest || plateau.patience != nil
        if watches, stopping.monitor.needsValidation, validation == 0 {
            throw SpecError(
                "monitor=\(stopping.monitor.rawValue)", "val=0 leaves no validation rows to watch",
                expected: "monitor=loss or monitor=accuracy, or val above 0")
        }
        if split != .last, validation == 0 {
            throw SpecError(
                "split=\(split.rawValue)", "val=0 holds no rows out", expected: "split=last, or val above 0")
        }
        if let refusal = optimizer.kind.entry.refusal(optimizer) { throw refusal }
        try refuseScheduleContradictions()
    }

    private func refuseScheduleContradictions() throws(SpecError) {
        if plateau.patience != nil, schedule.kind != .constant {
            throw SpecError(
                "plateau=\(plateau.patience ?? 0)", "schedule=\(schedule.kind.rawValue) sets the rate already",
                expected: "one of plateau and schedule")
        }
        if SpecKey.warmup.isUsed(in: self), schedule.warmup > Double(epochs) {
            throw SpecError(
                "warmup=\(SpecNumber.short(schedule.warmup))", "longer than the run of epochs=\(epochs)",
                expected: "at most \(epochs) epochs of warm-up")
        }
        guard schedule.kind == .piecewise else { return }
        let (boundaries, rates) = (schedule.boundaries, schedule.rates)
        guard rates.count == boundaries.count + 1, !boundaries.isEmpty else {
            throw SpecError(
                "schedule=piecewise", "\(boundaries.count) boundaries and \(rates.count) rates",
                expected: "one rate more than boundaries, such as boundaries=1000,2000 rates=1e-3,5e-4,1e-4")
        }
        guard zip(boundaries, boundaries.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw SpecError(
                "boundaries=\(boundaries.map(String.init).joined(separator: ","))", "not in rising order",
                expected: "steps in rising order")
        }
    }
}

extension SpecRules {
    static func tooManyLayers(_ word: String, _ count: Int) -> SpecError {
        let shown = word.count > 40 ? word.prefix(40) + "…" : word[...]
        return SpecError(String(shown), "\(count) hidden layers", expected: "at most \(mostLayers)")
    }
}
