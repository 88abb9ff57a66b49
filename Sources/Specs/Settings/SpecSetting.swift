/// One setting of the spec language: how its text becomes part of a configuration and comes back from it.
///
/// The parser, the printer, the checks, the help and the composer's rows all use the table `SpecSetting.all`.
public struct SpecSetting: Sendable {
    /// What kind of value it has.
    public enum Kind: Sendable, Equatable {
        /// A number within the range, or `none` where the range allows that.
        case number(SettingRange)
        /// Numbers, each within the range.
        case list(SettingRange)
        /// A number within the range, or two with `..` between them.
        case interval(SettingRange)
        /// Any whole number of 64 bits, of which a range's ends can't tell the greatest ones apart.
        case seed
        /// The digest of weights, or `none`.
        case digest
        /// The valid texts in order.
        case choice([String])
    }

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

    // MARK: - Values

    /// The range of its numbers; nil where its values are words, or a seed.
    public var range: SettingRange? {
        switch kind {
        case .number(let range), .list(let range), .interval(let range): range
        case .seed, .digest, .choice: nil
        }
    }

    /// Whether its value is one number.
    public var isNumber: Bool {
        switch kind {
        case .number, .seed: true
        case .list, .interval, .digest, .choice: false
        }
    }

    /// The valid values, as an error message says it: the valid texts, or the range.
    public var expected: String {
        switch kind {
        case .number(let range), .list(let range): range.expected
        case .interval(let range): range.intervalExpected
        case .seed: SpecRules.seeds
        case .digest: WeightDigest.expected
        case .choice(let texts): texts.joined(separator: " ")
        }
    }

    /// The text one step above or below the value of a configuration; words go round.
    ///
    /// - Returns: nil where there is no such step.
    public func next(by step: Int, in training: TrainingConfiguration) -> String? {
        let text = text(in: training)
        switch kind {
        case .number(let range): return range.next(text, by: step)
        case .interval(let range): return text.contains(SettingRange.intervalSign) ? nil : range.next(text, by: step)
        case .list, .digest: return nil
        case .seed:
            let seed = training.seed
            return "\(step > 0 ? seed &+ UInt64(step) : seed - min(seed, UInt64(-step)))"
        case .choice(let texts):
            guard let index = texts.firstIndex(of: text) else { return nil }
            return texts[((index + step) % texts.count + texts.count) % texts.count]
        }
    }
}
