import DataFormats
import Datasets
import Files
import Foundation
import NumPyFiles
import Specs
import Training

/// Saved networks whose probabilities are averaged: a model of several.
package struct SavedEnsemble: Sendable {
    /// What the user calls it: its name in the store, or its folder's.
    package let name: String
    /// Where files made from it go if no other place is named.
    package let folder: String
    /// How probabilities are averaged.
    package let mean: EnsembleMean
    /// Its networks; all have the same inputs, classes and names of classes.
    package let members: [SavedModel]
    /// What these are called.
    package let names: [String]
    /// How much each counts, with a sum of 1.
    package let weights: [Double]

    /// - Parameter weights: one a member, of any sum; nil for equal ones.
    /// - Throws: `EnsembleError` where they can't be averaged.
    package init(
        name: String, folder: String, mean: EnsembleMean, members: [SavedModel], names: [String],
        weights: [Double]? = nil
    ) throws(EnsembleError) {
        precondition(members.count == names.count, "a name for each member")
        guard !members.isEmpty else { throw .empty }
        let given = weights ?? members.map { _ in 1 }
        guard given.count == members.count else {
            throw .weightCount(expected: members.count, found: given.count)
        }
        self.weights = try Ensemble.shares(of: given)
        (self.name, self.folder, self.mean) = (name, folder, mean)
        (self.members, self.names, single) = (members, names, nil)
        // All but the scaling, which may need the data set.
        try Ensemble.check(zip(names, members).map { ($0, $1.spec, $1.tensors) })
        let named = zip(names, members).compactMap { name, member in member.classNames.map { (name, $0) } }
        if let first = named.first, let other = named.first(where: { $0.1 != first.1 }) {
            throw .classNames(first.0, other.0)
        }
    }

    /// One network as an ensemble of one, for what takes both.
    package init(_ model: SavedModel) {
        let path = model.weightsPath
        (name, folder) = (model.run.map { "run \($0.number)" } ?? path, model.folder)
        (mean, members, names, weights) = (.arithmetic, [model], [name], [1])
        single = model
    }

    /// The network, where it is one by itself and no ensemble.
    package let single: SavedModel?

    /// The names of the classes as they were recorded; nil where they were not.
    package var classNames: [String]? { members.lazy.compactMap(\.classNames).first }

    /// The networks with their scaling.
    ///
    /// - Parameter dataset: what they were trained on; needed only where `scalingNeedsData`.
    /// - Throws: `EnsembleError` where a member does not fit the data set.
    package func ensemble(_ dataset: Dataset?) throws(EnsembleError) -> Ensemble {
        var found: [Ensemble.Member] = []
        for (place, member) in members.enumerated() {
            do throws(TrainingError) {
                found.append(
                    Ensemble.Member(
                        name: names[place], spec: member.spec, tensors: member.tensors,
                        transform: try member.inputTransform(dataset), weight: weights[place]))
            } catch {
                throw .data(names[place], error)
            }
        }
        return try Ensemble(found, mean: mean)
    }

    /// Whether the scaling of a member's inputs depends on the training images.
    package var scalingNeedsData: Bool { members.contains(where: \.scalingNeedsData) }

    /// The same with other shares.
    ///
    /// - Throws: `EnsembleError` for what are no weights.
    package func weighted(_ weights: [Double]) throws(EnsembleError) -> SavedEnsemble {
        try SavedEnsemble(name: name, folder: folder, mean: mean, members: members, names: names, weights: weights)
    }

    // MARK: - As a folder

    /// Whether there is an ensemble's folder at a path.
    package static func isThere(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/" + EnsembleFile.name)
    }

    /// Reads a folder that `write` made.
    ///
    /// - Throws: `ModelError` for the first fault; nothing of a bad ensemble is used.
    package init(path: String) throws(ModelError) {
        let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let text: String
        do throws(NumPyError) {
            let bytes = try BoundedFile.read("\(folder)/\(EnsembleFile.name)", limit: EnsembleFile.mostBytes)
            text = String(decoding: bytes, as: UTF8.self)
        } catch {
            throw .file(error)
        }
        let file: EnsembleFile
        do throws(EnsembleFileError) { file = try EnsembleFile(parsing: text) } catch {
            throw .ensemble(path: "\(folder)/\(EnsembleFile.name)", reason: error.description)
        }
        var members: [SavedModel] = []
        for member in file.members { members.append(try SavedModel(path: "\(folder)/\(member.folder)")) }
        do throws(EnsembleError) {
            try self.init(
                name: URL(fileURLWithPath: folder).lastPathComponent, folder: folder, mean: file.mean,
                members: members, names: file.members.map(\.name), weights: file.members.map(\.weight))
        } catch {
            throw .ensemble(path: folder, reason: error.description)
        }
    }

    /// Writes a folder for each network, and `ensemble.json`, which makes them a model, last.
    ///
    /// - Parameter folder: not there yet, or empty.
    /// - Returns: the files.
    /// - Throws: `ExportError`, or `NumPyError.tooLarge`.
    package func write(to folder: String) throws -> [String] {
        try Self.checkEmpty(folder)
        var written: [String] = []
        let file = EnsembleFile(
            mean: mean,
            members: members.indices.map {
                EnsembleFile.Member(folder: "\($0 + 1)", name: names[$0], weight: weights[$0])
            })
        for (member, model) in zip(file.members, members) {
            let place = "\(folder)/\(member.folder)"
            var files = StagedFiles(folder: place)
            files.add(RunExport.FileName.weights, try WeightFiles.archive(model.tensors))
            files.add(RunExport.FileName.spec, text: model.specLine + "\n")
            if let report = model.report { files.add(RunExport.FileName.report, text: report.text + "\n") }
            try files.commit()
            let names = [RunExport.FileName.weights, RunExport.FileName.spec]
            written += (names + (model.report == nil ? [] : [RunExport.FileName.report])).map { "\(place)/\($0)" }
        }
        var files = StagedFiles(folder: folder)
        files.add(EnsembleFile.name, text: file.text + "\n")
        try files.commit()
        return written + ["\(folder)/\(EnsembleFile.name)"]
    }

    /// Checks before the work that `write` could make the folder.
    ///
    /// - Throws: `ExportError` where there is something already, or it can't be made.
    package static func checkEmpty(_ folder: String) throws(ExportError) {
        try StagedFiles.check(folder: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard names.isEmpty else {
            throw .protected(path: folder, reason: "it has files; expected a new folder, or an empty one")
        }
    }
}
