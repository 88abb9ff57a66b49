import DataFormats
import Datasets
import Files
import Foundation
import Kernels
import NumPyFiles
import Specs

/// A saved model in other formats: what `export` writes.
package struct ModelExport {
    /// The network that is exported.
    package let model: SavedModel

    package init(_ model: SavedModel) { self.model = model }

    /// The weights as one `.npz` file.
    ///
    /// - Throws: `NumPyError.tooLarge`.
    package func archive() throws(NumPyError) -> [UInt8] { try WeightFiles.archive(model.tensors) }

    /// Writes the weights as one `.npz` file with its spec beside it, so that the file is a model again: `spec.txt`
    /// beside `weights.npz`, `wide.spec.txt` beside `wide.npz`. For a saved run that was tested, it also writes
    /// `predictions.npy` or `wide.predictions.npy`.
    ///
    /// - Returns: the files.
    /// - Throws: `ExportError` if the folder belongs to another network, or can't be written.
    package func writeArchive(to path: String) throws -> [String] {
        let (folder, name) = Self.split(path)
        let archive = (name: name, bytes: try archive())
        guard let spec = SavedModel.ownSpecName(ofArchive: name) else {
            // A pipe or a device belongs to no folder, so no file goes beside it.
            return try write([archive] + (FileTarget.isOpenEnded(path) ? [] : predictions()), to: folder)
        }
        var files = StagedFiles(folder: folder)
        let all = [archive, (name: spec, bytes: Array((model.specLine + "\n").utf8))] + predictions(of: name)
        for file in all { files.add(file.name, file.bytes) }
        try files.commit()
        return all.map { "\(folder)/\($0.name)" }
    }

    /// Writes a `.npy` file for each tensor, with `spec.txt` beside them, so that the folder is a model again. For a
    /// saved run that was tested, it also writes `predictions.npy`.
    package func writeSeparate(to folder: String) throws -> [String] {
        try write(WeightFiles.separate(model.tensors) + predictions(), to: folder)
    }

    /// A saved run's predictions for the test set, for a file beside an archive of that name.
    private func predictions(of archive: String? = nil) -> [(name: String, bytes: [UInt8])] {
        guard let test = model.test else { return [] }
        let stem = archive.map { $0.dropLast(4) + "." } ?? ""
        return [(stem + RunExport.FileName.predictions, RunExport.predictions(test))]
    }

    /// Writes a Python program, and the weights beside it unless it is beside the model's own `.npz` file.
    ///
    /// - Parameters:
    ///   - dataPath: the path of the data set that the program evaluates the network on.
    ///   - reader: how the program reads that data set.
    package func writeKeras(to path: String, dataPath: String, reader: PythonReader) throws -> [String] {
        let (folder, name) = Self.split(path)
        try DerivedFiles.check(folder, isFor: model.specLine)
        let weights = URL(fileURLWithPath: model.weightsPath)
        let isBeside =
            model.weightsPath.hasSuffix(".npz")
            && weights.deletingLastPathComponent().standardizedFileURL.path
                == URL(fileURLWithPath: folder).standardizedFileURL.path
        let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        let archive = isBeside ? weights.lastPathComponent : stem + ".npz"
        var files = StagedFiles(folder: folder)
        if !isBeside { files.add(archive, try WeightFiles.archive(model.tensors)) }
        let program = KerasProgram(model: model, dataPath: dataPath, reader: reader, weightsName: archive)
        files.add(name, text: program.text)
        try files.commit()
        return (isBeside ? [] : ["\(folder)/\(archive)"]) + ["\(folder)/\(name)"]
    }

    /// An ONNX file.
    ///
    /// - Parameters:
    ///   - path: the file's, for errors.
    ///   - transform: from pixel bytes to the network's inputs.
    /// - Throws: `ExportError.tooLarge`.
    package func onnx(for path: String, transform: InputTransform) throws(ExportError) -> [UInt8] {
        let size = model.tensors.reduce(0) { $0 + 4 * $1.values.count }
        // 1 MiB is more than the graph needs beside the weights.
        guard size < ONNXModel.mostBytes - 1 << 20 else {
            throw .tooLarge(path: path, bytes: size, most: ONNXModel.mostBytes)
        }
        return ONNXModel(
            spec: model.spec, tensors: model.tensors, transform: transform, shape: model.imageShape,
            metadata: Self.metadata(of: model)
        ).bytes
    }

    /// The names of a network's data set and classes.
    static func metadata(of model: SavedModel) -> [(key: String, value: String)] {
        let dataset = model.report?.dataset.name
        let names = DatasetSource.known.first { $0.name == dataset }?.classNames
        let metadata = [("dataset", dataset), ("classes", names?.joined(separator: ", "))]
        return metadata.compactMap { key, value in value.map { (key: key, value: $0) } }
    }

    /// Writes one file that belongs to the network.
    ///
    /// - Throws: `ExportError`, also where the folder belongs to another network.
    package func write(_ bytes: [UInt8], to path: String) throws(ExportError) -> [String] {
        let (folder, name) = Self.split(path)
        try DerivedFiles.check(folder, isFor: model.specLine)
        var files = StagedFiles(folder: folder)
        files.add(name, bytes)
        try files.commit()
        return ["\(folder)/\(name)"]
    }

    private func write(_ contents: [(name: String, bytes: [UInt8])], to folder: String) throws -> [String] {
        try DerivedFiles.check(folder, isFor: model.specLine)
        var files = StagedFiles(folder: folder)
        for (name, bytes) in contents { files.add(name, bytes) }
        var written = contents.map { "\(folder)/\($0.name)" }
        let specPath = folder + "/" + RunExport.FileName.spec
        let isFile = contents.first.map { !FileTarget.isOpenEnded("\(folder)/\($0.name)") } ?? true
        if isFile, !FileManager.default.fileExists(atPath: specPath) {
            files.add(RunExport.FileName.spec, text: model.specLine + "\n")
            written.append(specPath)
        }
        try files.commit()
        return written
    }

    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
