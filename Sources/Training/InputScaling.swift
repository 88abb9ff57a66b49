import Datasets
import Kernels
import Specs

extension InputTransform {
    /// The affine map from pixel bytes, 0 ... 255, to the network's inputs.
    ///
    /// - Parameters:
    ///   - scale: `standard` takes one mean and one deviation over all pixels of `rows`.
    ///   - images: count × rows × columns × channels bytes.
    ///   - rows: training rows, after the validation split.
    package init(_ scale: InputScale, images: ImageSet, rows: RowNumbers) {
        switch scale {
        case .unit: self.init(multiply: 1 / 255, add: 0)
        case .raw: self.init(multiply: 1, add: 0)
        case .standard: self = PixelStatistics(images: images, rows: rows).transform
        }
    }
}

/// Mean and standard deviation over all pixels of the training rows: what `scale=standard` scales by.
package struct PixelStatistics: Sendable, Equatable, Decodable {
    /// The mean of the bytes.
    package var mean: Double
    /// Their standard deviation, of the population; 1 where all are equal.
    package var deviation: Double

    package init(mean: Double, deviation: Double) { (self.mean, self.deviation) = (mean, deviation) }

    /// - Parameters:
    ///   - images: count × rows × columns × channels bytes.
    ///   - rows: training rows, after the validation split.
    package init(images: ImageSet, rows: RowNumbers) {
        var histogram = [Int](repeating: 0, count: 256)
        for row in rows { for byte in images.image(row) { histogram[Int(byte)] += 1 } }
        let count = Double(max(1, histogram.reduce(0, +)))
        let mean = histogram.enumerated().reduce(0) { $0 + Double($1.offset) * Double($1.element) } / count
        let variance =
            histogram.enumerated().reduce(0) {
                $0 + (Double($1.offset) - mean) * (Double($1.offset) - mean) * Double($1.element)
            } / count
        self.init(mean: mean, deviation: variance > 0 ? variance.squareRoot() : 1)
    }

    /// Those that a scaling needs; nil where it needs none.
    ///
    /// - Parameters:
    ///   - images: count × rows × columns × channels bytes.
    ///   - rows: training rows, after the validation split.
    init?(_ scale: InputScale, images: ImageSet, rows: RowNumbers) {
        guard scale == .standard else { return nil }
        self.init(images: images, rows: rows)
    }

    /// Whether they can be those of bytes.
    package var areOfBytes: Bool { (0...255).contains(mean) && deviation > 0 && deviation <= 255 }

    /// (byte − mean) / deviation.
    package var transform: InputTransform {
        InputTransform(multiply: Float(1 / deviation), add: Float(-mean / deviation))
    }
}
