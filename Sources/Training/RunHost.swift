/// The program around a run: it sends requests to the run, and is told the results. Called on the run's thread.
package protocol RunHost: AnyObject {
    /// What was asked since the last call, oldest first. Called between batches; must be quick.
    func takeCommands() -> [TrainingCommand]

    /// Sleeps until something is asked. A host that nobody can ask anything says `stop` at the next `takeCommands`.
    func waitForCommand()

    /// Whether the run was asked to stop, even where that was not taken yet: measurements are cut short.
    var isStopping: Bool { get }

    /// Takes events in order, with the snapshot that belongs to them.
    func tell(_ events: [TrainingEvent], _ snapshot: TrainingSnapshot?)

    func tell(_ inspection: Inspection)
}
