import DataFormats
import Datasets
import Specs
import Testing
import Training

/// What is said of data that would lead a beginner astray.
struct DataWarningTests {
    /// Images of two pixels, all of them different.
    private func dataset(
        train: [Int], test: [Int] = [0, 1], classes: Int = 2, pixels: (_ row: Int) -> [UInt8] = { [UInt8($0), 255] }
    ) -> Dataset {
        func images(_ labels: [Int], from first: Int) -> ImageSet {
            ImageSet(
                pixels: labels.indices.flatMap { pixels(first + $0) }, labels: labels.map(UInt8.init), rows: 1,
                columns: 2)
        }
        return Dataset(
            name: "pairs", train: images(train, from: 0), test: images(test, from: train.count), classes: classes)
    }

    private func warnings(_ dataset: Dataset, _ settings: String = "") throws -> [DataWarning] {
        var spec = ExperimentSpec.standard
        (spec.network.inputs, spec.network.classes) = (dataset.train.imageBytes, dataset.classes)
        spec = try spec.replacing(settings: settings)
        let survey = try #require(DataSurvey(dataset))
        return DataWarning.all(survey, try DataDivision(spec, dataset), dataset)
    }

    private let mixed = (0..<40).map { $0 % 2 }

    @Test("Of mixed classes, all there, with different images, nothing is said")
    func fine() throws { #expect(try warnings(dataset(train: mixed)) == []) }

    @Test("Sorted labels name the classes that the last rows hold out; rows by chance are mixed anyway")
    func sorted() throws {
        let data = dataset(train: (0..<40).map { $0 / 20 })
        #expect(try warnings(data, "val=0.1") == [.sortedLabels(heldOut: [1])])
        #expect(try warnings(data, "val=0.6") == [.sortedLabels(heldOut: [0, 1]), .emptyClasses([1], .training)])
        #expect(try warnings(data, "val=0") == [.sortedLabels(heldOut: [1])])
        #expect(try warnings(data, "val=0.1 split=stratified") == [])
    }

    @Test("Rows held out that have other classes are told, where labels are not sorted")
    func otherClasses() throws {
        let found = try warnings(
            dataset(train: [2] + Array(repeating: 0, count: 30) + Array(repeating: 1, count: 9), classes: 3), "val=0.2")
        guard case .otherClassesHeldOut(let difference) = found.first else {
            Issue.record("\(found)")
            return
        }
        #expect(difference.label == 1 && difference.heldOut == 1)
    }

    @Test("Labels that begin at 1, and classes that a part lacks")
    func empty() throws {
        let fromOne = dataset(train: mixed.map { $0 + 1 }, test: [1, 2], classes: 3)
        #expect(try warnings(fromOne) == [.labelsFromOne])
        #expect(try warnings(dataset(train: mixed, test: [1])) == [.emptyClasses([0], .test)])
        #expect(try warnings(dataset(train: mixed, test: [2, 0, 1], classes: 3)) == [.emptyClasses([2], .training)])
    }

    @Test(
        "A class with rows to train on and none held out is told, where as many rows are held out as there are classes")
    func heldOut() throws {
        let train = (0..<40).map { $0 < 36 ? $0 % 4 : $0 % 3 }
        #expect(
            try warnings(dataset(train: train, test: [0, 1, 2, 3], classes: 4)).contains(.emptyClasses([3], .heldOut)))
        // Three rows can't be of four classes.
        let few = (0..<30).map { $0 < 27 ? $0 % 4 : $0 % 3 }
        let found = try warnings(dataset(train: few, test: [0, 1, 2, 3], classes: 4))
        #expect(!found.contains { if case .emptyClasses = $0 { true } else { false } })
    }

    @Test("Constant images, a narrow range, and images that are there twice")
    func images() throws {
        #expect(
            try warnings(dataset(train: mixed) { $0 == 3 || $0 == 5 ? [UInt8($0), UInt8($0)] : [UInt8($0), 255] })
                == [.constantImages(2, first: 3, .train)])
        #expect(
            try warnings(dataset(train: mixed) { [UInt8($0 % 16), UInt8(3 + $0 / 16)] })
                == [.constantImages(3, first: 3, .train), .narrowRange(least: 0, greatest: 15)])
        // The last four rows are held out; row 38 is row 0 again, and so is the first test row.
        #expect(
            try warnings(dataset(train: mixed) { $0 == 38 || $0 == 40 ? [0, 255] : [UInt8($0), 255] })
                == [.seenImages(1, .heldOut), .seenImages(1, .test)])
        #expect(
            try warnings(dataset(train: mixed) { $0 == 7 ? [4, 255] : [UInt8($0), 255] }) == [.contradictions(1)])
    }

    @Test("Classes are unbalanced from three times on, unless they are weighted")
    func unbalanced() throws {
        let data = dataset(train: (0..<40).map { $0 % 4 == 0 ? 1 : 0 })
        #expect(try warnings(data) == [.unbalanced(most: 0, least: 1, times: 3)])
        #expect(try warnings(data, "classweight=balanced") == [])
        #expect(try warnings(dataset(train: (0..<40).map { $0 % 3 == 0 ? 1 : 0 })) == [])
    }
}
