extension RunLine {
    /// Reads a run's line: a spec, then places with what is changed there, then perhaps a comment.
    ///
    /// - Parameters:
    ///   - line: such as `200tanh epochs=20 @3+100 lr=3e-3 @20 epochs=30`.
    ///   - inputs: pixels of an image.
    ///   - classes: of the data set.
    /// - Throws: `SpecError` for the first word at fault.
    public init(parsing line: String, inputs: Int = 784, classes: Int = 10) throws(SpecError) {
        let parts = Parts(line)
        let spec = try ExperimentSpec(parsing: parts.spec, inputs: inputs, classes: classes)
        var reader = ChangeReader(spec)
        for word in parts.changes { try reader.take(word) }
        self.init(spec: spec, changes: try reader.finish(), origin: parts.origin)
    }

    /// A line taken apart at its first place and its comment.
    public struct Parts: Equatable, Sendable {
        /// The layers and settings alone.
        public var spec: String
        /// The words of the changes, such as `@12+844` and `lr=3e-3`.
        public var changes: [String]
        /// What the comment says, if there is one.
        public var origin: LineOrigin?

        /// Takes a line apart; nothing is checked yet.
        public init(_ line: String) {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            let body = words.prefix { !$0.hasPrefix("#") }
            let comment = words.dropFirst(body.count)
            let settings = body.prefix { !$0.hasPrefix("@") }
            spec = settings.joined(separator: " ")
            changes = Array(body.dropFirst(settings.count))
            origin = comment.isEmpty ? nil : LineOrigin(words: comment)
        }
    }
}

extension [LiveChange] {
    /// Reads changes alone: `@12+844 lr=3e-3 @40 epochs=61`, or nothing.
    ///
    /// - Parameter spec: the spec that they change.
    /// - Throws: `SpecError` for the first word at fault.
    public init(parsing text: String, of spec: ExperimentSpec) throws(SpecError) {
        var reader = ChangeReader(spec)
        for word in text.split(whereSeparator: \.isWhitespace).map(String.init) { try reader.take(word) }
        self = try reader.finish()
    }
}

/// Reads changes word by word, and checks each against the run as it is at that place.
private struct ChangeReader {
    /// With the changes so far.
    private var spec: ExperimentSpec
    private var changes: [LiveChange] = []
    private var place: RunPlace?
    /// Whether something stands behind the newest place.
    private var isUsed = true
    private var hasStopped = false

    init(_ spec: ExperimentSpec) { self.spec = spec }

    mutating func take(_ word: String) throws(SpecError) {
        if hasStopped { throw SpecError(word, "something behind a stop", expected: "stop as the last word") }
        if word.hasPrefix("@") { return try takePlace(word) }
        guard let place else {
            throw SpecError(word, "a change without a place", expected: "a place such as @12+844 before it")
        }
        let setting: LiveSetting
        do throws(SpecError) { setting = try self.setting(word, at: place) } catch {
            throw SpecError("\(place) \(error.word)", error.problem, expected: error.expected, nearest: error.nearest)
        }
        isUsed = true
        changes.append(LiveChange(setting, at: place))
        spec.apply(setting)
        hasStopped = setting == .stop
    }

    consuming func finish() throws(SpecError) -> [LiveChange] {
        try refuseUnused()
        return changes
    }

    private func refuseUnused() throws(SpecError) {
        if let place, !isUsed {
            throw SpecError("\(place)", "a place without a change", expected: "\(Self.settings) behind it")
        }
    }

    private static let settings: String = {
        let names = LiveSetting.keys.map { "\($0.rawValue)=" }
        return (names.prefix(1) + ["drop1="] + names.dropFirst()).joined(separator: ", ") + " or stop"
    }()

    private mutating func takePlace(_ word: String) throws(SpecError) {
        try refuseUnused()
        let numbers = word.dropFirst().split(separator: "+", omittingEmptySubsequences: false)
        let isWritten =
            (1...2).contains(numbers.count)
            && numbers.allSatisfy { !$0.isEmpty && $0.count <= 10 && $0.allSatisfy(\.isASCIIDigit) }
        guard isWritten, let epoch = Int(numbers[0]), let batch = numbers.count == 2 ? Int(numbers[1]) : 0 else {
            throw SpecError(
                word, "not a place", expected: "@EPOCHS or @EPOCHS+BATCHES that are done, such as @12+844")
        }
        let new = RunPlace(epoch: epoch, batch: batch)
        if let place, new <= place {
            throw SpecError(word, "not behind \(place)", expected: "places in the order of the training")
        }
        if new > RunPlace(epoch: spec.training.epochs) {
            throw SpecError(
                word, "behind the run's end after \(spec.training.epochs) epochs",
                expected: "a place up to @\(spec.training.epochs), or epochs= before it")
        }
        (place, isUsed) = (new, false)
    }

    private func setting(_ word: String, at place: RunPlace) throws(SpecError) -> LiveSetting {
        if word.lowercased() == "stop" { return .stop }
        let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard halves.count == 2 else {
            throw SpecError(word, "nothing that a run under way can change", expected: Self.settings)
        }
        let (name, text) = (halves[0].lowercased(), halves[1])
        if name.hasPrefix("drop") { return try dropout(word, layer: String(name.dropFirst(4)), text) }
        guard let key = SpecKey(rawValue: name), LiveSetting.keys.contains(key) else {
            let problem =
                SpecKey(rawValue: name) == nil ? "an unknown setting" : "nothing that a run under way can change"
            throw SpecError(
                word, problem, expected: Self.settings,
                nearest: Spelling.nearest(to: name, among: LiveSetting.keys.map(\.rawValue)).map { "\($0)=\(text)" })
        }
        let training = try SpecSetting.of(key).reading(text, into: spec.training)
        let least = place.epoch + (place.batch > 0 ? 1 : 0)
        if key == .epochs, training.epochs < least {
            throw SpecError(word, "fewer epochs than are done there", expected: "\(least) or more")
        }
        guard let setting = LiveSetting(key, in: training) else {
            preconditionFailure("every live key has a live setting: \(key)")
        }
        return setting
    }

    private func dropout(_ word: String, layer: String, _ text: String) throws(SpecError) -> LiveSetting {
        let layers = spec.network.hidden.count
        guard let number = Int(layer), (1...max(1, layers)).contains(number), layers > 0 else {
            guard layers > 0 else {
                let others = Self.settings.replacing("drop1=, ", with: "")
                throw SpecError(word, "dropout without a hidden layer", expected: others)
            }
            throw SpecError(
                word, "no such hidden layer", expected: layers == 1 ? "drop1=" : "drop1= to drop\(layers)=")
        }
        do throws(SpecError) {
            return .dropout(try SettingRange.dropout.number(text), layer: number - 1)
        } catch {
            throw error.within(word, prefix: "drop\(number)=")
        }
    }
}
