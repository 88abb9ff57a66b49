import Dispatch
import Foundation
import Synchronization

/// The four files of a data set in one folder.
package struct DatasetFiles: Sendable {
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

    /// Finds the four files; where a file exists both plain and gzip'ed, the plain one is read.
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
    /// - Parameter onThread: called first on each of these threads.
    /// - Throws: the error of the first bad file, in the order of `roles`.
    func read(onThread: @Sendable () -> Void = {}) throws(DataError) -> [IDXFile] {
        let results = Mutex<[Int: Result<IDXFile, DataError>]>([:])
        DispatchQueue.concurrentPerform(iterations: paths.count) { index in
            onThread()
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
    static func dataset(name: String, files: [IDXFile], known: KnownDataset?) throws(DataError) -> Dataset {
        let (trainImages, trainLabels, testImages, testLabels) = (files[0], files[1], files[2], files[3])
        try checkCounts(images: trainImages, labels: trainLabels)
        try checkCounts(images: testImages, labels: testLabels)
        guard testImages.sizes.dropFirst() == trainImages.sizes.dropFirst() else {
            throw .malformed(
                path: testImages.path, offset: 8, expected: "images of \(size(trainImages)) as in \(trainImages.path)",
                found: "images of \(size(testImages))")
        }
        let classes = try classCount(trainLabels, known: known)
        if let index = testLabels.payload.firstIndex(where: { Int($0) >= classes }) {
            throw .malformed(
                path: testLabels.path, offset: testLabels.header.count + index,
                expected: "a label in 0 ... \(classes - 1)\(known == nil ? ", as in the training labels" : "")",
                found: "\(testLabels.payload[index])")
        }
        return Dataset(
            name: name, train: set(trainImages, trainLabels), test: set(testImages, testLabels), classes: classes,
            classNames: known?.classNames)
    }

    /// The number of classes of the data set.
    ///
    /// A known data set says so itself. Elsewhere it is one more than the greatest label: a rare class may be absent,
    /// but one wrong byte must not make a network of 256 classes, so at least half of the classes must be present.
    ///
    /// - Throws: `DataError.malformed` at the label that is too great.
    package static func classCount(_ labels: IDXFile, known: KnownDataset?) throws(DataError) -> Int {
        let greatest = Int(labels.payload.max() ?? 0)
        if let known {
            guard greatest < known.classes else {
                throw outOfPlace(
                    UInt8(greatest), in: labels,
                    expected: "a label in 0 ... \(known.classes - 1), as \(known.name) has",
                    found: "\(greatest)")
            }
            return known.classes
        }
        guard greatest >= 1 else {
            throw outOfPlace(0, in: labels, expected: "labels of at least two classes", found: "only label 0")
        }
        let distinct = Set(labels.payload).count
        guard greatest + 1 <= 2 * distinct else {
            throw outOfPlace(
                UInt8(greatest), in: labels, expected: "labels numbered from 0 with few gaps",
                found: "label \(greatest) among only \(distinct) different labels")
        }
        return greatest + 1
    }

    private static func outOfPlace(
        _ label: UInt8, in labels: IDXFile, expected: String, found: String
    ) -> DataError {
        let index = labels.payload.firstIndex(of: label) ?? 0
        return .malformed(path: labels.path, offset: labels.header.count + index, expected: expected, found: found)
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
