import Datasets
import Foundation
import Networks
import NumPyFiles
import Reports
import Specs
import Training

/// A trained network read from a folder: weights that fit their spec, and the history of the run.
package struct SavedModel: Sendable {
    /// The path of its files.
    package let folder: String
    /// The path of the `.npz` file, or of the folder with a file for each tensor.
    package let weightsPath: String
    /// Layers and settings.
    package let spec: ExperimentSpec
    /// The run's line in `spec.txt`, or the canonical line of a given spec.
    package let specLine: String
    /// Exactly the spec's, in its order; every value is finite.
    package let tensors: [Tensor]
    /// Figures of every epoch; nil where only weights and spec were saved.
    package let report: RunReport?
    /// The store's further data of the run.
    package let annotations: RunAnnotations
    /// The saved run whose network it is; nil for a network of files.
    package let run: StoredRun?
    /// The evaluation of the test set, if the store has one.
    package let test: Evaluation?

    /// A run in a store.
    package struct StoredRun: Sendable, Equatable {
        /// Its number in the store.
        package let number: Int
        /// The argument of `--data` that finds its data set again.
        package let dataSource: String

        package init(number: Int, dataSource: String) {
            self.number = number
            self.dataSource = dataSource
        }
    }

    /// The greatest sizes of `spec.txt` and of `result.json`, in bytes.
    private static let longestSpec = 1 << 16
    private static let longestReport = 1 << 26
    /// A size of weights, in bytes, that is always read, so that those of another network are refused as such.
    private static let leastLimit = 1 << 26

    package init(
        folder: String, weightsPath: String, spec: ExperimentSpec, specLine: String, tensors: [Tensor],
        report: RunReport?, annotations: RunAnnotations = RunAnnotations(), run: StoredRun? = nil,
        test: Evaluation? = nil
    ) {
        self.run = run
        self.test = test
        self.folder = folder
        self.weightsPath = weightsPath
        self.spec = spec
        self.specLine = specLine
        self.tensors = tensors
        self.report = report
        self.annotations = annotations
    }

    /// - Parameters:
    ///   - path: a folder with `spec.txt` and `weights.npz` or `0.kernel.npy` …, or a `.npz` file beside a `spec.txt`.
    ///   - spec: for weights without a `spec.txt`; its input and output can be left out, as they follow from the weights.
    /// - Throws: `ModelError` for the first fault; nothing of a bad model is used.
    package init(path: String, spec given: String? = nil) throws(ModelError) {
        annotations = RunAnnotations()
        (run, test) = (nil, nil)
        (folder, weightsPath) = try Self.locate(path)
        let own = Self.ownSpecPath(ofArchive: weightsPath)
        let specPath = own ?? folder + "/" + RunExport.FileName.spec
        guard FileManager.default.fileExists(atPath: specPath) else {
            guard let given else { throw .noSpec(path: specPath) }
            (spec, tensors) = try Self.weights(weightsPath, isFolder: weightsPath == folder, given: given)
            (specLine, report) = ("\(spec)", nil)
            return
        }
        specLine = try Self.line(of: specPath)
        do throws(SpecError) {
            spec = try RunLine(canonical: specLine).spec
            try spec.refuseTooLarge()
        } catch {
            throw .spec(path: specPath, error)
        }
        if let given, try Self.spec(of: given, spec.network) != spec {
            throw .otherSpec(path: specPath, given: given, found: specLine)
        }
        let most = max(Self.leastLimit, 2 * spec.network.weightBytes)
        let found = try Self.read(weightsPath, isFolder: weightsPath == folder, most: most)
        tensors = try Self.checked(found, path: weightsPath, spec.network)
        // The records in the folder belong to the folder's network.
        report = own == nil ? try Self.report(of: folder + "/" + RunExport.FileName.report, spec: specLine) : nil
    }

    /// The line in the `spec.txt` that belongs to a path of weights; nil where there is none.
    ///
    /// - Throws: `ModelError` where it can't be read.
    package static func specLine(beside path: String) throws(ModelError) -> String? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        let name = URL(fileURLWithPath: path).lastPathComponent
        let shared =
            isFolder.boolValue ? path : name == RunExport.FileName.weights ? ModelExport.split(path).folder : nil
        guard let spec = ownSpecPath(ofArchive: path) ?? shared.map({ $0 + "/" + RunExport.FileName.spec }),
            FileManager.default.fileExists(atPath: spec)
        else { return nil }
        let text = try line(of: spec)
        do throws(SpecError) { return try RunLine(canonical: text).spec.description } catch {
            throw .spec(path: spec, error)
        }
    }

    /// The run's line, with its live changes where these are known.
    package var line: RunLine { annotations.line ?? (try? RunLine(canonical: specLine)) ?? RunLine(spec: spec) }

    /// The network with these weights, ready to predict the images of a data set.
    ///
    /// - Throws: `TrainingError` if the data set's images or classes are not the network's.
    package func trainer(for dataset: Dataset, threads: Int) throws(TrainingError) -> Trainer {
        let trainer = try Trainer(spec: spec, dataset: dataset, threads: threads)
        do {
            try trainer.network.load(tensors)
        } catch {
            preconditionFailure("the tensors were checked when they were read: \(error)")
        }
        return trainer
    }

    /// When the weights were written, in seconds since 1970.
    package var savedAt: Double {
        let attributes = try? FileManager.default.attributesOfItem(atPath: weightsPath)
        return (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    }

    /// The files that it was read from; none for a run of a store.
    package var files: [String] {
        guard run == nil else { return [] }
        let weights =
            weightsPath == folder
            ? WeightFiles.tensorNames(in: folder).map { "\(folder)/\($0).npy" } : [weightsPath]
        let spec = Self.ownSpecPath(ofArchive: weightsPath) ?? folder + "/" + RunExport.FileName.spec
        return weights + [spec, folder + "/" + RunExport.FileName.report]
    }

    // MARK: - Files

    /// Name of the spec beside a `.npz` file: `wide.spec.txt` beside `wide.npz`, so that several can be in one folder.
    /// Nil for `weights.npz`, whose spec is the folder's `spec.txt`.
    static func ownSpecName(ofArchive name: String) -> String? {
        guard name.hasSuffix(".npz"), name != RunExport.FileName.weights else { return nil }
        return name.dropLast(4) + "." + RunExport.FileName.spec
    }

    private static func ownSpecPath(ofArchive path: String) -> String? {
        let url = URL(fileURLWithPath: path)
        guard let name = ownSpecName(ofArchive: url.lastPathComponent) else { return nil }
        let own = url.deletingLastPathComponent().appendingPathComponent(name).path
        return FileManager.default.fileExists(atPath: own) ? own : nil
    }

    private static func locate(_ path: String) throws(ModelError) -> (folder: String, weights: String) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .notFound(path: path) }
        guard isFolder.boolValue else {
            return (URL(fileURLWithPath: path).deletingLastPathComponent().path, path)
        }
        let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let archive = folder + "/" + RunExport.FileName.weights
        if FileManager.default.fileExists(atPath: archive) { return (folder, archive) }
        guard !WeightFiles.tensorNames(in: folder).isEmpty else { throw .noWeights(folder: folder) }
        return (folder, folder)
    }

    private static func text(of path: String, limit: Int) throws(ModelError) -> String {
        do throws(NumPyError) {
            return String(decoding: try BoundedFile.read(path, limit: limit), as: UTF8.self)
        } catch {
            throw .file(error)
        }
    }

    private static func line(of path: String) throws(ModelError) -> String {
        let lines = try text(of: path, limit: longestSpec).split(whereSeparator: \.isNewline)
        guard lines.count == 1 else {
            throw .spec(path: path, SpecError("\(lines.count) lines", "no spec", expected: "one line"))
        }
        return lines[0].trimmingCharacters(in: .whitespaces)
    }

    private static func report(of path: String, spec: String) throws(ModelError) -> RunReport? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let text = try text(of: path, limit: longestReport)
        guard let report = try? RunReport(text: text) else { throw .report(path: path) }
        guard report.spec == spec else { throw .otherReport(path: path, expected: spec, found: report.spec) }
        return report
    }
}
