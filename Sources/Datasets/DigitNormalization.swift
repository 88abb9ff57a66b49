import DataFormats

/// Brings a drawing into the form that MNIST's digits have.
///
/// As LeCun, Cortes and Burges describe it on MNIST's page: scaled to fit a box of 20 × 20 with its proportions kept,
/// grey levels by anti-aliasing, and moved so that its centre of mass is at the centre of 28 × 28. MNIST's digits are
/// moved by whole pixels, to anywhere within the pixel right of and below the middle (the test images' centres are even
/// over 14 ..< 15 both ways): here the centre goes to that pixel's middle. Other sizes keep the same shares.
package enum DigitNormalization {
    /// The side of the box as a share of the shorter side of the image.
    private static let boxShare = 20.0 / 28.0
    /// Samples along each side of a pixel.
    private static let samples = 4

    /// - Parameters:
    ///   - drawing: ink on black, of any size.
    ///   - rows: height of the result.
    ///   - columns: width of the result.
    /// - Returns: nil where there is no ink.
    package static func normalized(_ drawing: GrayImage, rows: Int, columns: Int) -> GrayImage? {
        guard rows > 0, columns > 0, let box = box(drawing), let centre = centreOfMass(drawing) else { return nil }
        let scale = boxShare * Double(min(rows, columns)) / Double(max(box.width, box.height))
        var pixels: [UInt8] = []
        pixels.reserveCapacity(rows * columns)
        for y in 0..<rows {
            for x in 0..<columns {
                pixels.append(
                    mean(
                        drawing, x: (Double(x) - middle(columns)) / scale + centre.x,
                        y: (Double(y) - middle(rows)) / scale + centre.y, side: 1 / scale))
            }
        }
        return GrayImage(rows: rows, columns: columns, pixels: pixels)
    }

    /// Where the centre of mass goes, from the first pixel's edge.
    private static func middle(_ size: Int) -> Double { Double(size / 2) + 0.5 }

    /// Sizes of the smallest rectangle that holds all ink.
    private static func box(_ image: GrayImage) -> (width: Int, height: Int)? {
        var (left, right, top, bottom) = (Int.max, -1, Int.max, -1)
        for y in 0..<image.rows {
            for x in 0..<image.columns where image.pixels[y * image.columns + x] > 0 {
                (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
            }
        }
        return right < 0 ? nil : (right - left + 1, bottom - top + 1)
    }

    /// Where the ink's centre of mass lies, in pixels from the top left corner; the first pixel's own centre is at ½.
    package static func centreOfMass(_ image: GrayImage) -> (x: Double, y: Double)? {
        var (sum, sumX, sumY) = (0.0, 0.0, 0.0)
        for y in 0..<image.rows {
            for x in 0..<image.columns {
                let ink = Double(image.pixels[y * image.columns + x])
                sum += ink
                sumX += ink * (Double(x) + 0.5)
                sumY += ink * (Double(y) + 0.5)
            }
        }
        return sum > 0 ? (sumX / sum, sumY / sum) : nil
    }

    /// The mean of a square with its top left corner at a point, from samples between pixels.
    private static func mean(_ image: GrayImage, x: Double, y: Double, side: Double) -> UInt8 {
        var sum = 0.0
        for row in 0..<samples {
            for column in 0..<samples {
                sum += sample(
                    image, x + side * (Double(column) + 0.5) / Double(samples),
                    y + side * (Double(row) + 0.5) / Double(samples))
            }
        }
        return UInt8(min(255, (sum / Double(samples * samples)).rounded()))
    }

    /// Between the centres of four pixels; black outside.
    private static func sample(_ image: GrayImage, _ x: Double, _ y: Double) -> Double {
        let (left, top) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
        guard left >= -1, top >= -1, left < Double(image.columns), top < Double(image.rows) else { return 0 }
        let (shareX, shareY) = (x - 0.5 - left, y - 0.5 - top)
        func level(_ x: Int, _ y: Int) -> Double {
            guard x >= 0, y >= 0, x < image.columns, y < image.rows else { return 0 }
            return Double(image.pixels[y * image.columns + x])
        }
        let (column, row) = (Int(left), Int(top))
        let upper = level(column, row) * (1 - shareX) + level(column + 1, row) * shareX
        let lower = level(column, row + 1) * (1 - shareX) + level(column + 1, row + 1) * shareX
        return upper * (1 - shareY) + lower * shareY
    }
}
