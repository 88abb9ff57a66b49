import NumPyFiles

/// Why weights can't be brought in; nothing of them is used then.
package enum WeightImportError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A NumPy file can't be read.
    case numpy(NumPyError)
    /// The content of a file of safetensors is wrong; `offset` counts bytes from 0.
    case malformed(path: String, offset: Int, expected: String, found: String)
    /// The file is of a kind that is not read.
    case unknownKind(path: String)
    /// A file of Keras or PyTorch, which their own programs turn into one that is read.
    case foreign(ForeignFile)
    /// A folder without arrays.
    case noArrays(folder: String)
    /// More bytes in all than may be read, or more arrays.
    case tooMuch(path: String, expected: String)
    /// An array can't be a layer's; with its name, what is expected, and what was found.
    case array(path: String, name: String, expected: String, found: String)
    /// A value is NaN, infinite or beyond single precision; `place` counts values from 0, row by row.
    case value(path: String, name: String, place: Int, number: Double)
    /// The arrays together are no network's.
    case network(WeightPlanError)

    package var description: String {
        switch self {
        case .numpy(let error): error.description
        case .malformed(let path, let offset, let expected, let found):
            "\(path): at byte \(offset): expected \(expected), found \(found)"
        case .unknownKind(let path):
            "\(path): expected weights: a .npz, .npy or .safetensors file, or a folder of .npy files"
        case .foreign(let file): file.description
        case .noArrays(let folder): "\(folder): no weights; expected .npy files in it, or weights.npz"
        case .tooMuch(let path, let expected): "\(path): expected \(expected)"
        case .array(let path, let name, let expected, let found):
            "\(path): \(WeightPlanError.short(name)): expected \(expected), found \(found)"
        case .value(let path, let name, let place, let number):
            "\(path): \(WeightPlanError.short(name)): value \(place) is \(number); expected "
                + (number.isFinite ? "numbers of single precision, up to 3.4e38" : "finite numbers")
        case .network(let error): error.description
        }
    }
}

/// A file of another program that is not read, as what it holds may be code.
package struct ForeignFile: Equatable, Sendable, CustomStringConvertible {
    /// Whose file it is.
    package enum Kind: Equatable, Sendable {
        /// Keras's `.keras`: a ZIP file with `config.json`.
        case keras
        /// Keras's `.h5`: an HDF5 file.
        case hdf5
        /// PyTorch's `.pt`, `.pth` and `.bin`: Python's pickle, within a ZIP file or not.
        case pickle
    }

    /// The file.
    package let path: String
    /// Whose file it is.
    package let kind: Kind

    package init(path: String, kind: Kind) { (self.path, self.kind) = (path, kind) }

    package var description: String {
        let what =
            switch kind {
            case .keras: "a model of Keras"
            case .hdf5: "an HDF5 file, as older versions of Keras write it"
            case .pickle: "a file of PyTorch, in Python's pickle, which can hold code"
            }
        return "\(path): \(what); it is not read here. These two lines of Python write a file that is:"
    }
}
