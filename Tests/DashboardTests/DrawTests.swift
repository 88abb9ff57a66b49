import Dashboard
import DataFormats
import Datasets
import Files
import Foundation
import TerminalUI
import TestSupport
import Testing
import Training

@Suite struct DrawTests {
    private static func mouse(_ state: inout DashboardState, _ kind: MouseEvent.Kind, _ x: Int, _ y: Int) -> [Effect] {
        update(&state, .input(.mouse(MouseEvent(kind: kind, x: x, y: y))))
    }

    private static func watches(_ effects: [Effect]) -> [Watch?] {
        effects.compactMap { if case .command(.watch(let watch)) = $0 { .some(watch) } else { nil } }
    }

    @Test("The pen draws only while it is down")
    func pen() {
        var state = Sample.ready()
        Sample.press(&state, "7", .left, .up)
        #expect(state.draw.canvas.isEmpty && state.draw.input == nil)
        #expect(state.draw.column == 13 && state.draw.row == 13)
        Sample.press(&state, .enter, .right, .enter, .down)
        let canvas = state.draw.canvas
        #expect(canvas.pixels[27 * 56 + 28] == 255 && canvas.pixels[40 * 56 + 28] == 0)
        Sample.press(&state, .down, .down, .down)
        #expect(state.draw.canvas == canvas)
    }

    @Test("The pen stays on the canvas")
    func edges() {
        var state = Sample.ready()
        Sample.press(&state, "7")
        for _ in 0..<40 { Sample.press(&state, .left, .up) }
        #expect(state.draw.column == 0 && state.draw.row == 0)
        for _ in 0..<10 { Sample.press(&state, .end, .pageDown) }
        #expect(state.draw.column == 27 && state.draw.row == 27)
    }

    @Test("Undo takes back a whole stroke, and redo brings it again")
    func undo() {
        var state = Sample.ready()
        Sample.press(&state, "7", .enter, .right, .right, .enter)
        let first = state.draw.canvas
        Sample.press(&state, .down, .enter, .left, .left, .enter)
        let second = state.draw.canvas
        #expect(first != second)
        Sample.press(&state, "u")
        #expect(state.draw.canvas == first)
        Sample.press(&state, "u")
        #expect(state.draw.canvas.isEmpty && state.draw.input == nil)
        Sample.press(&state, .control("r"), .control("r"))
        #expect(state.draw.canvas == second)
        Sample.press(&state, "x")
        #expect(state.draw.canvas.isEmpty)
        Sample.press(&state, "u")
        #expect(state.draw.canvas == second)
    }

    @Test("The eraser takes ink away, and a thicker brush more of it")
    func eraser() {
        var state = Sample.ready()
        Sample.press(&state, "7", "+", "+", "+", .enter, .right, .enter)
        #expect(state.draw.brush == 3)
        let ink = state.draw.canvas.pixels.count { $0 > 0 }
        Sample.press(&state, "W", .enter, .left, .enter)
        #expect(ink > 80 && state.draw.canvas.isEmpty)
    }

    @Test("A drag of the mouse leaves a line without gaps, however far apart its events are")
    func drag() {
        var state = Sample.ready()
        Sample.press(&state, "7")
        // The canvas's panel begins at the left below the header; its ink lies in the middle of it.
        _ = Self.mouse(&state, .press, 5, 10)
        _ = Self.mouse(&state, .drag, 35, 10)
        _ = Self.mouse(&state, .release, 35, 10)
        let rows = (0..<56).filter { row in state.draw.canvas.pixels[(row * 56)..<(row * 56 + 56)].contains(255) }
        let columns = (0..<56).filter { column in rows.contains { state.draw.canvas.pixels[$0 * 56 + column] == 255 } }
        #expect(columns.count >= 40 && columns == Array(columns[0]...columns[columns.count - 1]))
        // The button is up: moving on draws nothing.
        let canvas = state.draw.canvas
        _ = Self.mouse(&state, .drag, 10, 15)
        #expect(state.draw.canvas == canvas)
        Sample.press(&state, "u")
        #expect(state.draw.canvas.isEmpty)
    }

    @Test("A stroke on top of a stroke changes nothing, and the wheel changes the brush")
    func wheel() {
        var state = Sample.ready()
        Sample.press(&state, "7", .enter, .right, .left, .enter)
        let canvas = state.draw.canvas
        Sample.press(&state, .enter, .right, .left, .enter)
        #expect(state.draw.canvas == canvas)
        _ = Self.mouse(&state, .scrollUp, 10, 10)
        #expect(state.draw.brush == 2)
        _ = Self.mouse(&state, .scrollDown, 10, 10)
        _ = Self.mouse(&state, .scrollDown, 10, 10)
        _ = Self.mouse(&state, .scrollDown, 10, 10)
        #expect(state.draw.brush == 0)
    }

    @Test("The run is asked while something is drawn, told when it changes, and left alone elsewhere")
    func watch() throws {
        var state = Sample.training()
        #expect(Self.watches(Sample.press(&state, "7")).isEmpty)
        let first = Self.watches(Sample.press(&state, .enter))
        let input = try #require(state.draw.input)
        #expect(first == [Watch(image: input.pixels)])
        #expect(Self.watches(Sample.press(&state, .right)).first??.image == state.draw.input?.pixels)
        #expect(Self.watches(Sample.press(&state, "t", .escape)).isEmpty)
        #expect(Self.watches(Sample.press(&state, "1")) == [nil])
        #expect(Self.watches(Sample.press(&state, "7")).first??.image == state.draw.input?.pixels)
        #expect(!state.draw.penIsDown)
    }

