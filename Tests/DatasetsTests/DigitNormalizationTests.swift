import DataFormats
import Datasets
import Foundation
import Testing

@Suite struct DigitNormalizationTests {
    /// A drawing of 56 × 56 with a filled rectangle.
    private static func rectangle(x: Range<Int>, y: Range<Int>) -> GrayImage {
        var pixels = [UInt8](repeating: 0, count: 56 * 56)
        for row in y { for column in x { pixels[row * 56 + column] = 255 } }
        return GrayImage(rows: 56, columns: 56, pixels: pixels)
    }

    private static func inked(_ image: GrayImage) -> (columns: Int, rows: Int) {
        let rows = (0..<image.rows).filter { row in
            image.pixels[(row * image.columns)..<((row + 1) * image.columns)].contains { $0 > 127 }
        }
        let columns = (0..<image.columns).filter { column in
            (0..<image.rows).contains { image.pixels[$0 * image.columns + column] > 127 }
        }
        return (columns.count, rows.count)
    }

    @Test(
        "The longer side fills 20 pixels, proportions stay, and the centre of mass is the image's",
        arguments: [(0..<56, 0..<28), (3..<6, 10..<40), (50..<56, 50..<56), (20..<36, 2..<54)])
    func box(x: Range<Int>, y: Range<Int>) throws {
        let image = try #require(DigitNormalization.normalized(Self.rectangle(x: x, y: y), rows: 28, columns: 28))
        let inked = Self.inked(image)
        let scale = 20 / Double(max(x.count, y.count))
        #expect(abs(Double(inked.columns) - Double(x.count) * scale) <= 1)
        #expect(abs(Double(inked.rows) - Double(y.count) * scale) <= 1)
        let centre = try #require(DigitNormalization.centreOfMass(image))
        #expect(abs(centre.x - 14.5) < 0.1 && abs(centre.y - 14.5) < 0.1)
    }

    @Test("MNIST's own digits stay much as they are")
    func mnist() throws {
        let images = try DatasetSource.mnist.load().test
        for index in 0..<50 {
            let original = GrayImage(rows: 28, columns: 28, pixels: Array(images.image(index)))
            let image = try #require(DigitNormalization.normalized(original, rows: 28, columns: 28))
            let centre = try #require(DigitNormalization.centreOfMass(original))
            // Moved by half a pixel at most.
            #expect(abs(centre.x - 14.5) <= 0.5 && abs(centre.y - 14.5) <= 0.5)
            let difference = zip(original.pixels, image.pixels).reduce(0.0) { $0 + abs(Double($1.0) - Double($1.1)) }
            let ink = original.pixels.reduce(0.0) { $0 + Double($1) }
            #expect(difference / ink < 0.6, "digit \(index)")
        }
    }

    @Test("Nothing is made of an empty canvas, and a dot becomes a blot")
    func extremes() throws {
        #expect(DigitNormalization.normalized(Self.rectangle(x: 0..<0, y: 0..<0), rows: 28, columns: 28) == nil)
        let dot = try #require(
            DigitNormalization.normalized(Self.rectangle(x: 9..<10, y: 9..<10), rows: 28, columns: 28))
        #expect(Self.inked(dot).columns >= 18)
        let other = try #require(
            DigitNormalization.normalized(Self.rectangle(x: 0..<9, y: 0..<9), rows: 8, columns: 12))
        #expect(other.rows == 8 && other.columns == 12)
    }

    @Test("A PGM file reads back as it was written")
    func roundTrip() throws {
        let image = GrayImage(rows: 3, columns: 2, pixels: [0, 10, 13, 32, 254, 255])
        #expect(try PGMFile.decode(PGMFile.encode(image), path: "x.pgm") == image)
    }
}
