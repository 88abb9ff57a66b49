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

    /// What the names of its files share, by which it is chosen (`set=`) where there are several in a folder.
    var set: String { get }

    /// Paths of its files, in an order of the format's own.
    var files: [String] { get }

    /// Paths of files beside these that name its classes, whether they are there or not.
    var namingFiles: [String] { get }

    /// Whether what is there can be nothing else, so that no other format is asked.
    var isCertain: Bool { get }

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

    /// SHA-256 of each of `files`, unpacked where it is packed; where there is a file for each image, of each part.
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
    /// Nothing.
    package var set: String { "" }
    /// None.
    package var namingFiles: [String] { [] }
    /// Another format may find itself in the same folder.
    package var isCertain: Bool { false }
}

/// The formats that are known, in the order in which they are tried.
package struct DatasetFormats: Sendable {
    /// What can be said of a data set of any format.
    private static let common: Set<DatasetOptions.Key> = [.transpose, .test, .testSeed]

    /// In the order in which they are tried.
    package let all: [any DatasetFormat.Type]

    /// Every format that the program reads.
    package static let standard = DatasetFormats([
        ImportedFormat.self, IDXFormat.self, NumPyFormat.self, CSVFormat.self, ImageFolderFormat.self,
    ])

    package init(_ all: [any DatasetFormat.Type]) { self.all = all }

    /// The data set at a path, in the first format that finds itself there.
    ///
    /// - Throws: `DataError.unknownFormat` where none does, `badOption` where its format has no such option, or the
    ///   format's own error.
    package func dataset(at path: String, options: DatasetOptions = DatasetOptions()) throws(DataError) -> FoundDataset
    {
        if let found = try format(at: path, options: options) {
            let format = type(of: found)
            let possible = Self.common.union(format.options)
            if let key = options.keys.first(where: { !possible.contains($0) }) {
                let words = DatasetOptions.Key.allCases.filter(possible.contains).map(\.rawValue)
                throw .badOption(
                    source: path, word: key.rawValue,
                    expected: "one of \(words.joined(separator: ", ")), as it is \(format.place)")
            }
            return FoundDataset(format: found, path: path, options: options)
        }
        throw Self.isEmpty(path) ? .empty(path: path, places: places) : .unknownFormat(path: path, places: places)
    }

    /// Whether there is a folder without anything in it, or a file without a byte.
    private static func isEmpty(_ path: String) -> Bool {
        if DataFolder.isFolder(path) { return (try? DataFolder.names(path))?.isEmpty ?? false }
        return DataFolder.beginning(of: path, count: 1)?.isEmpty ?? false
    }

    /// The format that finds itself at a path; nil where none does.
    ///
    /// - Throws: `DataError.severalFormats` where several find themselves in a folder, and nothing says which is meant.
    private func format(at path: String, options: DatasetOptions) throws(DataError) -> (any DatasetFormat)? {
        var (found, refusal): ([any DatasetFormat], DataError?) = ([], nil)
        let isFolder = DataFolder.isFolder(path)
        for format in all {
            do throws(DataError) {
                guard let one = try format.init(path: path, options: options) else { continue }
                if found.isEmpty, refusal == nil, one.isCertain || !isFolder { return one }
                found.append(one)
            } catch {
                refusal = refusal ?? error
            }
        }
        let archives = options.set == nil ? archives(in: path) : []
        if found.count == 1, archives.isEmpty, refusal == nil || options.set != nil { return found[0] }
        if found.isEmpty, archives.isEmpty, refusal == nil { return nil }
        if let refusal, options.set == nil || found.isEmpty { throw refusal }
        throw .severalFormats(path: path, choices: found.map { Self.choice($0, path) } + archives)
    }

    /// How one of several in a folder is named.
    private static func choice(_ format: any DatasetFormat, _ path: String) -> String {
        if format.files.count == 1 { return format.files[0] }
        let type = type(of: format)
        return type.options.contains(.set) ? "\(path):set=\(format.set.isEmpty ? "none" : format.set)" : type.place
    }

    /// Archives of a folder that are data sets by themselves.
    private func archives(in folder: String) -> [String] {
        guard DataFolder.isFolder(folder), let names = try? DataFolder.names(folder) else { return [] }
        let paths = names.map { DataFolder.path(folder, $0) }.filter(NumPyFormat.isArchive).prefix(
            NumPyFormat.mostArchives)
        return paths.filter { path in
            all.contains { (try? $0.init(path: path, options: DatasetOptions())) != nil }
        }
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

extension DatasetFormat {
    /// The name of the format, as stores have it: `idx`, `numpy`, `csv`, `imagefolder`, `imported`.
    package static var name: String { "\(Self.self)".replacing("Format", with: "").lowercased() }
}
