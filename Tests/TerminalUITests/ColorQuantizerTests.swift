import TerminalUI
import Testing

@Suite struct ColorQuantizerTests {
    private let page = Theme.standard[.background]

    @Test("Every colour of the cube and of the greys maps to itself, or to its twin")
    func fixedPoints() {
        for index in 16..<256 {
            let color = ColorQuantizer.rgb(index: index)
            #expect(ColorQuantizer.rgb(index: ColorQuantizer.index256(color)) == color, "\(index)")
        }
    }

    @Test("A bluish grey stays grey or blue in 256 colours, never green")
    func keepsTint() {
        let shown = ColorQuantizer.rgb(index: ColorQuantizer.index256(Theme.standard[.dim]))
        #expect(Int(shown.green) - Int(shown.blue) <= 0)
        #expect(Int(shown.green) - Int(shown.red) <= 15)
    }

    @Test("Text that was readable is readable in 16 colours, in both shipped themes")
    func readableIn16() throws {
        for theme in [Theme.standard, try Theme.load(path: Sample.themes + "/light.theme")] {
            for role in [Theme.Role.text, .title, .key, .dim, .train, .validation, .good, .bad] {
                let style = ColorQuantizer.palette16(theme.style(role), page: theme.page)
                let text = ColorQuantizer.rgb(index: try #require(style.foreground))
                let behind = ColorQuantizer.rgb(index: try #require(style.background))
                #expect(text.contrast(with: behind) >= 2.2, "\(theme.name) \(role)")
            }
        }
    }

    @Test("The marked row differs from the page in 16 colours and in 8")
    func selectionIn16() {
        for count in [16, 8] {
            let selected = ColorQuantizer.palette16(Theme.standard.selection, page: page, count: count)
            let plain = ColorQuantizer.palette16(Theme.standard.style(.text), page: page, count: count)
            #expect(selected.background != plain.background)
            #expect(selected.foreground != selected.background)
        }
    }

    @Test("A grey never becomes a colour, even where its nearest is taken")
    func greysStayGrey() {
        for value in stride(from: 0, through: 255, by: 5) {
            let grey = Color(UInt8(value), UInt8(value), UInt8(value))
            for count in [16, 8] {
                #expect([0, 7, 8, 15].contains(ColorQuantizer.index16(grey, count: count)))
                #expect([7, 8, 15].contains(ColorQuantizer.index16(grey, count: count, excluding: 0)))
            }
        }
    }

    @Test("Text on brown is black: xterm draws that colour as a bright yellow")
    func textOnYellow() {
        let style = Style(foreground: Color(rgb: 0xC6D0DC), background: Color(rgb: 0xAA5500))
        #expect(ColorQuantizer.palette16(style, page: page).foreground == 0)
    }

    @Test("With 8 colours bright text is bold and no index is beyond 7")
    func eightColours() throws {
        for role in Theme.Role.allCases {
            let style = ColorQuantizer.palette16(Theme.standard.style(role), page: page, count: 8)
            #expect(try #require(style.foreground) < 8)
            #expect(try #require(style.background) < 8)
        }
        #expect(ColorQuantizer.palette16(Theme.standard.style(.title), page: page, count: 8).attributes.contains(.bold))
    }

    @Test("Without colour the marked row is reversed, a label dim and text plain")
    func mono() {
        #expect(ColorQuantizer.mono(Theme.standard.selection, page: page) == .reverse)
        #expect(ColorQuantizer.mono(Theme.standard.style(.dim), page: page) == .dim)
        #expect(ColorQuantizer.mono(Theme.standard.style(.text), page: page) == [])
        #expect(ColorQuantizer.mono(Theme.standard.style(.key).bold(), page: page) == .bold)
    }

    @Test("The terminal's own colours stay its own at every level")
    func terminalDefaults() {
        #expect(ColorQuantizer.palette256(Style()) == PaletteStyle())
        #expect(ColorQuantizer.palette16(Style(), page: .terminalDefault) == PaletteStyle())
        #expect(ColorQuantizer.mono(Style(), page: .terminalDefault) == [])
    }

    @Test("The page is the background of most cells")
    func pageOfBuffer() {
        var buffer = Buffer(width: 40, height: 10, fill: Cell(style: Theme.standard.style(.text)))
        buffer.fill(Rect(x: 0, y: 0, width: 40, height: 3), Cell(style: Theme.standard.selection))
        #expect(buffer.pageBackground == page)
        #expect(Buffer(width: 0, height: 0).pageBackground.isTerminalDefault)
    }

    @Test("An escape sequence names the colours that its level allows")
    func ansi() {
        var buffer = Buffer(width: 1, height: 1)
        buffer[0, 0] = Cell("x", style: Style(foreground: Color(255, 0, 0), attributes: .bold))
        #expect(buffer.ansi(colors: .truecolor) == "\u{1B}[0;1;38;2;255;0;0mx\u{1B}[0m")
        #expect(buffer.ansi(colors: .palette256) == "\u{1B}[0;1;38;5;196mx\u{1B}[0m")
        #expect(buffer.ansi(colors: .palette16) == "\u{1B}[0;1;31mx\u{1B}[0m")
        #expect(!buffer.ansi(colors: .mono).contains("3"))
    }
}
