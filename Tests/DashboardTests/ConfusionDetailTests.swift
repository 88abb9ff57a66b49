import Dashboard
import Datasets
import TerminalUI
import Testing
import Training

/// The panels beside the confusion matrix.
@Suite struct ConfusionDetailTests {
    private let titles: [ConfusionDetail: String] = [
        .classes: "classes", .pairs: "most confused", .recall: "recall by epoch", .sureness: "how sure, and right?",
        .broken: " broke ", .margins: "margins", .reliability: "reliability", .roc: "ROC of class",
        .precisionRecall: ", recall of",
    ]

    /// Four epochs, each of which errs in other rows, sure of itself from epoch 3 on.
    private func evaluation(_ epoch: Int) -> Evaluation {
        let labels = (0..<40).map { UInt8($0 % 10) }
        var probabilities: [Float] = []
        for row in 0..<40 {
            let isWrong = (row + epoch) % 4 == 0
            let sure: Float = epoch >= 3 ? 0.95 : 0.6
            var values = [Float](repeating: (1 - sure) / 9, count: 10)
            values[isWrong ? (row + 1) % 10 : row % 10] = sure
            probabilities += values
        }
        return Evaluation(
            source: .validation, rows: RowNumbers(Sample.rows..<(Sample.rows + 40)), classes: 10, epoch: epoch,
            labels: labels,
            probabilities: probabilities, losses: (0..<40).map { Float($0) })
    }

    private func learning(width: Int = 120, height: Int = 40, look: Look = Look()) -> DashboardState {
        var state = Sample.training(width: width, height: height, epochs: 1, look: look)
        for epoch in 2...4 {
            let report = EpochReport(figures: Sample.report(epoch).figures, validation: evaluation(epoch))
            _ = update(&state, .event(.epochFinished(report), run: 1))
        }
        Sample.press(&state, "3")
        return state
    }

    private func text(_ state: DashboardState, first: ConfusionDetail) -> String {
        var state = state
        state.confusion.detail = first
        return render(state).text
    }

    @Test(
        "Every detail has its turn, also in the smallest window with room for one", arguments: ConfusionDetail.allCases)
    func turns(detail: ConfusionDetail) throws {
        let title = try #require(titles[detail])
        for (width, height) in [(76, 14), (80, 24), (120, 40), (200, 60)] {
            #expect(text(learning(width: width, height: height), first: detail).contains(title))
        }
    }

    @Test("A larger window shows what a smaller one shows, and more")
    func grows() {
        func shown(_ width: Int, _ height: Int) -> Set<ConfusionDetail> {
            let text = text(learning(width: width, height: height), first: .classes)
            return Set(titles.filter { text.contains($0.value) }.keys)
        }
        #expect(shown(80, 24) == [.classes, .pairs])
        #expect(shown(120, 40) == [.classes, .pairs, .sureness])
        #expect(shown(160, 48) == [.classes, .pairs, .recall, .sureness])
        #expect(shown(200, 60).count >= 8)
    }

    @Test("Every panel names its rows, and those of one epoch its weights", arguments: ConfusionDetail.allCases)
    func named(detail: ConfusionDetail) throws {
        for (width, height) in [(80, 24), (120, 40)] {
            let lines = text(learning(width: width, height: height), first: detail).split(separator: "\n")
            let title = try #require(titles[detail])
            let top = try #require(lines.firstIndex { $0.contains(title) })
            let left = try #require(lines[top].lastIndex(of: "╭")).utf16Offset(in: lines[top])
            let below = lines[top...].map { $0.dropFirst(left) }
            let bottom = try #require(below.firstIndex { $0.hasPrefix("╰") })
            let panel = below[...bottom].joined(separator: "\n")
            #expect(panel.contains("val · epoch 4") || panel.contains("validation") || panel.contains("· val"))
        }
    }

    @Test("Recall goes through the epochs, the worst class is named, and s sorts by it")
    func recall() throws {
        var state = learning()
        state.confusion.detail = .recall
        state.confusion.order = .recall
        let lines = render(state).text.split(separator: "\n").map(String.init)
        let title = try #require(lines.firstIndex { $0.contains("recall by epoch") })
        #expect(lines[title].contains("epoch 1 → 4"))
        #expect(lines[title + 1].contains("▼"), "the worst one first")
        #expect(lines.contains { $0.contains(" to 100 % · validation") })
    }

