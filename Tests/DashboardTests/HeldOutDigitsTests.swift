import Dashboard
import Datasets
import Specs
import TerminalUI
import Testing
import Training

/// Validation rows that were drawn by chance: every view names them by their numbers in the training file.
struct HeldOutDigitsTests {
    /// Row 139 is the first, then every third one before it, and so on.
    private static let rows = RowNumbers((0..<40).map { Int32(139 - ($0 * 3) % 40) })

    private func evaluation(_ epoch: Int) -> Evaluation {
        let labels = Self.rows.map { Sample.data.dataset.train.labels[$0] }
        let plain = Sample.evaluation(epoch: epoch)
        return Evaluation(
            source: .validation, rows: Self.rows, classes: 10, epoch: epoch, labels: labels,
            probabilities: plain.probabilities, losses: plain.losses)
    }

    private func state(width: Int = 160, height: Int = 48) -> DashboardState {
        var state = Sample.training(width: width, height: height)
        let report = EpochReport(figures: Sample.report(5).figures, validation: evaluation(5))
        _ = update(&state, .event(.epochFinished(report), run: 1))
        return state
    }

    @Test("A digit's number, its picture and its mark are those of its row in the file")
    func digits() throws {
        var state = state()
        Sample.press(&state, "4")
        let place = Int(try #require(state.selection.rows.first))
        let row = Self.rows[place]
        #expect(row != 100 + place)
        #expect(render(state).text.contains("digit \(row)"))
        Sample.press(&state, "m")
        #expect(state.selection.marked == [MarkedDigit(source: .validation, index: row)])
        guard case .save(let request)? = Sample.press(&state, "X").first else {
            Issue.record("expected files to be saved")
            return
        }
        let table = String(decoding: request.files[0].bytes, as: UTF8.self).split(separator: "\n")
        let label = Sample.data.dataset.train.labels[row]
        let predicted = evaluation(5).predictions[place]
        #expect(table.count == 2 && table[1].hasPrefix("train,\(row),\(label),\(predicted),"))
    }

    @Test("Digits by index stand in the file's order")
    func byIndex() {
        var state = state()
        Sample.press(&state, "4")
        for _ in 0..<8 where state.selection.sort != .index { Sample.press(&state, "s") }
        let rows = state.selection.rows.map { Self.rows[Int($0)] }
        #expect(state.selection.sort == .index && rows.count > 1 && rows == rows.sorted())
    }
}
