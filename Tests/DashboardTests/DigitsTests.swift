import Dashboard
import TerminalUI
import Testing
import Training

@Suite struct DigitsTests {
    @Test("( and ) go through the true and the predicted classes, any class among them")
    func classKeys() {
        var state = Sample.training()
        Sample.press(&state, "4", "(", "(")
        #expect(state.selection.filter == DigitsFilter(truth: 1))
        Sample.press(&state, ")", ")", ")")
        #expect(state.selection.filter == DigitsFilter(truth: 1, predicted: 2))
        #expect(!state.selection.rows.isEmpty)
        for _ in 0..<9 { Sample.press(&state, "(") }
        #expect(state.selection.filter == DigitsFilter(predicted: 2))
        for _ in 0..<8 { Sample.press(&state, ")") }
        #expect(state.selection.filter == DigitsFilter())
        Sample.press(&state, ")")
        #expect(state.selection.filter == DigitsFilter(predicted: 0))
        Sample.press(&state, .escape)
        #expect(state.selection.filter == DigitsFilter(), "Esc leaves the view, and Lab has all wrong ones")
    }

    @Test(
        "Filters are read as they are written",
        arguments: [
            ("4>9", DigitsFilter(truth: 4, predicted: 9, shown: .all)), ("4>", DigitsFilter(truth: 4, shown: .all)),
            (">9", DigitsFilter(predicted: 9, shown: .all)), ("4", DigitsFilter(truth: 4, shown: .all)),
            ("wrong", DigitsFilter(shown: .wrong)), ("right", DigitsFilter(shown: .right)),
            ("all", DigitsFilter(shown: .all)), ("WRONG 4>", DigitsFilter(truth: 4, shown: .wrong)),
            ("4→9", DigitsFilter(truth: 4, predicted: 9, shown: .all)),
            (" >3  right ", DigitsFilter(predicted: 3, shown: .right)),
        ])
    func parsing(text: String, filter: DigitsFilter) {
        #expect(DigitsFilter(parsing: text, classes: 10) == filter)
    }

    @Test("What is no filter is refused", arguments: ["x", "10>1", "1>10", "4>9>1", "4-9", "-1", "4>x"])
    func refusedParsing(text: String) {
        #expect(DigitsFilter(parsing: text, classes: 10) == nil)
    }

    @Test(
        "Classes are meant by their names, by a beginning that is clear, and by their numbers",
        arguments: [
            ("shirt>coat", 6, 4), ("T-shirt>", 0, nil), ("tshirt>9", 0, 9), (">ankleboot", nil, 9), ("ank>b", 9, 8),
            ("Sneaker→BAG", 7, 8), ("4>pullover", 4, 2),
        ] as [(String, Int?, Int?)])
    func names(text: String, truth: Int?, predicted: Int?) {
        let names = [
            "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
        ]
        let filter = DigitsFilter(truth: truth, predicted: predicted, shown: .all)
        #expect(DigitsFilter(parsing: text, classes: 10, names: names) == filter)
        let again = DigitsFilter(parsing: filter.description(names: names), classes: 10, names: names)
        #expect(again == filter)
        #expect(DigitsFilter(parsing: "s>", classes: 10, names: names) == nil, "three begin so")
        #expect(filter.description(names: names).contains(truth == 9 ? "ankleboot" : ">"))
    }

    @Test("Letters that differ in case are different classes, and names that are numbers come before numbers")
    func letters() {
        let names = ["a", "A", "1"]
        func truth(_ text: String) -> Int? { DigitsFilter(parsing: text, classes: 3, names: names)?.truth }
        #expect([truth("a"), truth("A"), truth("1"), truth("0")] == [0, 1, 2, 0])
    }

