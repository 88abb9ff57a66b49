import Foundation

extension IDXFormat {
    /// How a program reads files of bytes under MNIST's names.
    package static let python = PythonReader(
        variable: "folder", meaning: "has the data set's IDX files, gzip'ed (.gz) or not.", modules: ["gzip"],
        functions: """
            def read_idx(folder, name):
                \"\"\"The array of an IDX file: a byte each, of the shape that its header gives.\"\"\"
                path = pathlib.Path(folder) / name
                data = path.read_bytes() if path.exists() else gzip.decompress(pathlib.Path(f"{path}.gz").read_bytes())
                shape = np.frombuffer(data, ">u4", count=data[3], offset=4)
                return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape)
            """,
        trainImages: #"read_idx(folder, "train-images-idx3-ubyte")"#,
        trainLabels: #"read_idx(folder, "train-labels-idx1-ubyte")"#,
        testImages: #"read_idx(folder, "t10k-images-idx3-ubyte")"#,
        testLabels: #"read_idx(folder, "t10k-labels-idx1-ubyte")"#)

    private static let readAny = """
        def read_idx(folder, name):
            \"\"\"The array of an IDX file, of the type and shape that its header gives.\"\"\"
            path = pathlib.Path(folder) / name
            data = path.read_bytes() if path.exists() else gzip.decompress(pathlib.Path(f"{path}.gz").read_bytes())
            kind = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}[data[2]]
            shape = np.frombuffer(data, ">u4", count=data[3], offset=4)
            return np.frombuffer(data, kind, offset=4 + 4 * data[3]).reshape(shape)
        """

    /// The rule of `coded` for labels: the first column of a table, from 0 or from 1; bytes count as they are.
    private static let readLabels = """
        def as_classes(labels, first):
            \"\"\"Classes from 0: of a table the first column; bytes are counted as they are.\"\"\"
            labels = labels.reshape(len(labels), -1)[:, 0].astype("i8")
            return labels - first
        """

    package var python: PythonReader {
        let names = files.map { path in
            let name = URL(fileURLWithPath: path).lastPathComponent
            return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        }
        // A file that can't be read is told of where it is loaded.
        let headers = files.indices.map {
            try? IDXFile.header(path: files[$0], kind: $0.isMultiple(of: 2) ? .images : .labels)
        }
        let areBytes = headers.allSatisfy { $0?.type == .uint8 } && options.scale == nil
        let first = (try? outline())?.classNames == nil ? 0 : classes?.first ?? 1
        let layouts = files.indices.map { index in
            index.isMultiple(of: 2) ? headers[index].flatMap { try? Self.layout($0, path: files[index]) } : nil
        }
        let isGrey = layouts.allSatisfy { $0?.isColoured != true }
        // Files of bytes of three axes need no more than that.
        let arePlain = areBytes && isGrey && headers.allSatisfy { $0.map { $0.sizes.count < 4 } ?? true }
        if names == Self.names, arePlain, first == 0 { return Self.python }
        let isScaled = options.scale != nil || [0, 2].contains { $0 < files.count && headers[$0]?.type != .uint8 }
        var body: [String] = []
        for (part, index) in [("train", 0), ("test", 2)] where index < files.count {
            let array = "read_idx(folder, \(PythonReader.quoted(names[index])))"
            let hasAxis = headers[index].map { $0.sizes.count == 4 } ?? false
            body += [
                "x_\(part) = \(hasAxis ? layouts[index]?.python(array) ?? array : array)",
                "y_\(part) = as_classes(read_idx(folder, \(PythonReader.quoted(names[index + 1]))), \(first))",
            ]
        }
        return .dataset(
            "folder", meaning: "has the data set's IDX files, gzip'ed (.gz) or not.", modules: ["gzip"],
            functions: [Self.readAny, Self.readLabels] + (isGrey ? [] : [ImageLayout.pythonGrey]), body: body,
            hasTest: files.count > 2, isScaled: isScaled, afterScaling: isGrey ? nil : "as_grey", options: options)
    }
}
