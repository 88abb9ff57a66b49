import Foundation
import TerminalUI
import Testing

@Suite struct HeatmapTests {
    private func text(_ map: Heatmap, _ width: Int, _ height: Int, _ look: Look = Sample.braille) -> String {
        Sample.drawn(width, height) { map.draw(in: $0, on: &$1, look: look) }
    }

    @Test("With room it shows counts in the middle of their cells under labels, zero as a dot")
    func wide() {
        let lines = ["     0    1    2", " 0  50    ·    2", " 1   1   40    9", " 2   ·    3   60"]
        #expect(text(Heatmap(counts: Sample.confusion), 18, 4) == lines.joined(separator: "\n"))
    }

    @Test("Per cent of the row replaces the counts, and the diagonal can be left out")
    func percent() {
        let map = Heatmap(counts: Sample.confusion, mode: .rowPercent, hideDiagonal: true)
        let shown = text(map, 18, 4)
        #expect(shown.contains("3.8"))
        #expect(shown.contains("18"))
        #expect(!shown.contains("80"))
    }

    @Test("Per cent of the column is the share of what is taken for a class")
    func columnPercent() {
        let shown = text(Heatmap(counts: Sample.confusion, mode: .columnPercent), 18, 4)
        // Of 71 taken for class 2, 2 are of class 0, 9 of class 1 and 60 of class 2.
        #expect(shown.contains("2.8") && shown.contains("13") && shown.contains("85"))
    }

    @Test("A difference has signs, in colours for better and worse; without colour by characters")
    func difference() {
        let before = [[48, 2, 2], [1, 42, 7], [0, 3, 60]]
        let map = Heatmap(counts: Sample.confusion, baseline: before)
        #expect(text(map, 18, 4).split(separator: "\n")[1] == " 0  +2   -2    ·")
        #expect(text(map, 18, 4).split(separator: "\n")[2] == " 1   ·   -2   +2")
        var buffer = Buffer(width: 18, height: 4)
        map.draw(in: buffer.bounds, on: &buffer, look: Sample.braille)
        func isGreen(_ x: Int, _ y: Int) -> Bool {
            buffer[x, y].style.background.green > buffer[x, y].style.background.red
        }
        #expect(isGreen(6, 1) && isGreen(11, 1), "more hits, fewer errors")
        #expect(!isGreen(11, 2) && !isGreen(16, 2), "fewer hits, more errors")
        #expect(text(map, 9, 4, Sample.ascii).contains("#") && text(map, 9, 4, Sample.ascii).contains("="))
    }

    @Test("A difference of shares below one per cent is no nought with a sign")
    func smallDifference() {
        let (now, before) = ([[997, 3], [500, 500]], [[1000, 0], [500, 500]])
        var map = Heatmap(counts: now, baseline: before)
        map.mode = .rowPercent
        // In three columns they would touch.
        #expect(text(map, 10, 3).split(separator: "\n").dropFirst() == [" 0  ·  ·", " 1  ·  ·"])
        #expect(text(map, 13, 3).split(separator: "\n").dropFirst() == [" 0 -0.3 +0.3", " 1   ·    ·"])
    }

    @Test("A baseline of another size is no baseline")
    func otherSize() {
        #expect(Heatmap(counts: Sample.confusion, baseline: [[1]]).baseline == nil)
    }

    @Test("A tall area shows the count and its share below")
    func tall() {
        let shown = text(Heatmap(counts: Sample.confusion), 30, 8)
        #expect(shown.contains("40"))
        #expect(shown.contains("80%"))
    }

    @Test("In cells of three lines count and share stand beside one another in the middle one")
    func taller() {
        let lines = [
            "       0        1        2", "", " 0  50 96%      ·     2 3.8%", "", "",
            " 1  1 2.0%   40 80%    9 18%", "", "", " 2     ·     3 4.8%   60 95%", "",
        ]
        #expect(text(Heatmap(counts: Sample.confusion), 30, 10) == lines.joined(separator: "\n"))
    }