    @Test("The filter of images without predictions reads classes in the same way, with blanks in their names")
    func sampleFilter() {
        let names = ["a", "A", "ankle boot", "coat"]
        func label(_ text: String) -> Int? { SampleFilter(parsing: text, classes: 4, names: names)?.label }
        #expect(
            [label("a"), label("A"), label("ankle boot"), label("coa"), label("coat>"), label("2")] == [
                0, 1, 2, 3, 3, 2,
            ])
        #expect(SampleFilter(parsing: "coat FROM 5", classes: 4, names: names) == SampleFilter(label: 3, first: 5))
        #expect(SampleFilter(parsing: "4", classes: 4, names: names) == nil)
    }

    @Test("A filter's description reads back to it")
    func roundTrip() {
        for truth in [nil, 0, 7] {
            for predicted in [nil, 3] {
                for shown in DigitsFilter.Shown.allCases {
                    let filter = DigitsFilter(truth: truth, predicted: predicted, shown: shown)
                    #expect(DigitsFilter(parsing: filter.description, classes: 10) == filter)
                }
            }
        }
    }

    /// True and predicted classes of the digits shown.
    private func pairs(_ state: DashboardState) -> [[Int]] {
        guard let evaluation = state.evaluation else { return [] }
        return state.selection.rows.map { [Int(evaluation.labels[Int($0)]), Int(evaluation.predictions[Int($0)])] }
    }

    @Test("At first the wrong ones are shown, the greatest loss first")
    func start() throws {
        let state = Sample.training()
        let evaluation = try #require(state.evaluation)
        #expect(state.selection.rows.count == 10 && evaluation.errors == 10)
        #expect(pairs(state).allSatisfy { $0[0] != $0[1] })
        let losses = state.selection.rows.map { evaluation.losses[Int($0)] }
        #expect(losses == losses.sorted(by: >))
    }

    @Test("The orders are by loss, confidence, margin and number")
    func sorting() throws {
        var state = Sample.training()
        let evaluation = try #require(state.evaluation)
        Sample.press(&state, "4", "s")
        let sure = state.selection.rows.map { evaluation.probabilities(ofRow: Int($0)).max() ?? 0 }
        #expect(state.selection.sort == .confidence && sure == sure.sorted(by: >))
        Sample.press(&state, "s")
        let margins = state.selection.rows.map { evaluation.margin(ofRow: Int($0)) }
        #expect(state.selection.sort == .margin && margins == margins.sorted())
        Sample.press(&state, "s")
        #expect(state.selection.sort == .mislabelled)
        Sample.press(&state, "s")
        #expect(state.selection.sort == .index && state.selection.rows == state.selection.rows.sorted())
    }

    @Test("A filter shows at every key what it would give; Enter keeps it")
    func livePreview() {
        var state = Sample.training()
        Sample.press(&state, "4", "/", "1")
        #expect(pairs(state).count == 4 && pairs(state).allSatisfy { $0[0] == 1 })
        Sample.press(&state, ">", "2")
        #expect(pairs(state).allSatisfy { $0 == [1, 2] } && !pairs(state).isEmpty)
        #expect(render(state).text.contains("\(pairs(state).count) digits"))
        Sample.press(&state, .enter)
        #expect(state.selection.filter == DigitsFilter(truth: 1, predicted: 2, shown: .all))
        Sample.press(&state, "q")
        #expect(state.overlay == .quitQuestion)
    }

    @Test("Esc brings back the filter of before")
    func escapeFilter() {
        var state = Sample.training()
        Sample.press(&state, "4", "w")
        let before = state
        Sample.press(&state, "/")
        Sample.type(&state, "3>")
        #expect(state.selection.filter.truth == 3)
        Sample.press(&state, .escape)
        #expect(state.selection.filter == before.selection.filter && state.selection.rows == before.selection.rows)
        #expect(state.screen == .digits)
    }

    @Test("A filter that makes no sense is refused while it is typed, and Enter does not take it")
    func refused() {
        var state = Sample.training()
        Sample.press(&state, "4", "/")
        Sample.type(&state, "4>z")
        #expect(render(state).text.contains("a filter is 4>9, 4>, >9, wrong, right, all or marked"))
        Sample.press(&state, .enter)
        #expect(render(state).text.contains("a filter is 4>9, 4>, >9, wrong, right, all or marked"))
        Sample.press(&state, .backspace, .enter)
        #expect(state.selection.filter == DigitsFilter(truth: 4, shown: .all))
    }

    @Test(
        "Enter on a cell of the heatmap shows the digits behind it, and Esc comes back to the cell",
        arguments: [true, false])
    func drillDown(fromLab: Bool) throws {
        var state = Sample.training()
        let before = state.selection.filter
        if fromLab { state.lab.focus = .confusion } else { Sample.press(&state, "3") }
        // The cursor starts on the most confused pair.
        Sample.press(&state, .enter)
        let count = try #require(state.evaluation).confusion[1][2]
        #expect(state.screen == .digits && count > 0)
        #expect(pairs(state) == Array(repeating: [1, 2], count: count))
        Sample.press(&state, .escape)
        #expect(state.screen == (fromLab ? .lab : .confusion))
        #expect(state.confusion.chosen == nil)
        #expect(state.selection.filter == before)
    }

    @Test("w goes through wrong, right and all")
    func shown() {
        var state = Sample.training()
        Sample.press(&state, "4", "w")
        #expect(pairs(state).count == 30 && pairs(state).allSatisfy { $0[0] == $0[1] })
        Sample.press(&state, "w")
        #expect(pairs(state).count == 40)
        Sample.press(&state, "w")
        #expect(state.selection.filter == DigitsFilter())
    }

    @Test("The digit at hand stays while there are digits, from the first to the last")
    func cursor() {
        var state = Sample.training()
        Sample.press(&state, "4", .left)
        #expect(state.selection.cursor == 0)
        Sample.press(&state, .right, .right)
        #expect(state.selection.cursor == 2)
        Sample.press(&state, .end, .right)
        #expect(state.selection.cursor == 9)
        Sample.press(&state, .pageDown)
        #expect(state.selection.cursor == 9)
        Sample.press(&state, .home)
        #expect(state.selection.cursor == 0)
    }

    @Test("A new epoch keeps the digit at hand where it is still shown")
    func newEpoch() {
        var state = Sample.training()
        Sample.press(&state, "4", .right, .right)
        let row = state.selection.rows[state.selection.cursor]
        _ = update(&state, .event(.epochFinished(Sample.report(5)), run: 1))
        #expect(state.selection.rows[state.selection.cursor] == row)
    }
}
