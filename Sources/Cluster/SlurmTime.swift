/// A limit of time as `sbatch --time` takes it: `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours`,
/// `days-hours:minutes` or `days-hours:minutes:seconds` (https://slurm.schedmd.com/sbatch.html#OPT_time).
package struct SlurmTime: Equatable, Sendable {
    /// The limit in seconds.
    package let seconds: Int

    /// - Returns: nil for a text that is none of these, or no time.
    package init?(parsing text: String) {
        let halves = text.split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count <= 2, let clock = halves.last else { return nil }
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map(Self.number)
        let numbers = parts.compactMap(\.self)
        guard numbers.count == parts.count, numbers.count <= 3 else { return nil }
        let units: [Int]
        var days = 0
        if halves.count == 2 {
            guard let count = Self.number(halves[0]) else { return nil }
            (days, units) = (count, [3600, 60, 1])
        } else {
            units = numbers.count == 3 ? [3600, 60, 1] : [60, 1]
        }
        seconds = zip(numbers, units).reduce(days * 86400) { $0 + $1.0 * $1.1 }
        guard seconds > 0 else { return nil }
    }

    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.count <= 6, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}
