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
                #expect(text.contrast(with: behind) >= 4.5, "\(theme.name) \(role)")
            }
        }
    }

    @Test("Text becomes the nearest colour that can be read on what is behind it, a mark the nearest of all")
    func readable() {
        let (dim, raised) = (Theme.standard[.dim], Theme.standard[.selectedBackground])
        let style = Style(foreground: dim, background: raised)
        #expect(dim.contrast(with: raised) < 3)
        let direct = ColorQuantizer.direct(style, isText: true)
        #expect((4.5...4.8).contains(direct.foreground.contrast(with: raised)))
        #expect(ColorQuantizer.direct(style, isText: false) == style)
        let text = ColorQuantizer.palette256(style, isText: true)
        let mark = ColorQuantizer.palette256(style, isText: false)
        #expect(mark.foreground == ColorQuantizer.index256(dim) && mark.background == text.background)
        let shown = ColorQuantizer.rgb(index: text.foreground ?? 0)
        #expect(shown.contrast(with: ColorQuantizer.rgb(index: text.background ?? 0)) >= 4.5)
    }

    @Test("On the terminal's own background light text is taken to stand on black, dark text on white")
    func ownBackground() {
        for text in [0x606060, 0xE0E0E0, 0x202020] as [UInt32] {
            let color = Color(rgb: text)
            #expect(ColorQuantizer.palette256(Style(foreground: color)).foreground == ColorQuantizer.index256(color))
        }
        #expect(
            ColorQuantizer.palette16(Style(foreground: Color(rgb: 0x202020)), page: .terminalDefault).foreground == 0)
        #expect(
            ColorQuantizer.palette16(Style(foreground: Color(rgb: 0xE0E0E0)), page: .terminalDefault).foreground == 15)
    }

    @Test("With 16 colours labels are light grey, values white and bold, frames dark grey, whatever the theme")
    func orderIn16() throws {
        for name in ["dark", "dracula", "gruvbox", "nord", "solarized", "high-contrast", "colour-blind", "mono"] {
            let theme = try Theme.load(path: Sample.themes + "/\(name).theme")
            let look = Look(theme: theme, colors: .palette16)
            func shown(_ role: Theme.Role) -> PaletteStyle {
                ColorQuantizer.palette16(look.theme.style(role), page: look.theme.page, isText: role != .border)
            }
            #expect(shown(.dim) == PaletteStyle(foreground: 7, background: 0), "\(name)")
            #expect(shown(.text) == PaletteStyle(foreground: 15, background: 0, attributes: .bold), "\(name)")
            #expect(shown(.border) == PaletteStyle(foreground: 8, background: 0), "\(name)")
            #expect(look.chosenTheme == theme && look.theme.name == name)
        }
    }

    @Test("With 16 colours overlaid runs have eight colours where the theme has")
    func runsIn16() throws {
        let theme = Look(theme: .standard, colors: .palette16).theme
        #expect(Set(Theme.runRoles.map { theme[$0] }).count == 8)
        #expect(theme[.train] != theme[.validation] && theme[.good] != theme[.bad])
    }

    @Test("Where green can't be read on white, good is black, not red")
    func goodOnWhite() throws {
        let light = Look(theme: try Theme.load(path: Sample.themes + "/light.theme"), colors: .palette16).theme
        #expect(light[.good] == Color(0, 0, 0) && light[.bad] == Color(rgb: 0xAA0000))
        #expect(light[.background] == Color(255, 255, 255) && light[.text] == Color(0, 0, 0))
    }

    @Test("A look forgets no colour of its theme while fewer are shown")
    func backToAll() {
        var look = Look(colors: .palette16)
        #expect(look.theme != .standard)
        look.colors = .truecolor
        #expect(look.theme == .standard)
    }

    @Test("In ASCII a bar is drawn with the same character, half a line high or whole")
    func bars() {
        #expect(Buffer.ascii("▄") == "#" && Buffer.ascii("█") == "#")
    }

    @Test("What becomes punctuation in ASCII is still no text")
    func marksInASCII() {
        var buffer = Buffer(width: 3, height: 1)
        for (x, scalar) in ["─", "-", "⡇"].enumerated() { buffer[x, 0] = Cell(Unicode.Scalar(scalar) ?? " ") }
        buffer.reduceToASCII()
        #expect(buffer.text == "--+")
        #expect((0..<3).map { buffer[$0, 0].isText } == [false, true, false])
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
        #expect(buffer.ansi(colors: .palette16) == "\u{1B}[0;1;91mx\u{1B}[0m")
        #expect(!buffer.ansi(colors: .mono).contains("3"))
    }
}
