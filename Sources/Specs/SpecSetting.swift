/// One setting of the spec language: how its text becomes part of a configuration and comes back from it.
///
/// The parser, the printer, the checks and the composer's rows all use the table `SpecSetting.all`.
public struct SpecSetting: Sendable {
    /// What kind of value it is: how it can be stepped.
    public enum Kind: Sendable, Equatable {
        case whole, number, list
        /// The valid texts in order.
        case choice([String])
    }

    typealias Path<Value> = WritableKeyPath<TrainingConfiguration, Value> & Sendable

    /// The setting's name.
    public let key: SpecKey
    /// What kind of value it has.
    public let kind: Kind
    let read: @Sendable (String, inout TrainingConfiguration) throws(SpecError) -> Void
    let text: @Sendable (TrainingConfiguration) -> String

    /// The setting's value in the spec language; `none` where an optional one is off.
    public func text(in training: TrainingConfiguration) -> String { text(training) }

    /// The configuration with the setting read from its text.
    ///
    /// - Throws: `SpecError` for a text that is not valid.
    public func reading(_ text: String, into training: TrainingConfiguration) throws(SpecError)
        -> TrainingConfiguration
    {
        var new = training
        do throws(SpecError) {
            try read(text, &new)
        } catch {
            throw error.within("\(key.rawValue)=\(text)", prefix: "\(key.rawValue)=")
        }
        return new
    }

    /// The setting with that name.
    public static func of(_ key: SpecKey) -> SpecSetting {
        guard let setting = byKey[key] else { preconditionFailure("every key has a setting: \(key)") }
        return setting
    }

    private static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

    // MARK: - Kinds of settings

    static func number(
        _ key: SpecKey, _ path: Path<Double>, _ rule: @escaping @Sendable (String) -> Result<Double, SpecError>
    ) -> SpecSetting {
        SpecSetting(
            key: key, kind: .number,
            read: { (text, training) throws(SpecError) in training[keyPath: path] = try rule(text).get() },
            text: { NumberText.short($0[keyPath: path]) })
    }

    static func whole(
        _ key: SpecKey, _ path: Path<Int>, _ rule: @escaping @Sendable (String) -> Result<Int, SpecError>
    ) -> SpecSetting {
        SpecSetting(
            key: key, kind: .whole,
            read: { (text, training) throws(SpecError) in training[keyPath: path] = try rule(text).get() },
            text: { "\($0[keyPath: path])" })
    }

    static func optional(
        _ key: SpecKey, _ path: Path<Double?>, _ rule: @escaping @Sendable (String) -> Result<Double, SpecError>
    ) -> SpecSetting {
        SpecSetting(
            key: key, kind: .number,
            read: { (text, training) throws(SpecError) in
                training[keyPath: path] = isNone(text) ? nil : try rule(text).get()
            },
            text: { $0[keyPath: path].map(NumberText.short) ?? "none" })
    }

    static func optional(
        _ key: SpecKey, _ path: Path<Int?>, _ rule: @escaping @Sendable (String) -> Result<Int, SpecError>
    ) -> SpecSetting {
        SpecSetting(
            key: key, kind: .whole,
            read: { (text, training) throws(SpecError) in
                training[keyPath: path] = isNone(text) ? nil : try rule(text).get()
            },
            text: { training in training[keyPath: path].map { "\($0)" } ?? "none" })
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

    static func isNone(_ text: String) -> Bool { text.lowercased() == "none" }
}
