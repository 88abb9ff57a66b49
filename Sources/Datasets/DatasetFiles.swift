import Dispatch
import Foundation
import Synchronization

/// The four files of a data set in one folder.
struct DatasetFiles: Sendable {
    struct Role: Sendable, Equatable {
        let name: String
        let kind: IDXFile.Kind
    }

    static let roles = [
        Role(name: "train-images-idx3-ubyte", kind: .images), Role(name: "train-labels-idx1-ubyte", kind: .labels),
        Role(name: "t10k-images-idx3-ubyte", kind: .images), Role(name: "t10k-labels-idx1-ubyte", kind: .labels),
    ]

    /// Paths in the order of `roles`.
    let paths: [String]

    /// Finds the four files; where a file is there both plain and gzip'ed, the plain one counts.
    ///
    /// - Throws: `DataError.filesMissing` with all names that are missing.
    init(folder: String) throws(DataError) {
        var paths: [String] = []
        var missing: [String] = []
        for role in Self.roles {
            let plain = folder + (folder.hasSuffix("/") ? "" : "/") + role.name
            if let path = [plain, plain + ".gz"].first(where: { FileManager.default.fileExists(atPath: $0) }) {
                paths.append(path)
            } else {
                missing.append(role.name)
            }
        }
        guard missing.isEmpty else { throw .filesMissing(folder: folder, names: missing) }
        self.paths = paths
    }

    /// Reads the four files at once, each on a thread of its own.
    ///
    /// - Throws: the error of the first bad file, in the order of `roles`.
    func read() throws(DataError) -> [IDXFile] {
        let results = Mutex<[Int: Result<IDXFile, DataError>]>([:])
        DispatchQueue.concurrentPerform(iterations: paths.count) { index in
            let result: Result<IDXFile, DataError>
            do throws(DataError) {
                result = .success(try IDXFile(path: paths[index], kind: Self.roles[index].kind))
            } catch {
                result = .failure(error)
            }
            results.withLock { $0[index] = result }
        }
        var files: [IDXFile] = []
        for (_, result) in results.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { files.append(try result.get()) }
        return files
    }

    /// Puts the files together and checks them against each other.
    ///
    /// - Throws: `DataError.malformed` if counts or image sizes differ, or a test label is of no class that the
    ///   training labels have.
    static func dataset(name: String, files: [IDXFile], classNames: [String]? = nil) throws(DataError) -> Dataset {
        let (trainImages, trainLabels, testImages, testLabels) = (files[0], files[1], files[2], files[3])
        try checkCounts(images: trainImages, labels: trainLabels)
        try checkCounts(images: testImages, labels: testLabels)
        guard testImages.sizes.dropFirst() == trainImages.sizes.dropFirst() else {
            throw .malformed(
                path: testImages.path, offset: 8, expected: "images of \(size(trainImages)) as in \(trainImages.path)",
                found: "images of \(size(testImages))")
        }
        let classes = Int(trainLabels.payload.max() ?? 0) + 1
        guard classes >= 2 else {
            throw .malformed(
                path: trainLabels.path, offset: trainLabels.header.count, expected: "labels of at least two classes",
                found: "only label 0")
        }
        if let index = testLabels.payload.firstIndex(where: { Int($0) >= classes }) {
            throw .malformed(
                path: testLabels.path, offset: testLabels.header.count + index,
                expected: "a label in 0 ... \(classes - 1), as in the training labels",
                found: "\(testLabels.payload[index])")
        }
        return Dataset(
            name: name, train: set(trainImages, trainLabels), test: set(testImages, testLabels), classes: classes,
            classNames: classNames?.count == classes ? classNames : nil)
    }

    private static func checkCounts(images: IDXFile, labels: IDXFile) throws(DataError) {
        guard images.sizes[0] == labels.sizes[0] else {
            throw .malformed(
                path: labels.path, offset: 4, expected: "\(images.sizes[0]) labels, one for each of \(images.path)",
                found: "\(labels.sizes[0])")
        }
    }

    private static func size(_ images: IDXFile) -> String { "\(images.sizes[1]) × \(images.sizes[2])" }

    private static func set(_ images: IDXFile, _ labels: IDXFile) -> ImageSet {
        ImageSet(pixels: images.payload, labels: labels.payload, rows: images.sizes[1], columns: images.sizes[2])
    }
}
