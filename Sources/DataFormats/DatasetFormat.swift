/// A way to keep a data set in files. A further one is a file beside this one, a line in `DatasetFormats.standard` and
/// a file of tests.
package protocol DatasetFormat: Sendable {
    /// What a place of this format is, in a few words: `a folder with four IDX files`.
    static var place: String { get }
    /// What its files are called and hold, behind `place`: `called train-images-idx3-ubyte, …`.
    static var layout: String { get }
    /// How a Python program reads the images and labels.
    static var python: PythonReader { get }

    /// Finds the data set at a path by what is there, without reading it whole; nil where that is of another format.
    ///
    /// - Throws: `DataError` where it is of this format, but parts of it are missing or can't be read.
    init?(path: String) throws(DataError)

    /// Paths of its files, in an order of the format's own.
    var files: [String] { get }

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

    /// Where a label stands, for errors: the file, and the byte of its unpacked contents.
    func source(of label: LabelPlace) -> (path: String, offset: Int)
}

/// The formats that are known, in the order in which they are tried.
package struct DatasetFormats: Sendable {
    /// In the order in which they are tried.
    package let all: [any DatasetFormat.Type]

    /// Every format that the program reads.
    package static let standard = DatasetFormats([
        IDXFormat.self
    ])

    package init(_ all: [any DatasetFormat.Type]) { self.all = all }

    /// The data set at a path, in the first format that finds itself there.
    ///
    /// - Throws: `DataError.unknownFormat` where none does, or the format's own error.
    package func dataset(at path: String) throws(DataError) -> any DatasetFormat {
        for format in all {
            if let found = try format.init(path: path) { return found }
        }
        throw .unknownFormat(path: path, places: layouts)
    }

    /// What a path may name, in a few words: `a folder with four IDX files`.
    package var places: String { all.map { $0.place }.joined(separator: ", or ") }

    /// The same with what the files are called and hold.
    package var layouts: String { all.map { "\($0.place) \($0.layout)" }.joined(separator: "; or ") }
}
