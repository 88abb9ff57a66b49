import Dispatch
import Foundation
import Memory
import Synchronization

/// Four IDX files of MNIST's names in one folder, gzip'ed or not.
package struct IDXFormat: DatasetFormat {
    private struct Role {
        let name: String
        let kind: IDXFile.Kind
    }

    private static let roles = [
        Role(name: "train-images-idx3-ubyte", kind: .images), Role(name: "train-labels-idx1-ubyte", kind: .labels),
        Role(name: "t10k-images-idx3-ubyte", kind: .images), Role(name: "t10k-labels-idx1-ubyte", kind: .labels),
    ]

    package static let place = "a folder with four IDX files"

    package static var layout: String {
        let names = roles.map(\.name)
        return "called \(names.dropLast().joined(separator: ", ")) and \(names[3]), gzip'ed (.gz) or not"
    }

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
        testImages: #"read_idx(folder, "t10k-images-idx3-ubyte")"#,
        testLabels: #"read_idx(folder, "t10k-labels-idx1-ubyte")"#)

    /// Training images and labels, test images and labels.
    package let files: [String]

    /// A folder with any of the four files is meant to be one; where a file is there both plain and gzip'ed, the plain
    /// one counts.
    ///
    /// - Throws: `DataError.filesMissing` with all names that are missing.
    package init?(path folder: String) throws(DataError) {
        var files: [String] = []
        var missing: [String] = []
        for role in Self.roles {
            let plain = folder + (folder.hasSuffix("/") ? "" : "/") + role.name
            if let path = [plain, plain + ".gz"].first(where: { FileManager.default.fileExists(atPath: $0) }) {
                files.append(path)
            } else {
                missing.append(role.name)
            }
        }
        if files.isEmpty { return nil }
        guard missing.isEmpty else {
            let expected = "the four IDX files of a data set, gzip'ed or not"
            throw .filesMissing(folder: folder, expected: expected, names: missing)
        }
        self.files = files
    }

    package func outline() throws(DataError) -> DatasetOutline {
        let sizes = try IDXFile.sizes(path: files[0], kind: .images)
        let labels = try IDXFile(path: files[1], kind: .labels)
        return DatasetOutline(shape: ImageShape(rows: sizes[1], columns: sizes[2]), labels: labels.payload)
    }

    /// - Throws: `DataError.malformed` also if counts or image sizes differ.
    package func load(onThread: @Sendable () -> Void) throws(DataError) -> DatasetContents {
        let read = try readAll(onThread: onThread)
        let (trainImages, testImages) = (read[0], read[2])
        try Self.checkCounts(images: trainImages, labels: read[1])
        try Self.checkCounts(images: testImages, labels: read[3])
        guard testImages.sizes.dropFirst() == trainImages.sizes.dropFirst() else {
            throw .malformed(
                path: testImages.path, offset: 8,
                expected: "images of \(Self.size(trainImages)) as in \(trainImages.path)",
                found: "images of \(Self.size(testImages))")
        }
        return DatasetContents(
            shape: ImageShape(rows: trainImages.sizes[1], columns: trainImages.sizes[2]),
            train: LabelledImages(pixels: trainImages.payload, labels: read[1].payload),
            test: LabelledImages(pixels: testImages.payload, labels: read[3].payload))
    }

    package func digests() throws(DataError) -> [FileDigest] {
        try readAll {}.map { file in
            var digest = SHA256()
            digest.update(file.header)
            digest.update(file.payload)
            return FileDigest(
                path: file.path, sizes: file.sizes, bytes: file.header.count + file.payload.count,
                digest: digest.finish())
        }
    }

    package func source(of label: LabelPlace) -> (path: String, offset: Int) {
        (label.part == .train ? files[1] : files[3], IDXFile.labelsStart + label.index)
    }

    /// Reads the four files at once, each on a thread of its own.
    ///
    /// - Throws: the error of the first bad file, in their order.
    private func readAll(onThread: @Sendable () -> Void) throws(DataError) -> [IDXFile] {
        try refuseTooLarge()
        let results = Mutex<[Int: Result<IDXFile, DataError>]>([:])
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            onThread()
            let result: Result<IDXFile, DataError>
            do throws(DataError) {
                result = .success(try IDXFile(path: files[index], kind: Self.roles[index].kind))
            } catch {
                result = .failure(error)
            }
            results.withLock { $0[index] = result }
        }
        var read: [IDXFile] = []
        for (_, result) in results.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { read.append(try result.get()) }
        return read
    }

    /// Together the files may take more than one of them alone.
    private func refuseTooLarge() throws(DataError) {
        var sum = 0
        for (path, role) in zip(files, Self.roles) {
            // Its fault is found in its turn.
            guard let sizes = try? IDXFile.sizes(path: path, kind: role.kind) else { return }
            sum += sizes.reduce(1, *)
        }
        do throws(MemoryRefusal) {
            try MemoryBudget.current.check(sum)
        } catch {
            throw .tooLarge(path: URL(fileURLWithPath: files[0]).deletingLastPathComponent().path, error)
        }
    }

    private static func checkCounts(images: IDXFile, labels: IDXFile) throws(DataError) {
        guard images.sizes[0] == labels.sizes[0] else {
            throw .malformed(
                path: labels.path, offset: 4, expected: "\(images.sizes[0]) labels, one for each of \(images.path)",
                found: "\(labels.sizes[0])")
        }
    }

    private static func size(_ images: IDXFile) -> String { "\(images.sizes[1]) × \(images.sizes[2])" }
}
