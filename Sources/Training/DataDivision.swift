import Datasets
import Specs

/// How a run with some settings divides a data set: its rows, their classes, and how much each class counts.
package struct DataDivision: Sendable, Equatable {
    /// The rows to train on, and those held out.
    package let split: Split
    /// Images of each class in the three parts.
    package let counts: ClassCounts
    /// How much the loss of a training row counts, by its class; nil where all count the same.
    package let weights: [Float]?
    /// How the classes of the rows held out differ from those of the rest; nil where they are alike.
    package let difference: SplitDifference?
    /// How the rows are chosen that are held out.
    package let method: HoldingOut

    /// - Throws: `TrainingError` if spec and data set don't fit together, or the rows can't be stratified.
    package init(_ spec: ExperimentSpec, _ dataset: Dataset) throws(TrainingError) {
        split = try Trainer.split(spec, dataset)
        counts = ClassCounts(split, dataset)
        weights = ClassWeights.weights(spec.training.classWeight, split, dataset)
        difference = SplitDifference(split, labels: dataset.train.labels, classes: dataset.classes)
        method = spec.training.split
    }
}
