import DataFormats

extension ForeignFile {
    /// Knows a file by its first bytes and, for a ZIP file, by its names; nil for other files.
    ///
    /// Source: HDF5's File Format Specification, III.A; CPython's `pickle.py`, protocols 2 to 5; PyTorch's
    /// `torch.save`, which writes `NAME/data.pkl`; Keras's `saving_lib.py`, which writes `config.json`.
    init?(path: String, beginning: ArraySlice<UInt8>, names: [String]) {
        if beginning.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self.init(path: path, kind: .hdf5)
        } else if beginning.first == 0x80, let version = beginning.dropFirst().first, (2...5).contains(version) {
            self.init(path: path, kind: .pickle)
        } else if names.contains(where: { $0 == "data.pkl" || $0.hasSuffix("/data.pkl") }) {
            self.init(path: path, kind: .pickle)
        } else if names.contains("config.json") {
            self.init(path: path, kind: .keras)
        } else {
            return nil
        }
    }

    /// Two lines of Python that write the file's weights as a `.npz` file beside it.
    package var python: [String] {
        let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        let stem = name.lastIndex(of: ".").map { $0 == name.startIndex ? name : name[..<$0] } ?? name
        let file = PythonReader.quoted(path)
        let written = PythonReader.quoted(path.dropLast(name.count) + stem + ".npz")
        switch kind {
        case .keras, .hdf5:
            return ["import keras, numpy", "numpy.savez(\(written), *keras.models.load_model(\(file)).get_weights())"]
        case .pickle:
            let load = "torch.load(\(file), map_location=\"cpu\", weights_only=True)"
            return ["import torch, numpy", "numpy.savez(\(written), **{n: t.numpy() for n, t in \(load).items()})"]
        }
    }
}
