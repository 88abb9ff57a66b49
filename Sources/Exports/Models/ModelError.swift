import Networks
import NumPyFiles
import Specs

/// Why a saved model can't be used; nothing of it is used.
package enum ModelError: Error, Equatable, Sendable, CustomStringConvertible {
    case notFound(path: String)
    case noWeights(folder: String)
    /// A file can't be read, or is no NumPy file of float32 values.
    case file(NumPyError)
    case spec(path: String, SpecError)
    /// The spec is missing: weights alone don't determine a network.
    case noSpec(path: String)
    /// The given spec differs from the one beside the weights.
    case otherSpec(path: String, given: String, found: String)
    /// The arrays have no names of their own, and their number differs from that of the network's tensors.
    case unnamed(path: String, expected: Int, found: Int)
    /// The arrays don't fit the spec.
    case tensor(path: String, TensorError)
    /// A weight is NaN or infinite; `place` counts values from 0, row by row.
    case notFinite(path: String, name: String, place: Int, value: Float)
    case report(path: String)
    /// The results are those of another run.
    case otherReport(path: String, expected: String, found: String)
    /// A folder's networks can't be averaged.
    case ensemble(path: String, reason: String)
    /// The saved run can't be used; with the store's error.
    case run(String)

    package var description: String {
        switch self {
        case .notFound(let path):
            "\(path): no such file or folder; expected a folder written by `trainspotter train --export`, or its "
                + "weights.npz"
        case .run(let reason): reason
        case .ensemble(let path, let reason): "\(path): \(reason)"
        case .noWeights(let folder): "\(folder): no weights; expected weights.npz, or 0.kernel.npy, 0.bias.npy, …"
        case .file(let error): error.description
        case .spec(let path, let error): "\(path): \(error)"
        case .noSpec(let path):
            "\(path): no such file; expected the spec in it, or given with the weights: --spec \"200tanh\""
        case .otherSpec(let path, let given, let found):
            "--spec \(given): the weights have a spec of their own in \(path); expected \(found), or no --spec"
        case .unnamed(let path, let expected, let found):
            "\(path): \(found) arrays without names (arr_0, …); expected the \(expected) tensors of the spec"
        case .tensor(let path, let error): "\(path): \(error)"
        case .notFinite(let path, let name, let place, let value):
            "\(path): \(name): value \(place) is \(value); expected finite numbers"
        case .report(let path): "\(path): expected the JSON of `trainspotter train`"
        case .otherReport(let path, let expected, let found):
            "\(path): tells of another run; expected \(expected), found \(found)"
        }
    }
}
