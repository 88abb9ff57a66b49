/// The settings of the spec language, in the order in which they are printed.
public enum SpecKey: String, CaseIterable, Sendable {
    case lr, batch, epochs, seed, from
    case momentum, nesterov, beta1, beta2, rho, epsilon, centered, amsgrad, accumulator, power
    case beta2decay, epsilon1, epsilon2, clipthreshold, warmupsteps
    case wd, clipnorm, globalclipnorm, clipvalue, ema, emaevery
    case schedule, decaysteps, decayrate, staircase, lrend, lrpower, cycle, alpha, tmul, mmul
    case boundaries, rates, rise, startdiv, enddiv, warmup
    case val, split, splitseed, classweight
    case scale, deslant, width
    case augment, rotate, shear, stretch, shift, bend, noise, erase, mild, strength
    case initializer = "init", initscale, initmode, initdistribution, l1, l2, maxnorm
    case loss, smooth, focalalpha, focalgamma
    case teacher, temp, hard
    case monitor, patience, mindelta, restore, plateau, factor, plateaudelta, cooldown, minlr

    /// Settings that decide which other settings have a meaning; they are read first.
    public static let deciding: [SpecKey] = [
        .schedule, .initializer, .loss, .split, .patience, .restore, .plateau, .ema, .augment,
        .teacher,
    ]

    /// The preset of the augmentation, then its parts.
    public static let augmentation: [SpecKey] = [
        .augment, .rotate, .shear, .stretch, .shift, .bend, .noise, .erase, .mild, .strength,
    ]

    /// How all images are brought into one form before anything else, and how training images are distorted.
    public static let images: [SpecKey] = [.deslant, .width] + augmentation

    /// Settings that are printed even where they have their defaults.
    static let alwaysPrinted: Set<SpecKey> = [.lr, .batch, .epochs, .seed]

    /// Whether the setting has a meaning beside the others.
    public func isUsed(in training: TrainingConfiguration) -> Bool {
        missing(in: training) == nil
    }

    /// What the setting needs and does not find; nil where the setting has a meaning.
    func missing(in training: TrainingConfiguration) -> MissingCompanion? {
        if let kinds = Self.optimizers[self] {
            return kinds.contains(training.optimizer.kind) ? nil : .optimizer(training.optimizer.kind, of: kinds)
        }
        if let kinds = Self.schedules[self] {
            return kinds.contains(training.schedule.kind) ? nil : .schedule(training.schedule.kind, of: kinds)
        }
        if let kinds = Self.losses[self] {
            return kinds.contains(training.loss.kind) ? nil : .loss(training.loss.kind, of: kinds)
        }
        if let kinds = Self.initializers[self] {
            return kinds.contains(training.initializer) ? nil : .initializer(training.initializer, of: kinds)
        }
        if let kinds = Self.splits[self] {
            return kinds.contains(training.split) ? nil : .split(training.split, of: kinds)
        }
        switch self {
        case .temp where training.distillation.teacher == nil, .hard where training.distillation.teacher == nil:
            return .setting([.teacher])
        case .emaevery where training.averaging == nil: return .setting([.ema])
        case .mindelta where training.earlyStopping.patience == nil && !training.earlyStopping.restoresBest:
            return .setting([.patience, .restore])
        case .monitor
        where training.earlyStopping.patience == nil && !training.earlyStopping.restoresBest
            && training.plateau.patience == nil:
            return .setting([.patience, .restore, .plateau])
        case .factor where training.plateau.patience == nil, .plateaudelta where training.plateau.patience == nil,
            .cooldown where training.plateau.patience == nil, .minlr where training.plateau.patience == nil:
            return .setting([.plateau])
        default: return nil
        }
    }

    private static let optimizers = owners(Optimizer.Kind.allCases, \.settings)
    private static let schedules = owners(LearningRateSchedule.Kind.allCases, \.settings)
    private static let losses = owners(Loss.Kind.allCases, \.settings)
    private static let initializers = owners(Initializer.allCases, \.settings)
    private static let splits = owners(HoldingOut.allCases, \.settings)

    private static func owners<Kind>(_ kinds: [Kind], _ settings: (Kind) -> [SpecKey]) -> [SpecKey: [Kind]] {
        var owners: [SpecKey: [Kind]] = [:]
        for kind in kinds { for key in settings(kind) { owners[key, default: []].append(kind) } }
        return owners
    }
}

extension TrainingConfiguration {
    /// A network before the first step, in words; one that began with saved weights is not untrained.
    public var startWords: String { from == nil ? "untrained" : "at the start" }

    /// The defaults of all settings beside this optimizer.
    public var defaults: TrainingConfiguration {
        var defaults = TrainingConfiguration()
        defaults.optimizer = Optimizer(optimizer.kind)
        return defaults
    }

    /// The value that a setting has where a line with this optimizer and this preset of the augmentation does not name it.
    func standard(of setting: SpecSetting) -> String {
        var defaults = defaults
        if setting.key != .augment { defaults.augmentation = Augmentation(augmentation.preset) }
        return setting.text(in: defaults)
    }

    /// Whether a setting has the value that it has where the line does not name it.
    public func hasDefault(of setting: SpecSetting) -> Bool { setting.text(in: self) == standard(of: setting) }

    /// Settings that don't have their defaults, as a line says them: `augment=elastic shear=10`; empty where all have.
    public func words(of keys: [SpecKey]) -> String {
        keys.map(SpecSetting.of).filter { !hasDefault(of: $0) }
            .map { "\($0.key.rawValue)=\($0.text(in: self))" }.joined(separator: " ")
    }

    /// Puts settings that have no meaning beside the others back to their defaults, so that equal lines are equal
    /// values.
    public mutating func resetUnused() {
        let defaults = defaults
        for setting in SpecSetting.all where !setting.key.isUsed(in: self) {
            // A test checks that the default's text is valid.
            if let reset = try? setting.reading(setting.text(in: defaults), into: self) { self = reset }
        }
    }
}
