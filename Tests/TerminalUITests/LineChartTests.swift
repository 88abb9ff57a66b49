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

    @Test("An axis of few rows whose end is no tick keeps two labels")
    func fewRows() {
        var chart = Sample.chart([.init(x: 0, y: 0.1), .init(x: 10, y: 0.55)])
        chart.yRange = 0...0.6
        let text = Sample.drawn(40, 6) { chart.draw(in: $0, on: &$1, look: Sample.braille) }
        #expect(text.contains("0.0 ┤") && text.contains("0.5 ┤"))
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
        #expect(tall.contains { ("\u{2801}"..."\u{28FF}").contains(field[$0, 0].scalar) })
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

    @Test("A dashed line has gaps, and more dots than a dotted one")
    func dashed() {
        let points = [LineChart.Point(x: 0, y: 1), LineChart.Point(x: 10, y: 2)]
        func count(_ chart: LineChart) -> Int {
            let buffer = plot(chart)
            return (0..<40).reduce(0) { $0 + dots(buffer, column: $1) }
        }
        var chart = Sample.chart(points)
        let solid = count(chart)
        chart.series[0].dashed = true
        #expect(count(chart) < solid * 4 / 5)
        #expect(count(chart) > solid / 2)
    }

    @Test("Where two lines meet in a cell the later one owns it, and an envelope never covers a line")
    func ownership() {
        let flat = [LineChart.Point(x: 0, y: 0.5), LineChart.Point(x: 10, y: 0.5)]
        let first = Color(10, 0, 0)
        let second = Color(0, 10, 0)
        let chart = LineChart(
            series: [
                .init(name: "a", points: flat, color: first), .init(name: "b", points: flat, color: second),
                .init(name: "e", envelope: [.init(x: 5, low: 0, high: 1)], color: Color(0, 0, 99)),
            ], xRange: 0...10, yRange: 0...1)
        let buffer = plot(chart, Look(colors: .palette16))
        let colors = Set(buffer.cells.filter { (0x2801...0x28FF).contains($0.scalar.value) }.map(\.style.foreground))
        #expect(!colors.contains(first))
        #expect(colors.contains(second))
        #expect(colors.count == 2, "the envelope is seen beside the line")
        let envelopeColors = colors.subtracting([second])
        let lineRows = (0..<12).filter { y in (0..<40).contains { buffer[$0, y].style.foreground == second } }
        let covered = lineRows.contains { y in
            (0..<40).contains { envelopeColors.contains(buffer[$0, y].style.foreground) }
        }
        #expect(lineRows.count == 1)
        #expect(!covered)
    }

    @Test("Without colour the second line is dotted")
    func dottedWithoutColour() {
        let points = [LineChart.Point(x: 0, y: 1), LineChart.Point(x: 10, y: 2)]
        func dots(_ chart: LineChart) -> Int {
            let buffer = plot(chart, Look(colors: .mono))
            return (0..<40).reduce(0) { $0 + self.dots(buffer, column: $1) }
        }
        var one = Sample.chart(points)
        let solid = dots(one)
        one.series.insert(.init(name: "none", points: [], color: Color(1, 1, 1)), at: 0)
        #expect(dots(one) < solid * 3 / 4)
        #expect(dots(one) > solid / 4)
    }

    @Test("No series shows the text for nothing, and no line")
    func empty() {
        var chart = Sample.chart([])
        chart.emptyText = "press space"
        #expect(plot(chart).text.contains("press space"))
        #expect(columnsWithDots(plot(chart)).isEmpty)
    }

    @Test("A constant series is a level line, a single point a dot")
    func degenerate() {
        let level = plot(Sample.chart((0...10).map { .init(x: Double($0), y: 3) }))
        let columns = columnsWithDots(level)
        #expect(columns.count > 25)
        #expect(columns.allSatisfy { dots(level, column: $0) <= 2 })
        let point = plot(Sample.chart([.init(x: 5, y: 3)]))
        #expect(columnsWithDots(point).reduce(0) { $0 + dots(point, column: $1) } == 1)
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
