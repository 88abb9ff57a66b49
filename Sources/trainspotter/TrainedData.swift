import Datasets
import Exports

/// How a command treats a data set that a saved network was not trained on.
enum OtherData {
    /// Prints figures of these images, and a message that they are others.
    case told
    /// Refuses other images, as they would be mixed with the run's own figures or its network; with the reason.
    case refused(_ what: String)
}

extension DataOptions {
    /// Loads the chosen data set, or the one that a model was trained on, and compares it with what is known of that.
    ///
    /// - Throws: `CommandFailure` where it can't be read, or has other images and these are refused.
    func load(of model: SavedModel, other: OtherData) throws(CommandFailure) -> Dataset {
        try load(try source(of: model), of: model, other: other)
    }

    /// Loads the chosen data set, or the one that an ensemble's first network was trained on, and compares it with what is
    /// known of all of them.
    func load(of ensemble: SavedEnsemble, other: OtherData) throws(CommandFailure) -> Dataset {
        try load(try source(of: ensemble.members[0]), of: ensemble, other: other)
    }

    /// Loads a data set, and compares it with those that an ensemble's networks were trained on.
    func load(_ source: DatasetSource, of ensemble: SavedEnsemble, other: OtherData) throws(CommandFailure) -> Dataset {
        let dataset = try load(source, of: ensemble.members[0], other: other)
        let digests = ensemble.members.map { $0.report?.dataset.sha256 }
        let others = zip(ensemble.names, digests).filter { $1 != nil && $1 != digests[0] }.map(\.0)
        if !others.isEmpty {
            printError(
                "trainspotter: \(others.joined(separator: ", ")): trained on other images or labels than "
                    + "\(ensemble.names[0])")
        }
        return dataset
    }

    /// Loads a data set, and compares it with the one that a model was trained on.
    func load(_ source: DatasetSource, of model: SavedModel, other: OtherData) throws(CommandFailure) -> Dataset {
        let dataset = try load(source)
        guard let digest = model.report?.dataset.sha256 else { return dataset }
        // The same images can have got other names for their classes since then.
        if DatasetFingerprint.digest(of: dataset) == digest { return dataset.calling(model.classNames) }
        let found = "\(dataset.name) has other images or labels than those that the network was trained with"
        switch other {
        case .told: printError("trainspotter: \(found); these results are of \(dataset.name)")
        case .refused(let what):
            throw .usage("\(found), and \(what); `trainspotter evaluate --data` has figures of other images")
        }
        return dataset
    }
}