    @Test("In a set of values up to 16, the network is asked about a stroke of 16, and it is shown and saved as white")
    func lowContrast() throws {
        let train = Sample.data.dataset.train
        let pale = ImageSet(pixels: train.pixels.map { $0 / 15 - $0 / 255 }, labels: train.labels, shape: train.shape)
        let data = LoadedData(Dataset(name: "pale", train: pale, test: pale, classes: 10))
        var state = Sample.training()
        _ = update(&state, .dataLoaded(data))
        let asked = Self.watches(Sample.press(&state, "7", .enter, .right, .right))
        let input = try #require(state.draw.input)
        let image = try #require(asked.last??.image)
        #expect(input.pixels.max() == 255 && image.max() == 16 && image.min() == 0)
        #expect(image == input.pixels.map { UInt8((Int($0) * 16 + 127) / 255) })
    }

    @Test("A new run is asked again once it has a network")
    func restart() {
        var state = Sample.drawing()
        #expect(Self.watches(Sample.press(&state, "r")).isEmpty)
        #expect(state.inspection == nil)
        let facts = RunFacts(parameters: 1, trainingRows: 100, validationRows: 40, testRows: 40, batchesPerEpoch: 4)
        let effects = update(&state, .event(.started(facts, untrained: nil), run: 2))
        #expect(Self.watches(effects).first??.image == state.draw.input?.pixels)
    }

    @Test("An answer of another run, or of none that was asked for, is not taken")
    func strangeAnswers() {
        var state = Sample.training()
        _ = update(&state, .inspection(Inspection(watch: Watch(), epoch: 1, batch: 0), run: 1))
        #expect(state.inspection == nil)
        state = Sample.drawing()
        let before = state.inspection
        _ = update(&state, .inspection(Inspection(watch: Watch(), epoch: 9, batch: 0), run: 7))
        #expect(state.inspection == before && before != nil)
        // What Network asked for comes too late here; a word on the drawing of a moment ago does not.
        _ = update(&state, .inspection(Inspection(watch: Watch(layers: true), epoch: 9, batch: 0), run: 1))
        #expect(state.inspection == before)
        _ = update(&state, .inspection(Inspection(watch: Watch(image: [1]), epoch: 9, batch: 0), run: 1))
        #expect(state.inspection?.epoch == 9)
    }

    @Test("Saving gives the network's input as a PGM file, with its path in the status line")
    func save() throws {
        var state = Sample.drawing()
        let effects = Sample.press(&state, "X")
        guard case .save(let request)? = effects.first else {
            Issue.record("expected a file to be saved")
            return
        }
        let input = try #require(state.draw.input)
        #expect(try PGMFile.decode(request.files[0].bytes, path: "drawing") == input)
        _ = update(&state, .saved(what: request.what, paths: ["/home/x/drawing-1.pgm"]))
        #expect(state.message?.text.contains("/home/x/drawing-1.pgm") == true)
        var empty = Sample.ready()
        #expect(Sample.press(&empty, "7", "X").isEmpty)
        #expect(empty.message?.text == "nothing is drawn yet")
    }

    @Test("Files take the next free number, and a folder that can't be written to is named")
    func files() async throws {
        let folder = try TemporaryFolder()
        try folder.write("old", as: "drawing-1.pgm")
        let request = SaveRequest(
            stem: "drawing", files: [SaveRequest.File(ending: ".pgm", bytes: [1, 2])], what: "it")
        #expect(try request.save(in: folder.path) == [folder.path("drawing-2.pgm")])
        #expect(try folder.bytes(of: "drawing-2.pgm") == [1, 2])
        #expect(try folder.text(of: "drawing-1.pgm") == "old")
        let file = folder.path("drawing-1.pgm")
        #expect(throws: ExportError.notAFolder(path: file)) { try request.save(in: file) }
        var state = Sample.ready()
        _ = update(&state, .saveFailed(.notAFolder(path: file)))
        #expect(state.message?.kind == .error && state.message?.text.contains(file) == true)
    }

    @Test("The canvas says what moving the pen does, the answer gives one figure, and what is not drawn says why")
    func words() {
        var state = Sample.drawing(width: 160, height: 48)
        let up = render(state).text
        #expect(up.contains("pen up: arrows only move it · enter lowers it"))
        #expect(up.contains("╭─ predicted ") && !up.contains("it sees"))
        #expect(up.components(separatedBy: "91 %").count == 2, "the bar has the figure, and nothing else")
        #expect(up.contains("pause to see the training"))
        Sample.press(&state, .enter)
        let down = render(state).text
        #expect(down.contains("pen down: arrows draw · enter lifts it"))
        #expect(down.contains("lift the pen to see the"))
    }

    @Test("The probabilities stand two rows apart at most", arguments: [(120, 40), (160, 48), (200, 60)])
    func pitch(width: Int, height: Int) throws {
        let lines = render(Sample.drawing(width: width, height: height)).text.split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        // A panel of a line begins with the class; that of the verdict comes first.
        let rows = try (0..<10).map { label in
            try #require(
                lines.lastIndex { $0.split(separator: "│").contains { $0.hasPrefix(" \(label) ") } }, "class \(label)")
        }
        #expect(zip(rows.dropFirst(), rows).allSatisfy { (1...2).contains($0 - $1) })
    }
}
