import Configuration

/// What the configuration file says of the curves.
extension CurvesScreen {
    package func value(of preference: Preference) -> ConfigurationValue? {
        switch preference {
        case .smoothing: .number(smoothing.weight)
        case .logarithmicLoss: .flag(logarithmic)
        case .axis: .text(axis.name)
        case .band: .text(band.name)
        case .outliers: .flag(showsOutliers)
        default: nil
        }
    }

    package mutating func apply(_ value: ConfigurationValue, to preference: Preference, _ shared: Shared) {
        switch (preference, value) {
        case (.smoothing, .number(let weight)): smoothing = Smoothing(weight: weight)
        case (.logarithmicLoss, .flag(let isOn)): logarithmic = isOn
        case (.axis, .text(let name)): if let axis = CurveAxis(name: name) { setAxis(axis, shared) }
        case (.band, .text(let name)): band = BatchBand(name: name) ?? band
        case (.outliers, .flag(let isOn)): showsOutliers = isOn
        default: break
        }
    }
}
