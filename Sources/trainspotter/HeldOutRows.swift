import Datasets
import Reports
import Specs

/// Warns on standard error that the validation rows differ from the training rows in their classes.
func warnOfHeldOutRows(_ spec: ExperimentSpec, _ dataset: Dataset) {
    let split = Split(count: dataset.train.count, validation: spec.training.validation)
    guard let found = SplitDifference(split, labels: dataset.train.labels, classes: dataset.classes) else { return }
    func perCent(_ share: Double) -> String { "\(FigureText.fixed(100 * share, 0)) %" }
    let trained = found.trained == 0 ? "none" : perCent(found.trained)
    printError(
        "trainspotter: the \(FigureText.grouped(split.validation.count)) rows held out for validation are of other classes "
            + "than the rest: class \(dataset.classNames[found.label]) is \(perCent(found.heldOut)) of them and "
            + "\(trained) of the rows to train on, so val_accuracy means little; the last rows of the file are held out: "
            + "mix its rows, or train on all of them with val=0")
}
