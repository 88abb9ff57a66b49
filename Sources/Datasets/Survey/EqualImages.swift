import Foundation

/// Images that are there more than once, byte for byte, within and between the parts of a data set.
package struct EqualImages: Sendable, Equatable {
    /// Two images or more that are equal.
    package struct Group: Sendable, Equatable {
        /// Rows of the training file, in order.
        package let train: [Int32]
        /// Rows of the test set, in order.
        package let test: [Int32]
        /// Whether not all of them have the same label.
        package let hasSeveralLabels: Bool
    }

    /// In the order of their first rows, those of the training file first.
    package let groups: [Group]
    private let groupOfTrain: [Int32: Int32]
    private let groupOfTest: [Int32: Int32]

    /// Training rows that are equal to one before them.
    package var withinTrain: Int { groups.reduce(0) { $0 + max(0, $1.train.count - 1) } }
    /// Test rows that are equal to one before them.
    package var withinTest: Int { groups.reduce(0) { $0 + max(0, $1.test.count - 1) } }
    /// Test rows that are equal to a training row.
    package var testInTrain: Int { groups.reduce(0) { $0 + ($1.train.isEmpty ? 0 : $1.test.count) } }
    /// Images that stand under more than one label.
    package var contradictions: Int { groups.count { $0.hasSeveralLabels } }

    /// The images that are equal to a row, it among them; nil where there are no others.
    package func group(of row: Int, _ part: DatasetPart) -> Group? {
        let index = part == .train ? groupOfTrain[Int32(row)] : groupOfTest[Int32(row)]
        return index.map { groups[Int($0)] }
    }

    /// Rows that are held out and equal to one that is trained on.
    package func heldOutInTraining(_ split: Split, rows: Int) -> Int {
        var isHeldOut = [Bool](repeating: false, count: rows)
        for row in split.validation { isHeldOut[row] = true }
        return groups.reduce(0) { sum, group in
            let heldOut = group.train.count { isHeldOut[Int($0)] }
            return sum + (heldOut < group.train.count ? heldOut : 0)
        }
    }

    /// - Parameters:
    ///   - train: of all training rows, a hash of the bytes.
    ///   - test: the same of the test rows.
    init(_ dataset: Dataset, train: [UInt64], test: [UInt64]) {
        // Test rows come behind the training rows.
        let all = train + test
        let order = (0..<Int32(all.count)).sorted { (all[Int($0)], $0) < (all[Int($1)], $1) }
        var found: [[Int32]] = []
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, all[Int(order[end])] == all[Int(order[start])] { end += 1 }
            if end - start > 1 { found += Self.equal(Array(order[start..<end]), dataset) }
            start = end
        }
        found.sort { $0[0] < $1[0] }
        let firstTest = Int32(train.count)
        groups = found.map { rows in
            let train = rows.filter { $0 < firstTest }
            let test = rows.filter { $0 >= firstTest }.map { $0 - firstTest }
            let labels = train.map { dataset.train.labels[Int($0)] } + test.map { dataset.test.labels[Int($0)] }
            return Group(train: train, test: test, hasSeveralLabels: Set(labels).count > 1)
        }
        var (ofTrain, ofTest) = ([Int32: Int32](), [Int32: Int32]())
        for (index, group) in groups.enumerated() {
            for row in group.train { ofTrain[row] = Int32(index) }
            for row in group.test { ofTest[row] = Int32(index) }
        }
        (groupOfTrain, groupOfTest) = (ofTrain, ofTest)
    }

    /// Rows of one hash by their bytes: each list has at least two, in order. Sorting compares few pairs also where other
    /// images were made to have the same hash.
    private static func equal(_ rows: [Int32], _ dataset: Dataset) -> [[Int32]] {
        let size = dataset.train.imageBytes
        return dataset.train.pixels.withUnsafeBytes { train in
            dataset.test.pixels.withUnsafeBytes { test in
                func compare(_ one: Int32, _ other: Int32) -> Int32 {
                    func start(_ row: Int32) -> UnsafeRawPointer? {
                        let isTrain = Int(row) < dataset.train.count
                        let base = isTrain ? train.baseAddress : test.baseAddress
                        return base.map { $0 + (Int(row) - (isTrain ? 0 : dataset.train.count)) * size }
                    }
                    guard let one = start(one), let other = start(other) else { return 0 }
                    return memcmp(one, other, size)
                }
                let sorted = rows.sorted {
                    let order = compare($0, $1)
                    return order == 0 ? $0 < $1 : order < 0
                }
                var groups: [[Int32]] = [[sorted[0]]]
                for row in sorted.dropFirst() {
                    if compare(groups[groups.count - 1][0], row) == 0 {
                        groups[groups.count - 1].append(row)
                    } else {
                        groups.append([row])
                    }
                }
                return groups.filter { $0.count > 1 }
            }
        }
    }
}
