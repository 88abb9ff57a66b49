import Configuration
import Dashboard
import TerminalUI
import Testing
import Training

@Suite struct NetworkTests {
    private static func watches(_ effects: [Effect]) -> [Watch?] {
        effects.compactMap { if case .command(.watch(let watch)) = $0 { .some(watch) } else { nil } }
    }

    @Test("The run is looked into while the view is open, and only then")
    func watch() throws {
        var state = Sample.training()
        let opened = try #require(Self.watches(Sample.press(&state, "5")).first ?? nil)
        #expect(opened.layers && opened.units?.layer == 0 && opened.units?.units.first == 0)
        // The digit at hand is the worst one.
        let row = 100 + Int(state.selection.rows[0])
        #expect(opened.image == Array(Sample.data.dataset.train.image(row)))
        #expect(opened.map == nil && opened.saliencyOf == nil && opened.units?.followed == nil)
        #expect(Self.watches(Sample.press(&state, "t", .escape)).isEmpty)
        #expect(Self.watches(Sample.press(&state, "2")) == [nil])
        #expect(Self.watches(update(&state, .event(.epochFinished(Sample.report(5)), run: 1))).isEmpty)
    }

    @Test("Units stand by their output for the digit, and another page and another digit are asked for")
    func movement() throws {
        var state = Sample.inside()
        // The invented outputs are (unit % 7) / 6, and 0 for every third unit.
        let order = state.network.orderedUnits(state.shared)
        #expect(order.prefix(4) == [13, 20, 34, 41] && order.last == 127 - 1)
        Sample.press(&state, .home)
        #expect(state.network.unit == 13)
        Sample.press(&state, .right)
        #expect(state.network.unit == 20)
        let page = try #require(state.inspection?.watch.units?.units)
        let next = try #require(Self.watches(Sample.press(&state, .pageDown)).first ?? nil)
        #expect(next.units?.units.contains(13) == false && next.units?.units.count ?? 0 <= page.count)
        Sample.press(&state, .end, .right)
        #expect(state.network.unit == 126)
        Sample.press(&state, "s")
        #expect(state.network.orderedUnits(state.shared) == Array(0..<128))
        Sample.press(&state, "S")
        #expect(state.network.orderedUnits(state.shared) == Array((0..<128).reversed()))
        let digit = try #require(Self.watches(Sample.press(&state, "n")).first ?? nil)
        #expect(digit.image == Array(Sample.data.dataset.train.image(100 + Int(state.selection.rows[1]))))
        Sample.press(&state, "N")
        #expect(state.selection.cursor == 0)
        Sample.press(&state, .enter)
        #expect(state.screen == .digits)
        Sample.press(&state, .escape)
        #expect(state.screen == .network)
    }

    @Test("While the run trains no unit changes its place, and once it stands they are sorted again")
    func stillOrder() throws {
        var state = Sample.inside()
        let order = state.network.orderedUnits(state.shared)
        var found = try #require(state.inspection)
        found.outputs = [found.outputs[0].reversed()]
        _ = update(&state, .inspection(found, run: 1))
        #expect(state.network.orderedUnits(state.shared) == order)
        var later = Inspection(watch: found.watch, epoch: 5, batch: 0)
        (later.outputs, later.probabilities, later.units) = (found.outputs, found.probabilities, found.units)
        _ = update(&state, .event(.paused(position: 5), run: 1))
        _ = update(&state, .inspection(later, run: 1))
        #expect(state.network.orderedUnits(state.shared) != order)
    }

    @Test("Up and down choose the layer, and tab leads to the units and back")
    func layers() throws {
        var state = Sample.inside("20relu-30relu-40relu", width: 120, height: 40)
        #expect(render(state).text.contains("what layer 1 looks for"))
        let watch = try #require(Self.watches(Sample.press(&state, .down)).first ?? nil)
        #expect(watch.units?.layer == 1 && watch.units?.units.count == 30)
        Sample.answer(&state, [.command(.watch(watch))])
        #expect(render(state).text.contains("what layer 2 looks for"))
        Sample.press(&state, .down, .down, .down)
        #expect(state.network.layer == 3)
        #expect(render(state).text.contains("what each class looks for"))
        Sample.press(&state, .up, .up, .up, .up, .tab)
        #expect(state.network.layer == 0 && state.network.focus == .units)
        Sample.press(&state, .home, .down)
        #expect(state.network.layer == 0)
        Sample.press(&state, .backTab)
        #expect(state.network.focus == .layers)
    }

