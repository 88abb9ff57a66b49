import Dashboard
import Datasets
import TerminalUI
import Training

/// The views of classes, digits and the drawing, and what is counted in them.
extension MeasuredView {
    /// A line a pair: `4 → 9  23`.
    private static func pairs(_ screen: DrawnScreen) -> Int {
        screen.panels(["most confused"]).flatMap(\.texts).filter { $0.contains(#/^[▸ ]\d → \d /#) }.count
    }

    /// Whether panels say how many are left out, as `12 more`.
    private static func saysMore(_ screen: DrawnScreen, _ title: String) -> Bool {
        screen.panels([title]).allSatisfy { panel in panel.texts.contains { $0.contains(#/\d more/#) } }
    }

    // MARK: - Confusion

    private static let pictures = [
        "classes", "most confused", "recall by epoch", "how sure", "epoch ", "epochs ", "margins", "reliability",
        "ROC of", "prec",
    ]

    static var confusion: MeasuredView {
        let state = Sample.confusing()
        let pairs = confusedPairs(state)
        return MeasuredView(name: "confusion", state: state) { screen in
            [
                "classes of the matrix": classesOfMatrix(screen), "classes": classes(screen, "classes"),
                "pairs": MeasuredView.pairs(screen),
                "classes of the recall": screen.panels(["recall"]).flatMap(\.texts)
                    .filter { $0.contains(#/^ \d [▁-█]/#) }.count,
                "panels": screen.panels(pictures).count,
            ]
        } omissions: { screen in
            var unsaid: [String] = []
            if !screen.panels(["most confused"]).isEmpty, MeasuredView.pairs(screen) < pairs,
                !saysMore(screen, "most confused")
            {
                unsaid.append("pairs")
            }
            if !screen.panels(["classes"]).isEmpty, classes(screen, "classes") < 10, !saysMore(screen, "classes") {
                unsaid.append("classes")
            }
            return unsaid
        }
    }

    /// A line of half blocks has two classes, the upper of them named.
    private static func classesOfMatrix(_ screen: DrawnScreen) -> Int {
        classes(screen, "confusion")
            + 2 * screen.panels(["confusion"]).flatMap(\.texts).filter { $0.contains(#/^ ?\d ▀/#) }.count
    }

    private static func confusedPairs(_ state: DashboardState) -> Int {
        guard let counts = state.evaluation?.confusion else { return 0 }
        return counts.indices.reduce(0) { sum, truth in
            sum + counts[truth].indices.count { $0 != truth && counts[truth][$0] > 0 }
        }
    }

    // MARK: - Digits

    static var digits: MeasuredView {
        var state = Sample.confusing()
        let snapshot = Sample.snapshot(.paused, epoch: 12, batch: 2, history: BatchHistory())
        _ = update(&state, .snapshot(snapshot, run: 1))
        // All of them: 40 validation digits.
        Sample.press(&state, "4", "w", "w")
        let pairs = confusedPairs(state)
        return MeasuredView(name: "digits", state: state) { screen in
            [
                "digits": shownDigits(screen), "probabilities": probabilities(screen, "digit "),
                "pairs": MeasuredView.pairs(screen),
                "panels": screen.panels(["digit ", "over the epochs", "most confused", "saliency", "nearest"]).count,
            ]
        } omissions: { screen in
            var unsaid: [String] = []
            let gallery = screen.panels(["digits"])
            if shownDigits(screen) < 40, !gallery.allSatisfy({ $0.borders[1].contains(#/\d of 40 /#) }) {
                unsaid.append("digits")
            }
            if !screen.panels(["digit "]).isEmpty, probabilities(screen, "digit ") < 10,
                !saysMore(screen, "digit ")
            {
                unsaid.append("probabilities")
            }
            if !screen.panels(["most confused"]).isEmpty, MeasuredView.pairs(screen) < pairs,
                !saysMore(screen, "most confused")
            {
                unsaid.append("pairs")
            }
            return unsaid
        }
    }

    /// Captions below the digits: `4 → 7  100 %`; at their left the predicted class stands below the true one.
    private static func shownDigits(_ screen: DrawnScreen) -> Int {
        let lines = screen.panels(["digits"]).flatMap(\.texts)
        let below = lines.reduce(0) { $0 + $1.matches(of: #/\d → \d/#).count }
        let beside = lines.filter { !$0.contains("→") }.reduce(0) { $0 + $1.matches(of: #/\d/#).count }
        return below + beside / 2
    }

    /// Bars: `8 ━━━━╸  92 %`, `9  3e-5`; two in a line where the panel is low.
    private static func probabilities(_ screen: DrawnScreen, _ title: String) -> Int {
        screen.panels([title]).flatMap(\.texts).reduce(0) { sum, text in
            sum + text.matches(of: #/(?:^|\s)\d [━╸ ]*(?:\d[\d.]* %|\de-\d+|0)(?=\s|$)/#).count
        }
    }

    // MARK: - Draw

    static var draw: MeasuredView {
        var state = Sample.drawing()
        let snapshot = Sample.snapshot(.paused, epoch: 4, batch: 2, history: BatchHistory())
        _ = update(&state, .snapshot(snapshot, run: 1))
        return MeasuredView(name: "draw", state: state) { screen in
            [
                // The canvas has two lines a pixel of MNIST's at 28 lines.
                "lines of the pad": min(28, screen.panels(["drawing"]).flatMap(\.isPainted).count { $0 }),
                "probabilities": probabilities(screen, "predicted"),
                "panels": screen.panels(["drawing", "predicted", "input", "most alike", "saliency"]).count,
            ]
        } omissions: { screen in
            let shown = probabilities(screen, "predicted")
            let isShort = !screen.panels(["predicted"]).isEmpty && shown < 10
            return isShort && !saysMore(screen, "predicted") ? ["probabilities"] : []
        }
    }
}

extension Sample {
    /// 40 rows; half of them are predicted as several other classes, at each epoch others.
    static func confused(epoch: Int) -> Evaluation {
        let labels = (0..<40).map { UInt8($0 % 10) }
        var probabilities: [Float] = []
        var losses: [Float] = []
        for row in 0..<40 {
            let truth = row % 10
            let other = (truth + 1 + (row / 10 + row) % 7) % 10
            let isWrong = (row + epoch) % 2 == 0
            let sure = 0.4 + Float((row * 7 + epoch) % 40) / 80
            var values = [Float](repeating: (1 - sure) / 9, count: 10)
            values[isWrong ? other : truth] = sure
            probabilities += values
            losses.append(isWrong ? 2 + Float(row) / 40 : 0.1)
        }
        return Evaluation(
            source: .validation, rows: RowNumbers(rows..<(rows + 40)), classes: 10, epoch: epoch, labels: labels,
            probabilities: probabilities, losses: losses)
    }

    /// Confusion in a run of 12 epochs with many mistakes.
    static func confusing(width: Int = 80, height: Int = 24, look: Look = Look()) -> DashboardState {
        var state = training(width: width, height: height, epochs: 1, look: look)
        for epoch in 2...12 {
            let report = EpochReport(figures: report(epoch).figures, validation: confused(epoch: epoch))
            _ = update(&state, .event(.epochFinished(report), run: 1))
        }
        press(&state, "3")
        return state
    }
}
