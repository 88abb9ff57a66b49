import Datasets
import Exports

/// What a command makes of a data set that a saved network was not trained with.
enum OtherData {
    /// Figures of these images: that they are others is said.
    case told
    /// Something that is put beside the run's own figures, or into its network, as this names it: other images are refused.
    case refused(_ what: String)
}

extension DataOptions {
    /// Loads the chosen data set, or the one that a model was trained with, and holds it against what is known of that.
    ///
    /// - Throws: `CommandFailure` where it can't be read, or has other images and these are refused.
    func load(of model: SavedModel, other: OtherData) throws(CommandFailure) -> Dataset {
        try load(try source(of: model), of: model, other: other)
    }

    /// Loads a data set, and holds it against the one that a model was trained with.
    func load(_ source: DatasetSource, of model: SavedModel, other: OtherData) throws(CommandFailure) -> Dataset {
        let dataset = try load(source)
        guard let digest = model.report?.dataset.sha256, DatasetFingerprint.digest(of: dataset) != digest else {
            return dataset
        }
        let found = "\(dataset.name) has other images or labels than those that the network was trained with"
        switch other {
        case .told: printError("trainspotter: \(found); what is said here is of \(dataset.name)")
        case .refused(let what):
            throw .usage("\(found), and \(what); `trainspotter evaluate --data` has figures of other images")
        }
        return dataset
    }
}
