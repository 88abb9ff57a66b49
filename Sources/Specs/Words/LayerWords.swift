/// The words of a line, those of its layers as one: `8 tanh`, `200tanh + drop0.2` and `200tanh - 64relu` are layers with
/// blanks in them.
struct LayerWords {
    /// The layers, or a preset's name; nil where the line is empty.
    let layers: String?
    /// The optimizer and the settings.
    let rest: ArraySlice<String>

    init(_ line: String) {
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        guard var end = LayerEnd(words.first ?? "") else {
            layers = words.first
            rest = words.dropFirst()
            return
        }
        var count = 1
        while count < words.count, end.takes(words[count]) {
            end = LayerEnd(after: words[count], behind: end)
            count += 1
        }
        layers = words[..<count].joined()
        rest = words[count...]
    }
}

/// How layers end that may go on behind a blank.
private struct LayerEnd {
    /// What stands behind the last `-`: nothing yet, units alone, or more.
    private enum Entry { case empty, units, more }

    private let entry: Entry
    /// Whether the text ends with a `-` or `+` that something must follow.
    private let isOpen: Bool

    /// nil where no layers begin with this word; they begin with a number.
    init?(_ word: String) {
        guard word.first?.isASCIIDigit == true else { return nil }
        self.init(after: word, behind: .empty)
    }

    init(after word: String, behind end: LayerEnd) { self.init(after: word, behind: end.entry) }

    private init(after word: String, behind before: Entry) {
        let tail = word.reversed().prefix { $0 != "-" }
        let start = word.contains("-") ? .empty : before
        entry = tail.isEmpty ? .empty : start != .more && tail.allSatisfy(\.isASCIIDigit) ? .units : .more
        isOpen = word.last == "-" || word.last == "+"
    }

    /// Whether a word goes on with the layers: at a joint, or as the activation of units alone.
    func takes(_ word: String) -> Bool {
        guard !word.contains("=") else { return false }
        // A command-line option in the wrong place also begins with a `-`.
        let isJoint =
            word.first == "+" || word == "-" || word.first == "-" && word.dropFirst().first?.isASCIIDigit == true
        if isOpen || isJoint { return true }
        return entry == .units && Self.isActivation(String(word.prefix { !":+-".contains($0) }))
    }

    /// Also a misspelled one, or another library's name: its error message then gives the right one.
    private static func isActivation(_ name: String) -> Bool {
        let names = Activation.Kind.allCases.map(\.rawValue)
        let optimizers = Optimizer.defaults.map(\.name)
        guard Spelling.suggestion(for: name, among: optimizers) == nil else { return false }
        return Spelling.suggestion(for: name, among: names) != nil
    }
}
