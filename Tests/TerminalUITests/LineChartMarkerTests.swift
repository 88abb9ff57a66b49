import TerminalUI
import Testing

@Suite struct LineChartMarkerTests {
    private let color = Color(200, 10, 10)

    private func chart(_ markers: [LineChart.Marker], width: Int = 60, height: Int = 12) -> Buffer {
        var chart = Sample.chart((0...10).map { .init(x: Double($0), y: 10 - Double($0)) })
        chart.markers = markers
        var buffer = Buffer(width: width, height: height)
        chart.draw(in: buffer.bounds, on: &buffer, look: Sample.braille)
        return buffer
    }

    @Test("A label is drawn over the curve, whole or not at all", arguments: [20, 26, 34, 60, 120])
    func whole(width: Int) {
        let words = ["early stop", "best 12", "lr 1e-3", "pause"]
        let markers = words.enumerated().map { index, label in
            LineChart.Marker(x: 9.5 - Double(index) * 0.2, label: label, color: color, rank: 9 - index)
        }
        let text = chart(markers, width: width).text
        let letters = text.unicodeScalars.filter { $0.properties.isAlphabetic }.count
        let whole = words.filter { text.contains($0) }
        let expected = whole.joined().unicodeScalars.filter { $0.properties.isAlphabetic }.count
        #expect(letters == expected, "what is there of a label is all of it")
        #expect(whole.contains("early stop") || width < 26, "the most important one has room first")
        #expect(whole.count == 4 || width < 60)
    }

    @Test("In a low plot only the most important labels are drawn")
    func low() {
        let words = ["NaN", "early stop", "lr 1e-3", "pause"]
        let markers = words.enumerated().map { index, label in
            LineChart.Marker(x: 9 - Double(index) * 2.5, label: label, color: color, rank: 9 - index)
        }
        let shown = [7, 12].map { height in words.filter(chart(markers, width: 44, height: height).text.contains) }
        #expect(shown == [["NaN", "early stop"], words])
    }

    @Test("Markers of one text at one place are one, with their number; others share the place")
    func merged() {
        let markers = [1, 1.001, 1.002].map { LineChart.Marker(x: $0, label: "pause", color: color) }
        let text = chart(markers + [LineChart.Marker(x: 1, label: "lr 1e-4", color: color)]).text
        #expect(text.contains("pause ×3") && text.contains("lr 1e-4"))
        #expect(text.components(separatedBy: "pause").count == 2)
    }

    @Test("Tags stand beside the ends of their lines, in their order and never two on a row")
    func tags() {
        var chart = Sample.chart([])
        chart.series = (0..<4).map { index in
            var series = LineChart.Series(
                name: "\(index)", points: [.init(x: 0, y: 0), .init(x: 10, y: 5 + Double(index) * 0.01)], color: color)
            series.tag = "#\(index)"
            return series
        }
        var buffer = Buffer(width: 40, height: 12)
        chart.draw(in: buffer.bounds, on: &buffer, look: Sample.braille)
        let tagged = buffer.text.split(separator: "\n").filter { $0.contains("#") }.compactMap { $0.last }
        #expect(tagged == ["3", "2", "1", "0"])
    }

    @Test("In a low plot the uppermost lines have their tags, and the plot has the columns that it has in a high one")
    func lowTags() {
        var chart = Sample.chart([])
        chart.series = (0..<8).map { index in
            var series = LineChart.Series(
                name: "\(index)", points: [.init(x: 0, y: 0), .init(x: 10, y: Double(index))], color: color)
            series.tag = "#\(index)"
            return series
        }
        chart.leastLabel = 3
        func tags(_ height: Int) -> Set<Character> {
            var buffer = Buffer(width: 40, height: height)
            chart.draw(in: buffer.bounds, on: &buffer, look: Sample.braille)
            return Set(buffer.text.split(separator: "\n").filter { $0.contains("#") }.compactMap { $0.last })
        }
        // Of 18, of 6 and of 3 rows.
        #expect(tags(20).count == 8 && tags(8) == ["4", "5", "6", "7"] && tags(4) == ["6", "7"])
        let widths = [4, 8, 20].map { chart.plot(in: Rect(x: 0, y: 0, width: 40, height: $0)).width }
        #expect(Set(widths).count == 1)
    }

    @Test("A tag stands at its line's end, and where tags collide leaders go from the lines to them")
    func leaders() {
        var chart = Sample.chart([])
        chart.labelsOnBorder = true
        chart.series = [(10.0, 5.0), (10, 5), (10, 5), (4, 8)].enumerated().map { index, end in
            var series = LineChart.Series(
                name: "\(index)", points: [.init(x: 0, y: end.1), .init(x: end.0, y: end.1)], color: color)
            series.tag = "run \(index)"
            return series
        }
        let text = Sample.drawn(44, 9) { area, buffer in
            _ = Panel(title: "loss").draw(in: area, on: &buffer, look: Sample.braille)
            chart.draw(in: area.inset(by: 1), on: &buffer, look: Sample.braille)
        }
        #expect(
            text
                == [
                    "╭─ loss ───────────────────────────────────╮",
                    "│ 8 ┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉ run 3                   │",
                    "│   │                                      │",
                    "│ 7 ┤                                      │",
                    "│   │                                      │",
                    "│ 6 ┤                                ┌run 0│",
                    "│   │                                ├run 1│",
                    "│ 5 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀┴run 2│",
                    "╰───┴0 ───────────── 5 ─────────── 10──────╯",
                ].joined(separator: "\n"))
    }

    @Test("Nothing is drawn at the edge for a line that lies beside the window")
    func outside() {
        let steep = (0...100).map { LineChart.Point(x: Double($0) / 10, y: $0.isMultiple(of: 2) ? 0 : 10) }
        let level = (0...100).map { LineChart.Point(x: 10 + Double($0) / 10, y: 5) }
        var chart = Sample.chart(steep + level, xRange: 15...20)
        chart.yRange = 0...10
        var buffer = Buffer(width: 40, height: 12)
        chart.draw(in: buffer.bounds, on: &buffer, look: Sample.braille)
        let rows = (0..<12).filter { y in (0..<40).contains { (0x2801...0x28FF).contains(buffer[$0, y].scalar.value) } }
        #expect(rows.count == 1)
    }

    @Test("The cursor puts a dot on each line, and a column gives its place back")
    func cursor() throws {
        var chart = Sample.chart((0...10).map { .init(x: Double($0), y: Double($0)) })
        chart.cursor = 5
        var buffer = Buffer(width: 40, height: 12)
        chart.draw(in: buffer.bounds, on: &buffer, look: Sample.braille)
        let dots = (0..<40).filter { x in (0..<12).contains { buffer[x, $0].scalar == "●" } }
        #expect(dots.count == 1)
        let place = try #require(chart.place(atColumn: dots[0], in: buffer.bounds))
        #expect(abs(place - 5) < 0.2)
        #expect(chart.place(atColumn: 0, in: buffer.bounds) == nil)
        #expect(LineChart.value([.init(x: 0, y: 0), .init(x: 2, y: 4), .init(x: 4, y: .nan)], at: 1) == 2)
        #expect(LineChart.value([.init(x: 0, y: 0), .init(x: 2, y: .nan)], at: 1) == nil)
    }
}
