import DataFormats
import Datasets
import TestSupport
import Testing

/// Rows that are held out where a data set has no test part.
@Suite struct TestHoldoutTests {
    private static let labels: [UInt8] = (0..<40).map { UInt8($0 * $0 % 7 % 3) }

    @Test("Of each class the share is held out; both parts are in order and have every row once")
    func shares() {
        for seed: UInt64 in [0, 1, 1842] {
            let rows = TestHoldout(share: 0.25, seed: seed).rows(Self.labels)
            #expect((rows.train + rows.test).sorted() == Array(0..<40))
            #expect(rows.train == rows.train.sorted() && rows.test == rows.test.sorted())
            for label in Set(Self.labels) {
                let count = Self.labels.count { $0 == label }
                let held = rows.test.count { Self.labels[$0] == label }
                #expect(held == Int(0.25 * Double(count) + 0.5), "\(label)")
            }
        }
        #expect(
            TestHoldout(share: 0.25, seed: 1).rows(Self.labels).test
                != TestHoldout(share: 0.25, seed: 2).rows(Self.labels).test)
    }

    @Test("A class of two rows has one in each part, a class of one row is trained on")
    func small() {
        for share in [0.001, 0.999] {
            let rows = TestHoldout(share: share, seed: 3).rows([4, 4, 9])
            #expect(rows.test.count == 1 && rows.train.contains(2), "\(share)")
        }
        let none = TestHoldout(share: 0.5, seed: 3).rows([])
        #expect(none.train.isEmpty && none.test.isEmpty)
    }

    /// The keys of the first rows are the generator's published first numbers: for the seed 1234567 the first is
    /// 6457827717110365317, the second 3203168211198807973.
    @Test("The rows are those with the least keys of SplitMix64")
    func keys() {
        #expect(TestHoldout(share: 0.5, seed: 1_234_567).rows([0, 0]).test == [1])
    }
}
