/// What was done to a run, in order: printed where it is not repeated.
final class Story: CustomStringConvertible {
    private var lines: [String]

    init(_ first: String) { lines = [first] }

    func add(_ line: String) { lines.append(line) }

    /// Adds a word to the last line.
    func append(_ word: String) { lines[lines.count - 1] += " " + word }

    var description: String { lines.joined(separator: "\n  ") }
}
