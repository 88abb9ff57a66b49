import DataFormats

/// Finds the stroke of a pen in a photo or a drawing: the ink alone, light on black.
///
/// Steps: the image is made smaller; the light on the paper is a smooth surface (`PaperLight`) and is taken away; ink is
/// what is darker, or lighter, than the paper by more than Otsu's threshold; parts that are specks or lie at the edge of the
/// photo are left out (`InkParts`); a line that is finer than MNIST's pen is made thicker.
package enum StrokeFinder {
    /// The longer side of the image that is looked at, in pixels.
    private static let side = 224
    /// Ink differs from the paper by at least so many levels, and so many times the noise.
    private static let leastContrast = (levels: 12.0, noise: 5.0)
    /// The share of the pixels with the strongest ink that its strength is measured by.
    private static let strongest = 0.002
    /// The width of MNIST's pen as a share of the digit's longer side.
    private static let penShare = 0.1

    /// - Parameter image: of any size, dark ink on light paper or light ink on dark.
    /// - Returns: the ink from 0 to 255, cut to a box around it; nil where nothing stands out from the paper.
    package static func ink(in image: GrayImage) -> GrayImage? {
        let small = reduced(image)
        let light = PaperLight(small)
        let differences = zip(small.pixels, light.levels).map { Double($0) - $1 }
        let least = max(leastContrast.levels, leastContrast.noise * light.noise)
        let darker = strength(differences.map { -$0 }, least)
        let lighter = strength(differences, least)
        guard max(darker.sum, lighter.sum) > 0 else { return nil }
        let isDark = darker.sum >= lighter.sum
        let strengths = differences.map { max(0, isDark ? -$0 : $0) }
        let threshold = max(otsu(strengths, most: isDark ? darker.most : lighter.most), 4 * light.noise, least / 2)
        let core = strengths.map { $0 > threshold }
        guard let kept = InkParts(core, rows: small.rows, columns: small.columns).kept else { return nil }
        let ink = GrayImage(
            rows: small.rows, columns: small.columns, pixels: levels(strengths, threshold, core, kept, small.columns))
        return thickened(ink.cropped)
    }

    /// A copy whose longer side is at most `side`.
    private static func reduced(_ image: GrayImage) -> GrayImage {
        let longer = max(image.rows, image.columns)
        guard longer > side else { return image }
        return image.scaled(rows: max(1, image.rows * side / longer), columns: max(1, image.columns * side / longer))
    }

    /// How much there is beyond `least` on one side of the paper's level, and how strong the strongest of it is.
    private static func strength(_ values: [Double], _ least: Double) -> (sum: Double, most: Double) {
        let beyond = values.filter { $0 > least }.sorted(by: >)
        let place = min(beyond.count, max(1, Int(strongest * Double(values.count)))) - 1
        return (beyond.reduce(0, +), place >= 0 ? beyond[place] : 0)
    }

    /// The threshold between two groups of values with the greatest variance between them. Source: Otsu, "A Threshold
    /// Selection Method from Gray-Level Histograms", 1979.
    private static func otsu(_ values: [Double], most: Double) -> Double {
        guard most > 0 else { return 0 }
        var counts = [Double](repeating: 0, count: 256)
        for value in values { counts[Int(min(255, value * 255 / most))] += 1 }
        let all = Double(values.count)
        let sum = counts.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
        var (below, belowSum, best, place) = (0.0, 0.0, -1.0, 0)
        for (level, count) in counts.enumerated() {
            below += count
            belowSum += Double(level) * count
            guard below > 0, below < all else { continue }
            let distance = belowSum / below - (sum - belowSum) / (all - below)
            let between = below * (all - below) * distance * distance
            if between > best { (best, place) = (between, level) }
        }
        return (Double(place) + 0.5) * most / 255
    }

    /// Ink levels of the parts that are kept, with their soft edges: nothing at half the threshold, all at the mean.
    private static func levels(
        _ strengths: [Double], _ threshold: Double, _ core: [Bool], _ kept: [Bool], _ columns: Int
    ) -> [UInt8] {
        let inked = zip(strengths, kept).filter(\.1).map(\.0)
        let mean = inked.reduce(0, +) / Double(max(1, inked.count))
        let (foot, top) = (threshold / 2, max(mean, threshold + 1))
        let rows = strengths.count / max(1, columns)
        return strengths.indices.map { index in
            let (row, column) = (index / columns, index % columns)
            let isNear = (max(0, row - 1)...min(rows - 1, row + 1)).contains { y in
                (max(0, column - 1)...min(columns - 1, column + 1)).contains { kept[y * columns + $0] }
            }
            guard isNear, kept[index] || !core[index] else { return 0 }
            return UInt8(255 * min(1, max(0, (strengths[index] - foot) / (top - foot))))
        }
    }

    /// A line that is finer than MNIST's pen would be faint once it is made small.
    private static func thickened(_ ink: GrayImage) -> GrayImage {
        let target = penShare * Double(max(ink.rows, ink.columns))
        let missing = target - ink.strokeWidth
        let reach = Int((missing / 2).rounded())
        return reach > 0 ? ink.widened(by: reach) : ink
    }
}
