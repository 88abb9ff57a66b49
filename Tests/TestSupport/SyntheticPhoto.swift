import DataFormats
import Kernels

/// A digit as a phone would take it: dark ink on paper in uneven light, with the sensor's noise.
package enum SyntheticPhoto {
    /// - Parameters:
    ///   - digit: light ink on black.
    ///   - number: another one has other light, another place and other noise.
    package static func of(_ digit: GrayImage, number: UInt64) -> GrayImage {
        var generator = SeededGenerator(seed: number, stream: 0x5048_4F54)
        func chance(_ least: Double, _ most: Double) -> Double {
            least + (most - least) * Double(generator.next() >> 11) / Double(1 << 53)
        }
        let (rows, columns) = (200 + Int(chance(0, 60)), 240 + Int(chance(0, 60)))
        let scale = chance(4, 6)
        let (top, left) = (
            chance(2, Double(rows) - 28 * scale - 2), chance(2, Double(columns) - 28 * scale - 2)
        )
        let (light, right, down, bend) = (chance(150, 210), chance(-45, 45), chance(-45, 45), chance(-20, 0))
        let darkness = chance(0.5, 0.8)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(rows * columns)
        for row in 0..<rows {
            for column in 0..<columns {
                let (x, y) = (2 * Double(column) / Double(columns) - 1, 2 * Double(row) / Double(rows) - 1)
                let paper: Double = light + right * x + down * y + bend * (x * x + y * y)
                let ink = level(digit, (Double(column) - left) / scale - 0.5, (Double(row) - top) / scale - 0.5)
                // The sum of three is nearly a normal distribution, with a deviation of three levels.
                let noise: Double = 3 * (chance(-1, 1) + chance(-1, 1) + chance(-1, 1))
                let value: Double = paper * (1 - darkness * ink / 255) + noise
                pixels.append(UInt8(min(255, max(0, value.rounded()))))
            }
        }
        return GrayImage(rows: rows, columns: columns, pixels: pixels)
    }

    /// The ink between pixels; none outside.
    private static func level(_ digit: GrayImage, _ x: Double, _ y: Double) -> Double {
        guard x > -1, y > -1, x < Double(digit.columns), y < Double(digit.rows) else { return 0 }
        let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
        let (right, down) = (x - Double(left), y - Double(top))
        func pixel(_ row: Int, _ column: Int) -> Double {
            guard row >= 0, column >= 0, row < digit.rows, column < digit.columns else { return 0 }
            return Double(digit.pixels[row * digit.columns + column])
        }
        let upper: Double = pixel(top, left) * (1 - right) + pixel(top, left + 1) * right
        let lower: Double = pixel(top + 1, left) * (1 - right) + pixel(top + 1, left + 1) * right
        return upper * (1 - down) + lower * down
    }
}
