/// Why a setting has no effect here: what it needs is missing. The texts are made only where an error message needs
/// them, as the composer asks for every setting at every frame.
enum MissingCompanion {
    /// Another optimizer is there; the setting belongs to these.
    case optimizer(Optimizer.Kind, of: [Optimizer.Kind])
    case schedule(LearningRateSchedule.Kind, of: [LearningRateSchedule.Kind])
    case loss(Loss.Kind, of: [Loss.Kind])
    case initializer(Initializer, of: [Initializer])
    case split(HoldingOut, of: [HoldingOut])
    /// None of these settings is there.
    case setting([SpecKey])

    /// Why the setting has no effect.
    func problem(_ key: SpecKey) -> String {
        switch self {
        case .optimizer(let kind, _): "\(kind.rawValue) has no \(key.rawValue)"
        case .schedule(let kind, _): "schedule=\(kind.rawValue) has no \(key.rawValue)"
        case .loss(let kind, _): "loss=\(kind.rawValue) has no \(key.rawValue)"
        case .initializer(let kind, _): "init=\(kind.rawValue) has no \(key.rawValue)"
        case .split(let kind, _): "split=\(kind.rawValue) has no \(key.rawValue)"
        case .setting: "\(key.rawValue) without \(companions)"
        }
    }

    /// What the setting needs.
    func expected(_ key: SpecKey) -> String { "\(key.rawValue) with \(companions) only" }

    private var companions: String {
        let words =
            switch self {
            case .optimizer(_, let kinds): kinds.map(\.rawValue)
            case .schedule(_, let kinds): kinds.map { "schedule=\($0.rawValue)" }
            case .loss(_, let kinds): kinds.map { "loss=\($0.rawValue)" }
            case .initializer(_, let kinds): kinds.map { "init=\($0.rawValue)" }
            case .split(_, let kinds): kinds.map { "split=\($0.rawValue)" }
            case .setting(let keys): keys.map(\.rawValue)
            }
        let last = words.suffix(2).joined(separator: " or ")
        return (words.dropLast(2) + [last]).joined(separator: ", ")
    }
}
