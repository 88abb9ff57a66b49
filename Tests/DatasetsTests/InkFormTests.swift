import DataFormats
import Datasets
import Specs
import Testing

@Suite("The form of the ink") struct InkFormTests {
    private static let shape = ImageShape(rows: 28, columns: 28)

    /// A bar of 20 rows, each of which lies further right than the row above it.
    private static func bar(slant: Double, width: Int = 4) -> [UInt8] {
        (0..<784).map { pixel in
            let (y, x) = (pixel / 28, pixel % 28)
            let left = 12 + (slant * (Double(y) - 13.5)).rounded()
            return (4..<24).contains(y) && Double(x) >= left && Double(x) < left + Double(width) ? 200 : 0
        }
    }

    private static func middles(_ image: [UInt8]) -> [Double] {
        (0..<28).compactMap { row in
            let line = image[(row * 28)..<(row * 28 + 28)].map(Double.init)
            let sum = line.reduce(0, +)
            return sum == 0 ? nil : line.indices.reduce(0) { $0 + Double($1) * line[$1] } / sum
        }
    }

    private static func width(_ image: [UInt8]) -> Int {
        (0..<28).filter { column in (0..<28).contains { image[$0 * 28 + column] >= 100 } }.count
    }

    @Test(arguments: [-0.5, -0.2, 0, 0.3, 0.5])
    func `a slanted bar stands upright, where it was`(slant: Double) {
        let bar = Self.bar(slant: slant)
        let straight = InkForm(straightens: true, width: nil).applied(to: bar, Self.shape)
        let (before, after) = (Self.middles(bar), Self.middles(straight))
        let spread = (after.max() ?? 0) - (after.min() ?? 0)
        #expect(spread < 1.05, "rows of \(spread) pixels")
        #expect(slant == 0 || spread < (before.max() ?? 0) - (before.min() ?? 0))
        let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
        #expect(abs(mean(before) - mean(after)) < 0.1)
        #expect(slant != 0 || straight == bar)
    }

    @Test(arguments: [(10, 14.0, 14), (12, 18, 18), (20, 14, 14), (4, 16, 8), (24, 8, 12)])
    func `ink gets its width, but no more than twice or half of what it was`(now: Int, wanted: Double, found: Int) {
        let box = (0..<784).map { pixel in
            (4..<24).contains(pixel / 28) && (14 - now / 2..<14 + now / 2).contains(pixel % 28) ? UInt8(255) : 0
        }
        let image = InkForm(straightens: false, width: wanted).applied(to: box, Self.shape)
        #expect(abs(Self.width(image) - found) <= 1)
        // Rows stay rows.
        for row in 0..<28 {
            let hasInk = image[(row * 28)..<(row * 28 + 28)].contains { $0 > 0 }
            #expect(hasInk == (4..<24).contains(row))
        }
    }

    @Test func `images without ink, of one row and of noise are taken`() {
        let form = InkForm(straightens: true, width: 10)
        #expect(form.applied(to: [UInt8](repeating: 0, count: 784), Self.shape) == [UInt8](repeating: 0, count: 784))
        let line: [UInt8] = [0, 0, 40, 90, 40, 0, 0]
        #expect(form.applied(to: line, ImageShape(rows: 1, columns: 7)).count == 7)
        #expect(form.applied(to: [9], ImageShape(rows: 1, columns: 1)) == [9])
        let faint = [UInt8](repeating: 31, count: 784)
        #expect(form.applied(to: faint, Self.shape).count == 784)
    }

    @Test func `the channels of an image move together`() {
        let bar = Self.bar(slant: 0.4)
        let shape = ImageShape(rows: 28, columns: 28, channels: 3)
        let form = InkForm(straightens: true, width: 8)
        let grey = form.applied(to: bar, Self.shape)
        let colours = form.applied(to: bar.flatMap { [$0, 0, $0] }, shape)
        #expect(colours == grey.flatMap { [$0, 0, $0] })
    }

    @Test func `a spec asks for a form by deslant, or by one width`() throws {
        func form(_ line: String) throws -> InkForm? { InkForm(try ExperimentSpec(parsing: "5relu \(line)").training) }
        #expect(try form("") == nil && form("width=10..20") == nil && form("deslant=false") == nil)
        #expect(try form("deslant=true") == InkForm(straightens: true, width: nil))
        #expect(try form("width=14") == InkForm(straightens: false, width: 14))
        #expect(try form("width=14..14 deslant=true") == InkForm(straightens: true, width: 14))
        let spec = try ExperimentSpec(parsing: "5relu width=10..22 deslant=true strength=0.5..1 mild=1,7")
        #expect(spec.description.hasSuffix("deslant=true width=10..22 mild=1,7 strength=0.5..1"))
        #expect(try ExperimentSpec(canonical: spec.description) == spec)
    }

    @Test(arguments: [
        ("width=3", "out of range"), ("width=22..10", "expected 10..22"), ("width=10..", "not a whole number"),
        ("width=1..2..3", "expected"), ("strength=a..1", "not a number"), ("strength=0..11", "out of range"),
        ("mild=256", "out of range"), ("mild=1,10", "there is no class 10"),
    ])
    func `what is no interval is refused`(word: String, reason: String) {
        let error = #expect(throws: SpecError.self) { try ExperimentSpec(parsing: "5relu \(word)") }
        #expect(error?.description.contains(reason) == true, "\(word): \(error?.description ?? "none")")
    }
}
