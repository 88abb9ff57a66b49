import Dashboard
import DataFormats
import Datasets
import Foundation
import TerminalUI
import Testing
import Training

/// Digits beside choosing and sorting: full size, neighbours, the past, marks.
@Suite struct BrowsingTests {
    private static func watches(_ effects: [Effect]) -> [Watch?] {
        effects.compactMap { if case .command(.watch(let watch)) = $0 { .some(watch) } else { nil } }
    }

    private static func lines(_ state: DashboardState) -> String { render(state).text }

    @Test("Enter shows the digit in full size, and Esc goes one level back")
    func large() {
        var state = Sample.training()
        Sample.press(&state, "4", .enter)
        #expect(state.digits.form == .large && Self.lines(state).contains("probabilities"))
        Sample.press(&state, .right)
        #expect(state.selection.cursor == 1)
        Sample.press(&state, .escape)
        #expect(state.digits.form == .both && state.screen == .digits)
        Sample.press(&state, .escape)
        #expect(state.screen == .lab)
    }

    @Test("A click selects a digit, and a second one opens it")
    func clicks() {
        var state = Sample.training()
        Sample.press(&state, "4")
        let click = Action.input(.mouse(MouseEvent(kind: .press, x: 20, y: 5)))
        _ = update(&state, click)
        #expect(state.selection.cursor == 1 && state.digits.form == .both)
        _ = update(&state, click)
        #expect(state.digits.form == .large)
    }

    @Test("The gallery alone shows more digits than beside the digit at hand")
    func gallery() {
        var state = Sample.training(width: 120, height: 40)
        Sample.press(&state, "4", "w", "w")
        let before = Self.lines(state).components(separatedBy: " → ").count
        Sample.press(&state, "z")
        #expect(Self.lines(state).components(separatedBy: " → ").count > before)
        #expect(!Self.lines(state).contains("over the epochs"))
        Sample.press(&state, "z")
        #expect(Self.lines(state).contains("over the epochs"))
    }

    @Test("Neighbours are asked for while they are shown, and of the digit at hand")
    func nearest() throws {
        var state = Sample.training()
        #expect(Self.watches(Sample.press(&state, "4", "d", "d")).isEmpty)
        #expect(Self.watches(Sample.press(&state, "d")).first??.saliencyOf == 7)
        let first = try #require(Self.watches(Sample.press(&state, "d")).first ?? nil)
        #expect(first.neighbours == 4 && !first.layers && first.units == nil)
        #expect(first.image == Array(Sample.data.dataset.train.image(100 + Int(state.selection.rows[0]))))
        let next = try #require(Self.watches(Sample.press(&state, .right)).first ?? nil)
        #expect(next.image == Array(Sample.data.dataset.train.image(100 + Int(state.selection.rows[1]))))
        _ = update(&state, .inspection(Sample.inspection(next, state), run: 1))
        #expect(Self.lines(state).contains("7  0.50"))
        #expect(Self.watches(Sample.press(&state, "d")) == [nil])
        var untrained = Sample.ready()
        #expect(Self.watches(Sample.press(&untrained, "4", "d")).isEmpty)
        #expect(untrained.message?.text == "a network has to be there first")
    }

    @Test("What a prediction depends on is drawn of the digit at hand, and said in words")
    func saliency() throws {
        var state = Sample.training()
        let watch = try #require(Self.watches(Sample.press(&state, "4", "d", "d", "d")).last ?? nil)
        _ = update(&state, .inspection(Sample.inspection(watch, state), run: 1))
        let text = Self.lines(state)
        #expect(text.contains("╭─ saliency ") && text.contains("for 7, true and predicted"))
        #expect(text.contains("val · epoch 4"))
        state.display.plain = true
        #expect(PlainScreen(state).lines.contains { $0.text.hasPrefix("saliency: for ") })
    }

    @Test("What was said over the epochs is kept, bounded, evenly spaced, with the newest")
    func past() {
        var state = Sample.training(epochs: 1)
        for epoch in 2...1000 { _ = update(&state, .event(.epochFinished(Sample.report(epoch)), run: 1)) }
        let epochs = state.past.entries.map(\.epoch)
        #expect(epochs.count <= 64 && epochs.count > 30 && epochs.first == 0 && epochs.last == 1000)
        let steps = Set(zip(epochs, epochs.dropFirst()).map { $1 - $0 }.dropLast())
        #expect(steps == [16])
        #expect(state.past.entries.allSatisfy { $0.predictions.count == 40 })
        Sample.press(&state, "r")
        #expect(state.past.entries.isEmpty)
    }

