import Foundation
import Kernels
import Memory

/// A table with a row for each image: its label, first or last or under a name, and a column for each pixel. Kaggle's
/// `train.csv`, MNIST as CSV, scikit-learn's digits.
package struct CSVFormat: DatasetFormat {
    package static let place = "a CSV file"
    package static let layout =
        "with a row for each image, the label first or last and a column for each pixel, gzip'ed (.gz) or not, or a folder "
        + "of two, such as train.csv and test.csv"
    package static let options: Set<DatasetOptions.Key> = [.set, .size, .scale, .label]

    /// Bytes at a file's start that show whether it is a table.
    private static let sniffed = 1 << 14

    /// Training rows, then test rows where there are any.
    package let files: [String]
    package let set: String
    private let options: DatasetOptions

    /// - Throws: `DataError.severalSets` where one of several is to be chosen.
    package init?(path: String, options: DatasetOptions) throws(DataError) {
        self.options = options
        guard let names = try DataFolder.names(path) else {
            guard Self.isTable(path) else { return nil }
            (files, set) = ([path], "")
            return
        }
        // As in `DataGroup`, with labels and images in one file.
        let tables = names.filter { Self.isTable(DataFolder.path(path, $0)) }
        guard !tables.isEmpty else { return nil }
        let items = tables.flatMap { text in
            [DataName.Role.images, .labels].map { role in
                var name = DataName(text)
                name.role = role
                return (name: name, text: text, item: DataFolder.path(path, text))
            }
        }
        let groups = DataGroup.all(items)
        let trained = Set(tables.map(DataName.init).filter { $0.part == .train }.map(\.set))
        let wanted = trained.count == 1 && options.set == nil ? groups.filter { trained.contains($0.set) } : groups
        let group = try DataGroup.chosen(of: wanted, wanted: options.set, path: path)
        guard group.isWhole else {
            throw .filesMissing(folder: path, expected: "a table to train on, such as train.csv", names: ["that"])
        }
        files = [group.trainImages, group.testImages].compactMap(\.self)
        set = group.set
    }

    private static func isTable(_ path: String) -> Bool {
        DataFolder.beginning(of: path, count: sniffed).map(TableDialect.isTable) ?? false
    }

    package func outline() throws(DataError) -> DatasetOutline {
        let table = try ImageTable(TableSurvey(files[0], label: options.label), options)
        let coding = try table.coding()
        return DatasetOutline(
            shape: table.shape, labels: try table.classes(coding), classNames: coding.classNames)
    }

    package func load(onThread: @Sendable () -> Void) throws(DataError) -> DatasetContents {
        onThread()
        let (tables, notes) = try tables()
        let coding = try tables[0].coding()
        var labels: [[UInt8]] = []
        for table in tables { labels.append(try table.classes(coding)) }
        let scale = try scale(tables)
        do throws(MemoryRefusal) {
            try MemoryBudget.current.check(tables.reduce(0) { $0.plus($1.rows.times($1.shape.bytes)) })
        } catch {
            throw .tooLarge(path: files[0], error)
        }
        var parts: [LabelledImages] = []
        for (table, labels) in zip(tables, labels) {
            parts.append(LabelledImages(pixels: try table.pixels(scale), labels: labels))
        }
        return DatasetContents(
            shape: tables[0].shape, train: parts[0], test: parts.count > 1 ? parts[1] : nil,
            classNames: coding.classNames,
            notes: [tables[0].note, scale.note, coding.note].compactMap(\.self) + notes)
    }

    /// The tables of both parts; a test table without labels is left out, as Kaggle has one.
    private func tables() throws(DataError) -> (tables: [ImageTable], notes: [String]) {
        let train = try ImageTable(TableSurvey(files[0], label: options.label), options)
        guard files.count > 1 else { return ([train], []) }
        let dialect = try TableSurvey.dialect(files[1])
        if dialect.columns == train.survey.dialect.columns - 1 {
            let name = URL(fileURLWithPath: files[1]).lastPathComponent
            return ([train], ["\(name) has no column of labels, and is not used"])
        }
        return (
            [train, try ImageTable(TableSurvey(files[1], like: train.survey, labels: train.label.index), options)], []
        )
    }

    private func scale(_ tables: [ImageTable]) throws(DataError) -> PixelScale {
        var ranges: [NumberRange] = []
        for table in tables { ranges.append(try table.range()) }
        do throws(PixelScale.Fault) { return try PixelScale(ranges, chosen: options.scale) } catch {
            let (line, column) = TableSurvey.place(error.index)
            throw .malformedText(
                path: tables[error.part].survey.path, line: line, column: column, expected: error.expected,
                found: error.found)
        }
    }

    package func digests() throws(DataError) -> [FileDigest] {
        var digests: [FileDigest] = []
        for path in files {
            let source = try DataFolder.open(path).source
            var (digest, bytes, lines) = (SHA256(), 0, 0)
            while true {
                let piece = try source.read(1 << 20)
                if piece.isEmpty { break }
                digest.update(piece)
                bytes += piece.count
                lines += piece.count { $0 == 0x0A }
            }
            let columns = try TableSurvey.dialect(path).columns
            digests.append(FileDigest(path: path, sizes: [lines, columns], bytes: bytes, digest: digest.finish()))
        }
        return digests
    }

    package func source(of label: LabelPlace) -> (path: String, place: DataPlace) {
        let path = files[label.part == .train || files.count < 2 ? 0 : 1]
        // It has been read before.
        guard let survey = try? TableSurvey(files[0], label: options.label),
            let table = try? ImageTable(survey, options), let dialect = try? TableSurvey.dialect(path)
        else { return (path, .line(1)) }
        return (path, .line(label.index + (dialect.names == nil ? 1 : 2), column: table.label.index + 1))
    }

    package var python: PythonReader {
        let isFile = files.count == 1
        let variable = isFile ? "file" : "folder"
        // A file that can't be read is told of where it is loaded.
        let found = try? tables().tables
        let coding = found.flatMap { try? $0[0].coding() }
        var body: [String] = []
        for (part, table) in zip(["train", "test"], found ?? []) {
            let name = PythonReader.quoted(URL(fileURLWithPath: table.survey.path).lastPathComponent)
            let place = isFile ? variable : "pathlib.Path(folder) / \(name)"
            let dialect = table.survey.dialect
            let delimiter = PythonReader.quoted(String(decoding: [dialect.delimiter], as: UTF8.self))
            let skipped = [table.label.index, dialect.indexColumn].compactMap(\.self).sorted().map(String.init)
            body += [
                "x_\(part), labels = read_table(\(place), \(delimiter), \(dialect.names == nil ? 0 : 1), "
                    + "\(dialect.columns), \(table.label.index), {\(skipped.joined(separator: ", "))})",
                "x_\(part) = x_\(part).reshape(-1, \(table.shape.rows), \(table.shape.columns))",
                coding?.areWords == true
                    ? "y_\(part) = np.searchsorted(CLASSES, labels)"
                    : "y_\(part) = labels.astype(\"f8\").astype(\"i8\") - \(coding?.first ?? 0)",
            ]
        }
        var functions = [Self.readTable]
        if let coding, coding.areWords {
            let names = (coding.classNames ?? []).map(PythonReader.quoted)
            functions.insert("CLASSES = np.array([\(names.joined(separator: ", "))])", at: 0)
        }
        return .dataset(
            variable, meaning: isFile ? "is the data set's table." : "has the data set's tables.", modules: [],
            functions: functions, body: body, hasTest: (found ?? []).count > 1, isScaled: true, options: options)
    }

    private static let readTable = """
        def read_table(path, delimiter, header, columns, label, skipped):
            \"\"\"Values of the pixels, a row an image, and the labels as text.\"\"\"
            how = {"delimiter": delimiter, "skiprows": header, "comments": None, "quotechar": '"', "encoding": "utf-8-sig"}
            pixels = [column for column in range(columns) if column not in skipped]
            values = np.loadtxt(path, usecols=pixels, ndmin=2, **how)
            return values, np.char.strip(np.loadtxt(path, usecols=[label], dtype=str, ndmin=1, **how))
        """
}
