import Dashboard
import Foundation
import TerminalUI
import Testing

/// Everything that is read on any screen has a contrast of 4.5 with what is behind it, as the terminal shows both.
@Suite struct ContrastTests {
    private static let themes: [Theme] = {
        let folder = URL(filePath: #filePath).appending(path: "../../../themes").standardizedFileURL.path
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.sorted().compactMap { try? Theme.load(path: folder + "/" + $0) }
    }()

    private static let levels: [ColorLevel] = [.truecolor, .palette256, .palette16]

    private static func expectRead(_ theme: Theme, _ colors: ColorLevel, glyphs: GlyphLevel = .braille) {
        let number = (themes.firstIndex { $0.name == theme.name } ?? 0) + (levels.firstIndex(of: colors) ?? 0)
        for shown in ContrastStates.part(number) {
            let name = shown.name
            for (width, height) in shown.sizes {
                var state = shown.state
                (state.width, state.height) = (width, height)
                state.look = Look(theme: theme, glyphs: glyphs, colors: colors)
                let read = ReadCells(render(state), state.look, page: theme.page)
                #expect(read.cells > 15, "\(name)")
                let faint = read.tooFaint.map { "\($0.key.contrast)/100 in \($0.key.codes): \($0.value.prefix(30))" }
                #expect(faint.isEmpty, "\(theme.name), \(colors), \(name) \(width)x\(height): \(faint.sorted())")
            }
        }
    }

    @Test("All themes that are shipped are looked at")
    func all() { #expect(Self.themes.count == 11) }

    @Test("All text of every shipped theme can be read in every view", arguments: themes.map(\.name), levels)
    func shipped(name: String, colors: ColorLevel) throws {
        Self.expectRead(try #require(Self.themes.first { $0.name == name }), colors)
    }

    /// A theme as btop's are, in pale colours.
    private static func pale(background: String, text: String) throws -> Theme {
        try Theme(
            name: "pale",
            parsing: """
                theme[main_bg]="\(background)"
                theme[main_fg]="\(text)"
                theme[title]="\(text)"
                theme[hi_fg]="#7A6A6A"
                theme[selected_bg]="#6F7F8F"
                theme[selected_fg]="#8090A0"
                theme[inactive_fg]="#707070"
                theme[proc_misc]="#708070"
                theme[cpu_box]="#777777"
                theme[div_line]="#707070"
                theme[temp_end]="#806060"
                theme[cpu_start]="#708070"
                theme[cpu_end]="#806060"
                theme[cached_end]="#607080"
                theme[available_end]="#808060"
                """)
    }

    @Test(
        "A theme of btop's in pale colours is lifted until it can be read, be it dark, light or grey",
        arguments: [("#101010", "#606060"), ("#F0F0F0", "#A0A0A0"), ("#808080", "#909090"), ("", "#999999")], levels)
    func pale(theme: (background: String, text: String), colors: ColorLevel) throws {
        Self.expectRead(try Self.pale(background: theme.background, text: theme.text), colors)
    }

    @Test("In ASCII all text can be read in every view, and frames stay as faint as they are", arguments: levels)
    func ascii(colors: ColorLevel) {
        for shown in ContrastStates.part(Self.levels.firstIndex(of: colors) ?? 0) {
            let name = shown.name
            var state = shown.state
            (state.width, state.height) = (80, 24)
            state.look = Look(glyphs: .ascii, colors: colors)
            let read = ReadCells(render(state), state.look, page: state.look.theme.page)
            // ASCII has one character for a line and for a sign, and letters for shapes: `v` for ▼, `o` for ○.
            let faint = read.tooFaint.filter { $0.value.contains { $0.isLetter && !"vo".contains($0) } }
            #expect(faint.isEmpty, "\(colors), \(name): \(faint)")
        }
    }

    @Test("With eight colours nothing is bold and black, and all text can be read", arguments: themes.map(\.name))
    func eightColours(name: String) throws {
        let theme = try #require(Self.themes.first { $0.name == name })
        for shown in ContrastStates.part(Self.themes.firstIndex(of: theme) ?? 0) {
            let name = shown.name
            var state = shown.state
            (state.width, state.height) = (80, 24)
            state.look = Look(theme: theme, colors: .palette16)
            let buffer = render(state)
            let page = buffer.pageBackground
            var known: Set<Cell> = []
            for cell in buffer.cells where cell.scalar != " " && known.insert(cell).inserted {
                let style = ColorQuantizer.palette16(cell.style, page: page, count: 8, isText: cell.isText)
                guard let text = style.foreground, let behind = style.background else { continue }
                let isBold = style.attributes.contains(.bold)
                #expect(text < 8 && behind < 8)
                #expect(!isBold || text != 0, "\(name): \(cell.scalar)")
                guard ReadCells.isRead(cell.scalar) else { continue }
                let shown = Color(rgb: ReadCells.xterm[isBold ? text + 8 : text])
                let contrast = shown.contrast(with: Color(rgb: ReadCells.xterm[behind]))
                #expect(contrast >= 4.5, "\(name): \(cell.scalar) \(style)")
            }
        }
    }
}
