import Foundation

extension NumPyFormat {
    package var python: PythonReader {
        let isArchive = files.count == 1 && parts.allSatisfy { $0.images.entry != nil && $0.labels.entry != nil }
        let variable = isArchive ? "file" : "folder"
        let packed = files.filter { (try? DataFolder.open($0).isPacked) ?? false }
        func read(_ place: ArrayPlace) -> String {
            if isArchive { return "np.load(file)[\(PythonReader.quoted(place.entry ?? ""))]" }
            let name = PythonReader.quoted(URL(fileURLWithPath: place.file).lastPathComponent)
            let path = "pathlib.Path(folder) / \(name)"
            let array = "np.load(\(packed.contains(place.file) ? "gzip.open(\(path))" : path))"
            return place.entry.map { "\(array)[\(PythonReader.quoted($0))]" } ?? array
        }
        // A file that can't be read is told of where it is loaded.
        var arrays = NumPyArrays()
        let layout = try? ImageLayout(arrays.header(parts[0].images), parts[0].images, options)
        let labels = try? arrays.labels(parts[0].labels)
        let coding = try? labels?.coding()
        let sides = layout.map { "\($0.shape.rows), \($0.shape.columns)" } ?? "28, 28"
        let areWords = coding?.areWords ?? false
        let body = zip(["train", "test"], parts).flatMap { part, places in
            [
                "x_\(part) = \(layout?.python(read(places.images)) ?? "\(read(places.images)).reshape(-1, \(sides))")",
                "y_\(part) = "
                    + (areWords
                        ? "np.searchsorted(CLASSES, as_words(\(read(places.labels))))"
                        : "as_classes(\(read(places.labels)), \(coding?.first ?? 0))"),
            ]
        }
        var functions = [areWords ? Self.readWords : Self.readLabels]
        if areWords {
            let names = (coding?.classNames ?? []).map(PythonReader.quoted)
            functions.insert("CLASSES = np.array([\(names.joined(separator: ", "))])", at: 0)
        }
        let isGrey = layout?.isColoured != true
        return .dataset(
            variable,
            meaning: isArchive ? "is the data set's .npz file." : "has the data set's NumPy files.",
            modules: packed.isEmpty ? [] : ["gzip"], functions: functions + (isGrey ? [] : [ImageLayout.pythonGrey]),
            body: body, hasTest: parts.count > 1, isScaled: true,
            afterScaling: isGrey ? nil : "as_grey", options: options)
    }

    private static let readLabels = """
        def as_classes(labels, first):
            \"\"\"Classes from 0, of numbers or of one-hot rows.\"\"\"
            if labels.ndim == 2 and labels.shape[1] > 1:
                return labels.argmax(1)
            return labels.ravel().astype("f8").astype("i8") - first
        """

    private static let readWords = """
        def as_words(labels):
            \"\"\"Labels as text.\"\"\"
            return np.char.decode(labels, "utf-8").ravel() if labels.dtype.kind == "S" else labels.ravel()
        """
}
