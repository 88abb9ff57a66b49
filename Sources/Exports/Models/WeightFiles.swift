import Foundation
import Networks
import NumPyFiles

/// Weights as NumPy's files: an archive of all tensors, or a file for each.
///
/// Kernels have the shape (inputs, units) and biases (units), as in Keras's `get_weights` and `set_weights`.
package enum WeightFiles {
    /// The bytes of a `.npz` file.
    package static func archive(_ tensors: [Tensor]) throws(NumPyError) -> [UInt8] {
        try NPZFile.encode(tensors.map { NPZFile.Entry(name: $0.name, array: array($0)) })
    }

    /// Name and bytes of a `.npy` file for each tensor: `0.kernel.npy`, `0.bias.npy`, …
    package static func separate(_ tensors: [Tensor]) -> [(name: String, bytes: [UInt8])] {
        tensors.map { (name: "\($0.name).npy", bytes: NPYFile.encode(array($0))) }
    }

    /// Reads all arrays of a `.npz` file.
    package static func readArchive(_ path: String, limits: ReadLimits) throws(NumPyError) -> [Tensor] {
        try NPZFile.read(path: path, limits: limits).map { tensor($0.name, $0.array) }
    }

    /// Reads the `.npy` files of a folder that have names of tensors; others, such as predictions, are left alone.
    package static func readFolder(_ path: String, limits: ReadLimits) throws(NumPyError) -> [Tensor] {
        var tensors: [Tensor] = []
        for name in tensorNames(in: path) {
            tensors.append(tensor(name, try NPYFile.read(path: "\(path)/\(name).npy", limits: limits)))
        }
        return tensors
    }

    /// Names of the tensors in a folder's `.npy` files, layer by layer.
    package static func tensorNames(in folder: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let numbered = files.compactMap { file -> (layer: Int, name: String)? in
            let parts = file.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[2] == "npy", let layer = Int(parts[0]), parts[0] == "\(layer)", layer >= 0
            else { return nil }
            return (layer, "\(parts[0]).\(parts[1])")
        }
        return numbered.sorted { ($0.layer, $0.name) < ($1.layer, $1.name) }.map(\.name)
    }

    private static func array(_ tensor: Tensor) -> NumPyArray { NumPyArray(shape: tensor.shape, values: tensor.values) }

    private static func tensor(_ name: String, _ array: NumPyArray) -> Tensor {
        Tensor(name: name, shape: array.shape, values: array.values)
    }
}
