import TerminalUI
import Testing

/// Pictures of a few cells: the small curve of a table, and parallel coordinates.
@Suite struct SmallPicturesTests {
    private func drawn(_ widget: some Widget, _ width: Int, _ height: Int, _ glyphs: GlyphLevel = .braille) -> String {
        let look = Look(glyphs: glyphs)
        var buffer = Buffer(width: width, height: height, fill: Cell(style: look.theme.style(.text)))
        widget.draw(in: buffer.bounds, on: &buffer, look: look)
        return buffer.text
    }

    @Test("A small curve goes from its greatest to its least value, in dots, bars and ASCII")
    func spark() {
        let curve = SparkCurve(
            [4, 3, 2, 1], style: Style(foreground: Color(255, 255, 255), background: Color(0, 0, 0)))
        #expect(drawn(curve, 4, 1) == "⠉⠒⠤⣀")
        #expect(drawn(curve, 4, 1, .block) == "█▆▃▁")
        #expect(drawn(curve, 4, 1, .ascii) == "@*-_")
    }

    @Test("A value that is not finite leaves a gap, and no values leave nothing")
    func gaps() {
        let style = Style(foreground: Color(255, 255, 255), background: Color(0, 0, 0))
        #expect(drawn(SparkCurve([2, .nan, 1], style: style), 3, 1, .block) == "█ ▁")
        #expect(drawn(SparkCurve([], style: style), 3, 1).allSatisfy { $0 == " " })
        #expect(drawn(SparkCurve([.nan, .infinity], style: style), 3, 1).allSatisfy { $0 == " " })
        #expect(drawn(SparkCurve([1, 1], style: style), 2, 1, .ascii) == "__")
    }

    private var coordinates: ParallelCoordinates {
        var axis = ParallelCoordinates.Axis(
            title: "lr", ticks: [.init(share: 0, label: "1e-3"), .init(share: 1, label: "0.1")])
        axis.isChosen = true
        axis.cursor = 0
        axis.range = 0.5...1
        let style = Style(foreground: Color(255, 255, 255), background: Color(0, 0, 0))
        return ParallelCoordinates(
            axes: [axis, .init(title: "test %", ticks: [.init(share: 0.5, label: "97")])],
            lines: [
                .init(shares: [0, 0.5], style: style, mark: "*"), .init(shares: [1, nil], style: style, mark: "o"),
            ])
    }

    @Test("Axes have titles, values, a brushed part and a cursor; lines go from axis to axis")
    func parallel() {
        let text = drawn(coordinates, 30, 6, .ascii)
        #expect(text.contains("lr") && text.contains("test %") && text.contains("0.1#") && text.contains("97"))
        #expect(text.contains("*"))
    }

    @Test("An area without room stays as it is", arguments: [(0, 0), (1, 1), (11, 3), (30, 2)])
    func small(width: Int, height: Int) {
        #expect(drawn(coordinates, width, height).allSatisfy { $0 == " " || $0 == "\n" })
    }
}
