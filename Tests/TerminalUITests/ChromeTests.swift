import TerminalUI
import Testing

/// Panels, popups, hints, bars and spans.
@Suite struct ChromeTests {
    private let hints = KeyHints(
        [.init("space", "pause"), .init(".", "step"), .init("r", "restart")],
        fixed: [.init("?", "help"), .init("q", "quit")], glyphs: .braille)

    @Test("A panel has its title left and its figures right in the border")
    func panel() {
        let panel = Panel(title: "loss", detail: [Span("train 0.1", Style())])
        let wide = Sample.drawn(26, 3) { panel.draw(in: $0, on: &$1, look: Look()) }
        #expect(
            wide == """
                ╭─ loss ───── train 0.1 ─╮
                │                        │
                ╰────────────────────────╯
                """)
        let narrow = Sample.drawn(12, 2) { panel.draw(in: $0, on: &$1, look: Sample.ascii) }
        #expect(
            narrow == """
                +- loss ---+
                +----------+
                """)
    }

    @Test("A panel's footer is at the right of the bottom border, or left out")
    func panelFooter() {
        let panel = Panel(title: "wrong", footer: [Span("1 of 113", Style())])
        let wide = Sample.drawn(20, 3) { panel.draw(in: $0, on: &$1, look: Look()) }
        #expect(wide.hasSuffix("╰─────── 1 of 113 ─╯"))
        let narrow = Sample.drawn(13, 3) { panel.draw(in: $0, on: &$1, look: Look()) }
        #expect(narrow.hasSuffix("╰───────────╯"))
    }

    @Test("Groups are written whole: one without room goes with all behind it, and only the first is cut")
    func groups() {
        func line(_ width: Int) -> String {
            Sample.drawn(30, 1) { _, buffer in
                let groups = ["epoch 3", "loss 0.1", "s"].map { [Span($0, Style())] }
                buffer.write(groups: groups, gap: 2, x: 0, y: 0, maxWidth: width)
            }
        }
        #expect(line(20) == "epoch 3  loss 0.1  s")
        #expect(line(19) == "epoch 3  loss 0.1")
        #expect(line(16) == "epoch 3")
        #expect(line(5) == "epoc…")
    }

    @Test("Columns show all classes in a few rows, and what is little still shows")
    func columns() {
        let bars = ProbabilityBars(values: [0, 0.5, 0.02, 1], truth: 2, predicted: 3)
        let text = Sample.drawn(8, 3) { bars.drawColumns(in: $0, on: &$1, look: Look()) }
        #expect(text == "      █\n  █ ▁ █\n0 1 2 3")
    }

    @Test(
        "A probability is in per cent, and a small one a digit and a power of ten",
        arguments: [
            (1, "100 %"), (0.9997, "100 %"), (0.9972, "99.7 %"), (0.92, "92 %"), (0.0994, "9.9 %"), (0.01, "1.0 %"),
            (0.0042, "4e-3"), (0.0097, "1e-2"), (3e-5, "3e-5"), (0, "0"), (.nan, "–"),
        ] as [(Float, String)])
    func probabilityText(value: Float, text: String) {
        #expect(ProbabilityBars.text(value) == text)
    }

    @Test("Bars have figures for the three most probable classes and the true one, also where the first is 100 %")
    func saturated() {
        let bars = ProbabilityBars(values: [2e-10, 0, 3e-5, 0.999_96, 1e-12], truth: 1, predicted: 3)
        let text = Sample.drawn(20, 5) { bars.draw(in: $0, on: &$1, look: Look()) }
        #expect(
            text
                == [
                    "0              2e-10", "1                  0", "2               3e-5", "3 ━━━━━━━━━━━  100 %", "4",
                ].joined(separator: "\n"))
    }

    @Test("Where there are too few lines, the most probable classes come first, and the true one is among them")
    func fewLines() {
        let bars = ProbabilityBars(values: [0.25, 0.05, 0.3, 0.4], truth: 1, predicted: 3)
        let text = Sample.drawn(20, 3) { bars.draw(in: $0, on: &$1, look: Sample.ascii) }
        #expect(text == "3 ====-         40 %\n1 -            5.0 %\n2 more")
    }

    @Test("A panel hands out the area inside its border")
    func panelInner() {
        var buffer = Buffer(width: 30, height: 10)
        let inner = Panel(title: "x").draw(in: Rect(x: 2, y: 1, width: 20, height: 6), on: &buffer, look: Look())
        #expect(inner == Rect(x: 3, y: 2, width: 18, height: 4))
        let none = Panel(title: "x").draw(in: Rect(x: 2, y: 1, width: 1, height: 1), on: &buffer, look: Look())
        #expect(none.isEmpty)
    }

    @Test("A focused panel's border differs at every colour level", arguments: ColorLevel.allCases)
    func focus(colors: ColorLevel) {
        func corner(_ focused: Bool) -> Style {
            var buffer = Buffer(width: 9, height: 3)
            Panel(title: "", focused: focused).draw(in: buffer.bounds, on: &buffer, look: Look(colors: colors))
            return buffer[0, 0].style
        }
        #expect(corner(true) != corner(false))
    }

    @Test("A popup is centred and clears what is under it")
    func popup() {
        var buffer = Sample.canvas(20, 7)
        let inner = Popup(title: "help", width: 12, height: 5).draw(in: buffer.bounds, on: &buffer, look: Look())
        #expect(inner == Rect(x: 6, y: 2, width: 8, height: 3))
        #expect(buffer[4, 1].scalar == "╭")
        #expect(buffer[10, 3].scalar == " ")
        #expect(buffer[3, 3].scalar == " " && buffer[2, 3].scalar == "~", "a blank column beside the frame")
    }

    @Test("Hints are shown whole, then cut at their end; help and quit stay at the right")
    func hintsCut() {
        func line(_ width: Int) -> String { Sample.drawn(width, 1) { hints.draw(in: $0, on: &$1, look: Look()) } }
        #expect(line(60) == " space pause   . step   r restart             ? help  q quit")
        #expect(line(47) == " space pause  . step  r restart  ? help  q quit")
        #expect(line(39) == " space pause  . step  …  ? help  q quit")
        #expect(line(16) == "  ? help  q quit")
        #expect(line(6) == "   ? q")
    }

    @Test("A progress bar fills by its share, whatever the number", arguments: [(0.5, 5), (2, 10), (-1, 0), (.nan, 0)])
    func progress(fraction: Double, filled: Int) {
        let text = Sample.drawn(10, 1) { ProgressBar(fraction: fraction).draw(in: $0, on: &$1, look: Sample.ascii) }
        #expect(text == String(repeating: "=", count: filled) + String(repeating: "-", count: 10 - filled))
    }

    @Test("Probabilities are lines in halves of a column with their per cent")
    func bars() {
        let text = Sample.drawn(16, 3) {
            ProbabilityBars(values: [0, 0.5, 0.4], truth: 2, predicted: 1).draw(in: $0, on: &$1, look: Look())
        }
        #expect(text == "0\n1 ━━━╸      50 %\n2 ━━━       40 %")
    }

    @Test("With few rows the predicted and the true class are kept, then the most probable")
    func barsCut() {
        let values: [Float] = [0.05, 0.1, 0.6, 0.2, 0.05]
        let text = Sample.drawn(20, 3) {
            ProbabilityBars(values: values, truth: 4, predicted: 2).draw(in: $0, on: &$1, look: Sample.ascii)
        }
        let lines = text.split(separator: "\n")
        #expect(lines.prefix(2).map { $0.prefix(1) } == ["2", "4"] && lines.last?.hasPrefix("3 more") == true)
    }

    @Test("The true class is good, a wrong prediction bad, a right one good")
    func barColours() {
        func color(_ truth: Int?, _ row: Int) -> Color {
            var buffer = Buffer(width: 20, height: 2)
            ProbabilityBars(values: [0.3, 0.7], truth: truth, predicted: 1).draw(
                in: buffer.bounds, on: &buffer, look: Look())
            return buffer[0, row].style.foreground
        }
        let theme = Theme.standard
        #expect(color(0, 0) == theme[.good])
        #expect(color(0, 1) == theme[.bad])
        #expect(color(1, 1) == theme[.good])
        #expect(color(nil, 1) == theme[.train])
    }

    @Test("Spans follow one another and are cut with one ellipsis")
    func spans() {
        func line(_ width: Int) -> (String, Int) {
            var buffer = Buffer(width: 12, height: 1)
            let end = buffer.write(
                [Span("val", Style()), Span(" 0.1", Style()), Span("!", Style())], x: 1, y: 0, maxWidth: width)
            return (buffer.text, end)
        }
        #expect(line(.max) == (" val 0.1!", 9))
        #expect(line(8) == (" val 0.1!", 9))
        #expect(line(7) == (" val 0.…", 8))
        #expect(line(3) == (" va…", 4))
        #expect(line(0) == ("", 1))
    }

    @Test("Text ends before its right column and is cut at its width")
    func rightAligned() {
        var buffer = Buffer(width: 10, height: 2)
        let start = buffer.write("1234", rightAlignedAt: 10, y: 0, Style())
        #expect(start == 6)
        buffer.write("123456", rightAlignedAt: 10, y: 1, Style(), maxWidth: 3)
        #expect(buffer.text == "      1234\n       12…")
    }

    @Test("A picture is well formed, escapes its text and has each word of the screen")
    func svg() {
        var buffer = Buffer(width: 30, height: 4)
        let inner = Panel(title: "a<b>&\"c").draw(in: buffer.bounds, on: &buffer, look: Look())
        buffer.write("⣿▀█ loss", x: inner.x, y: inner.y, Theme.standard.style(.train))
        let picture = buffer.svg(look: Look(), title: "Train & test")
        #expect(picture.hasPrefix("<svg "))
        #expect(picture.hasSuffix("</svg>\n"))
        #expect(picture.contains("a&lt;b&gt;&amp;&quot;c"))
        #expect(picture.contains("Train &amp; test"))
        #expect(picture.contains(">loss<"))
        #expect(!picture.contains("⣿") && !picture.contains("▀"), "drawn, not written")
    }

    @Test(
        "Numbers have the decimals that their step needs",
        arguments: [(0.25, 0.05, "0.25"), (10, 5, "10"), (0, 0.1, "0.0"), (-0.5, 0.5, "-0.5"), (2e6, 1e6, "2e6")])
    func ticks(value: Double, step: Double, text: String) { #expect(FixedNumber.tick(value, step: step) == text) }

    @Test("In ASCII a cut text ends in a sign of its own, as a dot could be the text's")
    func cutInASCII() {
        var buffer = Buffer(width: 12, height: 1)
        buffer.write("200relu adam lr=0.1", x: 0, y: 0, Style(), maxWidth: 12)
        buffer.reduceToASCII()
        #expect(buffer.text == "200relu ada~")
    }
}
