/// The program around a run: it sends commands to the run, and takes its events. All methods are called on the run's
/// thread.
package protocol RunHost: AnyObject {
    /// Commands since the last call, oldest first. Called between batches; must be quick.
    func takeCommands() -> [TrainingCommand]

    /// Sleeps until there is a command. A host that no one can send commands to returns `stop` at the next
    /// `takeCommands`.
    func waitForCommand()

    /// Whether `stop` was sent, even where it was not taken yet. Evaluations are then cut short.
    var isStopping: Bool { get }

    /// Takes events in order, with the snapshot that belongs to them.
    func tell(_ events: [TrainingEvent], _ snapshot: TrainingSnapshot?)

    /// Takes the newest answer to what is watched; the one before it is out of date.
    func tell(_ inspection: Inspection)

    /// Whether it can send `watch`: the weights of earlier epochs are then kept to look back at.
    var canWatch: Bool { get }
}

extension RunHost {
    package var canWatch: Bool { false }
}
