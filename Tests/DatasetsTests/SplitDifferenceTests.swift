import Datasets
import Testing

/// Whether the rows held out are like the rest.
struct SplitDifferenceTests {
    private func difference(_ labels: [UInt8], _ validation: Double, classes: Int = 10) -> SplitDifference? {
        SplitDifference(Split(count: labels.count, validation: validation), labels: labels, classes: classes)
    }

    @Test("The last rows of a sorted file are of a class that nothing is trained on")
    func sorted() throws {
        let labels = (0..<2_000).map { UInt8($0 / 200) }
        let found = try #require(difference(labels, 0.1))
        #expect(found.label == 9 && found.heldOut == 1 && found.trained == 0)
    }

    @Test("Some rows of the class among the others don't help")
    func nearlySorted() throws {
        let labels = (0..<2_000).map { UInt8($0 / 200) }
        let found = try #require(difference(labels, 0.05))
        #expect(found.label == 9 && found.heldOut == 1)
        #expect(abs(found.trained - 100 / 1_900.0) < 1e-12)
    }

    @Test("A single row of a class that nothing is trained on is named")
    func rare() throws {
        let found = try #require(difference(Array(repeating: 0, count: 50) + [0, 1, 0, 2, 1], 0.1))
        #expect(found.label == 1 && found.trained == 0)
    }

    @Test("Mixed rows, a few rows, and none held out are nothing to warn of")
    func fine() {
        let mixed = (0..<2_000).map { UInt8($0 % 10) }
        #expect(difference(mixed, 0.1) == nil)
        #expect(difference(mixed, 0) == nil)
        #expect(difference(Array(mixed.prefix(100)) + [3, 3, 3], 0.03) == nil)
    }
}