    @Test("Layers that have no row are counted, at every size", arguments: [(80, 24), (80, 30), (120, 40)])
    func manyLayers(width: Int, height: Int) throws {
        let deep = Array(repeating: "64relu", count: 12).joined(separator: "-")
        var state = Sample.inside(deep, width: width, height: height)
        let text = render(state).text
        let rows = LayerRowsProbe.rows(text)
        #expect(rows.seen + rows.left == 14, "input, twelve layers and output: \(rows)")
        for _ in 0..<12 { Sample.press(&state, .down) }
        #expect(render(state).text.contains("▸out"))
    }

    @Test(
        "A larger screen never shows fewer units, and no unit twice", arguments: ["128relu", "64relu-64relu", "16tanh"])
    func unitsGrow(layers: String) {
        let trial = ScreenTrial(NetworkScreen(), Sample.inside(layers).shared)
        func shown(_ width: Int, _ height: Int) -> Int {
            let body = Rect(x: 0, y: 3, width: width, height: height - 5)
            let units = trial.own.watch(trial.shared, Place(body))?.units?.units ?? []
            #expect(Set(units).count == units.count)
            return units.count
        }
        for height in [14, 20, 24, 30, 40, 48, 60, 80] {
            var before = 0
            for width in 44...240 {
                let now = shown(width, height)
                #expect(Double(now) >= 0.95 * Double(before), "\(layers) \(width) x \(height): \(now) after \(before)")
                before = now
            }
        }
        for width in [44, 60, 80, 110, 119, 120, 144, 160, 200, 240] {
            var before = 0
            for height in 14...80 {
                let now = shown(width, height)
                #expect(Double(now) >= 0.95 * Double(before), "\(layers) \(width) x \(height): \(now) after \(before)")
                before = now
            }
        }
    }

