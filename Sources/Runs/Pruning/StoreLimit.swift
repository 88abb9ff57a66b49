/// How much the saved runs may take, and what happens where they take more: nothing, unless the user chose that.
package struct StoreLimit: Sendable, Equatable {
    /// What the program does when a run has ended and the store is over its limit.
    package enum Response: String, Sendable, CaseIterable {
        /// It says so, with the command that prunes.
        case say
        /// It prunes, and says which runs went: the worst by validation loss.
        case prune
    }

    /// Bytes; nil for no limit.
    package var bytes: Int?
    /// What happens beyond it.
    package var response = Response.say

    package init(bytes: Int? = nil, response: Response = .say) { (self.bytes, self.response) = (bytes, response) }

    /// The amounts that the options offer.
    package static let choices = ["500 MB", "1 GB", "2 GB", "5 GB", "10 GB", "50 GB"]

    /// The limit in words: `2 GB`; `none` without one.
    package var words: String { bytes.map(ByteAmount.text) ?? "none" }

    /// What to prune to be within it: the worst by validation loss, the states of finished runs before whole runs.
    ///
    /// - Parameter spared: runs that stay.
    package func pruning(sparing spared: Set<Int> = []) -> Pruning {
        var pruning = Pruning()
        (pruning.most, pruning.spared) = (bytes, spared)
        return pruning
    }

    /// What to tell where so many bytes are too many; nil within the limit.
    ///
    /// - Parameter store: the option that names the store, with a blank before it; empty for the standard one.
    package func warning(used: Int, store: String = "") -> String? {
        guard let bytes, used > bytes else { return nil }
        return "the saved runs take \(ByteAmount.text(used)), and the limit is \(words): "
            + "`trainspotter runs prune --max-size \(words.filter { $0 != " " })\(store)` makes room"
    }

    /// What came of it, told in a line; nil where nothing went.
    package static func report(_ steps: [PrunePlan.Step], _ limit: StoreLimit) -> String? {
        guard !steps.isEmpty else { return nil }
        func numbers(_ part: Pruning.Part) -> String? {
            let runs = steps.filter { $0.part == part }.map(\.run).sorted().map(String.init)
            guard let first = runs.first else { return nil }
            let list = runs.count == 1 ? "run \(first)" : "runs \(runs.joined(separator: ", "))"
            return part == .run ? "\(list) went" : "the state of \(list) went"
        }
        let what = [Pruning.Part.run, .state].compactMap(numbers).joined(separator: ", ")
        let bytes = steps.reduce(0) { $0 + $1.bytes }
        return "over the limit of \(limit.words): \(what), \(ByteAmount.text(bytes))"
    }
}
