import Datasets
import Training

extension Shared {
    /// A warning about the run's validation rows; nil where they are like the rest.
    var heldOutWarning: String? {
        guard let run, let dataset = data.loaded?.dataset, let split = try? Trainer.split(run.spec, dataset),
            let found = SplitDifference(split, labels: dataset.train.labels, classes: dataset.classes)
        else { return nil }
        let trained =
            found.trained == 0 ? "no other row" : "\(Figures.percent(found.trained, digits: 0)) % of the others"
        let advice = run.spec.training.split == .stratified ? "a greater val" : "split=stratified"
        return
            "\(dataset.classNames[found.label]) is \(Figures.percent(found.heldOut, digits: 0)) % of the rows held out, "
            + "\(trained): try \(advice)"
    }
}
