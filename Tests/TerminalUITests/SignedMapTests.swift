import TerminalUI
import Testing

@Suite struct SignedMapTests {
    private static func drawn(_ map: SignedMap, width: Int, height: Int, look: Look = Look()) -> Buffer {
        var buffer = Buffer(width: width, height: height)
        map.draw(in: buffer.bounds, on: &buffer, look: look)
        return buffer
    }

    @Test("Positive values have the training's colour, negative ones the validation's, and nought the ground's")
    func colors() {
        let theme = Theme.standard
        let buffer = Self.drawn(SignedMap(values: [2, -2, 0, 9], rows: 2, columns: 2, scale: 2), width: 2, height: 1)
        #expect(buffer[0, 0].style == Style(foreground: theme[.train], background: theme[.digitStart]))
        #expect(buffer[1, 0].style == Style(foreground: theme[.validation], background: theme[.train]))
    }

    @Test("Values under one half of a cell are averaged, and what is no number is left out")
    func means() {
        let map = SignedMap(values: [1, -1, .nan, 2, 1, -1, .nan, 2], rows: 2, columns: 4, scale: 2)
        let buffer = Self.drawn(map, width: 2, height: 1)
        #expect(buffer[0, 0].style.foreground == Theme.standard[.digitStart])
        #expect(buffer[1, 0].style.foreground == Theme.standard[.train])
    }

    @Test("Without colours signs differ by character")
    func characters() {
        for look in [Look(glyphs: .ascii), Look(colors: .mono)] {
            let map = SignedMap(values: [1, 0.5, 0, -0.5, -1], rows: 1, columns: 5, scale: 1)
            #expect(Self.drawn(map, width: 5, height: 1, look: look).text == "#x.o@")
        }
    }

    @Test("A strip gives few values several columns and wraps many")
    func strip() {
        let few = SignedMap.strip([1, -1], width: 20, scale: 1)
        #expect(few.columns == 20 && few.lines == 1)
        let many = SignedMap.strip(Array(repeating: 1, count: 50), width: 20, scale: 1)
        #expect(many.rows == 3 && many.columns == 20 && many.lines == 2)
        #expect(many.values.count == 60 && many.values.count { $0.isNaN } == 10)
        #expect(SignedMap.strip([], width: 20, scale: 1).values.isEmpty)
    }

    @Test("A sparkline ends at the right with the newest value, on its greatest")
    func sparkline() {
        var buffer = Buffer(width: 6, height: 2)
        Sparkline([9, 1, 4, .nan, 8], role: .train).draw(
            in: Rect(x: 0, y: 0, width: 4, height: 2), on: &buffer, look: Look())
        #expect(buffer.text == "   █\n▂█ █")
    }
}
