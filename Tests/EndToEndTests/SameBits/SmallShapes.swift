import Kernels
import TestSupport

/// A data set of 700 + 100 images of 14 × 14: each of ten classes has stripes of its own slope, among noise.
enum SmallShapes {
    private static let side = 14

    /// Writes the four files into the folder.
    static func write(to folder: TemporaryFolder) throws {
        for (name, count, seed) in [("train", 700, UInt64(5)), ("t10k", 100, 6)] {
            var generator = SeededGenerator(seed: seed, stream: 3)
            var (pixels, labels): ([UInt8], [UInt8]) = ([], [])
            for _ in 0..<count {
                let label = Int(generator.next() % 10)
                labels.append(UInt8(label))
                for y in 0..<side {
                    for x in 0..<side {
                        let isOn = (x + y * (label + 1)) % 12 < 3 && (3..<(side - 2)).contains(x)
                        let isNoise = generator.uniform() < 0.2
                        pixels.append(UInt8(isOn ? 120 + generator.next() % 135 : isNoise ? generator.next() % 60 : 0))
                    }
                }
            }
            let size = [side, side].flatMap(bigEndian)
            try folder.write([0, 0, 8, 3] + bigEndian(count) + size + pixels, as: "shapes/\(name)-images-idx3-ubyte")
            try folder.write([0, 0, 8, 1] + bigEndian(count) + labels, as: "shapes/\(name)-labels-idx1-ubyte")
        }
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(number).bigEndian) { Array($0) }
    }
}