    @Test("No two numbers touch, whatever their size and the width of the cells", arguments: [9, 99, 999, 9_999])
    func apart(most: Int) {
        var state: UInt64 = 1
        func next(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        for _ in 0..<20 {
            let counts = (0..<10).map { _ in (0..<10).map { _ in next(most + 1) } }
            for width in 33...90 {
                let lines = text(Heatmap(counts: counts), width, 11).split(separator: "\n")
                guard lines[0].contains("1") else { continue }
                for line in lines { #expect(line.split(separator: " ").count >= 10, "\(width): \(line)") }
                #expect(lines.dropFirst().allSatisfy { $0.split(separator: " ").count == 11 })
            }
        }
    }

    @Test("Three-digit counts stand beside small ones in cells of three columns, else there are colours alone")
    func threeDigits() {
        let trained = Heatmap(counts: [[579, 12, 3], [4, 98, 600], [12, 579, 1]])
        #expect(text(trained, 12, 4) == "    0  1  2\n 0 579 12 3\n 1  4 98 600\n 2 12 579 1")
        #expect(text(Heatmap(counts: [[125, 223, 1], [1, 1, 1], [1, 1, 1]]), 12, 4).contains("▀"))
    }

    @Test("Cells of seven columns have the names of their classes, shortened where they have to be")
    func names() {
        let names = ["T-shirt", "trouser", "ankle boot"]
        let map = Heatmap(counts: Sample.confusion, names: ShortNames(names))
        let lines = ["            T-shrt trousr  boot", "    T-shirt   50      ·      2"]
        let shown = text(map, 33, 4).split(separator: "\n").map(String.init)
        #expect(shown[0] == lines[0] && shown[1] == lines[1])
        let narrow = text(map, 32, 4).split(separator: "\n")[0].split(separator: " ")
        #expect(narrow == ["T-shi", "trous", "ankle"], "six columns a cell")
    }

    @Test("Figures of rows and columns stand beside the matrix, with bars where there is room")
    func margins() {
        let margins = HeatmapMargins(
            rowTitles: ("recall %", "recall"), columnTitles: ("precision %", "prec."),
            rows: [.share(0.96), .share(0.8), .share(1)], columns: [.share(0.98), .share(0.93), .change(-0.012)])
        let map = Heatmap(counts: Sample.confusion, margins: margins)
        #expect(
            text(map, 25, 5)
                == [
                    "     0    1    2  recall", " 0  50    ·    2    96.0", " 1   1   40    9    80.0",
                    " 2   ·    3   60   100.0", "   98.0 93.0 -1.2  prec.",
                ].joined(separator: "\n"))
        #expect(
            text(map, 37, 6)
                == [
                    "      0    1    2         recall %", "  0  50    ·    2   ███████▋  96.0",
                    "  1   1   40    9   ██████▍   80.0", "  2   ·    3   60   ████████ 100.0", "     ███  ▇▇▇",
                    "    98.0 93.0 -1.2     precision %",
                ].joined(separator: "\n"))
    }

    @Test("A small area has two classes a line in half blocks, errors hot, hits in their own scale")
    func compact() {
        var buffer = Buffer(width: 24, height: 6)
        let look = Sample.braille
        Heatmap(counts: Sample.confusion(classes: 10)).draw(in: buffer.bounds, on: &buffer, look: look)
        let shown = buffer.text.split(separator: "\n").map(String.init)
        #expect(shown[0] == " 0 " + String(repeating: "▀", count: 20))
        #expect(shown[5] == "   0 1 2 3 4 5 6 7 8 9")
        #expect(buffer[3, 0].style.foreground.blue > buffer[3, 0].style.foreground.red, "0 as 0 is a hit")
        #expect(buffer[5, 0].style.foreground.red > buffer[5, 0].style.foreground.blue, "0 as 1 is an error")
    }

    @Test("A small area without colour shows a character for each class pair, and marks the selected one")
    func ramp() {
        var buffer = Buffer(width: 9, height: 3)
        Heatmap(counts: Sample.confusion, selected: (1, 2)).draw(in: buffer.bounds, on: &buffer, look: Sample.ascii)
        #expect(buffer.text == " 0 \\:.\\-@\n 2 . = \\\n   0 1 2")
        #expect(buffer[8, 0].style.attributes.contains(.reverse))
    }