    @Test("While a run trains the classes stand still in the picture of their recall; then the worst is the first")
    func stands() throws {
        var state = learning()
        state.confusion.detail = .recall
        func first() throws -> String {
            let lines = render(state).text.split(separator: "\n").map(String.init)
            let title = try #require(lines.firstIndex { $0.contains("recall by epoch") })
            return try #require(lines[title + 1].components(separatedBy: "││ ").last?.prefix(1)).description
        }
        // At epoch 3 the classes 1, 3, 5, 7 and 9 have lost half of their digits.
        Sample.press(&state, "H")
        #expect(try first() == "0")
        _ = update(&state, .event(.finished, run: 1))
        #expect(try first() == "1")
    }

    @Test("A larger window shows no fewer panels")
    func neverFewer() {
        for height in [24, 30, 40, 60] {
            var before = 0
            for width in stride(from: 76, through: 240, by: 12) {
                let text = text(learning(width: width, height: height), first: .classes)
                let now = titles.values.filter { text.contains($0) }.count
                #expect(now >= before, "\(width) × \(height)")
                before = now
            }
        }
    }

    @Test("Without shades the shares have characters of their own", arguments: [ColorLevel.mono, .palette16])
    func marks(colors: ColorLevel) {
        let text = text(learning(look: Look(colors: colors)), first: .sureness)
        for words in ["· sure, right", "░ unsure, right", "▓ unsure, wrong", "█ sure, wrong"] {
            #expect(text.contains(words))
        }
    }

    @Test("Shares of sure and unsure, right and wrong predictions add up, and the wrong ones become sure")
    func sureness() throws {
        let lines = text(learning(), first: .sureness).split(separator: "\n").map(String.init)
        func share(_ name: String) -> String? {
            lines.first { $0.contains("\(name) ") }?.components(separatedBy: name).last?
                .split(separator: " ").first.map(String.init)
        }
        #expect(share("sure, right") == "75.00" && share("unsure, right") == "0.00")
        #expect(share("unsure, wrong") == "0.00")
        var state = learning()
        state.confusion.detail = .sureness
        Sample.press(&state, "H", "H")
        #expect(render(state).text.contains("unsure, right  75.00 %"))
        #expect(lines.contains { $0.contains("sure: p ≥ 0.9") })
    }

    @Test("All four shares stand below the picture", arguments: [(120, 40), (160, 48), (200, 60)])
    func fourShares(width: Int, height: Int) {
        let text = text(learning(width: width, height: height), first: .classes)
        let inLines = ["sure, right", "unsure, right", "unsure, wrong", "sure, wrong"].allSatisfy(text.contains)
        let inTable =
            text.contains("sure   █ right 75.00 %  █ wrong 25.00 %")
            && text.contains("unsure █ right  0.00 %  █ wrong  0.00 %")
        #expect(inLines || inTable)
    }

    @Test("What is sure and wrong shows at the foot of the picture, however little it is")
    func little() throws {
        var state = Sample.training(width: 120, height: 40, look: Look(colors: .mono))
        Sample.press(&state, "3")
        state.confusion.detail = .sureness
        // One of 40 rows is sure and wrong: a fortieth of the picture's height.
        let lines = render(state).text.split(separator: "\n").map { $0.components(separatedBy: "││").last ?? "" }
        #expect(lines.contains { $0.drop { $0 == " " }.hasPrefix("0 ████") })
    }

    @Test("A run of an earlier version says that it has no such numbers")
    func notRecorded() {
        let runs = (1...3).map { EpochConfusion(epoch: $0, counts: evaluation($0).confusion) }
        var history = ConfusionHistory()
        for confusion in runs { history.append(confusion) }
        #expect(history.sureShares.allSatisfy { $0 == nil } && history.broken(at: 3) == nil)
    }

    @Test("An epoch broke the digits that were right before it and are wrong after it")
    func broken() throws {
        var history = ConfusionHistory()
        for epoch in 1...4 { history.append(EpochConfusion(evaluation(epoch))) }
        let broken = try #require(history.broken(at: 4))
        #expect(broken.since == 3 && broken.mended == 10)
        #expect(broken.rows == (0..<40).filter { ($0 + 4) % 4 == 0 })
        #expect(history.broken(at: 1) == nil)
        #expect(text(learning(), first: .broken).contains(/epoch 4 broke ─+ 10 · 10 mended ─╮/))
    }

    @Test("What a run's end puts in place of the last weights is no epoch's")
    func replaced() {
        var state = learning()
        let best = Evaluation(
            source: .validation, rows: RowNumbers(Sample.rows..<(Sample.rows + 40)), classes: 10, epoch: 4,
            weights: .best(epoch: 2),
            labels: evaluation(2).labels, probabilities: evaluation(2).probabilities, losses: evaluation(2).losses)
        _ = update(&state, .event(.weightsReplaced(.best(epoch: 2), validation: best), run: 1))
        let text = text(state, first: .broken)
        #expect(text.contains("best weights (epoch 2)") && text.contains("epoch 4 broke"))
        #expect(text.contains("10 · 10 mended"))
    }

