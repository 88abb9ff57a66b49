import DataFormats
import Datasets

/// A tenth of MNIST as a data set of its own: it loads in no time, and an epoch of single images is a moment.
package enum SomeDigits {
    private static let mnist = Result { () throws(DataError) in try DatasetSource.mnist.load() }

    /// Writes the four files into the folder.
    package static func write(to folder: TemporaryFolder) throws {
        let digits = try mnist.get()
        for (name, set, count) in [("train", digits.train, 6000), ("t10k", digits.test, 1000)] {
            let size = [set.rows, set.columns].flatMap(bigEndian)
            let images = [0, 0, 8, 3] + bigEndian(count) + size + set.pixels.prefix(count * set.rows * set.columns)
            try folder.write(images, as: "digits/\(name)-images-idx3-ubyte")
            try folder.write(
                [0, 0, 8, 1] + bigEndian(count) + set.labels.prefix(count), as: "digits/\(name)-labels-idx1-ubyte")
        }
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(number).bigEndian) { Array($0) }
    }
}
