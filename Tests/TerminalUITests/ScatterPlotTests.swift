import Foundation
import TerminalUI
import Testing

/// Points of classes on a plane, in colours, in marks and in ASCII.
@Suite struct ScatterPlotTests {
    /// A class in each corner and one in the middle; a wrong one beside it.
    private func plot(_ names: [String]) -> ScatterPlot {
        var points = [(0.0, 0.0), (10, 0), (0, 10), (10, 10), (5, 5)].enumerated().map {
            ScatterPlot.Point(x: $0.element.0, y: $0.element.1, label: $0.offset)
        }
        points.append(ScatterPlot.Point(x: 8, y: 5, label: 4, isMarked: true))
        points.append(ScatterPlot.Point(x: 2, y: 5, label: 4))
        return ScatterPlot(points: points, names: names)
    }

    private func drawn(_ plot: ScatterPlot, _ look: Look) -> Buffer {
        var buffer = Buffer(width: 21, height: 7, fill: Cell(style: look.theme.style(.text)))
        plot.draw(in: buffer.bounds, on: &buffer, look: look)
        return buffer
    }

    private static func themes() throws -> [Theme] {
        try FileManager.default.contentsOfDirectory(atPath: Sample.themes).sorted()
            .map { try Theme.load(path: "\(Sample.themes)/\($0)") }
    }

    @Test("Ten classes have ten colours in every shipped theme but the grey one")
    func colors() throws {
        for theme in try Self.themes() {
            let colors = ClassColors(Look(theme: theme))
            #expect(colors.tellApart == (theme.name != "mono"), "\(theme.name)")
            guard colors.tellApart else { continue }
            #expect(Set((0..<10).map { colors.color($0) }).count == 10)
            let page = Look(theme: theme).theme.page
            #expect((0..<10).allSatisfy { colors.color($0).contrast(with: page) >= 2.99 }, "\(theme.name)")
        }
    }

    @Test(
        "With sixteen colours, with none and in ASCII, each class has a mark of its own",
        arguments: [(GlyphLevel.braille, ColorLevel.palette16), (.braille, .mono), (.ascii, .truecolor)])
    func marks(glyphs: GlyphLevel, colors: ColorLevel) {
        let look = Look(glyphs: glyphs, colors: colors)
        #expect(!ClassColors(look).tellApart)
        let text = drawn(plot((0..<5).map(String.init)), look).text
        for label in ["2", "3", "0", "1", "4"] { #expect(text.contains(label)) }
        #expect(text.contains(glyphs == .ascii ? "x" : "✗"))
        // The points at the left and the class's name in the middle.
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false)[3].contains("4"))
    }

    @Test("In ASCII names have brackets, and with long names the number is the mark")
    func ascii() {
        let digits = drawn(plot((0..<5).map(String.init)), Look(glyphs: .ascii, colors: .mono)).text
        #expect(
            digits.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) == [
                "[2]               [3]", "", "", "    4    [4]    x", "", "", "[0]               [1]",
            ])
        let names = drawn(plot(["coat", "shirt", "bag", "boot", "dress"]), Look(glyphs: .ascii, colors: .mono)).text
        for name in ["[0 coat]", "[1 shirt]", "[2 bag]", "[3 boot]", "[4 dress]"] { #expect(names.contains(name)) }
    }

    @Test("In colours points are dots, and a name stands in the middle of its class")
    func dots() {
        let text = drawn(plot(["a", "b", "c", "d", "e"]), Look()).text
        #expect(text.contains(" e ") && text.contains("✗") && text.unicodeScalars.contains { $0.value > 0x2800 })
    }

    @Test("An area without room stays as it is, and points without a place are left out")
    func edges() {
        var buffer = Sample.canvas(1, 1)
        plot(["0", "1", "2", "3", "4"]).draw(in: buffer.bounds, on: &buffer, look: Look())
        #expect(buffer.text == "~")
        let empty = ScatterPlot(points: [], names: ["0"])
        #expect(drawn(empty, Look()).text.allSatisfy { $0 == " " || $0 == "\n" })
    }
}
