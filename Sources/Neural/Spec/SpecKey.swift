/// The settings of the spec language, in the order in which they are printed.
public enum SpecKey: String, CaseIterable, Sendable {
    case lr, batch, epochs, seed
    case momentum, nesterov, beta1, beta2, rho, epsilon, centered, amsgrad, accumulator, power
    case wd, clipnorm, globalclipnorm, clipvalue, ema, emaevery
    case schedule, decaysteps, decayrate, staircase, lrend, lrpower, cycle, alpha, tmul, mmul
    case boundaries, rates, rise, startdiv, enddiv, warmup
    case val, scale, initializer = "init", l1, l2, maxnorm
    case loss, smooth, focalalpha, focalgamma
    case monitor, patience, mindelta, restore, plateau, factor, plateaudelta, cooldown, minlr

    /// Settings that decide which others there are; they are read first.
    static let deciding: [SpecKey] = [.schedule, .loss, .patience, .restore, .plateau, .ema]

    /// Settings that are printed even where they have their defaults.
    static let alwaysPrinted: Set<SpecKey> = [.lr, .batch, .epochs, .seed]

    /// Whether the setting has a meaning beside the others.
    public func isUsed(in training: TrainingConfiguration) -> Bool {
        missing(in: training) == nil
    }

    /// What stands against the setting, and what it would go with; nil where nothing does.
    func missing(in training: TrainingConfiguration) -> (problem: String, expected: String)? {
        if let kinds = Self.optimizers[self] {
            guard !kinds.contains(training.optimizer.kind) else { return nil }
            return has("\(training.optimizer.name)", kinds.map(\.rawValue))
        }
        if let kinds = Self.schedules[self] {
            guard !kinds.contains(training.schedule.kind) else { return nil }
            return has("schedule=\(training.schedule.kind.rawValue)", kinds.map { "schedule=\($0.rawValue)" })
        }
        if let kinds = Self.losses[self] {
            guard !kinds.contains(training.loss.kind) else { return nil }
            return has("loss=\(training.loss.kind.rawValue)", kinds.map { "loss=\($0.rawValue)" })
        }
        switch self {
        case .emaevery where training.averaging == nil: return without(["ema"])
        case .mindelta where training.earlyStopping.patience == nil && !training.earlyStopping.restoresBest:
            return without(["patience", "restore"])
        case .monitor
        where training.earlyStopping.patience == nil && !training.earlyStopping.restoresBest
            && training.plateau.patience == nil:
            return without(["patience", "restore", "plateau"])
        case .factor where training.plateau.patience == nil, .plateaudelta where training.plateau.patience == nil,
            .cooldown where training.plateau.patience == nil, .minlr where training.plateau.patience == nil:
            return without(["plateau"])
        default: return nil
        }
    }

    private func has(_ owner: String, _ others: [String]) -> (problem: String, expected: String) {
        ("\(owner) has no \(rawValue)", "\(rawValue) with \(others.joined(separator: " or ")) only")
    }

    private func without(_ others: [String]) -> (problem: String, expected: String) {
        let names = others.joined(separator: " or ")
        return ("\(rawValue) without \(names)", "\(rawValue) with \(names) only")
    }

    private static let optimizers = owners(Optimizer.Kind.allCases, \.settings)
    private static let schedules = owners(LearningRateSchedule.Kind.allCases, \.settings)
    private static let losses = owners(Loss.Kind.allCases, \.settings)

    private static func owners<Kind>(_ kinds: [Kind], _ settings: (Kind) -> [SpecKey]) -> [SpecKey: [Kind]] {
        var owners: [SpecKey: [Kind]] = [:]
        for kind in kinds { for key in settings(kind) { owners[key, default: []].append(kind) } }
        return owners
    }
}

extension TrainingConfiguration {
    /// Puts settings that have no meaning beside the others back to their defaults, so that equal lines are equal
    /// values.
    public mutating func resetUnused() {
        var defaults = TrainingConfiguration()
        defaults.optimizer = Optimizer(optimizer.kind)
        for setting in SpecSetting.all where !setting.key.isUsed(in: self) {
            // The default's text is valid by the table's own test.
            if let reset = try? setting.reading(setting.text(in: defaults), into: self) { self = reset }
        }
    }
}