    @Test("The same epoch measured again replaces itself")
    func pastOfTest() {
        var state = Sample.training()
        for _ in 0..<3 {
            _ = update(&state, .event(.testEvaluated(Sample.evaluation(epoch: 4, source: .test)), run: 1))
        }
        #expect(state.pastOfTest.entries.map(\.epoch) == [4])
        #expect(state.past.entries.map(\.epoch) == [0, 1, 2, 3, 4])
    }

    @Test("Marked digits can be chosen, unmarked and saved as a table and a sheet")
    func marks() throws {
        var state = Sample.training()
        Sample.press(&state, "4", "X")
        #expect(state.message?.text == "no digit is marked: m marks one")
        Sample.press(&state, "m", .right, "m")
        #expect(
            state.selection.marked
                == [37, 33].reduce(into: []) { $0.insert(MarkedDigit(source: .validation, index: 100 + $1)) })
        Sample.press(&state, "/")
        Sample.type(&state, "marked")
        Sample.press(&state, .enter)
        #expect(state.selection.rows == [37, 33] && state.selection.filter.description == "marked")
        guard case .save(let request)? = Sample.press(&state, "X").first else {
            Issue.record("expected files to be saved")
            return
        }
        #expect(request.files.map(\.ending) == [".csv", ".pgm"])
        let table = String(decoding: request.files[0].bytes, as: UTF8.self).components(separatedBy: "\n")
        #expect(table[0] == "file,index,label,predicted,probability,loss,epoch")
        #expect(table[1].hasPrefix("train,133,3,4,0.88,") && table[1].hasSuffix(",4"))
        #expect(table[2].hasPrefix("train,137,7,8,0.92") && table.count == 4)
        let sheet = try PGMFile.decode(request.files[1].bytes, path: "sheet")
        #expect(sheet.rows == 28 && sheet.columns == 58)
        #expect(
            (0..<28).allSatisfy { row in
                Array(sheet.pixels[(row * 58)..<(row * 58 + 28)])
                    == Array(Sample.data.dataset.train.image(133).dropFirst(row * 28).prefix(28))
            })
        // Without its mark the digit at hand leaves the choice.
        Sample.press(&state, "m")
        #expect(state.selection.rows.count == 1)
        Sample.press(&state, "M")
        #expect(state.selection.marked.isEmpty && state.selection.rows.isEmpty)
    }

    @Test("Digits alike are those of the same true and predicted class, and a second time all come back")
    func alike() {
        var state = Sample.training()
        Sample.press(&state, "4", "&")
        #expect(state.selection.filter == DigitsFilter(truth: 7, predicted: 8, shown: .all))
        #expect(state.selection.rows == [37, 17])
        // A filter that is typed and left again stands in between.
        Sample.press(&state, "/", "3", .escape, "&")
        #expect(state.selection.filter == DigitsFilter() && state.selection.rows.count == 10)
    }

    @Test("Likely mislabelled is what the network is sure of against the label, the greatest loss first")
    func mislabelled() {
        var state = Sample.training()
        Sample.press(&state, "4", "w", "w")
        while state.selection.sort != .mislabelled { Sample.press(&state, "s") }
        #expect(state.selection.rows.count == 40 && state.selection.rows.prefix(3) == [37, 33, 29])
        #expect(
            state.evaluation.map { state.selection.rows.prefix(10).allSatisfy { $0 % 4 == 1 } && $0.count == 40 }
                == true)
    }

    @Test("The probabilities of the true and the predicted class stand beside their bars")
    func probabilities() {
        var state = Sample.training(width: 160, height: 48)
        Sample.press(&state, "4")
        let rows = Self.lines(state).components(separatedBy: "\n")
        // The worst digit is a seven that is predicted as an eight.
        #expect(rows.contains { $0.contains("│ 7 ") || $0.contains(" 7  ") && $0.contains("  0 ") })
        #expect(rows.contains { $0.contains(" 8 ━━━") && $0.contains(" 92 % ") })
    }
}
