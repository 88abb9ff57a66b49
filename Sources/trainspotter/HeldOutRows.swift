import Datasets
import Reports
import Specs
import Training

/// Warns on standard error that the validation rows differ from the training rows in their classes.
func warnOfHeldOutRows(_ spec: ExperimentSpec, _ dataset: Dataset) {
    // What can't be split is refused where the run starts.
    guard let split = try? Trainer.split(spec, dataset),
        let found = SplitDifference(split, labels: dataset.train.labels, classes: dataset.classes)
    else { return }
    // Alone, without the view of the data, a number is not known to be a class.
    let names = dataset.classNames.map { Int($0) == nil ? $0 : "class \($0)" }
    printError("trainspotter: \(found.text(names, spec.training.split))")
}
