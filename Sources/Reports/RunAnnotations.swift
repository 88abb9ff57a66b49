import Specs
import Training

/// The store's data of a run beside its figures, for the readers of an export.
package struct RunAnnotations: Sendable, Equatable {
    /// The name that the user gave it.
    package var name: String?
    /// The user's tags.
    package var tags: [String] = []
    /// The user's note.
    package var note = ""
    /// The confusion matrices of the validation rows after each epoch, in order; epoch 0 is the untrained network.
    package var confusions: [EpochConfusion] = []

    /// The run's line with its live changes; nil where only the spec is known.
    package var line: RunLine?
    /// Why the line does not repeat the run; nil where it does.
    package var lineFault: String?

    /// The names of the classes; nil where they were not recorded.
    package var classNames: [String]?

    package init() {}
}