    @Test(
        "Without the colours, two classes a line: an error is a spot that grows with it, zero is nothing, what is right a line",
        arguments: [ColorLevel.mono, .palette16])
    func dots(colors: ColorLevel) {
        var counts = (0..<10).map { row in (0..<10).map { $0 == row ? 100 : 0 } }
        (counts[0][3], counts[0][4]) = (1, 9)
        func line(_ glyphs: GlyphLevel) -> (text: String, buffer: Buffer) {
            var buffer = Buffer(width: 23, height: 6)
            Heatmap(counts: counts).draw(in: buffer.bounds, on: &buffer, look: Look(glyphs: glyphs, colors: colors))
            return (buffer.text.split(separator: "\n").map(String.init)[0], buffer)
        }
        let (braille, buffer) = line(.braille)
        #expect(braille.hasPrefix(" 0 ⠉⠒⠤⣀"), "the diagonal goes on from class to class")
        func dots(_ column: Int) -> Int {
            (0..<2).reduce(0) { $0 + Int(buffer[3 + 2 * column + $1, 0].scalar.value & 0xFF).nonzeroBitCount }
        }
        #expect([2, 3, 4, 5].map(dots) == [0, 1, 8, 0])
        let blocks = line(.block).text
        #expect(blocks.contains("▀▀") && blocks.unicodeScalars.allSatisfy { $0.value < 0x2800 })
    }

    @Test("The selected cell stands out at every colour level", arguments: ColorLevel.allCases)
    func selected(colors: ColorLevel) {
        let look = Look(colors: colors)
        func draw(_ selected: (Int, Int)?) -> Buffer {
            var buffer = Buffer(width: 20, height: 5)
            Heatmap(counts: Sample.confusion, selected: selected.map { (row: $0.0, column: $0.1) })
                .draw(in: buffer.bounds, on: &buffer, look: look)
            return buffer
        }
        let layoutCell = draw((1, 2))
        let plain = draw(nil)
        let changed = (0..<20).filter { layoutCell[$0, 2].style != plain[$0, 2].style }
        #expect(changed.count >= 4)
    }

    @Test("Numbers are readable on every colour of the scales, in both themes")
    func contrast() throws {
        for theme in [Theme.standard, try Theme.load(path: Sample.themes + "/light.theme")] {
            var buffer = Buffer(width: 60, height: 12, fill: Cell(style: theme.style(.text)))
            Heatmap(counts: Sample.confusion(classes: 10), selected: (2, 3))
                .draw(in: buffer.bounds, on: &buffer, look: Look(theme: theme))
            for cell in buffer.cells where ("0"..."9").contains(cell.scalar) {
                #expect(cell.style.foreground.contrast(with: cell.style.background) >= 4.5, "\(theme.name)")
            }
        }
    }

