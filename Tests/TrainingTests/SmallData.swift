import Datasets
import Kernels
import Specs
import Training

/// A data set that is learned in no time: each class has its own bright pixels among noise.
enum SmallData {
    static let classes = 4
    static let side = 6

    static func images(_ count: Int, seed: UInt64) -> ImageSet {
        var generator = SeededGenerator(seed: seed)
        var pixels: [UInt8] = []
        var labels: [UInt8] = []
        for _ in 0..<count {
            let label = Int(generator.next() % UInt64(classes))
            labels.append(UInt8(label))
            for pixel in 0..<(side * side) {
                let noise = UInt8(generator.next() % 60)
                pixels.append(pixel % classes == label && generator.uniform() < 0.7 ? 180 + noise : noise)
            }
        }
        return ImageSet(pixels: pixels, labels: labels, rows: side, columns: side)
    }

    static let dataset = Dataset(
        name: "stripes", train: images(500, seed: 1), test: images(200, seed: 2), classes: classes)

    static func spec(_ line: String) throws -> ExperimentSpec {
        try ExperimentSpec(parsing: line, inputs: side * side, classes: classes)
    }
}
