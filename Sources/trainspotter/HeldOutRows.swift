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
    func perCent(_ share: Double) -> String { "\(FigureText.fixed(100 * share, 0)) %" }
    let trained = found.trained == 0 ? "none" : perCent(found.trained)
    printError(
        "trainspotter: the \(FigureText.grouped(split.validation.count)) rows held out for validation are of other classes "
            + "than the rest: class \(dataset.classNames[found.label]) is \(perCent(found.heldOut)) of them and "
            + "\(trained) of the rows to train on, so val_accuracy means little; \(SplitAdvice.words(spec.training))")
}
