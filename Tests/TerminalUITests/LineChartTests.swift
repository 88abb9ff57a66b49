import Foundation
import TerminalUI
import Testing

@Suite struct LineChartTests {
    @Test(
        "Ticks are 1, 2 or 5 times a power of ten apart",
        arguments: [
            (0.0, 1.0, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0, 20, 4, [0, 5, 10, 15, 20]), (-1, 1, 2, [-1, 0, 1]),
            (3, 97, 5, [20, 40, 60, 80]), (0, 0.003, 3, [0, 0.001, 0.002, 0.003]), (5, 5, 4, [5]),
        ])
    func niceTicks(low: Double, high: Double, count: Int, expected: [Double]) {
        let ticks = LineChart.niceTicks(low...high, count: count)
        #expect(ticks.count == expected.count)
        for (tick, wanted) in zip(ticks, expected) { #expect(abs(tick - wanted) < 1e-12) }
    }

    @Test(
        "Ticks are the same number of rows apart, however high the plot is, and all of the lines is between its ends",
        arguments: [(0.0, 0.41), (0.0, 2.3), (90.8, 99.9), (0.03, 0.035), (-3, 7), (0, 8e27), (97.2, 97.3)])
    func equalSteps(low: Double, high: Double) throws {
        for rows in 2...40 {
            for logarithmic in [false, true] where low > 0 || !logarithmic {
                var chart = Sample.chart([.init(x: 0, y: low), .init(x: 10, y: high)])
                chart.logarithmic = logarithmic
                chart.labelsOnBorder = true
                let (range, ticks) = chart.vertical(rows: rows)
                let places = ticks.map { (range.upperBound - $0.place) / (range.upperBound - range.lowerBound) }
                let tickRows = places.map { $0 * Double(rows - 1) }
                #expect(tickRows.allSatisfy { abs($0 - $0.rounded()) < 1e-3 }, "\(rows) rows: \(tickRows)")
                let steps = Set(zip(tickRows, tickRows.dropFirst()).map { Int(($0 - $1).rounded()) })
                #expect(steps.count <= 1 && ticks.count >= (rows < 4 ? 1 : 2), "\(rows) rows: \(ticks)")
                let seen = logarithmic ? log10(low)...log10(high) : low...high
                let slack = (range.upperBound - range.lowerBound) * 0.01
                #expect(range.lowerBound <= seen.lowerBound + slack && range.upperBound >= seen.upperBound - slack)
                #expect(Set(ticks.map(\.label)).count == ticks.count, "\(ticks)")
            }
        }
    }

    @Test("An axis of per cents fits its least value, and has no tick above 100")
    func accuracyAxis() {
        var chart = Sample.chart([])
        chart.yRange = 90.8...100
        chart.yLimits = 0...100
        #expect(chart.vertical(rows: 14).ticks.map(\.label) == ["90", "95", "100"])
        #expect(chart.vertical(rows: 8).ticks.last?.label == "100")
    }

    @Test("A logarithmic axis has one notation: doublings where they have room, else powers of ten")
    func logarithmicTicks() {
        func labels(_ low: Double, _ high: Double) -> [String] {
            var chart = Sample.chart([.init(x: 0, y: low), .init(x: 10, y: high)])
            chart.logarithmic = true
            return chart.vertical(rows: 12).ticks.map(\.label)
        }
        #expect(labels(0.06, 0.4) == ["0.1", "0.2", "0.4"])
        #expect(labels(1e-3, 5) == ["0.01", "1", "100"])
        #expect(labels(2e-8, 3) == ["1e-8", "1e-6", "1e-4", "1e-2", "1e0", "1e2"])
    }

    @Test("A band does not set the range where there is a line")
    func rangeOfLines() {
        var chart = Sample.chart([.init(x: 0, y: 0.1), .init(x: 10, y: 0.4)])
        let alone = chart.vertical(rows: 12).range
        chart.series.insert(
            .init(name: "e", envelope: [.init(x: 0, low: 1e-7, high: 9)], color: Color(1, 1, 1)), at: 0)
        #expect(chart.vertical(rows: 12).range == alone)
    }

    @Test("An endless range has no ticks")
    func endlessRange() { #expect(LineChart.niceTicks(0...Double.infinity, count: 4).isEmpty) }

    @Test("A rising line has its axes, ticks and labels")
    func goldenLine() {
        let text = Sample.drawn(36, 9) { area, buffer in
            Sample.chart((0...10).map { .init(x: Double($0), y: Double($0) / 10) })
                .draw(in: area, on: &buffer, look: Sample.braille)
        }
        #expect(text == Golden.risingLine)
    }

    @Test("In ASCII the series are told apart by their marks")
    func goldenASCII() {
        let text = Sample.drawn(30, 7) { area, buffer in
            LineChart(
                series: [
                    .init(name: "train", points: [.init(x: 0, y: 0), .init(x: 10, y: 4)], color: Color(1, 1, 1)),
                    .init(
                        name: "val", points: [.init(x: 0, y: 4), .init(x: 10, y: 0)], color: Color(2, 2, 2), mark: "o"),
                ], xRange: 0...10
            ).draw(in: area, on: &buffer, look: Sample.ascii)
        }
        #expect(text == Golden.crossingLines)
    }

    private func plot(_ chart: LineChart, _ look: Look = Sample.braille) -> Buffer {
        var buffer = Buffer(width: 40, height: 12)
        chart.draw(in: buffer.bounds, on: &buffer, look: look)
        return buffer
    }

    private func dots(_ buffer: Buffer, column: Int) -> Int {
        (0..<buffer.height).reduce(0) { sum, y in
            let value = buffer[column, y].scalar.value
            return sum + ((0x2800...0x28FF).contains(value) ? (value - 0x2800).nonzeroBitCount : 0)
        }
    }

    private func columnsWithDots(_ buffer: Buffer) -> [Int] {
        (0..<buffer.width).filter { dots(buffer, column: $0) > 0 }
    }

    @Test("A value that is not a number breaks the line", arguments: [Double.nan, .infinity, -.infinity])
    func breaks(value: Double) {
        let points = (0...10).map { LineChart.Point(x: Double($0), y: (4...6).contains($0) ? value : 1) }
        let columns = columnsWithDots(plot(Sample.chart(points)))
        let gaps = zip(columns, columns.dropFirst()).filter { $1 - $0 > 3 }
        #expect(gaps.count == 1)
    }

    @Test("An envelope keeps a spike of one point")
    func keepsSpike() {
        let envelope = (0..<2000).map {
            LineChart.EnvelopePoint(x: Double($0) / 200, low: 0.1, high: $0 == 1003 ? 1 : 0.2)
        }
        let chart = LineChart(
            series: [.init(name: "batch", envelope: envelope, color: Color(9, 9, 9))], xRange: 0...10, yRange: 0...1)
        func tinted(_ buffer: Buffer, _ column: Int) -> Int {
            (0..<buffer.height).filter { buffer[column, $0].style.background != Theme.standard[.background] }.count
        }
        let page = Cell(style: Theme.standard.style(.text))
        var painted = Buffer(width: 40, height: 12, fill: page)
        chart.draw(in: painted.bounds, on: &painted, look: Sample.braille)
        #expect((0..<40).filter { tinted(painted, $0) > 6 }.count == 1)
        let field = plot(chart, Look(colors: .palette16))
        let tall = columnsWithDots(field).filter { dots(field, column: $0) > 12 }
        #expect(tall.count == 1, "with few colours the band is a field of dots")
        let isDot = { (scalar: Unicode.Scalar) in ("\u{2801}"..."\u{28FF}").contains(scalar) }
        #expect(tall.contains { column in (0...2).contains { isDot(field[column, $0].scalar) } })
    }

    @Test("The dots of a band are seen on the page, with 16 and with eight colours", arguments: [16, 8])
    func bandIsSeen(count: Int) throws {
        let look = Look(colors: .palette16)
        let train = look.theme[.train]
        let envelope = [LineChart.EnvelopePoint(x: 0, low: 0.2, high: 0.8), .init(x: 10, low: 0.2, high: 0.8)]
        let chart = LineChart(
            series: [.init(name: "e", envelope: envelope, color: train)], xRange: 0...10, yRange: 0...1)
        let buffer = plot(chart, look)
        let dots = buffer.cells.filter { ("\u{2801}"..."\u{28FF}").contains($0.scalar) }
        let swatch = LineChart.swatch(of: .init(name: "e", envelope: [], color: train), look).style
        let page = ColorQuantizer.index16(look.theme[.background], count: count)
        #expect(!dots.isEmpty)
        for style in dots.map(\.style) + [swatch] {
            #expect(ColorQuantizer.index16(style.foreground, count: count) != page)
        }
    }

    @Test("A band of colour stays behind a line that crosses it")
    func bandBehindLine() {
        let line = [LineChart.Point(x: 0, y: 0.5), LineChart.Point(x: 10, y: 0.5)]
        let chart = LineChart(
            series: [
                .init(
                    name: "e", envelope: [.init(x: 0, low: 0, high: 1), .init(x: 10, low: 0, high: 1)],
                    color: Color(0, 0, 99)),
                .init(name: "a", points: line, color: Color(10, 0, 0)),
            ], xRange: 0...10, yRange: 0...1)
        var buffer = Buffer(width: 40, height: 12, fill: Cell(style: Theme.standard.style(.text)))
        chart.draw(in: buffer.bounds, on: &buffer, look: Sample.braille)
        let crossing = buffer.cells.filter { $0.style.foreground == Color(10, 0, 0) }
        #expect(crossing.count > 30)
        #expect(crossing.allSatisfy { $0.style.background != Theme.standard[.background] })
    }

    @Test("A band is broken by what is not a number, and joined where points are far apart")
    func bandGaps() {
        func tinted(_ middle: Double) -> Int {
            let points = [0, 5, 10].map {
                LineChart.EnvelopePoint(x: $0, low: $0 == 5 ? middle : 0, high: $0 == 5 ? middle + 1 : 1)
            }
            let chart = LineChart(
                series: [.init(name: "e", envelope: points, color: Color(0, 0, 99))], xRange: 0...10, yRange: 0...1)
            var buffer = Buffer(width: 40, height: 12, fill: Cell(style: Theme.standard.style(.text)))
            chart.draw(in: buffer.bounds, on: &buffer, look: Sample.braille)
            return (0..<40).filter { buffer[$0, 5].style.background != Theme.standard[.background] }.count
        }
        #expect(tinted(0) > 30)
        #expect(tinted(.nan) == 2)
    }

    @Test("Labels on the border leave every row to the plot, with the axis named before them")
    func labelsOnBorder() {
        let text = Sample.drawn(30, 6) { area, buffer in
            let inner = Panel(title: "loss").draw(in: area, on: &buffer, look: Sample.braille)
            var chart = Sample.chart((0...10).map { .init(x: Double($0), y: Double($0) / 10) })
            chart.labelsOnBorder = true
            chart.xName = "epoch"
            chart.draw(in: inner, on: &buffer, look: Sample.braille)
        }
        #expect(text == Golden.labelsOnBorder)
    }

    @Test(
        "A dashed line has every dot of a solid one: a third of its cells are quiet, none is empty",
        arguments: [
            Look(), Look(colors: .palette256), Look(colors: .palette16), Look(colors: .mono),
            Look(glyphs: .block), Look(glyphs: .ascii), Look(glyphs: .ascii, colors: .mono),
        ])
    func dashed(look: Look) {
        // A hundred epochs whose values go up and down.
        let points = (1...100).map { LineChart.Point(x: Double($0), y: Double(($0 * 37) % 11)) }
        func cells(_ chart: LineChart) -> [Cell] {
            let buffer = plot(chart, look)
            return (0..<buffer.height).flatMap { y in (5..<buffer.width).map { buffer[$0, y] } }
        }
        var chart = Sample.chart(points, xRange: 0...100)
        let solid = cells(chart)
        chart.series[0].dashed = true
        let dashed = cells(chart)
        #expect(dashed.map(\.scalar) == solid.map(\.scalar))
        let drawn = zip(solid, dashed).filter { $0.0.style.foreground == chart.series[0].color }
        let quiet = drawn.filter { $0.0.style != $0.1.style }.count
        #expect(quiet * 4 > drawn.count && quiet * 2 < drawn.count)
    }

    @Test("A dashed line of 100 epochs is seen in every column", arguments: [40, 60, 100, 240])
    func everyColumn(width: Int) {
        var chart = Sample.chart((1...100).map { .init(x: Double($0), y: Double(($0 * 37) % 11)) }, xRange: 1...100)
        chart.series[0].dashed = true
        var buffer = Buffer(width: width, height: 12)
        chart.draw(in: buffer.bounds, on: &buffer, look: Sample.braille)
        let columns = columnsWithDots(buffer)
        #expect(columns.count >= width - 7 && zip(columns, columns.dropFirst()).allSatisfy { $1 == $0 + 1 })
    }

    @Test("An envelope never covers a line")
    func ownership() {
        let flat = [LineChart.Point(x: 0, y: 0.5), LineChart.Point(x: 10, y: 0.5)]
        let line = Color(0, 10, 0)
        let chart = LineChart(
            series: [
                .init(name: "b", points: flat, color: line),
                .init(name: "e", envelope: [.init(x: 5, low: 0, high: 1)], color: Color(0, 0, 99)),
            ], xRange: 0...10, yRange: 0...1)
        let buffer = plot(chart, Look(colors: .palette16))
        let colors = Set(buffer.cells.filter { (0x2801...0x28FF).contains($0.scalar.value) }.map(\.style.foreground))
        #expect(colors.count == 2 && colors.contains(line), "the envelope is seen beside the line")
        let lineRows = (0..<12).filter { y in (0..<40).contains { buffer[$0, y].style.foreground == line } }
        let covered = lineRows.contains { y in
            // The figures of the axis have the colour of the field.
            (0..<40).contains { x in
                let cell = buffer[x, y]
                return (0x2801...0x28FF).contains(cell.scalar.value) && cell.style.foreground != line
            }
        }
        #expect(lineRows.count == 1 && !covered)
    }

    @Test(
        "Of lines that run through the same cells each can be followed, and no value of any is lost",
        arguments: [Look(), Look(colors: .palette16), Look(glyphs: .block), Look(glyphs: .ascii)], [2, 3])
    func sharedCells(look: Look, lines: Int) {
        let colors = [Color(200, 0, 0), Color(0, 200, 0), Color(0, 0, 200)].prefix(lines)
        // Less than a row apart.
        let series = colors.enumerated().map { index, color in
            let points = [0.0, 10].map { LineChart.Point(x: $0, y: 0.5 + Double(index) * 0.004) }
            return LineChart.Series(name: "\(index)", points: points, color: color, mark: ["a", "b", "c"][index])
        }
        let both = plot(LineChart(series: series, xRange: 0...10, yRange: 0...1), look)
        for (index, color) in colors.enumerated() {
            let columns = (0..<40).filter { x in
                (0..<12).contains { [both[x, $0].style.foreground, both[x, $0].style.background].contains(color) }
            }
            #expect(columns.count >= 30 / lines - 2, "\(index)")
            // Nowhere is it gone for long.
            let gaps = zip(columns, columns.dropFirst()).map { $1 - $0 }
            #expect((gaps.max() ?? 99) <= 2 * lines, "\(index)")
        }
        guard look.glyphs == .braille else { return }
        let alone = series.map { plot(LineChart(series: [$0], xRange: 0...10, yRange: 0...1), look) }
        for (x, y) in (0..<12).flatMap({ y in (5..<40).map { ($0, y) } }) {
            let dots = alone.map { $0[x, y].scalar.value }.filter { (0x2800...0x28FF).contains($0) }
            guard dots.count == lines else { continue }
            #expect(both[x, y].scalar.value == dots.reduce(0) { $0 | $1 })
        }
    }

    @Test("Without colour the second line is dashed")
    func dashedWithoutColour() {
        let points = [LineChart.Point(x: 0, y: 1), LineChart.Point(x: 10, y: 2)]
        func quiet(_ chart: LineChart) -> Int {
            plot(chart, Look(colors: .mono)).cells.count {
                (0x2801...0x28FF).contains($0.scalar.value) && $0.style.attributes.contains(.dim)
            }
        }
        var one = Sample.chart(points)
        #expect(quiet(one) == 0)
        one.series.insert(.init(name: "none", points: [], color: Color(1, 1, 1)), at: 0)
        #expect(quiet(one) > 8 && quiet(one) < 24)
    }

    @Test("No series shows the text for nothing, and no line")
    func empty() {
        var chart = Sample.chart([])
        chart.emptyText = "press space"
        #expect(plot(chart).text.contains("press space"))
        #expect(columnsWithDots(plot(chart)).isEmpty)
    }

    @Test("A constant series is a level line, a single value a symbol")
    func degenerate() {
        let level = plot(Sample.chart((0...10).map { .init(x: Double($0), y: 3) }))
        let columns = columnsWithDots(level)
        #expect(columns.count > 25)
        #expect(columns.allSatisfy { dots(level, column: $0) <= 2 })
        let point = plot(Sample.chart([.init(x: 5, y: 3)]))
        #expect(point.cells.count { $0.scalar == "●" } == 1 && columnsWithDots(point).isEmpty)
    }

    @Test("Values that have no logarithm break a logarithmic line; decades are labelled")
    func logarithmic() {
        var chart = Sample.chart([
            .init(x: 0, y: 100), .init(x: 3, y: 1), .init(x: 5, y: 0), .init(x: 7, y: 1), .init(x: 10, y: 0.01),
        ])
        chart.logarithmic = true
        let buffer = plot(chart)
        #expect(buffer.text.contains("100 ┤"))
        #expect(buffer.text.contains("0.01 ┤"))
        let columns = columnsWithDots(buffer)
        #expect(zip(columns, columns.dropFirst()).contains { $1 - $0 > 6 })
    }

    @Test("Absurd ranges and values are drawn without harm")
    func absurd() {
        let points = [1e308, -1e308, Double.leastNonzeroMagnitude, 0, .nan].enumerated().map {
            LineChart.Point(x: Double($0), y: $1)
        }
        for range in [0...0, -1e308...1e308, 0...1e-300] as [ClosedRange<Double>] {
            var chart = Sample.chart(points, xRange: range)
            chart.cursor = 1e300
            #expect(plot(chart).cells.count == 480)
            chart.logarithmic = true
            #expect(plot(chart).cells.count == 480)
        }
    }
}
