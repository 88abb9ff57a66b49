import Dashboard
import Datasets
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

    @Test("A class without images has no recall, one that is never predicted no precision: a dash, not 0")
    func nothingToDivideBy() throws {
        var state = Sample.training(width: 160, height: 48)
        // Three images of class 1, one of them taken for a 2.
        let probabilities = [1, 1, 2].flatMap { best in (0..<10).map { Float($0 == best ? 0.91 : 0.01) } }
        let few = Evaluation(
            source: .validation, classes: 10, epoch: 5, labels: [1, 1, 1], probabilities: probabilities,
            losses: [0.1, 0.1, 4])
        _ = update(
            &state, .event(.epochFinished(EpochReport(figures: Sample.report(5).figures, validation: few)), run: 1))
        Sample.press(&state, "3")
        let text = render(state).text
        #expect(text.contains(/│ 1 +100\.0 +66\.7 +80\.0 +3 │/) && text.contains(/│ 2 +0\.0 +– +0\.0 +0 │/), "\(text)")
        #expect(text.contains(/│ 3 +– +– +– +0 │/))
        // Beside the matrix and below it, too.
        #expect(text.contains(/│  3 .* –  +│/) && text.contains(/\s–  +100\.0 +0\.0 +– .*precision %/))
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
        // The axes have them, too, each in the middle of its column.
        #expect(confusion.contains("T-shirt trouser pullovr"))
        #expect(confusion.contains("ankle boot "))
        Sample.press(&state, "4")
        #expect(
            render(state).text.contains("true sneaker  predicted bag") || render(state).text.contains("sneaker → bag"))
    }

    @Test("Where there is less room names are cut to what tells them apart, in every table and caption of 80 columns")
    func cut() {
        var state = named(80, 24)
        Sample.press(&state, "3")
        let confusion = render(state).text
        for (index, name) in ["T-shi", "trous", "pullo", "dress", "coat", "sanda", "shirt", "sneak", "bag"].enumerated()
        {
            #expect(confusion.contains("│ \(index) \(name) "), "\(name)")
        }
        #expect(confusion.contains("trous → pullo ") && !confusion.contains("1 → 2 "))
        // The cell at hand has a line for itself.
        #expect(confusion.contains("true trouser predicted pullover"))
        Sample.press(&state, "4")
        let image = render(state).text
        #expect(image.contains("sneaker → bag") && image.contains("│ T-s ") && !image.contains("7 → 8"))
        Sample.press(&state, "1")
        let lines = render(state).text.split(separator: "\n")
        #expect(lines.contains { $0.contains("│sn") } && lines.contains { $0.contains("│ba") })
    }

    @Test("Without room, and for classes that are numbers, there are numbers")
    func narrow() {
        var state = named(80, 24)
        Sample.press(&state, "3")
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

    /// A run on 47 classes without names, two rows each, of which every third is taken for the next class.
    private func many(_ width: Int, _ height: Int, names: [String]? = nil) -> DashboardState {
        let labels = (0..<94).map { UInt8($0 % 47) }
        let images = ImageSet(
            pixels: labels.flatMap { [UInt8](repeating: 5 * $0, count: 36) }, labels: labels, rows: 6, columns: 6)
        var state = Sample.state(width: width, height: height)
        let data = Dataset(name: "many", train: images, test: images, classes: 47, classNames: names)
        _ = update(&state, .dataLoaded(LoadedData(data)))
        Sample.press(&state, " ")
        let evaluation = Evaluation(
            source: .validation, classes: 47, epoch: 1, labels: labels,
            probabilities: labels.flatMap { label -> [Float] in
                let predicted = Int(label) % 3 == 0 ? (Int(label) + 1) % 47 : Int(label)
                return (0..<47).map { $0 == predicted ? 0.5 : 0.5 / 46 }
            }, losses: labels.map(Float.init))
        let facts = RunFacts(parameters: 1, trainingRows: 94, validationRows: 94, testRows: 94, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: evaluation), run: 1))
        let report = EpochReport(figures: Sample.report(1).figures, validation: evaluation)
        _ = update(&state, .event(.epochFinished(report), run: 1))
        return state
    }

    @Test(
        "The table of the classes scrolls with the chosen row, by keys and by the wheel, and says what is above and below"
    )
    func scrolls() {
        var state = many(120, 40)
        Sample.press(&state, "3")
        #expect(render(state).text.contains("34 more"))
        for _ in 0..<30 { Sample.press(&state, .down) }
        let text = render(state).text
        #expect(text.contains("│ 30 ") && text.contains("24 above, 10 below"))
        for _ in 0..<3 { _ = update(&state, .input(.mouse(MouseEvent(kind: .scrollDown, x: 100, y: 8)))) }
        #expect(render(state).text.contains("27 above, 7 below"))
        for _ in 0..<30 { Sample.press(&state, .down) }
        #expect(render(state).text.contains("34 above") && render(state).text.contains("│ 46 "))
    }

    @Test("A matrix that has not all of its classes says which are there, and Lab lists the pairs instead")
    func part() {
        var state = many(80, 24)
        #expect(render(state).text.contains("true → predicted"))
        Sample.press(&state, "3")
        #expect(render(state).text.contains("of 47 ↓"))
        var wide = many(160, 48)
        Sample.press(&wide, "3")
        #expect(render(wide).text.contains("true ↓  predicted →"))
    }

    @Test("Lab lists the pairs by the names of the classes, cut to what tells them apart")
    func namedPairs() {
        let state = many(80, 24, names: (0..<47).map { "no entry for vehicles of kind \($0)" })
        let text = render(state).text
        #expect(text.contains("no entry 0→no entry 1") && text.contains("no entry12→no entry13"))
    }

    @Test(
        "Beside its small matrix, too, with counts of three digits",
        arguments: [(99, "sa→sh 99 │"), (120, "sa→sh 120│")])
    func pairsBesideMatrix(wrong: Int, line: String) {
        let names = [
            "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
        ]
        let labels = (0..<1500).map { UInt8($0 % 10) }
        let images = ImageSet(
            pixels: labels.flatMap { [UInt8](repeating: 9 * $0, count: 4) }, labels: labels, rows: 2, columns: 2)
        var state = Sample.state(width: 80, height: 24)
        let data = Dataset(name: "clothes", train: images, test: images, classes: 10, classNames: names)
        _ = update(&state, .dataLoaded(LoadedData(data)))
        Sample.press(&state, " ")
        let evaluation = Evaluation(
            source: .validation, classes: 10, epoch: 1, labels: labels,
            probabilities: labels.indices.flatMap { row -> [Float] in
                let predicted = labels[row] == 5 && row / 10 < wrong ? 6 : Int(labels[row])
                return (0..<10).map { $0 == predicted ? 0.9 : 0.1 / 9 }
            }, losses: labels.map(Float.init))
        let facts = RunFacts(
            parameters: 1, trainingRows: 1500, validationRows: 1500, testRows: 1500, batchesPerEpoch: 40)
        _ = update(&state, .event(.started(facts, untrained: nil), run: 1))
        let report = EpochReport(figures: Sample.report(1).figures, validation: evaluation)
        _ = update(&state, .event(.epochFinished(report), run: 1))
        #expect(render(state).text.contains(line), "\(render(state).text)")
    }

    @Test("Only digits are called digits: not letters, nor 47 classes without a name")
    func noun() {
        for names in [nil, (0..<47).map { "class-\($0)" }] {
            var state = many(120, 40, names: names)
            for screen: Key in ["1", "3", "4", "5", "6", "7", "?"] {
                Sample.press(&state, screen)
                let text = render(state).text.lowercased()
                #expect(!text.contains("digit"), "\(screen)")
            }
        }
        var digits = Sample.training(width: 120, height: 40)
        Sample.press(&digits, "4")
        #expect(render(digits).text.contains("4 Digits"))
    }

    @Test("Lab's small matrix has the names of classes that are words")
    func labNames() {
        let text = render(named(120, 40)).text
        #expect(text.contains(" T- tr pu dr co sa sh sn ba an") && text.contains("trouser "))
    }
}
