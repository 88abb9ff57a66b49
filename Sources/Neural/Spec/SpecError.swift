/// Why a spec, or one value of it, is refused; its description is one line.
public struct SpecError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The word at fault, as it was written.
    public let word: String
    /// What is wrong with it.
    public let problem: String
    /// What would be right.
    public let expected: String
    /// The valid spelling that is nearest, where there is one.
    public let nearest: String?

    public init(_ word: String, _ problem: String, expected: String, nearest: String? = nil) {
        self.word = word
        self.problem = problem
        self.expected = expected
        self.nearest = nearest
    }

    public var description: String {
        let line = "\(word.isEmpty ? "\"\"" : word): \(problem); expected \(expected)"
        return nearest.map { "\(line); did you mean \($0)?" } ?? line
    }

    /// The same error for the whole word in which the value stands: `lr=0` for `0`.
    func within(_ whole: String, prefix: String) -> SpecError {
        SpecError(whole, problem, expected: expected, nearest: nearest.map { prefix + $0 })
    }
}
