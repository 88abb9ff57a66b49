import Dashboard
import Datasets
import TerminalUI
import Testing
import Training

/// Figures that are larger than a column is made for, and rows held out that say nothing.
@Suite struct LargeLossTests {
    private static func screen(
        _ losses: [Double], rate: Double = 1e-3, firstEpoch: Int = 1, width: Int = 200, height: Int = 50
    ) -> [String] {
        var state = Sample.training(width: width, height: height, epochs: 0)
        for (index, loss) in losses.enumerated() {
            let figures = EpochFigures(
                epoch: firstEpoch + index, loss: loss, accuracy: 0.1, validationLoss: 3 * loss,
                validationAccuracy: 0.1, learningRate: rate, seconds: 0.25)
            _ = update(&state, .event(.epochFinished(EpochReport(figures: figures, validation: nil)), run: 1))
        }
        Sample.press(&state, "2")
        return render(state).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test(
        "A loss keeps its figures in the table of epochs, and a blank before it, whatever its size",
        arguments: [
            (0.25, "0.250", "0.750"), (12.5, "12.50", "37.50"), (999.4, "999.4", "2998"), (54_321, "54321", "1.6e5"),
            (1.801e10, "1.8e10", "5.4e10"), (3e38, "3.0e38", "9.0e38"), (5e99, "5.0e99", "2e100"),
        ])
    func epochs(loss: Double, train: String, validation: String) {
        let lines = Self.screen([loss])
        let row = "1" + Self.right(train, 7) + Self.right(validation, 7) + "  10.0   10.0  0.25"
        #expect(lines.contains { $0.contains(row) }, "\(row)\n\(lines.joined(separator: "\n"))")
        #expect(!lines.contains { $0.contains("e+") })
    }

    @Test("An accuracy beyond 100 %, as a damaged run can have, is drawn", arguments: [1.5, 3e300, -2])
    func accuracy(beyond: Double) {
        for key: Key in ["y", "b", "o"] {
            var state = Sample.training(width: 120, height: 40, epochs: 0)
            let figures = EpochFigures(
                epoch: 1, loss: 1, accuracy: beyond, validationLoss: 1, validationAccuracy: beyond, learningRate: 1e-3,
                seconds: 0.25)
            _ = update(&state, .event(.epochFinished(EpochReport(figures: figures, validation: nil)), run: 1))
            Sample.press(&state, "2", key)
            #expect(render(state).text.contains("accuracy"))
        }
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: width - text.count) + text
    }

    @Test("A rate of many digits is rounded in the table, and stands apart from the seconds")
    func rates() {
        for (rate, text) in [(9.87654321e-4, " 9.88e-4"), (1e-3, "    1e-3"), (1.23456e-11, " 1.2e-11")] {
            let lines = Self.screen([0.25], rate: rate)
            #expect(lines.contains { $0.contains("0.25" + text) }, "\(text)\n\(lines.joined(separator: "\n"))")
        }
    }

    /// Sorted rows: the last 40 of 140 are all of class 9.
    private static let sorted: LoadedData = {
        let train = Sample.data.dataset.train
        let labels = (0..<train.count).map { UInt8($0 < 100 ? $0 % 9 : 9) }
        let images = ImageSet(pixels: train.pixels, labels: labels, rows: train.rows, columns: train.columns)
        return LoadedData(
            Dataset(name: "sorted", train: images, test: Sample.data.dataset.test, classes: 10))
    }()

    @Test("Rows held out of other classes than the rest are told of as the run starts")
    func heldOut() {
        var state = Sample.state()
        _ = update(&state, .dataLoaded(Self.sorted))
        Sample.press(&state, "e")
        Sample.type(&state, " val=0.2")
        Sample.press(&state, .enter, " ")
        let facts = RunFacts(
            parameters: 101_770, trainingRows: 112, validationRows: 28, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: nil), run: 1))
        let warning = "9 is 100 % of the rows held out, 11 % of the others: try split=stratified"
        #expect(state.message == .warning(warning))
        #expect(render(state).text.contains("9 is 100 % of the rows held out"))
    }

    @Test("Rows that are like the rest are not spoken of")
    func fine() {
        var state = Sample.state()
        _ = update(&state, .dataLoaded(Sample.data))
        Sample.press(&state, " ")
        let facts = RunFacts(
            parameters: 101_770, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: nil), run: 1))
        #expect(state.message == nil)
    }
}
