import Dispatch
import Synchronization

/// The sizes of many images, and the one that they are brought to.
struct ImageSizes: Sendable {
    /// The size of all images that are read.
    let shape: ImageShape
    /// What is said of it; nil where all images have that size.
    private(set) var note: String?

    private struct Size: Hashable {
        let rows: Int
        let columns: Int
    }

    /// Reads the headers of images.
    ///
    /// - Parameter chosen: the size that the user wants; else it is the most usual one, of equally usual ones the one with
    ///   more pixels, then with more rows.
    /// - Throws: `DataError` for the first file that is no image, or for a size that is too large.
    init(train: [ImageFolder.Item], test: [ImageFolder.Item], chosen: ImageShape?) throws(DataError) {
        let headers = try ManyFiles.map(train) { item throws(DataError) in try ImageHeader.read(path: item.path) }
        var counts: [Size: Int] = [:]
        for header in headers { counts[Size(rows: header.rows, columns: header.columns), default: 0] += 1 }
        let most = counts.max { Self.rank($0) < Self.rank($1) }?.key ?? Size(rows: 1, columns: 1)
        shape = chosen ?? ImageShape(rows: most.rows, columns: most.columns)
        guard shape.bytes <= DatasetLimits.pixels else {
            let example = train[headers.firstIndex { $0.rows == shape.rows && $0.columns == shape.columns } ?? 0]
            throw .image(
                path: example.path,
                fault: "\(shape.columns) × \(shape.rows) pixels, as most images here; expected at most "
                    + "\(DatasetLimits.pixels), or size=ROWSxCOLUMNS behind the folder's path")
        }
        let others = try ManyFiles.map(test) { item throws(DataError) in try ImageHeader.read(path: item.path) }
        for header in others { counts[Size(rows: header.rows, columns: header.columns), default: 0] += 1 }
        note = Self.note(headers + others, sizes: counts.count, shape, isChosen: chosen != nil)
    }

    private static func rank(_ entry: (key: Size, value: Int)) -> (Int, Int, Int) {
        (entry.value, entry.key.rows * entry.key.columns, entry.key.rows)
    }

    private static func note(
        _ headers: [ImageHeader], sizes: Int, _ shape: ImageShape, isChosen: Bool
    ) -> String? {
        var words: [String] = []
        let scaled = headers.count { $0.rows != shape.rows || $0.columns != shape.columns }
        if scaled > 0 {
            words.append(
                "\(scaled) of \(headers.count) images, of \(sizes) sizes, are brought to \(shape.rows) × \(shape.columns) "
                    + "pixels (\(isChosen ? "size=" : "the most usual size; size= chooses")): scaled with their proportions "
                    + "kept, and filled up with the level of their edges")
        }
        let colored = headers.count { $0.isColor }
        if colored > 0 { words.append("\(colored) of \(headers.count) images in colour become grey (Rec. 601)") }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }
}

/// Work on many files, on several threads.
enum ManyFiles {
    /// Files that a thread takes at once.
    private static let block = 64

    /// Results in the order of the items.
    ///
    /// - Parameter onThread: called first on every thread.
    /// - Throws: the error of the first bad item, in their order; later ones may not have been looked at.
    static func map<Item: Sendable, Value: Sendable>(
        _ items: [Item], onThread: @Sendable () -> Void = {},
        _ body: @Sendable (Item) throws(DataError) -> Value
    ) throws(DataError) -> [Value] {
        let blocks = (items.count + block - 1) / block
        let results = Mutex<[Int: [Value]]>([:])
        let fault = Mutex<(block: Int, error: DataError)?>(nil)
        DispatchQueue.concurrentPerform(iterations: blocks) { index in
            guard fault.withLock({ $0.map { index < $0.block } ?? true }) else { return }
            onThread()
            do throws(DataError) {
                var values: [Value] = []
                for item in items[(index * block)..<min(items.count, (index + 1) * block)] {
                    values.append(try body(item))
                }
                let all = values
                results.withLock { $0[index] = all }
            } catch {
                fault.withLock { if index < $0?.block ?? .max { $0 = (index, error) } }
            }
        }
        if let fault = fault.withLock({ $0 }) { throw fault.error }
        var values: [Value] = []
        values.reserveCapacity(items.count)
        for index in 0..<blocks { values += results.withLock { $0.removeValue(forKey: index) } ?? [] }
        return values
    }
}
