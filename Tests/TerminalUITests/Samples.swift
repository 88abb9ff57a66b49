import Foundation
import TerminalUI

/// Values that several suites draw.
enum Sample {
    static let ascii = Look(glyphs: .ascii, colors: .mono)
    static let braille = Look()

    /// A buffer of dots, so that a widget's every mark outside its area shows.
    static func canvas(_ width: Int, _ height: Int) -> Buffer {
        Buffer(width: width, height: height, fill: Cell("~"))
    }

    static func drawn(_ width: Int, _ height: Int, _ draw: (Rect, inout Buffer) -> Void) -> String {
        var buffer = Buffer(width: width, height: height)
        draw(buffer.bounds, &buffer)
        return buffer.text
    }

    static let confusion: [[Int]] = [[50, 0, 2], [1, 40, 9], [0, 3, 60]]

    static func confusion(classes: Int) -> [[Int]] {
        (0..<classes).map { row in (0..<classes).map { row == $0 ? 900 : (row * 7 + $0 * 3) % 5 } }
    }

    /// A thick vertical bar in the middle of a square.
    static func bar(size: Int) -> DigitImage {
        let pixels = (0..<size * size).map { index -> UInt8 in
            let column = index % size
            return column >= size * 3 / 8 && column < size * 5 / 8 ? 255 : 0
        }
        return DigitImage(pixels: pixels, rows: size, columns: size)
    }

    static func chart(_ points: [LineChart.Point], xRange: ClosedRange<Double> = 0...10) -> LineChart {
        LineChart(
            series: [LineChart.Series(name: "train", points: points, color: Color(89, 194, 255))], xRange: xRange)
    }

    static let themes = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "themes").path
}
