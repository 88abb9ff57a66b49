import Foundation
import TerminalUI
import Testing

@Suite struct ThemeTests {
    private static func shipped() throws -> [Theme] {
        let files = try FileManager.default.contentsOfDirectory(atPath: Sample.themes).filter { $0.hasSuffix(".theme") }
        return try files.sorted().map { try Theme.load(path: Sample.themes + "/" + $0) }
    }

    @Test("Dark and light themes are shipped, for eyes of every kind")
    func shippedThemesParse() throws {
        #expect(
            try Self.shipped().map(\.name).sorted() == [
                "colour-blind", "dark", "dracula", "gruvbox", "gruvbox-light", "high-contrast", "light", "mono", "nord",
                "solarized", "solarized-light",
            ])
    }

    @Test("All text of every shipped theme is readable on its background")
    func contrast() throws {
        let written: [Theme.Role] = [.text, .title, .key, .dim, .train, .validation, .good, .warning, .bad]
        for theme in try Self.shipped() + [.standard] {
            for role in written + Theme.runRoles {
                #expect(theme[role].contrast(with: theme.page) >= 4.5, "\(theme.name) \(role)")
            }
            #expect(theme[.selectedText].contrast(with: theme[.selectedBackground]) >= 4.5, "\(theme.name)")
            for role in [.key, .text, .train, .validation, .good, .warning, .bad] as [Theme.Role] {
                let style = theme.style(role).on(theme[.selectedBackground])
                let shown = ColorQuantizer.direct(style, isText: true)
                #expect(shown.foreground.contrast(with: shown.background) >= 4.5, "\(theme.name) \(role)")
            }
        }
    }

    @Test("Every shipped theme names each role once, and nothing else")
    func complete() throws {
        for theme in try Self.shipped() {
            let text = try String(contentsOfFile: "\(Sample.themes)/\(theme.name).theme", encoding: .utf8)
            let keys = text.split(separator: "\n").filter { $0.hasPrefix("theme[") }.map {
                String($0.dropFirst(6).prefix { $0 != "]" })
            }
            #expect(keys.sorted() == Theme.Role.allCases.map(\.rawValue).sorted(), "\(theme.name)")
        }
    }

    @Test("In every shipped theme the curves, the runs and the ends of each scale can be told apart")
    func apart() throws {
        for theme in try Self.shipped() {
            #expect(Set(Theme.runRoles.map { theme[$0] }).count == Theme.runRoles.count, "\(theme.name)")
            #expect(theme[.train] != theme[.validation], "\(theme.name)")
            for (start, end) in [(Theme.Role.heatStart, Theme.Role.heatEnd), (.digitStart, .digitEnd)] {
                #expect(theme[start].contrast(with: theme[end]) >= 3, "\(theme.name) \(start)")
            }
            #expect(theme[.diagonalStart].contrast(with: theme[.diagonalEnd]) >= 1.4, "\(theme.name)")
        }
    }

    @Test("No two runs of a shipped theme have colours so near that thin lines in them look the same")
    func runColours() throws {
        for theme in try Self.shipped() where theme.name != "mono" {
            for (index, role) in Theme.runRoles.enumerated() {
                for other in Theme.runRoles[(index + 1)...] {
                    let distance = Self.distance(theme[role], theme[other])
                    #expect(distance >= 23, "\(theme.name): \(role) and \(other)")
                }
            }
        }
    }

    /// CIE 1976: the distance in L*a*b* under D65; 2.3 can just be seen between areas.
    private static func distance(_ first: Color, _ second: Color) -> Double {
        let (a, b) = (lab(first), lab(second))
        return zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    }

    private static func lab(_ color: Color) -> [Double] {
        let linear = [color.red, color.green, color.blue].map { channel -> Double in
            let value = Double(channel) / 255
            return value <= 0.040_45 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let rows = [
            ([0.4124, 0.3576, 0.1805], 0.95047), ([0.2126, 0.7152, 0.0722], 1), ([0.0193, 0.1192, 0.9505], 1.08883),
        ]
        let f = rows.map { row, white -> Double in
            let value = zip(row, linear).map(*).reduce(0, +) / white
            return value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116
        }
        return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
    }

    @Test("The compiled-in theme is the dark theme's file")
    func standardIsDark() throws {
        #expect(try Theme.load(path: Sample.themes + "/dark.theme") == .standard)
    }

    @Test("Colours can be written as six digits, as a grey, as decimals, or left to the terminal")
    func colourForms() throws {
        let theme = try Theme(
            name: "t",
            parsing: """
                # a comment
                theme[main_bg]=""
                theme[main_fg]="#C6d0dc"   # behind
                theme[title]="#EE"
                theme[hi_fg]="255 143 107"
                theme[some_key_of_btop]="#123456"
                """)
        #expect(theme[.background].isTerminalDefault)
        #expect(theme[.text] == Color(rgb: 0xC6D0DC))
        #expect(theme[.title] == Color(0xEE, 0xEE, 0xEE))
        #expect(theme[.key] == Color(255, 143, 107))
    }

    @Test("A file with a byte order mark and lines that end as on Windows is read like any other")
    func windowsFile() throws {
        let theme = try Theme(
            name: "w",
            parsing: "\u{FEFF}# Written elsewhere\r\ntheme[main_bg]=\"#102030\"\r\ntheme[main_fg]=\"#EE\"\r\n")
        #expect(theme[.background] == Color(rgb: 0x102030))
        #expect(theme[.text] == Color(rgb: 0xEEEEEE))
        #expect(throws: ThemeError.self) { try Theme(name: "w", parsing: "# ok\r\ntheme[title]=\"red\"\r\n") }
    }

    /// Every key that btop has, as its own files write them.
    private static func btop(background: String, text: String, faint: String) -> String {
        """
        # Main background, empty for terminal default, need to be empty if you want transparent background
        theme[main_bg]="\(background)"

        # Main text color
        theme[main_fg]="\(text)"
        theme[title]="\(text)"
        theme[hi_fg]="#2266dd"
        theme[selected_bg]="#114488"
        theme[selected_fg]="#FFFFFF"
        theme[inactive_fg]="\(faint)"
        theme[graph_text]="\(faint)"
        theme[meter_bg]="\(faint)"
        theme[proc_misc]="#00AA55"
        theme[cpu_box]="#777777"
        theme[mem_box]="#777777"
        theme[net_box]="#777777"
        theme[proc_box]="#777777"
        theme[div_line]="#444444"
        theme[temp_start]="#4897d4"
        theme[temp_mid]=""
        theme[temp_end]="#ff40b6"
        theme[cpu_start]="#50a095"
        theme[cpu_mid]="168 196 56"
        theme[cpu_end]="#C04020"
        theme[free_start]="#223014"
        theme[free_mid]=""
        theme[free_end]="#55AA33"
        theme[cached_start]="#0b1a29"
        theme[cached_mid]=""
        theme[cached_end]="#26c5ff"
        theme[available_start]="#292107"
        theme[available_mid]=""
        theme[available_end]="#ffb814"
        theme[used_start]="#3b1f1c"
        theme[used_mid]=""
        theme[used_end]="#d9626d"
        theme[download_start]="#231a63"
        theme[download_mid]="#4f43a3"
        theme[download_end]="#b0a9de"
        theme[upload_start]="#510554"
        theme[upload_mid]="#7d4180"
        theme[upload_end]="#dcafde"
        theme[process_start]="#80d0a3"
        theme[process_mid]="#dcd179"
        theme[process_end]="#d45454"
        """
    }

    @Test(
        "A whole theme of btop's loads as it is, and what is ours alone is made to fit it",
        arguments: [("#10121a", "#dddddd", "#888888"), ("#f4f4f0", "#222222", "#666666"), ("", "#cc", "#80")])
    func wholeBtopTheme(background: String, text: String, faint: String) throws {
        let theme = try Theme(name: "b", parsing: Self.btop(background: background, text: text, faint: faint))
        #expect(theme[.background].isTerminalDefault == background.isEmpty)
        let lines: [(role: Theme.Role, color: Color)] = [
            (.train, Color(rgb: 0x26C5FF)), (.validation, Color(rgb: 0xFFB814)), (.good, Color(rgb: 0x55AA33)),
            (.bad, Color(rgb: 0xD9626D)),
        ]
        for (role, color) in lines {
            // As it is where it can be read, else of the same hue and darker.
            #expect(theme[role] == color.lifted(on: theme.page, to: 4.5))
            if color.contrast(with: theme.page) >= 4.5 { #expect(theme[role] == color) }
        }
        #expect(theme[.text].contrast(with: theme.page) >= 4.5)
        #expect(theme[.digitEnd].contrast(with: theme[.digitStart]) >= 4.5)
        #expect(theme[.heatStart].contrast(with: theme.page) < theme[.heatEnd].contrast(with: theme.page))
        // No mark and no bar vanishes: only the page and what begins at it may be the terminal's own.
        let faintest: [Theme.Role] = [.background, .digitStart]
        for role in Theme.Role.allCases where !faintest.contains(role) {
            #expect(!theme[role].isTerminalDefault, "\(role)")
        }
    }

    @Test("A colour is lifted as little as it needs, keeps its hue, and is left alone where it can be read")
    func lifted() {
        let page = Color(rgb: 0x2E3440)
        let dim = Color(rgb: 0x4C566A)
        let lifted = dim.lifted(on: page, to: 4.5)
        #expect(dim.contrast(with: page) < 2)
        #expect((4.5...4.8).contains(lifted.contrast(with: page)))
        #expect(lifted.blue > lifted.green && lifted.green > lifted.red)
        #expect(lifted.lifted(on: page, to: 4.5) == lifted)
        #expect(dim.lifted(on: Color(rgb: 0xFFFFFF), to: 4.5) == dim)
        #expect(Color(rgb: 0x808080).lifted(on: Color(rgb: 0x808080), to: 21) == Color(0, 0, 0), "as far as it goes")
        #expect(Color.terminalDefault.lifted(on: page, to: 4.5) == .terminalDefault)
    }

    @Test(
        "Every theme that btop itself ships loads with its texts readable",
        .enabled(if: ThemeTests.hasBtop, "btop is not installed"))
    func btopsOwn() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: ThemeTests.btop).filter {
            $0.hasSuffix(".theme")
        }
        #expect(files.count >= 5)
        for file in files.sorted() {
            let theme = try Theme.load(path: "\(ThemeTests.btop)/\(file)")
            let written: [Theme.Role] = [.text, .title, .key, .dim, .train, .validation, .good, .warning, .bad]
            for role in written + Theme.runRoles {
                #expect(theme[role].contrast(with: theme.page) >= 4.5, "\(file) \(role)")
            }
        }
    }

    private static let btop = "/usr/share/btop/themes"
    private static let hasBtop = FileManager.default.fileExists(atPath: btop)

    @Test("Keys of ours that a btop theme lacks come from btop's")
    func fallsBack() throws {
        let theme = try Theme(
            name: "btop",
            parsing: """
                theme[main_bg]="#FFFFFF"
                theme[main_fg]="#000000"
                theme[temp_end]="#ff0000"
                theme[cached_end]="#0000ff"
                """)
        #expect(theme[.title] == Color(0, 0, 0))
        #expect(theme[.heatEnd] == Color(255, 0, 0))
        #expect(theme[.train] == Color(0, 0, 255))
        #expect(theme[.heatStart].luminance > theme[.heatEnd].luminance, "a light theme's heat starts light")
        #expect(theme[.digitEnd] == Color(0, 0, 0))
        #expect(theme[.key] == Theme.standard[.key].lifted(on: Color(rgb: 0xFFFFFF), to: 4.5))
    }

    @Test(
        "A bad line is refused with its number",
        arguments: [
            "theme[title]=\"#12345\"", "theme[title]=\"#GGGGGG\"", "theme[title]=\"1 2\"", "theme[title]=\"256 0 0\"",
            "theme[title]=\"red\"", "theme[title]", "title=\"#ffffff\"", "theme[]=\"#ffffff\"",
            "theme[title]=\"#ffffff",
            "theme[title]=\"+1 2 3\" x",
        ])
    func refusesBadLines(line: String) throws {
        let error = #expect(throws: ThemeError.self) { try Theme(name: "bad", parsing: "# ok\n\n" + line) }
        guard case .malformed(let name, let number, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(name == "bad")
        #expect(number == 3)
    }

    @Test("Of a value that is no colour an error has the beginning, however long it is")
    func longValues() {
        let long = String(repeating: ">", count: 4000)
        #expect(
            throws: ThemeError.malformed(
                theme: "x", line: 1, found: "\"\(long.prefix(40))\"",
                expected: "\"#RRGGBB\", \"#GG\", \"R G B\" with 0 to 255 each, or \"\"")
        ) { try Theme(name: "x", parsing: "theme[main_bg]=\"\(long)\"") }
    }

    @Test("A theme that is not there is named with the reason")
    func missingFile() {
        #expect(throws: ThemeError.unreadable(path: "/none/x.theme", reason: "no such file")) {
            try Theme.load(path: "/none/x.theme")
        }
    }
}
