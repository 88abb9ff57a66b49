import TerminalUI
import Testing

/// Every widget, some of them in several forms.
private let widgets: [(name: String, widget: any Widget)] = [
    ("panel", Panel(title: "loss", detail: [Span("train 0.1", Style())], focused: true)),
    ("popup", Popup(title: "help", width: 30, height: 9)),
    ("progress", ProgressBar(fraction: 0.6)),
    (
        "hints",
        KeyHints(
            [.init("space", "pause"), .init("r", "restart")], fixed: [.init("?", "help"), .init("q", "quit")],
            glyphs: .ascii)
    ),
    ("field", TextField(text: "784-200tanh-10 adam")),
    ("bars", ProbabilityBars(values: [0.1, 0.7, 0.2], truth: 0, predicted: 1)),
    ("columns", Columns(bars: ProbabilityBars(values: [0.1, 0.7, 0.2], truth: 0))),
    ("heatmap", Heatmap(counts: Sample.confusion, selected: (1, 2))),
    ("large heatmap", Heatmap(counts: Sample.confusion(classes: 26), selected: (25, 25))),
    (
        "difference",
        Heatmap(counts: Sample.confusion, mode: .rowPercent, baseline: [[52, 0, 0], [9, 40, 1], [0, 3, 60]])
    ),
    ("map", SignedMap(values: [-1, 1, 0.5], rows: 1, columns: 3, scale: 1)),
    ("sparkline", Sparkline([1, 3, 2], role: .train)),
    ("digit", Sample.bar(size: 28)),
    ("tagged chart", taggedChart),
    ("chart", markedChart),
]

private var curve: LineChart { Sample.chart((0..<40).map { .init(x: Double($0) / 4, y: Double($0 * $0)) }) }

private var taggedChart: LineChart {
    var chart = curve
    chart.series[0].tag = "●1"
    chart.series[0].symbol = "●"
    chart.markers = (0..<9).map { LineChart.Marker(x: Double($0), label: "rate \($0)", color: Color(1, 2, 3)) }
    return chart
}

private var markedChart: LineChart {
    var chart = curve
    chart.cursor = 5
    chart.markers = [LineChart.Marker(x: 2, label: "rate", color: Color(1, 2, 3))]
    return chart
}

/// The other form of probability bars.
private struct Columns: Widget {
    let bars: ProbabilityBars

    func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        bars.drawColumns(in: area, on: &buffer, look: look)
    }
}

@Suite struct WidgetBoundsTests {
    static let sizes = [(0, 0), (1, 1), (2, 1), (1, 2), (3, 3), (7, 5), (12, 2), (5, 14), (40, 12), (90, 30)]

    @Test("No widget draws outside its area, at any size, glyph or colour level", arguments: GlyphLevel.allCases)
    func staysInside(glyphs: GlyphLevel) {
        for colors in ColorLevel.allCases {
            let look = Look(glyphs: glyphs, colors: colors)
            for (name, widget) in widgets {
                for (width, height) in Self.sizes {
                    var buffer = Sample.canvas(width + 6, height + 6)
                    let area = Rect(x: 3, y: 3, width: width, height: height)
                    _ = widget.draw(in: area, on: &buffer, look: look)
                    let stray = (0..<buffer.height).contains { y in
                        (0..<buffer.width).contains { !area.contains(x: $0, y: y) && buffer[$0, y] != Cell("~") }
                    }
                    #expect(!stray, "\(name) at \(width) × \(height), \(glyphs), \(colors)")
                }
            }
        }
    }

    @Test("Every widget leaves a mark where it has room", arguments: GlyphLevel.allCases)
    func drawsSomething(glyphs: GlyphLevel) {
        for (name, widget) in widgets {
            var buffer = Sample.canvas(60, 20)
            _ = widget.draw(in: buffer.bounds, on: &buffer, look: Look(glyphs: glyphs))
            #expect(buffer != Sample.canvas(60, 20), "\(name)")
        }
    }

    @Test("At the ASCII level nothing beyond ASCII is left after the reduction")
    func asciiOnly() {
        for (name, widget) in widgets {
            var buffer = Buffer(width: 60, height: 20)
            _ = widget.draw(in: buffer.bounds, on: &buffer, look: Sample.ascii)
            buffer.reduceToASCII()
            #expect(buffer.cells.allSatisfy { $0.scalar.isASCII }, "\(name)")
            #expect(!buffer.cells.contains { $0.scalar == "?" && name != "hints" }, "\(name)")
        }
    }
}
