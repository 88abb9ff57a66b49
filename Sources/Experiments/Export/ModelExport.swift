import Datasets
import Foundation
import Kernels
import Neural
import NumPyFiles

/// A saved model in another form: what `export` writes.
public struct ModelExport {
    public let model: SavedModel

    public init(_ model: SavedModel) { self.model = model }

    /// Writes the weights as one `.npz` file with its spec beside it, so that the file is a model again: `spec.txt`
    /// beside `weights.npz`, `wide.spec.txt` beside `wide.npz`.
    ///
    /// - Returns: the files.
    /// - Throws: `ExportError` if the folder belongs to another network, or can't be written to.
    public func writeArchive(to path: String) throws -> [String] {
        let (folder, name) = Self.split(path)
        let archive = (name: name, bytes: try WeightFiles.archive(model.tensors))
        guard let spec = SavedModel.ownSpecName(ofArchive: name) else { return try write([archive], to: folder) }
        var files = StagedFiles(folder: folder)
        files.add(name, archive.bytes)
        files.add(spec, text: model.specLine + "\n")
        try files.commit()
        return ["\(folder)/\(name)", "\(folder)/\(spec)"]
    }

    /// Writes a `.npy` file for each tensor, and `spec.txt` beside them, so that the folder is a model again.
    public func writeSeparate(to folder: String) throws -> [String] {
        try write(WeightFiles.separate(model.tensors), to: folder)
    }

    /// Writes a Python program, and the weights beside it unless it stands beside the model's own `.npz` file.
    ///
    /// - Parameter dataFolder: with the IDX files that the program measures itself on.
    public func writeKeras(to path: String, dataFolder: String) throws -> [String] {
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
        files.add(name, text: KerasProgram(model: model, dataFolder: dataFolder, weightsName: archive).text)
        try files.commit()
        return (isBeside ? [] : ["\(folder)/\(archive)"]) + ["\(folder)/\(name)"]
    }

    /// Writes an ONNX file.
    ///
    /// - Parameter transform: from pixel bytes to what the network was trained on.
    /// - Throws: `ExportError`.
    public func writeONNX(to path: String, transform: InputTransform) throws(ExportError) -> [String] {
        let size = model.tensors.reduce(0) { $0 + 4 * $1.values.count }
        // A MiB is more than the graph takes beside the weights.
        guard size < ONNXModel.mostBytes - 1 << 20 else {
            throw .tooLarge(path: path, bytes: size, most: ONNXModel.mostBytes)
        }
        let dataset = model.report?.dataset.name
        let names = DatasetSource.known.first { $0.name == dataset }?.classNames
        let metadata = [("dataset", dataset), ("classes", names?.joined(separator: ", "))]
        let (folder, name) = Self.split(path)
        try DerivedFiles.check(folder, isFor: model.specLine)
        var files = StagedFiles(folder: folder)
        files.add(
            name,
            ONNXModel(
                spec: model.spec, tensors: model.tensors, transform: transform,
                metadata: metadata.compactMap { key, value in value.map { (key: key, value: $0) } }
            ).bytes)
        try files.commit()
        return ["\(folder)/\(name)"]
    }

    private func write(_ contents: [(name: String, bytes: [UInt8])], to folder: String) throws -> [String] {
        try StagedFiles.prepare(folder: folder)
        try DerivedFiles.check(folder, isFor: model.specLine)
        var files = StagedFiles(folder: folder)
        for (name, bytes) in contents { files.add(name, bytes) }
        var written = contents.map { "\(folder)/\($0.name)" }
        let specPath = folder + "/" + RunExport.FileName.spec
        if !FileManager.default.fileExists(atPath: specPath) {
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