    @Test("The share below a count is fainter than it, and still has a contrast of 4.5", arguments: ["dark", "light"])
    func secondContrast(name: String) throws {
        let theme = try Theme.load(path: Sample.themes + "/\(name).theme")
        var buffer = Buffer(width: 90, height: 31, fill: Cell(style: theme.style(.text)))
        Heatmap(counts: Sample.confusion(classes: 10)).draw(in: buffer.bounds, on: &buffer, look: Look(theme: theme))
        let signs = buffer.cells.filter { $0.scalar == "%" }
        #expect(!signs.isEmpty)
        for sign in signs { #expect(sign.style.foreground.contrast(with: sign.style.background) >= 4.4) }
    }

    @Test("In 16 colours numbers are read on what is shown, whichever the palette", arguments: [16, 8])
    func contrastIn16(count: Int) throws {
        // As xterm draws them; it has the brightest yellow of all.
        let xterm: [UInt32] = [
            0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
            0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
        ]
        for name in ["dark", "light", "high-contrast", "colour-blind"] {
            let theme = try Theme.load(path: Sample.themes + "/\(name).theme")
            var buffer = Buffer(width: 60, height: 12, fill: Cell(style: theme.style(.text)))
            Heatmap(counts: Sample.confusion(classes: 10), selected: (2, 3))
                .draw(in: buffer.bounds, on: &buffer, look: Look(theme: theme, colors: .palette16))
            for cell in buffer.cells where ("1"..."9").contains(cell.scalar) {
                let shown = ColorQuantizer.palette16(cell.style, page: theme.page, count: count)
                let text = try #require(shown.foreground) + (shown.attributes.contains(.bold) && count == 8 ? 8 : 0)
                let behind = try #require(shown.background)
                let ratio = Color(rgb: xterm[text % 16]).contrast(with: Color(rgb: xterm[behind]))
                #expect(ratio >= 4.5, "\(name): \(text) on \(behind)")
            }
        }
    }

    /// 12 errors, 7 and 1 beside hits.
    private static let threeSizes = [[50, 12, 7], [1, 40, 0], [0, 0, 60]]

    @Test("Without colour a great error is bold and underlined, a middle one bold, a small one plain, a hit dim")
    func monoEmphasis() {
        var buffer = Buffer(width: 20, height: 4)
        Heatmap(counts: Self.threeSizes).draw(in: buffer.bounds, on: &buffer, look: Look(colors: .mono))
        func attributes(of digit: Unicode.Scalar) -> Style.Attributes? {
            buffer.cells.dropFirst(20).first { $0.scalar == digit }.map {
                ColorQuantizer.mono($0.style, page: Theme.standard.page)
            }
        }
        // The 2 of 12, the 7, the 5 of 50; the 1 of row 1 is the last 1.
        #expect(attributes(of: "2") == [.bold, .underline])
        #expect(attributes(of: "7") == .bold)
        #expect(attributes(of: "5") == .dim)
        let small = buffer.cells.dropFirst(43).first { $0.scalar == "1" }
        #expect(small.map { ColorQuantizer.mono($0.style, page: Theme.standard.page) } == [])
    }

    @Test("In 256 colours the shades of errors keep their hue and grow in steps, in every theme")
    func shades() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Sample.themes)
        for file in files.sorted() where file.hasSuffix(".theme") && file != "mono.theme" {
            let theme = try Theme.load(path: "\(Sample.themes)/\(file)")
            let look = Look(theme: theme, colors: .palette256)
            let steps = (0...20).map { look.heat(Double($0) / 20) }
            #expect(Set(steps).count >= 4, "\(file)")
            for (step, next) in zip(steps, steps.dropFirst()) {
                #expect(ColorQuantizer.rgb(index: ColorQuantizer.index256(step)) == step, "one of the 256")
                // From the page's side to the other: a dark theme's shades grow lighter.
                let isDark = theme.page.luminance < 0.3
                let rise = (next.luminance - step.luminance) * (isDark ? 1 : -1)
                #expect(rise >= -0.045, "\(file): \(step.hexadecimal) \(next.hexadecimal)")
            }
            for step in steps {
                let spread = max(step.red, step.green, step.blue) - min(step.red, step.green, step.blue)
                #expect(spread >= 40 && step.red > step.green && step.red > step.blue, "\(file): \(step.hexadecimal)")
            }
        }
    }

    @Test("The dark theme's shades in 256 colours run from a dark red to a bright orange")
    func darkShades() {
        let look = Look(colors: .palette256)
        var indices: [Int] = []
        for share in stride(from: 0.0, through: 1, by: 0.05) {
            let index = ColorQuantizer.index256(look.heat(share))
            if index != indices.last { indices.append(index) }
        }
        #expect(indices == [52, 88, 124, 160, 166])
    }

    @Test("The cell under the mouse is the one drawn there", arguments: [(60, 12), (34, 11), (80, 24), (24, 6)])
    func mouse(width: Int, height: Int) throws {
        let area = Rect(x: 5, y: 2, width: width, height: height)
        var found = Set<[Int]>()
        for y in 0..<40 {
            for x in 0..<100 {
                guard let cell = Heatmap.cell(atX: x, y: y, in: area) else { continue }
                #expect(area.contains(x: x, y: y))
                found.insert([cell.row, cell.column])
            }
        }
        #expect(found.count == (height == 6 ? 50 : 100), "every class pair can be hit; in half blocks every second row")
        #expect(Heatmap.cell(atX: 0, y: 0, in: area) == nil)
    }

    @Test(
        "A click on the painted selection finds the selected cell",
        arguments: [(60, 12, Look()), (34, 11, Look()), (80, 24, Look()), (24, 6, Sample.ascii)])
    func mouseMatchesPaint(width: Int, height: Int, look: Look) {
        let area = Rect(x: 5, y: 2, width: width, height: height)
        let counts = Sample.confusion(classes: 10)
        func painted(_ selected: (row: Int, column: Int)?) -> Buffer {
            var buffer = Buffer(width: 100, height: 40)
            Heatmap(counts: counts, selected: selected).draw(in: area, on: &buffer, look: look)
            return buffer
        }
        let plain = painted(nil)
        for (row, column) in [(0, 0), (3, 7), (9, 9), (8, 1)] {
            let marked = painted((row, column))
            var hits = 0
            for y in 0..<40 {
                for x in 0..<100 where marked[x, y].style != plain[x, y].style {
                    // Labels of the selected row and column change, too; they are no cells.
                    guard let cell = Heatmap.cell(atX: x, y: y, in: area, look: look) else { continue }
                    #expect(cell == (row, column), "at \(x), \(y)")
                    hits += 1
                }
            }
            #expect(hits > 0)
        }
    }

    @Test("A matrix larger than its area is scrolled to the selected cell")
    func scrolls() throws {
        var buffer = Buffer(width: 24, height: 6)
        let map = Heatmap(counts: Sample.confusion(classes: 26), selected: (25, 25))
        map.draw(in: buffer.bounds, on: &buffer, look: Sample.braille)
        #expect(buffer.text.contains("24"))
        let hits = (0..<24).compactMap { map.cell(atX: $0, y: 4, in: buffer.bounds) }
        #expect(hits.contains { $0.row == 24 && $0.column == 25 })
    }

    @Test("Of columns that are narrower than their labels each second one has a whole label, and so has the marked one")
    func wholeLabels() {
        func header(_ selected: (row: Int, column: Int)?) -> [Substring] {
            let map = Heatmap(counts: Sample.confusion(classes: 26), selected: selected)
            return text(map, 60, 14).split(separator: "\n").last?.split(separator: " ") ?? []
        }
        let even: [String] = stride(from: 0, to: 26, by: 2).map { "\($0)" }
        #expect(header(nil).map(String.init) == even)
        let marked: [String] = Array(even[..<6]) + ["13"] + Array(even[8...])
        #expect(header((3, 13)).map(String.init) == marked)
    }

    @Test("Where two columns a class leave classes out, they have one, and labels of three digits stay apart")
    func oneColumn() {
        let shown = text(Heatmap(counts: Sample.confusion(classes: 47)), 51, 26).split(separator: "\n")
        #expect(shown[0].filter { $0 == "▀" }.count == 47)
        #expect(shown[24].split(separator: " ").map(String.init) == stride(from: 0, to: 47, by: 3).map { "\($0)" })
        #expect(Heatmap.isWhole(47, in: Rect(x: 0, y: 0, width: 51, height: 26)))
        #expect(!Heatmap.isWhole(47, in: Rect(x: 0, y: 0, width: 49, height: 26)))
        let many = Heatmap(counts: Sample.confusion(classes: 256), selected: (200, 200))
        let last = text(many, 120, 40).split(separator: "\n").last?.split(separator: " ").map(String.init) ?? []
        #expect(last.contains("200") && last.allSatisfy { (85...200).contains(Int($0) ?? 0) })
        let visible = many.visible(in: Rect(x: 0, y: 0, width: 120, height: 40), look: Sample.braille)
        #expect(visible.rows.contains(200) && visible.columns.contains(200) && visible.columns.count == 116)
    }

    @Test("A click finds the class in cells of one column, without colours, too", arguments: ColorLevel.allCases)
    func oneColumnMouse(colors: ColorLevel) {
        let area = Rect(x: 2, y: 1, width: 51, height: 26)
        let look = Look(colors: colors)
        let map = Heatmap(counts: Sample.confusion(classes: 47))
        let hits = (0..<60).compactMap { map.cell(atX: $0, y: 1, in: area, look: look)?.column }
        #expect(hits == Array(0..<47))
        let drawn = Sample.drawn(60, 30) { _, buffer in map.draw(in: area, on: &buffer, look: look) }
        #expect(
            drawn.split(separator: "\n", omittingEmptySubsequences: false)[25].contains("45") || colors == .mono
                || colors == .palette16)
    }

    @Test(
        "Names stand beside the rows of small cells, and their beginnings above the columns where these tell them apart"
    )
    func smallNames() {
        let counts = Sample.confusion(classes: 4)
        let map = Heatmap(counts: counts, names: ShortNames(["cat", "dog", "horse", "hen"]))
        #expect(text(map, 20, 3).contains("cat ▀"))
        let letters = Heatmap(
            counts: Sample.confusion(classes: 26),
            names: ShortNames((0..<26).map { "\(Unicode.Scalar(UInt8(65 + $0)))" }))
        let header = text(letters, 60, 14).split(separator: "\n").last?.split(separator: " ").joined()
        #expect(header == "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    }

    @Test("Ragged, empty and single matrices are drawn without harm")
    func odd() {
        #expect(text(Heatmap(counts: []), 20, 5) == "\n\n\n\n")
        #expect(text(Heatmap(counts: [[7]]), 20, 5).contains("7"))
        #expect(text(Heatmap(counts: [[1, 2, 3], [4], []]), 20, 5).contains("4"))
        #expect(text(Heatmap(counts: [[123_456, 1], [0, 9]]), 12, 3).contains("123k"))
    }
}
