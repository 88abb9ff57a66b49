import DataFormats

/// The training file, with the rows that validate, or the test set.
package typealias DatasetPart = LabelPlace.Part

/// A first look at a data set, without any network: what values its images have, what each class looks like on average,
/// which images are unlike their class, and which are there twice. It depends on the data alone.
package struct DataSurvey: Sendable, Equatable {
    /// What is known of the training file or of the test set.
    package struct Part: Sendable, Equatable {
        /// How often each value of a byte occurs.
        package let levels: PixelLevels
        /// Rows whose pixels all have one value, in order.
        package let constant: [Int32]
        /// For each row its distance to the mean training image of its class, pixels as parts of 1; NaN where the class
        /// has no training image.
        package let distances: [Float]
        /// Whether no label is less than the one before, or none is greater, and there are at least two classes.
        package let isSorted: Bool
    }

    /// The training file, with the rows that validate.
    package let train: Part
    /// The test set.
    package let test: Part
    /// One for each class, of all rows of the training file.
    package let classes: [ClassImages]
    /// Images that are there more than once.
    package let equal: EqualImages

    /// Takes some tenths of a second for MNIST, so not for a thread that draws.
    ///
    /// - Parameter isCancelled: asked now and then.
    /// - Returns: nil once it is cancelled.
    package init?(_ dataset: Dataset, isCancelled: () -> Bool = { false }) {
        guard let trainScan = ImageScan(dataset.train, isCancelled: isCancelled),
            let testScan = ImageScan(dataset.test, isCancelled: isCancelled)
        else { return nil }
        var (trainDistances, testDistances) = (Self.unknown(dataset.train), Self.unknown(dataset.test))
        let trainRows = Self.rows(dataset.train.labels, dataset.classes)
        let testRows = Self.rows(dataset.test.labels, dataset.classes)
        var classes: [ClassImages] = []
        for label in 0..<dataset.classes {
            if isCancelled() { return nil }
            var moments = ClassMoments(dataset.train, rows: trainRows[label])
            moments.measure(dataset.train, rows: trainRows[label], counts: true, into: &trainDistances)
            moments.measure(dataset.test, rows: testRows[label], counts: false, into: &testDistances)
            classes.append(moments.images(rows: trainRows[label], distances: trainDistances))
        }
        self.classes = classes
        train = Part(
            levels: trainScan.levels, constant: trainScan.constant, distances: trainDistances,
            isSorted: Self.isSorted(dataset.train.labels))
        test = Part(
            levels: testScan.levels, constant: testScan.constant, distances: testDistances,
            isSorted: Self.isSorted(dataset.test.labels))
        equal = EqualImages(dataset, train: trainScan.hashes, test: testScan.hashes)
    }

    /// The training file or the test set.
    package subscript(part: DatasetPart) -> Part { part == .train ? train : test }

    /// The place of a row among those of its class in its part, from 1, the most unlike its class first; and their number.
    /// Nil where the class has no mean.
    package func rank(of row: Int, _ part: DatasetPart, labels: [UInt8]) -> (place: Int, of: Int)? {
        let distances = self[part].distances
        let own = distances[row]
        guard !own.isNaN else { return nil }
        var (before, count) = (0, 0)
        for other in labels.indices where labels[other] == labels[row] {
            count += 1
            if distances[other] > own || (distances[other] == own && other < row) { before += 1 }
        }
        return (before + 1, count)
    }

    private static func unknown(_ images: ImageSet) -> [Float] { Array(repeating: .nan, count: images.count) }

    /// The rows of each class, in order.
    private static func rows(_ labels: [UInt8], _ classes: Int) -> [[Int32]] {
        var rows = [[Int32]](repeating: [], count: classes)
        for (row, label) in labels.enumerated() { rows[Int(label)].append(Int32(row)) }
        return rows
    }

    private static func isSorted(_ labels: [UInt8]) -> Bool {
        guard let first = labels.first, let last = labels.last, first != last else { return false }
        return zip(labels, labels.dropFirst()).allSatisfy { first < last ? $0 <= $1 : $0 >= $1 }
    }
}
