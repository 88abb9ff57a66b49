import Dashboard
import Foundation
import TerminalUI
import Testing

/// What the larger screens show beside the panels that all have.
@Suite struct WideScreenTests {
    private func lines(_ state: DashboardState) -> [String] {
        render(state).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("Lab and Curves list the epochs, with the one of the least validation loss named", arguments: ["1", "2"])
    func epochs(screen: Key) throws {
        var state = Sample.training(width: 160, height: 48, epochs: 6)
        Sample.press(&state, screen)
        let lines = lines(state)
        let title = try #require(lines.first { $0.contains("╭─ epochs ") })
        #expect(title.contains("best 5"), "validation loss is 1.2 / epoch + 0.05 epoch, least at 4.9")
        let header = try #require(lines.firstIndex { $0.contains("loss    val acc %  val %") })
        for epoch in 1...6 { #expect(lines[header + epoch].contains(" \(epoch)  ")) }
        #expect(lines[header + 2].contains("0.750  0.700  85.0   87.5"))
    }

    @Test("The table of Curves marks the epoch under the cursor")
    func epochCursor() throws {
        var state = Sample.training(width: 160, height: 48, epochs: 6)
        Sample.press(&state, "2", .left, .left)
        let cursor = Int(try #require(state.curves.cursor))
        #expect(lines(state).contains { $0.contains("▸    \(cursor)  ") })
    }

    @Test(
        "Confusion draws the digits of the selected cell, and none for an empty one", arguments: [(80, 24), (160, 48)])
    func cellDigits(width: Int, height: Int) throws {
        func digitCells(_ keys: [Key]) throws -> Int {
            var state = Sample.training(width: width, height: height)
            Sample.press(&state, "3")
            for key in keys { Sample.press(&state, key) }
            let lines = lines(state)
            let words = try #require(lines.firstIndex { $0.contains("predicted") && $0.contains(" of ") })
            return lines[(words + 1)...].joined().unicodeScalars.filter { $0.value > 0x2800 && $0.value < 0x2900 }.count
        }
        #expect(try digitCells([]) > 10, "1 as 2 occurs")
        #expect(try digitCells([.right]) == 0, "1 as 3 does not")
    }

    @Test("The rows of a cell come with the greatest loss first")
    func rowsOfCell() {
        let evaluation = Sample.evaluation(epoch: 1)
        let rows = evaluation.rows(truth: 1, predicted: 2, limit: 10)
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { evaluation.labels[$0] == 1 && evaluation.predictions[$0] == 2 })
        #expect(zip(rows, rows.dropFirst()).allSatisfy { evaluation.losses[$0] >= evaluation.losses[$1] })
        #expect(evaluation.rows(truth: 1, predicted: 2, limit: 1) == Array(rows.prefix(1)))
    }

    @Test("The charts of Curves have one x axis at 80 columns, and most of the screen")
    func curvesAt80() throws {
        var state = Sample.training()
        Sample.press(&state, "2")
        let lines = lines(state)
        let axes = lines.filter { $0.contains("epoch 0 ") }
        #expect(axes.count == 1)
        #expect(axes.first?.components(separatedBy: "epoch 0 ").count == 2, "one for both charts, one above the other")
        #expect(lines.filter { $0.hasPrefix("│") }.count >= 15)
    }
}
