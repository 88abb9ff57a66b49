/// Why a spec, or one value of it, is refused; its description is one line.
public struct SpecError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The wrong word, as it was written; only the beginning of a very long one.
    public let word: String
    /// What is wrong with it.
    public let problem: String
    /// What would be right.
    public let expected: String
    /// The valid spelling that is nearest, where there is one.
    public let nearest: String?

    /// An error for a word; a very long word is cut.
    public init(_ word: String, _ problem: String, expected: String, nearest: String? = nil) {
        self.word = Self.cut(word)
        self.problem = Self.cut(problem)
        self.expected = expected
        self.nearest = nearest.flatMap { $0.utf8.count > Self.longest ? nil : $0 }
    }

    /// In bytes. A typed word can have any length; a message that is drawn at every frame must be short.
    private static let longest = 300

    private static func cut(_ text: String) -> String {
        text.utf8.count > longest ? text.prefix(40) + "…" : text
    }

    public var description: String {
        "\(word.isEmpty ? "\"\"" : word): \(problem)\(ending)"
    }

    /// The nearest spelling first: what is expected can be a long list.
    private var ending: String {
        nearest.map { "; did you mean \($0)? expected \(expected)" } ?? "; expected \(expected)"
    }

    /// The description for a line of so many characters, the most useful part first where not all of it fits: the
    /// problem, the nearest spelling, and as much of what is expected as there is room for.
    public func description(width: Int) -> String {
        guard description.count > width else { return description }
        let hint = nearest.map { "; did you mean \($0)?" } ?? ""
        let named = "\(word): \(problem)\(hint)"
        let head = word.isEmpty || problem.contains(word) || named.count > width ? "\(problem)\(hint)" : named
        let whole = (head == named ? "\(word): \(problem)" : problem) + ending
        return whole.count > width ? whole.prefix(max(0, width - 1)) + (width > 0 ? "…" : "") : whole
    }

    /// The same error for the whole word in which the value stands: `lr=0` for `0`.
    func within(_ whole: String, prefix: String) -> SpecError {
        SpecError(whole, problem, expected: expected, nearest: nearest.map { prefix + $0 })
    }
}
