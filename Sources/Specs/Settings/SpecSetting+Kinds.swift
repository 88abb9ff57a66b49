/// How settings of each kind are read and printed.
extension SpecSetting {
    typealias Path<Value> = WritableKeyPath<TrainingConfiguration, Value> & Sendable

    // MARK: - Numbers

    static func number(_ key: SpecKey, _ path: Path<Double>, _ range: SettingRange) -> SpecSetting {
        SpecSetting(
            key: key, kind: .number(range),
            read: { (text, training) throws(SpecError) in training[keyPath: path] = try range.number(text) },
            text: { range.text($0[keyPath: path]) })
    }

    static func whole(_ key: SpecKey, _ path: Path<Int>, _ range: SettingRange) -> SpecSetting {
        SpecSetting(
            key: key, kind: .number(range),
            read: { (text, training) throws(SpecError) in training[keyPath: path] = try range.whole(text) },
            text: { "\($0[keyPath: path])" })
    }

    static func optional(_ key: SpecKey, _ path: Path<Double?>, _ range: SettingRange) -> SpecSetting {
        let range = range.orNone
        return SpecSetting(
            key: key, kind: .number(range),
            read: { (text, training) throws(SpecError) in training[keyPath: path] = try range.value(text) },
            text: { $0[keyPath: path].map(range.text) ?? "none" })
    }

    static func optional(_ key: SpecKey, _ path: Path<Int?>, _ range: SettingRange) -> SpecSetting {
        let range = range.orNone
        return SpecSetting(
            key: key, kind: .number(range),
            read: { (text, training) throws(SpecError) in
                training[keyPath: path] = try range.value(text).map { Int($0) }
            },
            text: { training in training[keyPath: path].map { "\($0)" } ?? "none" })
    }

    /// One way to clip gradients: setting it takes the place of another, and switching it off leaves another as it is.
    static func clipping(
        _ key: SpecKey, _ make: @escaping @Sendable (Double) -> GradientClipping, _ range: SettingRange,
        _ bound: @escaping @Sendable (GradientClipping) -> Double?
    ) -> SpecSetting {
        let range = range.orNone
        return SpecSetting(
            key: key, kind: .number(range),
            read: { (text, training) throws(SpecError) in
                if let value = try range.value(text) {
                    training.clipping = make(value)
                } else if let now = training.clipping, bound(now) != nil {
                    training.clipping = nil
                }
            },
            text: { $0.clipping.flatMap(bound).map(range.text) ?? "none" })
    }

    /// The share that the average of the weights keeps; how often it replaces them stays as it is.
    static func averaging(_ range: SettingRange) -> SpecSetting {
        let range = range.orNone
        return SpecSetting(
            key: .ema, kind: .number(range),
            read: { (text, training) throws(SpecError) in
                training.averaging = try range.value(text).map {
                    WeightAveraging(momentum: $0, overwriteEvery: training.averaging?.overwriteEvery)
                }
            },
            text: { $0.averaging.map { range.text($0.momentum) } ?? "none" })
    }

    // MARK: - Intervals

    static func interval(_ key: SpecKey, _ path: Path<SettingInterval>, _ range: SettingRange) -> SpecSetting {
        SpecSetting(
            key: key, kind: .interval(range),
            read: { (text, training) throws(SpecError) in
                training[keyPath: path] = try range.interval(text, rises: false)
            },
            text: { range.text($0[keyPath: path]) })
    }

    /// One whose first number is not above its last.
    static func rising(_ key: SpecKey, _ path: Path<SettingInterval?>, _ range: SettingRange) -> SpecSetting {
        let range = range.orNone
        return SpecSetting(
            key: key, kind: .interval(range),
            read: { (text, training) throws(SpecError) in
                let isNone = SettingRange.isNone(text)
                training[keyPath: path] = isNone ? nil : try range.interval(text, rises: true)
            },
            text: { $0[keyPath: path].map(range.text) ?? "none" })
    }

    // MARK: - Lists

    static func numbers(_ key: SpecKey, _ path: Path<[Double]>, _ range: SettingRange) -> SpecSetting {
        list(key, path, range, range.number, range.text)
    }

    static func wholes(_ key: SpecKey, _ path: Path<[Int]>, _ range: SettingRange) -> SpecSetting {
        list(key, path, range, range.whole) { "\($0)" }
    }

    private static func list<Value: Sendable>(
        _ key: SpecKey, _ path: Path<[Value]>, _ range: SettingRange,
        _ read: @escaping @Sendable (String) throws(SpecError) -> Value, _ print: @escaping @Sendable (Value) -> String
    ) -> SpecSetting {
        SpecSetting(
            key: key, kind: .list(range),
            read: { (text, training) throws(SpecError) in
                let isEmpty = SettingRange.isNone(text)
                let entries = isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
                var values: [Value] = []
                for entry in entries { values.append(try read(String(entry))) }
                training[keyPath: path] = values
            },
            text: { $0[keyPath: path].isEmpty ? "none" : $0[keyPath: path].map(print).joined(separator: ",") })
    }

    // MARK: - Words

    static func digest(_ key: SpecKey, _ path: Path<WeightDigest?>) -> SpecSetting {
        SpecSetting(
            key: key, kind: .digest,
            read: { (text, training) throws(SpecError) in
                training[keyPath: path] = SettingRange.isNone(text) ? nil : try WeightDigest(word: text)
            },
            text: { $0[keyPath: path]?.description ?? "none" })
    }

    static func flag(_ key: SpecKey, _ path: Path<Bool>) -> SpecSetting {
        SpecSetting(
            key: key, kind: .choice(["false", "true"]),
            read: { (text, training) throws(SpecError) in training[keyPath: path] = try SpecRules.flag(text).get() },
            text: { $0[keyPath: path] ? "true" : "false" })
    }

    static func choice<Value: CaseIterable & RawRepresentable & Sendable>(
        _ key: SpecKey, _ path: Path<Value>, _ what: String, aliases: [String: Value] = [:]
    ) -> SpecSetting where Value.RawValue == String {
        SpecSetting(
            key: key, kind: .choice(Value.allCases.map(\.rawValue)),
            read: { (text, training) throws(SpecError) in
                if let value = aliases[text.lowercased()] {
                    training[keyPath: path] = value
                } else {
                    training[keyPath: path] = try SpecRules.choice(text, what).get()
                }
            },
            text: { $0[keyPath: path].rawValue })
    }
}

extension TrainingConfiguration {
    /// Steps after which the average also replaces the weights; nothing to set where there is no average.
    var averageEvery: Int? {
        get { averaging?.overwriteEvery }
        set { averaging?.overwriteEvery = newValue }
    }
}