    @Test("A click selects a tile or a layer, and one on the digit opens it")
    func clicks() {
        var state = Sample.inside("64relu-64relu", width: 160, height: 48)
        Sample.press(&state, "s", .home)
        for y in 3..<46 {
            for x in stride(from: 50, to: 120, by: 3) where state.network.unit == 0 && state.screen == .network {
                _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: x, y: y))))
            }
        }
        #expect(state.network.unit > 0)
        for y in 3..<20 where state.network.layer == 0 {
            _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: 8, y: y))))
        }
        #expect(state.network.layer == 1)
        _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: 72, y: 42))))
        #expect(state.screen == .digits)
    }

    @Test("The history of the layers is bounded, and begins anew with a run")
    func history() throws {
        var state = Sample.inside()
        let watch = state.inspection?.watch ?? Watch()
        for _ in 0..<900 { _ = update(&state, .inspection(Sample.inspection(watch, state), run: 1)) }
        #expect((100...240).contains(state.network.history.entries.count))
        Sample.press(&state, "r")
        let facts = RunFacts(parameters: 1, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        Sample.answer(&state, update(&state, .event(.started(facts, untrained: nil), run: 2)))
        #expect((1...2).contains(state.network.history.entries.count))
    }

    @Test("Earlier weights are shown by H, later ones by L, and Esc shows those of now")
    func keptEpochs() throws {
        var state = Sample.inside()
        Sample.press(&state, "L")
        #expect(state.message?.text == "these are the weights of now")
        #expect(Self.watches(Sample.press(&state, "H")).first??.epoch == 2)
        #expect(Self.watches(Sample.press(&state, "H")).first??.epoch == 1)
        #expect(Self.watches(Sample.press(&state, "L")).first??.epoch == 2)
        Sample.press(&state, "H", "H", "H")
        #expect(state.network.epoch == 0)
        #expect(state.message?.text == "no earlier weights are kept: a run keeps them while it trains")
        Sample.press(&state, .escape)
        #expect(state.network.epoch == nil && state.screen == .network)
    }

    @Test(
        "d shows the unit, its past, the saliency and the map, and each says what it is of",
        arguments: [(80, 24), (160, 48)])
    func details(width: Int, height: Int) throws {
        var state = Sample.inside(width: width, height: height)
        var texts: [String] = []
        for _ in 0..<(width < 120 ? 4 : 3) {
            Sample.answer(&state, Sample.press(&state, "d"))
            texts.append(render(state).text)
        }
        // What each layer knows stands beside the others all the time.
        let words = ["unit 1 of layer 1", "through the epochs", "saliency", "map of the last hidden layer"]
        for (text, word) in zip(texts, width < 120 ? words : Array(words.dropFirst())) { #expect(text.contains(word)) }
        #expect(texts.last?.contains("38 + 21 % of variance") == true)
        #expect(texts.last?.contains("40 validation digits") == true || width < 120)
        #expect(texts[width < 120 ? 2 : 1].contains("for 7, true and predicted"))
        Sample.answer(&state, Sample.press(&state, "d"))
        #expect(state.network.detail != .map)
    }

    @Test("On the map the arrows go from digit to digit, and Enter opens the chosen one")
    func map() throws {
        var state = Sample.inside(width: 160, height: 48)
        for _ in 0..<3 { Sample.answer(&state, Sample.press(&state, "d")) }
        #expect(state.network.detail == .map && state.network.focus == .map)
        let before = state.network.mapRow
        Sample.answer(&state, Sample.press(&state, .left))
        let row = try #require(state.network.mapRow)
        #expect(row != before)
        Sample.press(&state, .enter)
        #expect(state.screen == .digits && 100 + Int(state.selection.rows[state.selection.cursor]) == row)
    }

    @Test(
        "What each layer knows stands with the share that is right, and what it says of the digit",
        arguments: [80, 160])
    func probes(width: Int) throws {
        let state = Sample.inside("64relu-32relu", width: width, height: 48)
        let text = render(state).text
        for line in [
            #"│ pixels +4 +50 % +85\.33 % "#, #"│ layer 1 +7 +70 % +90\.67 % "#, #"│ layer 2 +7 +90 % +96\.00 % "#,
            #"│ network +7 +91 % +97\.33 % "#, "40 validation digits",
        ] { #expect(text.contains(try Regex(line)), "\(line)") }
    }

    @Test("The plain screen says what each layer knows, and how a unit came to be")
    func plainProbes() throws {
        var state = Sample.inside("64relu")
        func show(_ detail: NetworkScreen.Detail) {
            for _ in NetworkScreen.Detail.allCases where state.network.detail != detail {
                Sample.answer(&state, Sample.press(&state, "d"))
            }
            #expect(state.network.detail == detail)
        }
        _ = update(&state, .event(.paused(position: 4), run: 1))
        let lines = state.network.plain(state.shared).map(\.text)
        #expect(
            lines.contains(
                "read-out of the pixels: 88.00 percent of 40 validation digits right, predicted 4 with 60.0 percent"))
        #expect(
            lines.contains(
                "read-out of layer 1: 96.00 percent of 40 validation digits right, predicted 7 with 90.0 percent"))
        #expect(
            lines.contains("the network: 97.33 percent of 40 validation digits right, predicted 7 with 91.0 percent"))
        show(.epochs)
        let past = state.network.plain(state.shared).map(\.text).filter { $0.hasPrefix("unit through the epochs") }
        try #require(past.count == 4)
        #expect(past[0].hasPrefix("unit through the epochs, epoch 0: norm "))
        #expect(past[0].hasSuffix("correlation with now 1") && past[3].hasPrefix("unit through the epochs, now: norm "))
    }

    @Test("The left column fills up in one order, and what was there stays as it grows", arguments: [2, 3, 5, 10, 21])
    func leftColumn(levels: Int) {
        var before = NetworkColumn(height: 0, levels: levels)
        for height in 1...240 {
            let now = NetworkColumn(height: height, levels: levels)
            #expect(now.layers + now.figures + now.probes + now.map == height)
            for (part, old) in [
                (now.layers, before.layers), (now.probes, before.probes), (min(12, now.map), min(12, before.map)),
                (now.strips, before.strips),
            ] { #expect(part >= old || before.figures == 0, "\(height)") }
            before = now
        }
        #expect(before.strips == 3 && before.map >= 12 && before.probes == levels + 3)
    }

    @Test("The gradients of all layers are one strip each, named, with the newest value behind it")
    func gradientStrips() {
        let lines = render(Sample.inside("128relu-64relu", width: 160, height: 60)).text.split(separator: "\n")
        let title = lines.firstIndex { $0.contains("gradient by layer, ") }
        let strips = title.map { lines[($0 + 1)...].prefix(3) } ?? []
        let names = strips.map { $0.dropFirst(2).prefix { $0 != " " } }
        #expect(names == ["1", "2", "out"])
        #expect(strips.allSatisfy { $0.prefix(46).contains(/\d+\.\d+|\d\.?\d*e-\d/) }, "\(strips)")
    }

    @Test("Keys that are named in frames are the user's own")
    func ownKeys() throws {
        var state = Sample.inside(width: 120, height: 40)
        let text = "[keys]\nnext_digit = \"q\"\nquit = \"n\"\n"
        let problems = state.configure(ConfigurationText(parsing: text, sections: ConfigurationFile.sections))
        #expect(problems.isEmpty)
        #expect(render(state).text.contains("q next"))
    }

    @Test("The plain screen says the map in words")
    func plainMap() throws {
        var state = Sample.inside()
        for _ in NetworkScreen.Detail.allCases where state.network.detail != .map {
            Sample.answer(&state, Sample.press(&state, "d"))
        }
        _ = update(&state, .event(.paused(position: 4), run: 1))
        let lines = state.network.plain(state.shared).map(\.text)
        #expect(lines.contains("map of the last hidden layer: 40 validation digits, 38 + 21 % of variance, 10 wrong"))
        #expect(lines.contains("class 3: nearest to class 2") || lines.contains("class 3: nearest to class 4"))
    }

    @Test("A layer that shrinks leaves the unit at hand within it")
    func shrinking() {
        var state = Sample.inside()
        Sample.press(&state, .end, "1", "e", .control("u"))
        Sample.type(&state, "8relu")
        Sample.press(&state, .enter, "r", "5")
        #expect(render(state).text.contains("unit 8 · all 8"))
    }

    @Test("A digit that was just chosen shows no figures of the one before it", arguments: [(80, 24), (120, 40)])
    func chosenDigit(width: Int, height: Int) {
        var state = Sample.inside(width: width, height: height)
        #expect(render(state).text.contains("predicted 7"))
        let effects = Sample.press(&state, "n")
        let text = render(state).text
        #expect(!text.contains("predicted 7") && text.contains(" true "))
        state.display.plain = true
        #expect(!PlainScreen(state).text.contains("active units"))
        state.display.plain = false
        Sample.answer(&state, effects)
        #expect(render(state).text.contains("predicted 7"))
    }

    @Test("A network that is no number any more is drawn")
    func notANumber() {
        var state = Sample.inside(width: 160, height: 48)
        let watch = state.inspection?.watch ?? Watch()
        var found = Sample.inspection(watch, state)
        found.probabilities = found.probabilities.map { _ in .nan }
        found.outputs = found.outputs.map { $0.map { _ in .nan } }
        found.units = found.units.map { UnitPicture(unit: $0.unit, weights: Array(repeating: .nan, count: 784)) }
        found.layers = found.layers.map { _ in
            LayerFigures(weightNorm: .nan, gradientNorm: .infinity, updateRatio: .nan, deadShare: 1)
        }
        _ = update(&state, .inspection(found, run: 1))
        let text = render(state).text
        for words in ["NaN: nothing predicted", "NaN: no probabilities", "NaN"] { #expect(text.contains(words)) }
        for words in ["nan", "±0.00", "% dead", "predicted 0"] { #expect(!text.contains(words), "\(words)") }
    }
}

/// How many layers the text of a screen has rows for, and how many it says are left out.
enum LayerRowsProbe {
    static func rows(_ text: String) -> (seen: Int, left: Int) {
        let lines = text.split(separator: "\n").map(String.init)
        guard let top = lines.firstIndex(where: { $0.contains("╭─ layers ") }) else { return (0, 0) }
        var (seen, left) = (0, 0)
        for line in lines[(top + 1)...] {
            // The panel ends at its lower border, or where the next one begins beside it.
            let row = line.hasPrefix("│") ? line.split(separator: "│").first.map(String.init) ?? "" : line
            if let words = row.components(separatedBy: " more").first, words != row,
                let number = words.split(separator: " ").last.flatMap({ Int($0) })
            {
                left += number
            } else if line.hasPrefix("│"), ["input", "relu", "softmax"].contains(where: row.contains) {
                seen += 1
            }
            guard line.hasPrefix("│") else { break }
        }
        return (seen, left)
    }
}
