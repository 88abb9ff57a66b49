import Dashboard
import TerminalUI
import Testing
import Training

@Suite struct ClassFiguresTests {
    private static let names = [
        "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
    ]

    private func named(_ width: Int, _ height: Int) -> DashboardState {
        Sample.training(width: width, height: height, data: Sample.rings(classNames: Self.names))
    }

    @Test("The figures beside an evaluation are those of ClassificationMetrics, and follow the source")
    func metrics() throws {
        var state = Sample.training()
        #expect(state.metrics == ClassificationMetrics(try #require(state.evaluation)))
        Sample.press(&state, "v")
        #expect(state.metrics == nil)
        let test = Sample.evaluation(epoch: 5, source: .test)
        _ = update(&state, .event(.testEvaluated(test), run: 1))
        #expect(state.metrics == ClassificationMetrics(test))
    }

    @Test("Confusion shows the macro area under the ROC curves, and a dash where there is none")
    func area() throws {
        var state = Sample.training()
        Sample.press(&state, "3")
        let area = try #require(state.metrics?.rocAUCMacro)
        #expect(area > 0.5 && area < 1)
        let digits = String(Int((area * 10_000).rounded()))
        #expect(render(state).text.contains("acc 75.00 % · AUC 0.\(digits) "))
        let oneClass = Evaluation(
            source: .validation, classes: 10, epoch: 5, labels: [1], probabilities: [Float](repeating: 0.1, count: 10),
            losses: [2])
        let report = EpochReport(figures: Sample.report(5).figures, validation: oneClass)
        _ = update(&state, .event(.epochFinished(report), run: 1))
        #expect(render(state).text.contains(" · AUC – "))
    }

    @Test("Tables and the digit at hand call the classes by their names where there is room")
    func wide() {
        var state = named(160, 48)
        Sample.press(&state, "3")
        let confusion = render(state).text
        for (index, name) in (Self.names.dropLast() + ["boot"]).enumerated() {
            #expect(confusion.contains("│ \(index) \(name) "), "\(name)")
        }
        #expect(confusion.contains("trouser → pullover") && confusion.contains("true trouser predicted pullover"))
        // Of the axes, too; each in the middle of its column.
        #expect(confusion.contains("T-shirt trouser pullovr"))
        #expect(confusion.contains("ankle boot "))
        Sample.press(&state, "4")
        #expect(
            render(state).text.contains("true sneaker  predicted bag") || render(state).text.contains("sneaker → bag"))
    }

    @Test("Without room, and for classes that are numbers, there are numbers")
    func narrow() {
        var state = named(80, 24)
        Sample.press(&state, "3")
        #expect(render(state).text.contains("1 → 2") && !render(state).text.contains("trouser →"))
        // The cell at hand has a line for itself.
        #expect(render(state).text.contains("true trouser predicted pullover"))
        (state.width, state.height) = (40, 20)
        #expect(!render(state).text.contains("trouser") && render(state).text.contains("true 1 predicted 2"))
        var digits = Sample.training(width: 160, height: 48)
        Sample.press(&digits, "3")
        #expect(render(digits).text.contains("1 → 2"))
        #expect(render(digits).text.contains("precision    recall        F1    images"))
    }

    @Test("Names overflow no screen", arguments: Screen.allCases)
    func bounds(screen: Screen) {
        for (width, height) in [(40, 12), (60, 20), (76, 18), (80, 24), (100, 30), (120, 40), (160, 48), (200, 60)] {
            var state = named(width, height)
            state.screen = screen
            let lines = render(state).text.split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= width })
            // A border at the right that something has written over would not end its line.
            #expect(lines.dropFirst().dropLast(3).allSatisfy { "╮│╯".contains($0.last ?? " ") || $0.count < width })
        }
    }
}
