/// A way to keep a data set in files. A further one is a file beside this one, a line in `DatasetFormats.standard` and
/// a file of tests.
package protocol DatasetFormat: Sendable {
    /// What a place of this format is, in a few words: `a folder with IDX files`.
    static var place: String { get }
    /// What its files are called and hold, behind `place`: `as MNIST, EMNIST and QMNIST are published`.
    static var layout: String { get }
    /// Whether `place` and `layout` are among what a user is told to give.
    static var isListed: Bool { get }
    /// What a user can say of its files, beside what holds for every format.
    static var options: Set<DatasetOptions.Key> { get }

    /// Finds the data set at a path, a folder or a file, by what is there, without reading it whole; nil where that is
    /// of another format.
    ///
    /// - Throws: `DataError` where it is of this format, but parts of it are missing or can't be read.
    init?(path: String, options: DatasetOptions) throws(DataError)

    /// Paths of its files, in an order of the format's own.
    var files: [String] { get }

    /// How a Python program reads the images and labels.
    var python: PythonReader { get }

    /// What a network must fit, quickly: without the images.
    ///
    /// - Throws: `DataError` where what is read for it is bad; `load` finds the other faults.
    func outline() throws(DataError) -> DatasetOutline

    /// Reads and checks everything but the labels' meaning.
    ///
    /// - Parameter onThread: called first on every thread that reads, which may be used for other work afterwards.
    /// - Throws: `DataError` for the first fault; nothing of a bad data set is used.
    func load(onThread: @Sendable () -> Void) throws(DataError) -> DatasetContents

    /// SHA-256 of each of `files`, unpacked where it is packed.
    ///
    /// - Throws: `DataError` as `load`.
    func digests() throws(DataError) -> [FileDigest]

    /// Where a label stands, for errors: the file, and the place in its unpacked contents. Of a data set without a test
    /// part all labels are training labels.
    func source(of label: LabelPlace) -> (path: String, place: DataPlace)
}

extension DatasetFormat {
    /// It is.
    package static var isListed: Bool { true }
}

/// The formats that are known, in the order in which they are tried.
package struct DatasetFormats: Sendable {
    /// What can be said of a data set of any format.
    private static let common: Set<DatasetOptions.Key> = [.transpose, .test, .testSeed]

    /// In the order in which they are tried.
    package let all: [any DatasetFormat.Type]

    /// Every format that the program reads.
    package static let standard = DatasetFormats([
        ImportedFormat.self, IDXFormat.self, NumPyFormat.self, CSVFormat.self,
    ])

    package init(_ all: [any DatasetFormat.Type]) { self.all = all }

    /// The data set at a path, in the first format that finds itself there.
    ///
    /// - Throws: `DataError.unknownFormat` where none does, `badOption` where its format has no such option, or the
    ///   format's own error.
    package func dataset(at path: String, options: DatasetOptions = DatasetOptions()) throws(DataError) -> FoundDataset
    {
        for format in all {
            guard let found = try format.init(path: path, options: options) else { continue }
            let possible = Self.common.union(format.options)
            if let key = options.keys.first(where: { !possible.contains($0) }) {
                let words = DatasetOptions.Key.allCases.filter(possible.contains).map(\.rawValue)
                throw .badOption(
                    source: path, word: key.rawValue,
                    expected: "one of \(words.joined(separator: ", ")), as it is \(format.place)")
            }
            return FoundDataset(format: found, path: path, options: options)
        }
        throw .unknownFormat(path: path, places: layouts)
    }

    /// What a path may name, in a few words: `a folder with IDX files or a CSV file`.
    package var places: String {
        let places = all.filter { $0.isListed }.map { $0.place }
        return (places.count > 1 ? places.dropLast().joined(separator: ", ") + " or " : "") + (places.last ?? "")
    }

    /// The same with what the files are called and hold.
    package var layouts: String {
        all.filter { $0.isListed }.map { "\($0.place) \($0.layout)" }.joined(separator: "; or ")
    }
}
