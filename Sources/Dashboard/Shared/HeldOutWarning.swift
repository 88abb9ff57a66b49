import Datasets
import Reports
import Training

extension Shared {
    /// A warning about the run's validation rows; nil where they are like the rest.
    var heldOutWarning: String? {
        guard let run, let dataset = data.loaded?.dataset, let split = try? Trainer.split(run.spec, dataset) else {
            return nil
        }
        return SplitDifference(split, labels: dataset.train.labels, classes: dataset.classes)?
            .text(dataset.classNames, run.spec.training.split)
    }
}
