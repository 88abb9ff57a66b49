/// Finds the valid word that a misspelled one is nearest to.
public enum Spelling {
    /// The candidate with the smallest edit distance, the first of equals; nil where none is near.
    ///
    /// A candidate that starts with the word, as `leaky_relu` with `leaky`, counts as one edit away. Near means at most
    /// one edit in three letters of the longer word: `foo` is no misspelled `none`.
    public static func nearest(to word: String, among candidates: [String]) -> String? {
        let word = word.lowercased()
        // A word that is longer than all of them by more than that is near none: what it costs stays bounded.
        let surplus = word.count - (candidates.map(\.count).max() ?? 0)
        guard surplus <= max(1, word.count / 3) else { return nil }
        let distances = candidates.map { candidate in
            !word.isEmpty && candidate.hasPrefix(word) ? min(1, distance(word, candidate)) : distance(word, candidate)
        }
        guard let best = zip(candidates, distances).min(by: { $0.1 < $1.1 }) else { return nil }
        return best.1 <= max(1, max(word.count, best.0.count) / 3) ? best.0 : nil
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string
    /// alignment).
    static func distance(_ first: String, _ second: String) -> Int {
        let (first, second) = (Array(first), Array(second))
        var before: [Int] = []
        var above = Array(0...second.count)
        for row in first.indices {
            var current = [row + 1]
            for column in second.indices {
                let differs = first[row] == second[column] ? 0 : 1
                var best = min(above[column + 1] + 1, current[column] + 1, above[column] + differs)
                if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                    best = min(best, before[column - 1] + 1)
                }
                current.append(best)
            }
            (before, above) = (above, current)
        }
        return above[second.count]
    }
}
