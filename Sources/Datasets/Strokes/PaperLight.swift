import DataFormats

/// The light on a sheet of paper: a surface of the second degree through the levels of most pixels, by least squares. Those
/// that lie far from it, as ink does, are left out and the surface is laid again.
struct PaperLight {
    /// The paper's level at each pixel.
    let levels: [Double]
    /// The usual distance of the paper's pixels from it, as a standard deviation, in levels.
    let noise: Double

    private static let rounds = 6
    /// Pixels beyond so many along a side are measured by samples.
    private static let samples = 64
    /// Distances beyond so many times the noise are ink.
    private static let reach = 2.5
    /// Noise is taken to be at least this, in levels.
    private static let leastNoise = 0.5

    /// - Parameter image: with at least one pixel.
    init(_ image: GrayImage) {
        let step = max(1, max(image.rows, image.columns) / Self.samples)
        let points = stride(from: 0, to: image.rows, by: step).flatMap { row in
            stride(from: 0, to: image.columns, by: step).map { Point(row, $0, image) }
        }
        var surface = Surface(level: points.map(\.level).sorted()[points.count / 2])
        var noise = Self.noise(points, surface)
        for _ in 0..<Self.rounds {
            // The first time from the median, so that much ink does not draw the surface to itself.
            let paper = points.filter { abs($0.level - surface.level(at: $0)) <= Self.reach * noise }
            guard let next = Surface(through: paper) else { break }
            surface = next
            noise = Self.noise(points, surface)
        }
        self.noise = noise
        levels = image.pixels.indices.map {
            surface.level(at: Point($0 / image.columns, $0 % image.columns, image))
        }
    }

    /// The median distance of a normal distribution is 0.6745 of its deviation.
    private static func noise(_ points: [Point], _ surface: Surface) -> Double {
        let distances = points.map { abs($0.level - surface.level(at: $0)) }.sorted()
        return max(leastNoise, distances[distances.count / 2] / 0.6745)
    }

    /// A pixel: its place from -1 to 1 both ways, and its level.
    private struct Point {
        let x: Double
        let y: Double
        let level: Double

        init(_ row: Int, _ column: Int, _ image: GrayImage) {
            x = 2 * (Double(column) + 0.5) / Double(image.columns) - 1
            y = 2 * (Double(row) + 0.5) / Double(image.rows) - 1
            level = Double(image.pixels[row * image.columns + column])
        }
    }

    /// Weights of 1, x, y, x², xy, y².
    private struct Surface {
        private var weights: [Double]

        init(level: Double) { weights = [level, 0, 0, 0, 0, 0] }

        func level(at point: Point) -> Double {
            let across: Double = (weights[3] * point.x + weights[4] * point.y + weights[1]) * point.x
            let down: Double = (weights[5] * point.y + weights[2]) * point.y
            return weights[0] + across + down
        }

        /// By least squares; nil where the points leave it open, as those of one row do.
        init?(through points: [Point]) {
            let size = 6
            var sums = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
            for point in points {
                let (x, y) = (point.x, point.y)
                let terms = [1, x, y, x * x, x * y, y * y, point.level]
                for row in 0..<size { for column in row...size { sums[row][column] += terms[row] * terms[column] } }
            }
            for row in 1..<size { for column in 0..<row { sums[row][column] = sums[column][row] } }
            guard let solved = Self.solved(sums) else { return nil }
            weights = solved
        }

        /// Gaussian elimination with the greatest element of a column first.
        private static func solved(_ equations: [[Double]]) -> [Double]? {
            var rows = equations
            for step in rows.indices {
                let best = (step..<rows.count).max { abs(rows[$0][step]) < abs(rows[$1][step]) } ?? step
                rows.swapAt(step, best)
                guard abs(rows[step][step]) > 1e-6 else { return nil }
                for row in rows.indices where row != step {
                    let factor = rows[row][step] / rows[step][step]
                    for column in step..<rows[row].count { rows[row][column] -= factor * rows[step][column] }
                }
            }
            return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
        }
    }
}
