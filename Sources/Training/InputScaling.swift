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
        case .standard:
            var histogram = [Int](repeating: 0, count: 256)
            for row in rows { for byte in images.image(row) { histogram[Int(byte)] += 1 } }
            let count = Double(max(1, histogram.reduce(0, +)))
            let mean = histogram.enumerated().reduce(0) { $0 + Double($1.offset) * Double($1.element) } / count
            let variance =
                histogram.enumerated().reduce(0) {
                    $0 + (Double($1.offset) - mean) * (Double($1.offset) - mean) * Double($1.element)
                } / count
            let deviation = variance > 0 ? variance.squareRoot() : 1
            self.init(multiply: Float(1 / deviation), add: Float(-mean / deviation))
        }
    }
}
