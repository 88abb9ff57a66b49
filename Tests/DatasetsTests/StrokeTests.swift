import DataFormats
import Datasets
import Testing

/// Strokes of a pen in images.
@Suite struct StrokeTests {
    /// A paper with a light that falls from left to right, and what is drawn on it.
    private static func paper(
        rows: Int = 60, columns: Int = 80, _ ink: (_ row: Int, _ column: Int) -> Int?
    ) -> GrayImage {
        var pixels: [UInt8] = []
        for row in 0..<rows {
            for column in 0..<columns {
                // ±1 of noise that is the same each time.
                let light = 220 - column + (row * 7 + column * 13) % 3 - 1
                pixels.append(UInt8(ink(row, column) ?? light))
            }
        }
        return GrayImage(rows: rows, columns: columns, pixels: pixels)
    }

    private static func bar(_ row: Int, _ column: Int) -> Int? {
        (10..<50).contains(row) && (40..<48).contains(column) ? 60 : nil
    }

    @Test("A dark stroke in uneven light is found, cut to its box, light on black")
    func dark() throws {
        let ink = try #require(StrokeFinder.ink(in: Self.paper(Self.bar)))
        #expect((40...42).contains(ink.rows) && (8...10).contains(ink.columns))
        #expect(ink.pixels.count { $0 > 200 } >= 300)
    }

    @Test("So is a light one on a dark ground, and both are the same")
    func light() throws {
        let dark = Self.paper(Self.bar)
        #expect(StrokeFinder.ink(in: dark.inverted) == StrokeFinder.ink(in: dark))
    }

    @Test("Specks, and what lies at the edge of the photo, are no part of the stroke")
    func specks() throws {
        let plain = try #require(StrokeFinder.ink(in: Self.paper(Self.bar)))
        let table = Self.paper { row, column in
            if row < 4 || (row == 55 && column == 10) { return 30 }
            return Self.bar(row, column)
        }
        let found = try #require(StrokeFinder.ink(in: table))
        #expect(found.rows == plain.rows && found.columns == plain.columns)
    }

    @Test("On an empty sheet, and where there is only noise, there is no stroke")
    func empty() {
        #expect(StrokeFinder.ink(in: Self.paper { _, _ in nil }) == nil)
        #expect(StrokeFinder.ink(in: GrayImage(rows: 1, columns: 1, pixels: [7])) == nil)
        #expect(StrokeFinder.ink(in: GrayImage(rows: 3, columns: 1, pixels: [9, 9, 9])) == nil)
        #expect(StrokeFinder.ink(in: GrayImage(rows: 5, columns: 5, pixels: [UInt8](repeating: 255, count: 25))) == nil)
    }

    @Test("A fine line becomes as wide as a tenth of the sign")
    func fine() throws {
        let line = Self.paper { row, column in (10..<50).contains(row) && (40..<42).contains(column) ? 60 : nil }
        let ink = try #require(StrokeFinder.ink(in: line))
        #expect((4...6).contains(ink.columns))
    }

    @Test("An image of the network's size with a dark ground is taken as it is, others are brought into form")
    func forms() throws {
        let shape = ImageShape(rows: 28, columns: 28)
        let strokes = NetworkImage(shape: shape, reading: .stroke)
        let bar = (0..<784).map { (8..<20).contains($0 / 28) && (3..<6).contains($0 % 28) ? UInt8(200) : 0 }
        let digit = GrayImage(rows: 28, columns: 28, pixels: bar)
        #expect(strokes.prepared(digit) == digit)
        #expect(NetworkImage(shape: shape, reading: .stroke, inverts: true).prepared(digit.inverted) == digit)
        // Dark ink on paper stands in the middle once it is found.
        let found = try #require(strokes.prepared(digit.inverted))
        let centre = try #require(DigitNormalization.centreOfMass(found))
        #expect(abs(centre.x - 14.5) < 0.6 && abs(centre.y - 14.5) < 0.6)
        let pictures = NetworkImage(shape: ImageShape(rows: 14, columns: 14), reading: .picture)
        #expect(pictures.prepared(digit) == digit.scaled(rows: 14, columns: 14))
    }

    @Test(
        "In a set of low contrast, an image with the set's values is stretched as its pictures are, others are pictures"
    )
    func lowContrast() {
        let shape = ImageShape(rows: 1, columns: 3)
        func seen(_ pixels: [UInt8], _ levels: ShownLevels, inverts: Bool = false) -> [UInt8]? {
            NetworkImage(shape: shape, levels: levels, reading: .picture, inverts: inverts)
                .prepared(GrayImage(rows: 1, columns: 3, pixels: pixels))?.pixels
        }
        let digits = ShownLevels(least: 0, greatest: 16)
        #expect(seen([0, 8, 16], digits) == [0, 128, 255])
        #expect(seen([0, 8, 16], digits, inverts: true) == [255, 127, 0])
        #expect(seen([0, 8, 24], digits) == [0, 128, 255])
        #expect(seen([0, 8, 25], digits) == [0, 8, 25])
        #expect(seen([0, 128, 255], digits) == [0, 128, 255])
        let pale = ShownLevels(least: 100, greatest: 200)
        #expect(seen([90, 150, 210], pale) == [0, 128, 255])
        #expect(seen([0, 150, 200], pale) == [0, 150, 200])
        #expect(seen([0, 8, 16], .full) == [0, 8, 16])
    }

    @Test("Signs are read as strokes, things as pictures")
    func reading() {
        #expect(NetworkImage.usualReading(classNames: (0..<10).map(String.init)) == .stroke)
        #expect(NetworkImage.usualReading(classNames: ["A", "b"]) == .stroke)
        #expect(NetworkImage.usualReading(classNames: ["Seven", "eight", "9"]) == .stroke)
        #expect(NetworkImage.usualReading(classNames: ["coat", "bag"]) == .picture)
        // Numbers alone say nothing, however many there are, with and without names.
        #expect(NetworkImage.usualReading(classNames: nil) == .stroke)
        #expect(NetworkImage.usualReading(classNames: (0..<47).map(String.init)) == .stroke)
        #expect(NetworkImage.usualReading(classNames: ["10", "20"]) == .picture)
    }
}