    @Test("The margins are counted, and the probabilities compared with what was right")
    func probabilities() {
        let margins = text(learning(), first: .margins)
        #expect(margins.contains("10 wrong, 10 below -0.8") && margins.contains("30 right, 0 below 0.2"))
        let reliability = text(learning(), first: .reliability)
        #expect(reliability.contains("off by 20.00 %") && reliability.contains("90–100"))
    }

    @Test("The curves are those of the true class of the selected cell")
    func curves() {
        var state = learning()
        state.confusion.chosen = ConfusionCell(row: 7, column: 7)
        #expect(text(state, first: .roc).contains("ROC of class 7"))
        #expect(text(state, first: .precisionRecall).contains("precision, recall of class 7"))
        state.width = 80
        #expect(text(state, first: .precisionRecall).contains("prec., recall of class 7"))
    }

    @Test("Every picture is drawn without colours and without blocks", arguments: ConfusionDetail.allCases)
    func plainLooks(detail: ConfusionDetail) throws {
        let look = Look(glyphs: .ascii, colors: .mono)
        let text = text(learning(width: 80, look: look), first: detail)
        let others = text.unicodeScalars.filter { !$0.isASCII }
        #expect(others.isEmpty)
        #expect(text.contains(try #require(titles[detail])))
    }

    @Test("The plain screen has the pictures in words")
    func words() {
        var state = learning()
        state.display.plain = true
        let lines = PlainScreen(state).lines.map(\.text)
        #expect(lines.contains { $0.hasPrefix("recall of class 0 by epoch: ") && $0.contains("after epoch 1") })
        #expect(
            lines.contains("sure, wrong, sure from a probability of 0.9 on: 25.00 percent, 2.50 percent after epoch 1"))
        #expect(lines.contains { $0.hasPrefix("epoch 4 broke: 10 digits right before and wrong now, 10 mended") })
        #expect(lines.contains { $0.hasPrefix("area under the ROC curve of class ") })
    }

    @Test("d moves the next panel up, s sorts the classes, S turns their order round")
    func keys() {
        var state = learning()
        Sample.press(&state, "d", "s", "S")
        #expect(state.confusion.detail == .pairs && state.confusion.order == .recall && state.confusion.isReversed)
    }

    @Test("The commands: the next detail, the next order of the classes, the other way round")
    func commands() {
        let trial = ScreenTrial(ConfusionScreen(), Sample.training(width: 120, height: 40).shared)
        trial.perform(.confusion(.cycleDetail))
        #expect(trial.own.detail == .pairs && trial.shared.message?.text == "first: the most confused pairs")
        for _ in 0..<8 { trial.perform(.confusion(.cycleDetail)) }
        #expect(trial.own.detail == .classes)
        trial.perform(.confusion(.sortClasses))
        #expect(trial.own.order == .recall && trial.shared.message?.text == "classes by recall, the worst first")
        trial.perform(.confusion(.reverseClasses))
        #expect(trial.own.isReversed)
        trial.perform(.confusion(.sortClasses))
        #expect(trial.own.order == .precision && !trial.own.isReversed)
        let narrow = ScreenTrial(ConfusionScreen(), Sample.training(width: 60, height: 20).shared)
        let lab = ScreenTrial(ConfusionScreen(), Sample.training().shared, panel: .confusion)
        #expect(lab.disabled(.confusion(.sortClasses)) == "3 shows the figures beside the matrix")
        #expect(narrow.disabled(.confusion(.cycleDetail)) == "z shows the figures")
    }

    @Test("z shows the matrix alone, then the figures alone, in any window; d goes on, and Esc shows all again")
    func alone() throws {
        for (width, height) in [(44, 14), (80, 24), (160, 48)] {
            var state = learning(width: width, height: height)
            Sample.press(&state, "z")
            #expect(state.confusion.alone == .matrix && !render(state).text.contains("╭─ classes "))
            Sample.press(&state, "d")
            #expect(state.message?.text == "z shows the figures" && state.confusion.detail == .classes)
            Sample.press(&state, "z")
            for detail in ConfusionDetail.allCases {
                let title = try #require(titles[detail])
                let lines = render(state).text.split(separator: "\n").map(String.init)
                let top = try #require(lines.first { $0.contains("╭─") })
                #expect(state.confusion.detail == detail && top.contains(title) && !top.contains("╮╭"))
                Sample.press(&state, "d")
            }
            Sample.press(&state, .escape)
            #expect(state.confusion.alone == nil && state.screen == .confusion)
        }
    }
}
