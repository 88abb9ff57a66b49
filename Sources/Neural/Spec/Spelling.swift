/// Finds the valid word that a misspelled one is nearest to.
public enum Spelling {
    /// The candidate with the smallest edit distance, the first of equals; nil without candidates.
    ///
    /// A candidate that starts with the word, as `leaky_relu` with `leaky`, counts as one edit away.
    public static func nearest(to word: String, among candidates: [String]) -> String? {
        let word = word.lowercased()
        let distances = candidates.map { candidate in
            !word.isEmpty && candidate.hasPrefix(word) ? min(1, distance(word, candidate)) : distance(word, candidate)
        }
        return zip(candidates, distances).min { $0.1 < $1.1 }?.0
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
