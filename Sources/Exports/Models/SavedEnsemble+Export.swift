import DataFormats
import Datasets
import Files
import Training

/// An ensemble in other formats.
extension SavedEnsemble {
    /// An ONNX file with all networks and their mean.
    ///
    /// - Parameters:
    ///   - path: the file's, for errors.
    ///   - dataset: what they were trained on; needed only where `scalingNeedsData`.
    /// - Throws: `EnsembleError`, also where the networks see images in different forms of the ink and the size of the images is
    ///   not known; `ExportError.tooLarge`.
    package func onnx(for path: String, dataset: Dataset?) throws -> [UInt8] {
        let forms = members.map { InkForm($0.spec.training) }
        let shape = imageShape ?? dataset?.test.shape
        if shape == nil, let other = forms.indices.first(where: { forms[$0] != forms[0] }) {
            throw EnsembleError.forms(names[0], names[other])
        }
        let size = members.reduce(0) { $0 + $1.tensors.reduce(0) { $0 + 4 * $1.values.count } }
        // 1 MiB a network is more than its graph needs beside the weights.
        guard size < ONNXModel.mostBytes - members.count << 20 else {
            throw ExportError.tooLarge(path: path, bytes: size, most: ONNXModel.mostBytes)
        }
        return ONNXModel(try ensemble(dataset), shape: shape, metadata: ModelExport.metadata(of: members[0])).bytes
    }

    /// The size of the images as it was recorded with a network; nil where it was not.
    package var imageShape: ImageShape? { members.lazy.compactMap(\.imageShape).first }

    /// Warnings for networks whose outputs in other programs differ by more than 1e-5; nil for all others.
    package var onnxRemark: String? {
        var remarks: [String] = []
        for member in members {
            let remark = ONNXModel.remark(on: member.spec, formsImages: imageShape != nil)
            if let remark, !remarks.contains(remark) { remarks.append(remark) }
        }
        return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    }

    /// Writes one file into a folder that may belong to the ensemble, but not to another network.
    ///
    /// - Throws: `ExportError`.
    package static func write(_ bytes: [UInt8], to path: String) throws(ExportError) -> [String] {
        let (folder, name) = ModelExport.split(path)
        var files = StagedFiles(folder: folder)
        files.add(name, bytes)
        try files.commit()
        return ["\(folder)/\(name)"]
    }
}
