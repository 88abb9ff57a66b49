import Dashboard
import Datasets
import TerminalUI
import Testing
import Training

/// What Digits draws.
@Suite struct DigitsViewTests {
    private static let names = [
        "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
    ]

    private func lines(_ state: DashboardState) -> [String] {
        render(state).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private func digits(_ width: Int, _ height: Int, data: LoadedData = Sample.data, keys: Key...) -> DashboardState {
        var state = Sample.training(width: width, height: height, data: data)
        Sample.press(&state, "4")
        for key in keys { Sample.press(&state, key) }
        return state
    }

    @Test("The gallery has as many rows as fit: four at 120 by 40, two at 80 by 24")
    func rows() {
        for (width, height, gallery, rows) in [(120, 40, 62, 4), (80, 24, 48, 2)] {
            let captions = lines(digits(width, height, keys: "w", "w")).filter { $0.prefix(gallery).contains("→") }
            #expect(captions.count == rows)
        }
    }

    @Test("A larger window shows no fewer digits")
    func grows() {
        func captions(_ width: Int, _ height: Int) -> Int {
            // The pairs have arrows, too, but no loss behind them.
            let text = render(digits(width, height, keys: "w", "w")).text
            return text.components(separatedBy: " → ").dropFirst().filter { part in
                part.dropFirst().hasPrefix("  ") && part.dropFirst(3).first?.isNumber == true
            }.count
        }
        for height in [24, 40] {
            var before = 0
            for width in stride(from: 52, through: 200, by: 4) {
                let now = captions(width, height)
                #expect(now >= before, "\(width) × \(height)")
                before = now
            }
        }
        #expect(captions(80, 24) == 6 && captions(120, 40) == 16)
    }

    @Test(
        "A blank column stands between a picture and its frame", arguments: [(80, 24), (120, 40), (160, 48), (200, 60)])
    func padding(width: Int, height: Int) {
        for keys in [[], [Key.enter]] as [[Key]] {
            var state = digits(width, height)
            for key in keys { Sample.press(&state, key) }
            let text = render(state).text
            #expect(text.contains("▀▀▀▀"))
            #expect(!text.contains("│▀") && !text.contains("▀│"))
        }
    }

    @Test("The last column beside the gallery has a panel", arguments: [(160, 48), (200, 60), (240, 80)])
    func lastColumn(width: Int, height: Int) throws {
        let panels = DrawnScreen(render(digits(width, height))).panels
        let top = try #require(panels.prefix { !$0.title.hasPrefix("over the epochs") }.last)
        #expect(top.title.hasPrefix("nearest in training"))
    }

    @Test("A low panel has all probabilities below the digit", arguments: [(80, 22), (80, 24), (80, 30)])
    func allProbabilities(width: Int, height: Int) throws {
        let panel = try #require(DrawnScreen(render(digits(width, height))).panels(["digit "]).first)
        for label in 0..<10 { #expect(panel.texts.contains { $0.contains(" \(label) ") }, "\(label)") }
    }

    @Test("A caption has the figure that the gallery is sorted by")
    func figures() {
        #expect(render(digits(120, 40)).text.contains("7 → 8  13.82 "))
        var state = digits(120, 40, keys: "s")
        #expect(render(state).text.contains("7 → 8  92 % "))
        Sample.press(&state, "s")
        #expect(render(state).text.contains("7 → 8  -0.92 "))
    }

    @Test("Captions and bars have the names of the classes where there is room, shortened where they have to be")
    func named() {
        let data = Sample.rings(classNames: Self.names)
        let wide = render(digits(120, 40, data: data)).text
        #expect(wide.contains("▸sneaker → bag ") && wide.contains(" boot→T-shirt "))
        #expect(wide.contains(" ankle boot ") && wide.contains("92 %"))
        let narrow = render(digits(80, 24, data: data)).text
        #expect(narrow.contains("▸sneaker → bag ") && narrow.contains(" trousr→pullvr "))
    }

    @Test("The gallery and the digit say which rows and which weights they are of", arguments: [(80, 24), (120, 40)])
    func measured(width: Int, height: Int) {
        let state = digits(width, height)
        let page = width == 80 ? "1–6" : "1–10"
        // What changes its length is at the left, and the places of the epoch's digits are kept.
        #expect(lines(state).contains { $0.contains("╰─ \(page) of 10 ──") && $0.contains("epoch 4  ─╯") })
        let text = render(state).text
        let short = text.components(separatedBy: "val · epoch 4").count - 1
        let full = text.components(separatedBy: "validation · epoch 4").count - 1
        #expect(short + full >= 2)
        var test = state
        Sample.press(&test, "v")
        let end = Evaluation(
            source: .test, classes: 10, epoch: 10, weights: .best(epoch: 7), labels: [0, 1],
            probabilities: [Float](repeating: 0.1, count: 20), losses: [2, 2])
        _ = update(&test, .event(.testEvaluated(end), run: 1))
        #expect(render(test).text.contains("── test · best weights (epoch 7)"))
    }

    @Test("Images that are more than strokes are drawn in grey levels, also small")
    func dense() {
        // Each line lighter than the one above it.
        let image = (0..<784).map { UInt8(9 * ($0 / 28)) }
        let pixels = (0..<140).flatMap { _ in image }
        let images = ImageSet(pixels: pixels, labels: (0..<140).map { UInt8($0 % 10) }, rows: 28, columns: 28)
        let test = ImageSet(pixels: image, labels: [0], rows: 28, columns: 28)
        let data = LoadedData(Dataset(name: "ramps", train: images, test: test, classes: 10))
        let text = render(digits(120, 40, data: data)).text
        let gallery = text.split(separator: "\n").map { $0.prefix(62) }.joined()
        #expect(gallery.contains("▀▀▀▀▀▀▀▀▀▀▀▀▀▀"))
        #expect(!gallery.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
    }

    @Test("Without validation rows the words are whole, in as many lines as they need")
    func noRows() {
        var state = DashboardState(spec: Sample.state().composer.spec, width: 120, height: 40, look: Look())
        _ = update(&state, .dataLoaded(Sample.data))
        var spec = state.composer.spec
        spec.training.validation = 0
        state.shared.composer = ComposerState(spec: spec)
        Sample.press(&state, " ")
        let facts = RunFacts(parameters: 1, trainingRows: 140, validationRows: 0, testRows: 40, batchesPerEpoch: 5)
        _ = update(&state, .event(.started(facts, untrained: nil), run: 1))
        for screen: Key in ["3", "4"] {
            Sample.press(&state, screen)
            // All above the footer.
            let panels = lines(state).dropLast(3).joined(separator: "\n")
            #expect(panels.contains("no validation rows: v shows the test set"))
            #expect(!panels.contains("a line for each pair") && !panels.contains("…"))
            #expect(!panels.contains("...") && !panels.contains("in full"), "no panel waits for what never comes")
        }
    }

    @Test("The images that excite a unit stand in half blocks where they are more than strokes")
    func denseInNetwork() {
        let image = (0..<784).map { UInt8(9 * ($0 / 28)) }
        let images = ImageSet(
            pixels: (0..<140).flatMap { _ in image }, labels: (0..<140).map { UInt8($0 % 10) }, rows: 28, columns: 28)
        let test = ImageSet(pixels: image, labels: [0], rows: 28, columns: 28)
        let data = LoadedData(
            Dataset(name: "ramps", train: images, test: test, classes: 10, classNames: Self.names))
        var state = Sample.training(width: 160, height: 48, data: data)
        Sample.answer(&state, Sample.press(&state, "5"))
        for _ in 0..<11 {
            guard let watch = state.inspection?.watch else { break }
            _ = update(&state, .inspection(Sample.inspection(watch, state), run: 1))
        }
        let unit = render(state).text.split(separator: "\n").map { String($0.suffix(36)) }.joined(separator: "\n")
        #expect(unit.contains("images that excite it most") && unit.contains("▀▀▀▀▀▀▀"))
        #expect(!unit.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
    }

    @Test("What was measured before training is named so")
    func untrained() {
        var state = Sample.state(width: 120, height: 40)
        _ = update(&state, .dataLoaded(Sample.data))
        Sample.press(&state, " ")
        let facts = RunFacts(parameters: 1, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: Sample.evaluation(epoch: 0)), run: 1))
        for screen: Key in ["3", "4"] {
            Sample.press(&state, screen)
            #expect(render(state).text.contains("validation · before training"))
        }
    }
}
