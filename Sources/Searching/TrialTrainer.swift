/// Trains the trials of a search: on threads of this process, or elsewhere.
package protocol TrialTrainer: Sendable {
    /// Trials at once.
    var workers: Int { get }

    /// Takes the search's jobs, and tells it of their ends, until there is none any more, or the search stops. Blocks.
    func train(_ search: SearchEngine)
}
