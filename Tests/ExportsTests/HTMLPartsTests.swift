import Exports
import Foundation
import Reports
import Specs
import TestSupport
import Testing

@Suite struct HTMLPartsTests {
    @Test(
        "An axis spans its values with round numbers",
        arguments: [
            (0.021, 0.297, [0, 0.1, 0.2, 0.3]), (0.91, 0.987, [0.9, 0.92, 0.94, 0.96, 0.98, 1]),
            (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (-3, 12, [-5, 0, 5, 10, 15]), (2.5, 2.5, [1.5, 2, 2.5, 3, 3.5]),
            (0, 0, [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]), (1e-7, 3e-7, [1e-7, 1.5e-7, 2e-7, 2.5e-7, 3e-7]),
        ])
    func axis(_ least: Double, _ greatest: Double, _ expected: [Double]) {
        let ticks = AxisScale(least: least, greatest: greatest, steps: 5).ticks
        #expect(ticks.count == expected.count, "\(ticks)")
        for (tick, value) in zip(ticks, expected) { #expect(abs(tick - value) < 1e-9 * max(1, abs(value)), "\(ticks)") }
    }

    @Test("An axis stops at its ceiling, and holds every value in any case")
    func ceiling() {
        #expect(AxisScale(least: 0.98, greatest: 1, steps: 5, ceiling: 1).ticks.last.map { abs($0 - 1) < 1e-9 } == true)
        #expect(AxisScale(least: 1, greatest: 1, steps: 5, ceiling: 1).ticks.last.map { $0 <= 1 + 1e-9 } == true)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let values = (0..<2).map { _ in
                pow(10, Double.random(in: -8...6, using: &generator)) * Double.random(in: -1...1, using: &generator)
            }.sorted()
            let scale = AxisScale(least: values[0], greatest: values[1], steps: 5)
            #expect(scale.ticks.count > 1 && scale.ticks.count < 16)
            for value in values { #expect((-1e-6...1 + 1e-6).contains(scale.share(of: value)), "\(values)") }
        }
    }

    @Test("A chart of two epochs, point by point, and in words")
    func chart() throws {
        let chart = HTMLChart(
            title: "Loss",
            series: [
                .init(name: "training", cssClass: "train", values: [1, 0]),
                .init(name: "validation", cssClass: "val", values: [nil, 0.5]),
            ], text: { FigureText.significant($0) }, best: (2, 0.5))
        let svg = try #require(chart.svg)
        #expect(svg.contains("<path class=\"line train\" d=\"M62.0 14.0L448.0 260.0\"/>"))
        #expect(svg.contains("<path class=\"line val\" d=\"M448.0 137.0\"/>"))
        #expect(svg.contains("<path class=\"best\" d=\"M448.0 14.0V260.0\"/>"))
        #expect(svg.contains("aria-label=\"Loss over 2 epochs: training from 1 to 0; best at epoch 2 with 0.5.\""))
        #expect(svg.contains("<text class=\"tick\" x=\"54.0\" y=\"264.0\" text-anchor=\"end\">0</text>"))
    }

    @Test("A line breaks where there is no number, and without numbers there is no chart")
    func breaks() throws {
        func chart(_ values: [Double?]) -> HTMLChart {
            HTMLChart(
                title: "Loss", series: [.init(name: "training", cssClass: "train", values: values)],
                text: { "\($0)" }, best: nil)
        }
        let svg = try #require(chart([0, 1, nil, .nan, 0, 1]).svg)
        #expect(svg.contains("d=\"M62.0 260.0L139.2 14.0M370.8 260.0L448.0 14.0\""))
        #expect(chart([]).svg == nil && chart([nil, .infinity]).svg == nil)
        #expect(try #require(chart([0.3]).svg).contains("d=\"M255.0"))
    }

    @Test("Of many epochs every spike stays")
    func thinned() {
        var values = [Double?](repeating: 0.5, count: 100_000)
        (values[12_345], values[77_777], values[99_999]) = (9, -3, 4)
        let thinned = HTMLChart.thinned(values)
        #expect(thinned.count == 800)
        #expect(thinned.contains { $0.epoch == 12_346 && $0.value == 9 })
        #expect(thinned.contains { $0.epoch == 77_778 && $0.value == -3 })
        #expect(thinned.contains { $0.epoch == 100_000 && $0.value == 4 })
        #expect(zip(thinned, thinned.dropFirst()).allSatisfy { $0.epoch <= $1.epoch })
        #expect(HTMLChart.thinned([1, nil]).map(\.value) == [1, nil])
    }

    @Test("The network's summary has Keras's layers and counts")
    func summary() throws {
        let spec = try ExperimentSpec(parsing: "200relu+bn+noise0.1+drop0.2-100tanh-50", inputs: 784, classes: 10)
        let summary = NetworkSummary(spec.network)
        #expect(
            summary.layers.map { "\($0.kind) \($0.width) \($0.trainable) \($0.kept)" } == [
                "Input 784 0 0", "Dense 200 157000 0", "BatchNormalization 200 400 400", "Activation (relu) 200 0 0",
                "GaussianNoise (0.1) 200 0 0", "Dropout (0.2) 200 0 0", "Dense (tanh) 100 20100 0", "Dense 50 5050 0",
                "Dense (softmax) 10 510 0",
            ])
        #expect(summary.trainable == spec.network.parameterCount && summary.kept == 400)
    }

    @Test("Pairs are listed from the most frequent one, and a perfect matrix says so")
    func pairs() {
        let pairs = HTMLConfusion(confusion: [[5, 1, 0], [7, 0, 1], [0, 0, 3]], names: ["a", "b<", "c"]).pairs
        #expect(
            pairs == """
                <ol class="pairs">
                <li><b>b&lt;</b> predicted as <b>a</b>: 7 <span class="muted">(87.50 %)</span></li>
                <li><b>a</b> predicted as <b>b&lt;</b>: 1 <span class="muted">(16.67 %)</span></li>
                <li><b>b&lt;</b> predicted as <b>c</b>: 1 <span class="muted">(12.50 %)</span></li>
                </ol>
                """)
        #expect(
            HTMLConfusion(confusion: [[1, 0], [0, 2]], names: ["a", "b"]).pairs
                == "<p>No image is predicted as another class.</p>")
    }

    @Test("Figures read as numbers")
    func figures() {
        #expect(FigureText.grouped(1_234_567) == "1,234,567" && FigureText.grouped(-999) == "-999")
        #expect(FigureText.perCent(0.98764) == "98.76 %")
        #expect([0.025, 97.5, 1e-5, 0].map(FigureText.significant) == ["0.025", "97.5", "1e-05", "0"])
    }
}
