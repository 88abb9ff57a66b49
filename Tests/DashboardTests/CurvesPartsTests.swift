import Configuration
import Dashboard
import Foundation
import Runs
import Specs
import TerminalUI
import Testing
import Training

/// What stands beside the charts of Curves and Lab.
@Suite struct CurvesPartsTests {
    private func lines(_ state: DashboardState) -> [String] {
        render(state).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private func plain(_ state: DashboardState) -> String {
        var state = state
        state.display.plain = true
        return PlainScreen(state).text + "\n"
    }

    @Test("From narrow to wide the figures go from the title to the ends of the lines, then the names follow")
    func ends() {
        func title(_ width: Int) -> String {
            var state = Sample.training(width: width, height: 24)
            Sample.press(&state, "2")
            return lines(state).first { $0.contains("─ loss ─") } ?? ""
        }
        #expect(title(60).contains("━ train  0.320 ╍ val  0.500"))
        #expect(title(72).contains("━ train  ╍ val"))
        #expect(!title(72).contains("0.320") && !title(76).contains("train"))
        var state = Sample.training(width: 72, height: 24)
        Sample.press(&state, "2")
        #expect(render(state).text.contains("━  0.320") && render(state).text.contains("╍  0.500"))
    }

    @Test("A table with fewer lines than epochs says which ones it has")
    func leftOut() {
        var state = Sample.browsing(width: 160, height: 30)
        Sample.press(&state, "2")
        #expect(lines(state).contains { $0.contains(" of 30 ─╯") })
        state = Sample.browsing(width: 160, height: 60)
        Sample.press(&state, "2")
        #expect(!render(state).text.contains(" of 30 ─╯"))
        state = Sample.long(width: 160, height: 48)
        Sample.press(&state, "2")
        #expect(lines(state).contains { $0.contains("one of 16 · ") && $0.contains("–10,000 of 10,000 ─╯") })
    }

    @Test("Below the epochs of a short run stand how sure the predictions were and what it has come to")
    func belowEpochs() {
        var state = Sample.training(width: 160, height: 48, epochs: 6)
        Sample.press(&state, "2")
        let text = render(state).text
        #expect(text.contains("─ how sure, and right? ─") && text.contains("best epoch   5, validation loss 0.490"))
        // Of 95 per cent on 40 rows: the root of 0.95 × 0.05 / 40 is 0.0345.
        #expect(text.contains("val accuracy 95.00 % ±3.45 by chance"))
        #expect(text.contains("gap           0.250, val less train") && text.contains("+0.010 since epoch 5"))
        #expect(text.contains("rows         100 train, 40 validation"))
        // A long one has its rows for its epochs.
        state = Sample.browsing(width: 160, height: 36)
        Sample.press(&state, "2")
        #expect(!render(state).text.contains("how sure, and right?"))
    }

    @Test("The overlay names mean and deviation over the seeds of a spec, and for a single run what chance gives")
    func spread() {
        var state = Sample.ready(width: 160, height: 48)
        for (number, spec) in ["128relu", "128relu seed=2", "128relu seed=3", "200tanh"].enumerated() {
            Sample.press(&state, "e", .control("u"))
            Sample.type(&state, spec)
            Sample.press(&state, .enter, "r")
            Sample.train(&state, run: number + 1, epochs: 5, scale: 1 + Double(number) * 0.1)
            _ = update(&state, .event(.finished, run: number + 1))
        }
        Sample.press(&state, "2", "C")
        let rows = lines(state).filter {
            $0.contains(" run ") && $0.contains("%") || $0.contains("relu") || $0.contains("tanh")
        }
        // 95, 94.5 and 94 per cent of three seeds: mean 94.5, deviation 0.5.
        #expect(rows.count { $0.contains("94.50 ±0.50 ×3") } == 3)
        // 93.5 per cent of 40 rows.
        #expect(rows.count { $0.contains("93.50 ±3.90") } == 1)
    }

    @Test("In words: the axes, what lies behind the lines, and what was left out")
    func words() {
        var state = Sample.training()
        Sample.press(&state, "2")
        #expect(plain(state).contains("\naxes: x by epochs, all of the run; loss linear\n"))
        // The last of four epochs of four batches: losses 0.5, 0.6, 0.7, 0.5.
        #expect(plain(state).contains("\nbatches of epoch 4: half of the losses from 0.500 to 0.600\n"))
        Sample.press(&state, "w", "w", "y", "b")
        #expect(plain(state).contains("\naxes: x by time of training, all of the run; loss logarithmic\n"))
        #expect(plain(state).contains("half of the losses from 0.500 to 0.600, all from 0.500 to 0.700\n"))
        Sample.press(&state, "b")
        #expect(!plain(state).contains("half of the losses"))

        state = Sample.eightRuns(width: 120, height: 40)
        Sample.press(&state, "r")
        Sample.train(&state, run: 9, epochs: 60, scale: 500)
        // The axis has room for all of the run under way.
        _ = update(&state, .event(.finished, run: 9))
        Sample.press(&state, "2", "C")
        #expect(plain(state).contains("\noutside of the loss chart: run 9 at 1510; O brings them in\n"))
        #expect(plain(state).contains("\nbeyond the axis: run 9 ends at epoch 60\n"))
        Sample.press(&state, "O")
        #expect(!plain(state).contains("outside of the"))
    }

    @Test("Keys of one's own are named in the charts")
    func keys() {
        let text = ConfigurationText(
            parsing: "[keys]\ntrain = \"F5\"\noutliers = \"Q\"\n", sections: ConfigurationFile.sections)
        var state = Sample.ready(width: 120, height: 40)
        #expect(state.configure(text).isEmpty)
        #expect(render(state).text.contains("press F5 to train"))
        state = Sample.eightRuns(width: 120, height: 40)
        Sample.press(&state, "r")
        Sample.train(&state, run: 9, epochs: 5, scale: 500)
        #expect(state.configure(text).isEmpty)
        Sample.press(&state, "2", "C")
        #expect(render(state).text.contains("run 9 outside: 245.0 ↑  Q all"))
    }

    @Test("The finder of a rate is closed by the key that opened it, whichever that is")
    func finderKey() {
        var state = Sample.ready()
        let text = ConfigurationText(
            parsing: "[keys]\nfind_rate = \"F6\"\n", sections: ConfigurationFile.sections)
        #expect(state.configure(text).isEmpty)
        Sample.press(&state, .function(6))
        #expect(state.overlay != nil)
        Sample.press(&state, "F")
        #expect(state.overlay != nil)
        #expect(Sample.press(&state, .function(6)) == [.stopFindingRate] && state.overlay == nil)
    }

    @Test("Before the first run the newest saved run of the data set is drawn faintly, with its number")
    func previous() {
        var state = Sample.state()
        state.savedRuns.hasStore = true
        let effects = update(&state, .dataLoaded(Sample.data))
        #expect(effects.contains(.runs(.follow(true))))
        #expect(!render(state).text.contains("run 9"))
        Sample.list(&state, 9)
        let buffer = render(state)
        #expect(buffer.text.contains("press space to train") && buffer.text.contains("run 9"))
        let dots = buffer.cells.filter { (0x2801...0x28FF).contains($0.scalar.value) }
        #expect(dots.count { $0.style.foreground == state.look.theme[.train] } == 0)
        Sample.press(&state, " ")
        #expect(!render(state).text.contains("run 9"))
    }

    @Test("A band that is kept from frame to frame is drawn anew when there are more batches, another axis or window")
    func kept() {
        var state = Sample.paused(epochs: 4)
        (state.width, state.height) = (120, 40)
        Sample.press(&state, "2")
        func tinted() -> Set<Int> {
            let buffer = render(state)
            let page = state.look.theme[.background]
            return Set(
                (3..<20).flatMap { y in (10..<90).filter { buffer[$0, y].style.background != page }.map { $0 + y * 200 }
                })
        }
        let first = tinted()
        #expect(!first.isEmpty && tinted() == first)
        var history = state.run?.snapshot?.history ?? BatchHistory()
        for _ in 0..<8 { history.append(loss: 2.9, accuracy: 0.5) }
        _ = update(&state, .snapshot(Sample.snapshot(.paused, epoch: 4, batch: 3, history: history), run: 1))
        #expect(tinted() != first)
    }

    @Test("The name of the band in the title has the look of the band", arguments: [Look(), Look(colors: .palette256)])
    func swatch(look: Look) throws {
        var state = Sample.training(width: 120, height: 40, look: look)
        Sample.press(&state, "2")
        let buffer = render(state)
        let page = look.theme[.background]
        let line = (0..<120).map { Character(buffer[$0, 1].scalar) }
        let words = try #require(String(line).range(of: "half of the batches"))
        let start = String(line).distance(from: String(line).startIndex, to: words.lowerBound)
        let tint = buffer[start - 2, 1].style.background
        #expect(tint != page && buffer[start - 3, 1].style.background == tint)
        let ground = (3..<20).contains { y in (10..<90).contains { buffer[$0, y].style.background == tint } }
        #expect(ground, "the same ground is in the plot")
    }

    @Test(
        "Beside a compared run of another data set stands which one, also in plain lines")
    func otherData() throws {
        var state = Sample.training(width: 120, height: 40, epochs: 3)
        _ = update(&state, .event(.finished, run: 1))
        state.savedRuns.hasStore = true
        Sample.press(&state, "6")
        var summaries = [3, 2].map { Sample.savedRun($0).summary }
        let spec = try #require(state.run?.spec)
        for index in summaries.indices {
            var own = spec
            own.training.seed = UInt64(7 + index)
            summaries[index].specLine = own.description
            summaries[index].dataset = index == 0 ? "fashion-mnist" : "rings"
        }
        Sample.answerRuns(&state, update(&state, .runs(.listed(summaries.map { SavedRun($0) }))))
        Sample.pressInRuns(&state, .home, "m", .down, "m", "2")
        let rows = lines(state)
        let clothes = try #require(rows.first { $0.contains("data fashion-mnist") })
        #expect(clothes.contains(" run 3 ") && clothes.contains("seed 7"))
        #expect(rows.count { $0.contains("  data ") } == 1)
        state.display.plain = true
        #expect(PlainScreen(state).text.contains(", data fashion-mnist, "))
    }

    @Test("A line that is too long for the screen leaves out what goes without saying")
    func longSpec() throws {
        func line(_ spec: String, _ width: Int) throws -> String {
            let spec = try ExperimentSpec(parsing: spec, inputs: 784, classes: 10)
            let lines = lines(DashboardState(spec: spec, width: width, height: 24))
            return lines[21].trimmingCharacters(in: [" "])
        }
        let deep = "64relu-64relu-64relu-64relu-64relu-64relu"
        #expect(try line("\(deep) epochs=60", 100) == "784-\(deep)-10 adam lr=1e-3 batch=32 epochs=60 seed=1")
        #expect(try line("\(deep) epochs=60", 84) == "\(deep) adam lr=1e-3 batch=32 epochs=60 seed=1")
        #expect(try line("\(deep) epochs=60 batch=64", 80) == "\(deep) adam batch=64 epochs=60")
    }

    @Test(
        "The mark of an edit takes no word from the line",
        arguments: ["64relu epochs=60", "64relu-64relu-64relu-64relu-64relu-64relu epochs=60"])
    func editedSpec(line: String) throws {
        var state = Sample.ready()
        for key in ["e", .control("u")] + line.unicodeScalars.map(Key.character) + [.enter, " "] {
            _ = update(&state, .input(.key(key)))
        }
        let facts = RunFacts(parameters: 1, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        _ = update(&state, .event(.started(facts, untrained: nil), run: 1))
        Sample.press(&state, "D")
        let shown = lines(state)[21].trimmingCharacters(in: [" "])
        #expect(shown.hasSuffix("●") && !shown.contains("…") && shown.contains("epochs=60"), "\(shown)")
        let words = shown.replacing(/edited .*|●/, with: "").trimmingCharacters(in: [" "])
        #expect(try ExperimentSpec(parsing: words, inputs: 784, classes: 10) == state.composer.spec)
    }
}
