import Configuration

/// What the configuration file says of the curves.
extension CurvesScreen {
    package func value(of preference: Preference) -> ConfigurationValue? {
        switch preference {
        case .smoothing: .number(smoothing.weight)
        case .logarithmicLoss: .flag(logarithmic)
        case .batches: .flag(perBatch)
        default: nil
        }
    }

    package mutating func apply(_ value: ConfigurationValue, to preference: Preference, _ shared: Shared) {
        switch (preference, value) {
        case (.smoothing, .number(let weight)): smoothing = Smoothing(weight: weight)
        case (.logarithmicLoss, .flag(let isOn)): logarithmic = isOn
        case (.batches, .flag(let isOn)): if perBatch != isOn { setAxis(isOn ? .steps : .epochs, shared) }
        default: break
        }
    }
}
