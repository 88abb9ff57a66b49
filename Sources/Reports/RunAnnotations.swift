import Specs
import Training

/// What a run store has of a run beside its figures, for who reads an export.
package struct RunAnnotations: Sendable, Equatable {
    /// What a person called it.
    package var name: String?
    package var tags: [String] = []
    /// A person's words on it.
    package var note = ""
    /// What the validation rows were taken for after each epoch, in order; epoch 0 is the untrained network.
    package var confusions: [EpochConfusion] = []

    /// The run's line, with what was changed while it trained; nil where only the spec is known.
    package var line: RunLine?
    /// Why the line does not repeat the run; nil where it does.
    package var lineFault: String?

    package init() {}
}
