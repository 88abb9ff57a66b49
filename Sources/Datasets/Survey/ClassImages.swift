import DataFormats

/// The mean image of a class, and how much its images differ from it.
package struct ClassImages: Sendable, Equatable {
    /// Training images of the class.
    package let count: Int
    /// The mean of each pixel in grey levels; nil without images. Large images are brought to at most `mostSide` pixels.
    package let mean: GrayImage?
    /// The standard deviation of each pixel, in the same units and size as the mean.
    package let deviation: GrayImage?
    /// The mean distance of the class's training images to its mean; nil without images.
    package let spread: Double?

    /// Pixels of the longer side of the pictures that are kept, at most: as many as a terminal shows.
    package static let mostSide = 64
}

/// The moments of one class, and the distances of its images. Memory is that of some images, whatever their number.
struct ClassMoments {
    private let shape: ImageShape
    private let mean: [Double]
    private let count: Int
    private var squares: [Double]

    /// The mean of rows of a part.
    init(_ images: ImageSet, rows: [Int32]) {
        (shape, count) = (images.shape, rows.count)
        var sums = [Double](repeating: 0, count: images.imageBytes)
        images.pixels.withUnsafeBufferPointer { pixels in
            sums.withUnsafeMutableBufferPointer { sums in
                for row in rows {
                    let start = Int(row) * sums.count
                    for index in 0..<sums.count { sums[index] += Double(pixels[start + index]) }
                }
            }
        }
        if count > 0 { for index in sums.indices { sums[index] /= Double(count) } }
        mean = sums
        squares = [Double](repeating: 0, count: images.imageBytes)
    }

    /// Distances of rows to the mean, with pixels as parts of 1: `norm(image / 255 - mean / 255)` in NumPy.
    ///
    /// - Parameters:
    ///   - counts: whether the rows are those of the mean, whose deviation is asked for later.
    ///   - distances: one for each row of the part; those of the rows are set.
    mutating func measure(_ images: ImageSet, rows: [Int32], counts: Bool, into distances: inout [Float]) {
        guard count > 0 else { return }
        let size = mean.count
        images.pixels.withUnsafeBufferPointer { pixels in
            mean.withUnsafeBufferPointer { mean in
                squares.withUnsafeMutableBufferPointer { squares in
                    for row in rows {
                        let image = UnsafeBufferPointer(rebasing: pixels[(Int(row) * size)..<((Int(row) + 1) * size)])
                        let sum = Self.squares(image, mean, counts ? squares : nil)
                        distances[Int(row)] = Float(sum.squareRoot() / 255)
                    }
                }
            }
        }
    }

    /// The sum of the squared differences of an image to the mean. Eight sums stand side by side: one alone would wait for
    /// each addition.
    ///
    /// - Parameter each: the same of each pixel, which they are added to.
    private static func squares(
        _ image: UnsafeBufferPointer<UInt8>, _ mean: UnsafeBufferPointer<Double>,
        _ each: UnsafeMutableBufferPointer<Double>?
    ) -> Double {
        var sums = SIMD8<Double>.zero
        let whole = image.count & ~7
        let (image, means, totals) = (UnsafeRawBufferPointer(image), UnsafeRawBufferPointer(mean), each)
        for index in stride(from: 0, to: whole, by: 8) {
            let bytes = image.loadUnaligned(fromByteOffset: index, as: SIMD8<UInt8>.self)
            let mean = means.loadUnaligned(fromByteOffset: 8 * index, as: SIMD8<Double>.self)
            let difference = SIMD8<Double>(bytes) - mean
            let square = difference * difference
            sums += square
            if let totals { for lane in 0..<8 { totals[index + lane] += square[lane] } }
        }
        for index in whole..<image.count {
            let difference = Double(image[index]) - mean[index]
            sums[index - whole] += difference * difference
            totals?[index] += difference * difference
        }
        return sums.sum()
    }

    /// The pictures, once the rows of the mean are measured.
    ///
    /// - Parameter distances: of all rows of the part.
    func images(rows: [Int32], distances: [Float]) -> ClassImages {
        guard count > 0 else { return ClassImages(count: 0, mean: nil, deviation: nil, spread: nil) }
        let deviation = squares.map { ($0 / Double(count)).squareRoot() }
        let sum = rows.reduce(0) { $0 + Double(distances[Int($1)]) }
        return ClassImages(
            count: count, mean: picture(mean), deviation: picture(deviation), spread: sum / Double(count))
    }

    /// In grey levels, whole blocks of pixels as one where the image is large.
    private func picture(_ values: [Double]) -> GrayImage {
        let gray = shape.gray(values.map { UInt8(min(255, max(0, $0.rounded()))) })
        let side = max(gray.rows, gray.columns)
        let block = (side + ClassImages.mostSide - 1) / ClassImages.mostSide
        guard block > 1 else { return gray }
        let (rows, columns) = ((gray.rows + block - 1) / block, (gray.columns + block - 1) / block)
        let pixels = (0..<(rows * columns)).map { place -> UInt8 in
            let (top, left) = (place / columns * block, place % columns * block)
            var (sum, count) = (0, 0)
            for y in top..<min(top + block, gray.rows) {
                for x in left..<min(left + block, gray.columns) {
                    sum += Int(gray.pixels[y * gray.columns + x])
                    count += 1
                }
            }
            return UInt8((sum + count / 2) / max(1, count))
        }
        return GrayImage(rows: rows, columns: columns, pixels: pixels)
    }
}
