import TerminalUI
import Testing

/// Every widget, drawn as a function of an area.
private let widgets: [(name: String, draw: @Sendable (Rect, inout Buffer, Look) -> Void)] = [
    (
        "panel",
        { Panel(title: "loss", detail: [Span("train 0.1", Style())], focused: true).draw(in: $0, on: &$1, look: $2) }
    ),
    ("popup", { Popup(title: "help", width: 30, height: 9).draw(in: $0, on: &$1, look: $2) }),
    ("progress", { ProgressBar(fraction: 0.6).draw(in: $0, on: &$1, look: $2) }),
    (
        "hints",
        {
            KeyHints([("space", "pause"), ("r", "restart"), ("?", "help"), ("q", "quit")], glyphs: $2.glyphs).draw(
                in: $0, on: &$1, look: $2)
        }
    ),
    ("field", { TextField(text: "784-200tanh-10 adam").draw(in: $0, on: &$1, look: $2) }),
    ("bars", { ProbabilityBars(values: [0.1, 0.7, 0.2], truth: 0, predicted: 1).draw(in: $0, on: &$1, look: $2) }),
    ("columns", { ProbabilityBars(values: [0.1, 0.7, 0.2], truth: 0).drawColumns(in: $0, on: &$1, look: $2) }),
    ("heatmap", { Heatmap(counts: Sample.confusion, selected: (1, 2)).draw(in: $0, on: &$1, look: $2) }),
    (
        "large heatmap",
        { Heatmap(counts: Sample.confusion(classes: 26), selected: (25, 25)).draw(in: $0, on: &$1, look: $2) }
    ),
    ("map", { SignedMap(values: [-1, 1, 0.5], rows: 1, columns: 3, scale: 1).fill($0, on: &$1, look: $2) }),
    ("sparkline", { Sparkline([1, 3, 2]).draw(in: $0, on: &$1, look: $2, role: .train) }),
    (
        "difference",
        {
            Heatmap(counts: Sample.confusion, mode: .rowPercent, baseline: [[52, 0, 0], [9, 40, 1], [0, 3, 60]])
                .draw(in: $0, on: &$1, look: $2)
        }
    ),
    (
        "tagged chart",
        {
            var chart = Sample.chart((0..<40).map { .init(x: Double($0) / 4, y: Double($0 * $0)) })
            chart.series[0].tag = "●1"
            chart.series[0].symbol = "●"
            chart.markers = (0..<9).map { LineChart.Marker(x: Double($0), label: "rate \($0)", color: Color(1, 2, 3)) }
            chart.draw(in: $0, on: &$1, look: $2)
        }
    ),
    ("digit", { Sample.bar(size: 28).draw(in: $0, on: &$1, look: $2) }),
    (
        "chart",
        {
            var chart = Sample.chart((0..<40).map { .init(x: Double($0) / 4, y: Double($0 * $0)) })
            chart.cursor = 5
            chart.markers = [LineChart.Marker(x: 2, label: "rate", color: Color(1, 2, 3))]
            chart.draw(in: $0, on: &$1, look: $2)
        }
    ),
]

@Suite struct WidgetBoundsTests {
    static let sizes = [(0, 0), (1, 1), (2, 1), (1, 2), (3, 3), (7, 5), (12, 2), (5, 14), (40, 12), (90, 30)]

    @Test("No widget draws outside its area, at any size, glyph or colour level", arguments: GlyphLevel.allCases)
    func staysInside(glyphs: GlyphLevel) {
        for colors in ColorLevel.allCases {
            let look = Look(glyphs: glyphs, colors: colors)
            for widget in widgets {
                for (width, height) in Self.sizes {
                    var buffer = Sample.canvas(width + 6, height + 6)
                    let area = Rect(x: 3, y: 3, width: width, height: height)
                    widget.draw(area, &buffer, look)
                    let stray = (0..<buffer.height).contains { y in
                        (0..<buffer.width).contains { !area.contains(x: $0, y: y) && buffer[$0, y] != Cell("~") }
                    }
                    #expect(!stray, "\(widget.name) at \(width) × \(height), \(glyphs), \(colors)")
                }
            }
        }
    }

    @Test("Every widget leaves a mark where it has room", arguments: GlyphLevel.allCases)
    func drawsSomething(glyphs: GlyphLevel) {
        for widget in widgets {
            var buffer = Sample.canvas(60, 20)
            widget.draw(buffer.bounds, &buffer, Look(glyphs: glyphs))
            #expect(buffer != Sample.canvas(60, 20), "\(widget.name)")
        }
    }

    @Test("At the ASCII level nothing beyond ASCII is left after the reduction")
    func asciiOnly() {
        for widget in widgets {
            var buffer = Buffer(width: 60, height: 20)
            widget.draw(buffer.bounds, &buffer, Sample.ascii)
            buffer.reduceToASCII()
            #expect(buffer.cells.allSatisfy { $0.scalar.isASCII }, "\(widget.name)")
            #expect(!buffer.cells.contains { $0.scalar == "?" && widget.name != "hints" }, "\(widget.name)")
        }
    }
}
