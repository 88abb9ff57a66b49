import DataFormats
import Datasets
import Testing

/// A first look at data, on sets small enough to count by hand.
struct DataSurveyTests {
    /// Images of two pixels.
    private func dataset(
        _ train: [([UInt8], UInt8)], test: [([UInt8], UInt8)] = [([0, 0], 0)], classes: Int = 2
    ) -> Dataset {
        func images(_ rows: [([UInt8], UInt8)]) -> ImageSet {
            ImageSet(pixels: rows.flatMap(\.0), labels: rows.map(\.1), rows: 1, columns: 2)
        }
        return Dataset(name: "pairs", train: images(train), test: images(test), classes: classes)
    }

    @Test("Mean and deviation of each pixel are those of the class's training images")
    func moments() throws {
        let survey = try #require(DataSurvey(dataset([([0, 100], 0), ([10, 200], 0), ([40, 40], 1)])))
        #expect(survey.classes[0].mean?.pixels == [5, 150] && survey.classes[0].deviation?.pixels == [5, 50])
        #expect(survey.classes[1].mean?.pixels == [40, 40] && survey.classes[1].deviation?.pixels == [0, 0])
        #expect(survey.classes.map(\.count) == [2, 1])
    }

    @Test("A distance is the norm of the difference to the class's mean, pixels as parts of 1")
    func distances() throws {
        let survey = try #require(
            DataSurvey(dataset([([0, 0], 0), ([0, 0], 0), ([0, 153], 0)], test: [([204, 51], 0)])))
        // The mean is (0, 51): 51, 51 and 102 away, and the test row 204 away.
        #expect(survey.train.distances == [0.2, 0.2, 0.4] && survey.test.distances == [0.8])
        #expect(abs((survey.classes[0].spread ?? 0) - 0.8 / 3) < 1e-7)
    }

    @Test("Distances and deviations are NumPy's, where images are longer than the eight sums")
    func many() throws {
        // np.random.RandomState(3).randint(0, 256, (4, 19)); np.linalg.norm(x / 255 - x.mean(0) / 255, axis=1), x.std(0)
        let rows: [[UInt8]] = NumPyPixels.rows
        let images = ImageSet(pixels: rows.flatMap(\.self), labels: [0, 0, 0, 0], rows: 1, columns: 19)
        let survey = try #require(DataSurvey(Dataset(name: "random", train: images, test: images, classes: 1)))
        for (found, expected) in zip(survey.train.distances, NumPyPixels.distances) {
            #expect(abs(Double(found) - expected) < 1e-6)
        }
        #expect(survey.test.distances == survey.train.distances)
        #expect(survey.classes[0].deviation?.pixels == NumPyPixels.deviations)
    }

    @Test("Ranks count the images of the class that are more unlike it; equal ones go by row")
    func ranks() throws {
        let data = dataset([([0, 0], 0), ([0, 0], 0), ([0, 153], 0), ([9, 9], 1)])
        let survey = try #require(DataSurvey(data))
        let ranks = (0..<4).map { survey.rank(of: $0, .train, labels: data.train.labels) }
        #expect(ranks.map { $0?.place } == [2, 3, 1, 1] && ranks.map { $0?.of } == [3, 3, 3, 1])
    }

    @Test("A class without training images has no mean, and its test images no distance")
    func noMean() throws {
        let data = dataset([([0, 0], 0), ([1, 0], 2)], test: [([5, 5], 1)], classes: 3)
        let survey = try #require(DataSurvey(data))
        #expect(survey.classes[1].count == 0 && survey.classes[1].mean == nil && survey.classes[1].spread == nil)
        #expect(survey.test.distances[0].isNaN && survey.rank(of: 0, .test, labels: [1]) == nil)
    }

    @Test("Range, mean, deviation and ink are those of all bytes")
    func levels() throws {
        let levels = try #require(DataSurvey(dataset([([0, 4], 0), ([8, 0], 1)]))).train.levels
        #expect(levels.least == 0 && levels.greatest == 8 && levels.total == 4)
        #expect(levels.mean == 3 && levels.ink == 0.5 && abs(levels.deviation - 11.0.squareRoot()) < 1e-12)
        #expect(levels.bins(64)[0..<3] == [0.5, 0.25, 0.25] && levels.bins(64).count == 64)
        #expect(levels.bins(45).count == 45 && levels.bins(300).count == 256 && levels.bins(256)[8] == 1)
    }

    @Test("Images of one value are constant, black or not")
    func constant() throws {
        let survey = try #require(
            DataSurvey(dataset([([0, 0], 0), ([7, 7], 1), ([7, 8], 1)], test: [([1, 2], 0)])))
        #expect(survey.train.constant == [0, 1] && survey.test.constant == [])
    }

    @Test("Labels are sorted upwards or downwards, and not where all are equal")
    func sorted() throws {
        func isSorted(_ labels: [UInt8]) -> Bool? {
            DataSurvey(dataset(labels.map { ([0, $0], $0) }, classes: 3))?.train.isSorted
        }
        #expect(isSorted([0, 0, 1, 2]) == true && isSorted([2, 1, 1]) == true)
        #expect(isSorted([0, 1, 0, 2]) == false && isSorted([1, 1, 1]) == false)
    }

    @Test("Images are found twice within the parts and between them, with their labels")
    func twice() throws {
        let survey = try #require(
            DataSurvey(
                dataset(
                    [([1, 1], 0), ([2, 2], 0), ([1, 1], 0), ([3, 3], 1), ([1, 1], 1)],
                    test: [([3, 3], 1), ([4, 4], 0), ([4, 4], 0), ([5, 5], 1)])))
        let equal = survey.equal
        #expect(equal.withinTrain == 2 && equal.withinTest == 1 && equal.testInTrain == 1 && equal.contradictions == 1)
        #expect(equal.groups.map(\.train) == [[0, 2, 4], [3], []] && equal.groups.map(\.test) == [[], [0], [1, 2]])
        #expect(equal.group(of: 2, .train) == equal.groups[0] && equal.group(of: 2, .test) == equal.groups[2])
        #expect(equal.group(of: 1, .train) == nil && equal.group(of: 3, .test) == nil)
        #expect(equal.heldOutInTraining(Split(count: 5, validation: 0.4), rows: 5) == 1)
        #expect(equal.heldOutInTraining(Split(count: 5, validation: 0), rows: 5) == 0)
    }

    @Test("Images that differ in their last byte alone are not equal")
    func lastByte() throws {
        let pixels = (0..<2).flatMap { row in [UInt8](repeating: 9, count: 26) + [UInt8(row)] }
        let images = ImageSet(pixels: pixels, labels: [0, 1], rows: 3, columns: 9)
        let survey = try #require(DataSurvey(Dataset(name: "nines", train: images, test: images, classes: 2)))
        #expect(survey.equal.withinTrain == 0 && survey.equal.testInTrain == 2)
    }

    @Test("Pictures of large images are means of whole blocks, at most 64 pixels a side")
    func large() throws {
        let pixels = (0..<(70 * 130)).map { UInt8($0 % 130 / 3) }
        let images = ImageSet(pixels: pixels, labels: [0], rows: 70, columns: 130)
        let mean = try #require(
            DataSurvey(Dataset(name: "wide", train: images, test: images, classes: 1))?.classes[0].mean)
        #expect(mean.rows == 24 && mean.columns == 44)
        #expect(Array(mean.pixels.prefix(44)) == (0..<44).map { UInt8($0) })
    }

    @Test("Colours are shown in grey, and counted as they are")
    func colours() throws {
        let images = ImageSet(
            pixels: [255, 0, 0], labels: [0], shape: ImageShape(rows: 1, columns: 1, channels: 3))
        let survey = try #require(DataSurvey(Dataset(name: "red", train: images, test: images, classes: 1)))
        #expect(survey.classes[0].mean?.pixels == [76])
        #expect(survey.train.levels.total == 3 && survey.train.constant.isEmpty)
    }

    @Test("Rows by chance are in NumPy's order: RandomState(3).permutation(np.arange(10, 20))")
    func order() {
        #expect(RandomOrder.of(Array(10..<20), seed: 3) == [15, 14, 11, 12, 19, 16, 17, 10, 13, 18])
        #expect(RandomOrder.of([], seed: 3) == [])
    }

    @Test("A survey that is cancelled is none")
    func cancelled() {
        #expect(DataSurvey(dataset([([0, 1], 0), ([1, 0], 1)]), isCancelled: { true }) == nil)
    }
}
