import TerminalUI
import Testing

@Suite struct DigitImageTests {
    @Test("Sizes are 28 × 14 in half blocks and 14 × 7 in braille, and odd ones are rounded up")
    func sizes() {
        let digit = Sample.bar(size: 28)
        #expect(digit.size(.halfBlock, Look()) == (28, 14))
        #expect(digit.size(.braille, Look()) == (14, 7))
        #expect(Sample.bar(size: 5).size(.halfBlock, Look()) == (5, 3))
        #expect(Sample.bar(size: 5).size(.braille, Look()) == (3, 2))
    }

    @Test("Half blocks carry two pixels a cell in the theme's greys")
    func halfBlocks() {
        let theme = Theme.standard
        var buffer = Buffer(width: 2, height: 1)
        DigitImage(pixels: [0, 255, 255, 0], rows: 2, columns: 2)
            .draw(atX: 0, y: 0, form: .halfBlock, on: &buffer, look: Look())
        #expect(buffer.text == "▀▀")
        #expect(buffer[0, 0].style.foreground == theme[.digitStart])
        #expect(buffer[0, 0].style.background == theme[.digitEnd])
        #expect(buffer[1, 0].style.foreground == theme[.digitEnd])
    }

    @Test("A bar in braille and in ASCII")
    func golden() {
        let bar = Sample.bar(size: 16)
        func text(_ look: Look) -> String {
            Sample.drawn(8, 4) { bar.draw(in: $0, form: .braille, on: &$1, look: look) }
        }
        let line = "⠀⠀⠀⣿⣿⠀⠀⠀"
        #expect(text(Look()) == [line, line, line, line].joined(separator: "\n"))
        let plain = "   @@"
        #expect(text(Sample.ascii) == [plain, plain, plain, plain].joined(separator: "\n"))
        let solid = "   ██"
        #expect(
            text(Look(glyphs: .block, colors: .mono)) == [solid, solid, solid, solid].joined(separator: "\n"))
    }

    @Test("Small and dense, an image has the grey levels of half blocks, and without colours dots as dense")
    func small() {
        let gray = DigitImage(pixels: Array(repeating: 128, count: 64), rows: 8, columns: 8)
        #expect(gray.ink == 1 && Sample.bar(size: 16).ink == 0.25)
        var buffer = Buffer(width: 4, height: 2)
        gray.draw(in: buffer.bounds, form: .smallBlock, on: &buffer, look: Look())
        #expect(buffer.text == "▀▀▀▀\n▀▀▀▀")
        let theme = Theme.standard
        #expect(buffer[0, 0].style.foreground == theme[.digitStart].mixed(with: theme[.digitEnd], 128.0 / 255))
        let dots = Sample.drawn(4, 2) {
            gray.draw(in: $0, form: .smallBlock, on: &$1, look: Look(colors: .mono))
        }
        // Half of the dots, evenly.
        #expect(dots == "⢕⢕⢕⢕\n⢕⢕⢕⢕")
    }

    @Test("An image larger than its area is scaled down to it and stays in its middle")
    func scales() {
        var buffer = Buffer(width: 20, height: 4)
        Sample.bar(size: 100).draw(in: buffer.bounds, on: &buffer, look: Sample.ascii)
        let columns = (0..<20).filter { x in (0..<4).contains { buffer[x, $0].scalar == "@" } }
        #expect(!columns.isEmpty)
        #expect(columns.allSatisfy { (8...11).contains($0) })
    }

    @Test("Missing pixels are black and an empty image draws nothing")
    func odd() {
        var buffer = Buffer(width: 10, height: 5)
        DigitImage(pixels: [], rows: 0, columns: 0).draw(in: buffer.bounds, on: &buffer, look: Look())
        #expect(buffer == Buffer(width: 10, height: 5))
        DigitImage(pixels: [255], rows: 4, columns: 4)
            .draw(atX: 0, y: 0, form: .halfBlock, on: &buffer, look: Sample.ascii)
        #expect(buffer.cells.filter { $0.scalar != " " }.count == 1)
    }

    @Test("An image smaller than MNIST's is drawn as large as those, and a wide one keeps its proportions")
    func enlarged() {
        func size(_ rows: Int, _ columns: Int, _ form: DigitImage.Form, filled: Bool = false) -> [Int] {
            var buffer = Buffer(width: 60, height: 30)
            let image = DigitImage(
                pixels: [UInt8](repeating: 255, count: rows * columns), rows: rows, columns: columns)
            if filled {
                image.fill(buffer.bounds, on: &buffer, look: Look())
            } else {
                image.draw(in: buffer.bounds, form: form, on: &buffer, look: Look())
            }
            let lines = buffer.text.split(separator: "\n").map { $0.filter { $0 != " " }.count }.filter { $0 > 0 }
            return [lines.max() ?? 0, lines.count]
        }
        #expect(size(8, 8, .halfBlock) == [28, 14] && size(8, 8, .smallBlock) == [14, 7])
        #expect(size(28, 28, .halfBlock) == [28, 14] && size(28, 28, .smallBlock) == [14, 7])
        #expect(size(5, 40, .halfBlock) == [40, 3] && size(5, 40, .halfBlock, filled: true) == [60, 4])
        #expect(size(100, 80, .halfBlock) == [48, 30] && size(1, 64, .halfBlock) == [60, 1])
    }
}
