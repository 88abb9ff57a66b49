import Dashboard
import DataFormats
import Datasets
import TerminalUI
import Testing
import Training

/// Draw by itself: each verb and each command, in each state that it tells apart.
@Suite struct DrawScreenTests {
    private var trial: ScreenTrial<DrawScreen> {
        ScreenTrial(DrawScreen(), Sample.training(width: 120, height: 40).shared)
    }

    @Test(
        "The pen moves over the grid and stays on it",
        arguments: [
            ([Command.move(.up)], 14, 13), ([.move(.down)], 14, 15), ([.move(.left)], 13, 14),
            ([.move(.right)], 15, 14),
            ([.page(1)], 14, 18), ([.page(-1)], 14, 10), ([.toStart], 10, 14), ([.toEnd], 18, 14),
            (Array(repeating: .page(9), count: 2), 14, 27), (Array(repeating: .page(-9), count: 2), 14, 0),
            (Array(repeating: .toStart, count: 9), 0, 14), (Array(repeating: .toEnd, count: 9), 27, 14),
        ] as [([Command], Int, Int)])
    func pen(_ commands: [Command], _ column: Int, _ row: Int) {
        let trial = trial
        trial.perform(commands)
        #expect(trial.own.column == column && trial.own.row == row)
        #expect(trial.own.canvas.isEmpty && trial.own.input == nil)
    }

    @Test("A pen that is down draws where it moves; lifted it does not")
    func draws() {
        let trial = trial
        trial.perform(.draw(.pen))
        #expect(trial.own.penIsDown && !trial.own.canvas.isEmpty)
        let dot = trial.own.canvas
        trial.perform(.move(.right))
        #expect(trial.own.canvas != dot)
        let line = trial.own.canvas
        trial.perform([.open, .move(.right), .move(.down)])
        #expect(!trial.own.penIsDown && trial.own.canvas == line)
    }

    @Test("Undo and redo go through strokes, and clearing is one")
    func undo() {
        let trial = trial
        let empty = trial.own.canvas
        trial.perform([.draw(.pen), .move(.right), .draw(.pen)])
        let one = trial.own.canvas
        trial.perform([.move(.down), .draw(.pen), .draw(.pen)])
        let two = trial.own.canvas
        trial.perform(.draw(.undo))
        #expect(trial.own.canvas == one)
        trial.perform(.draw(.undo))
        #expect(trial.own.canvas == empty && trial.own.input == nil)
        trial.perform([.draw(.redo), .draw(.redo)])
        #expect(trial.own.canvas == two)
        trial.perform(.draw(.clear))
        #expect(trial.own.canvas == empty)
        trial.perform(.draw(.undo))
        #expect(trial.own.canvas == two && trial.own.input != nil)
    }

    @Test("Why a key can't be used: nothing to undo, nothing to redo, nothing drawn")
    func disabled() {
        let trial = trial
        let commands: [Command] = [.draw(.undo), .draw(.redo), .draw(.clear), .draw(.save)]
        let nothing = "nothing is drawn yet"
        #expect(commands.map(trial.disabled) == ["nothing to undo", "nothing to redo", nothing, nothing])
        trial.perform(.draw(.pen))
        #expect(commands.map(trial.disabled) == [nil, "nothing to redo", nil, nil])
        trial.perform(.draw(.undo))
        #expect(commands.map(trial.disabled) == ["nothing to undo", nil, nothing, nothing])
        let rest: [Command] = [.move(.up), .open, .draw(.pen), .draw(.eraser), .draw(.brush(1))]
        #expect(rest.allSatisfy { trial.disabled($0) == nil })
    }

    @Test("There are four brushes, and the eraser takes ink away")
    func brushes() {
        let trial = trial
        trial.perform(Array(repeating: .draw(.brush(1)), count: 9))
        #expect(trial.own.brush == 3)
        trial.perform(.draw(.pen))
        trial.perform([.draw(.pen), .draw(.eraser), .draw(.pen)])
        #expect(trial.own.erases && trial.own.canvas.isEmpty)
        trial.perform(Array(repeating: .draw(.brush(-1)), count: 9))
        #expect(trial.own.brush == 0)
    }

    @Test("A typed path opens an image, and its stroke is drawn in the middle; undo brings the drawing back")
    func image() throws {
        let trial = trial
        let form = NetworkImage(shape: ImageShape(rows: 28, columns: 28), reading: .stroke)
        trial.perform(.draw(.pen))
        let drawn = trial.own.canvas
        trial.perform(.draw(.image))
        var line = TextField(text: "")
        for character in " 7.png ".unicodeScalars { _ = line.handle(.character(character)) }
        trial.own.edited(line, isTaken: true, &trial.shared)
        #expect(trial.own.openLine(trial.shared) == line)
        #expect(trial.own.typed("x", &trial.shared, trial.place) == nil)
        #expect(trial.own.typed(.enter, &trial.shared, trial.place) == [.openImage("7.png", form)])
        #expect(trial.own.openLine(trial.shared) == nil && trial.own.canvas == drawn)
        var pixels = [UInt8](repeating: 0, count: 30 * 20)
        for row in 5..<25 { for column in 8..<12 { pixels[row * 20 + column] = 255 } }
        let image = try #require(OpenedImage(GrayImage(rows: 30, columns: 20, pixels: pixels), form))
        trial.own.opened(image, trial.shared)
        let inked = trial.own.canvas.pixels.indices.filter { trial.own.canvas.pixels[$0] > 127 }.map { $0 / 56 }
        #expect(inked.first == 8 && inked.last == 48 && !trial.own.penIsDown)
        #expect(trial.own.input == image.input)
        // Drawn on, the canvas is what counts; undone, the image again.
        trial.perform([.draw(.pen), .draw(.pen)])
        #expect(trial.own.input != image.input)
        trial.perform(.draw(.undo))
        #expect(trial.own.input == image.input)
        trial.perform(.draw(.undo))
        #expect(trial.own.canvas == drawn)
    }

    @Test("Of things the whole picture is taken, opened or drawn; of digits the stroke is")
    func pictures() throws {
        let names = (0..<10).map { "thing \($0)" }
        let trial = ScreenTrial(
            DrawScreen(), Sample.training(width: 120, height: 40, data: Sample.rings(classNames: names)).shared)
        let shape = try #require(trial.shared.data.loaded?.dataset.train.shape)
        let form = NetworkImage(shape: shape, reading: .picture)
        let pixels = (0..<600).map { UInt8(60 + $0 % 20 * 9) }
        let image = try #require(OpenedImage(GrayImage(rows: 30, columns: 20, pixels: pixels), form))
        trial.own.opened(image, trial.shared)
        #expect(trial.own.input == form.prepared(GrayImage(rows: 30, columns: 20, pixels: pixels)))
        trial.perform([.draw(.pen), .draw(.pen)])
        let canvas = GrayImage(rows: 56, columns: 56, pixels: trial.own.canvas.pixels)
        #expect(trial.own.input == canvas.fitted(rows: shape.rows, columns: shape.columns))
        // An image of the network's own size is shown as it is, too.
        let shape28 = ImageShape(rows: 28, columns: 28)
        let own = GrayImage(rows: 28, columns: 28, pixels: (0..<784).map { UInt8($0 % 251) })
        let opened = try #require(OpenedImage(own, NetworkImage(shape: shape28, reading: .stroke)))
        #expect(opened.input == own && opened.picture == own.fitted(rows: 56, columns: 56))
        let black = GrayImage(rows: 28, columns: 28, pixels: [UInt8](repeating: 0, count: 784))
        #expect(OpenedImage(black, NetworkImage(shape: shape28, reading: .stroke)) == nil)
    }

    @Test("An opened image follows the classes of the run that is shown, and so does what predict would give")
    func otherReading() throws {
        let trial = trial
        var pixels = [UInt8](repeating: 10, count: 40 * 30)
        for row in 5..<30 { for column in 18..<22 { pixels[row * 30 + column] = 240 } }
        let image = GrayImage(rows: 40, columns: 30, pixels: pixels)
        let strokes = NetworkImage(shape: ImageShape(rows: 28, columns: 28), reading: .stroke)
        trial.own.opened(try #require(OpenedImage(image, strokes)), trial.shared)
        #expect(trial.own.input == strokes.prepared(image))
        let names = (0..<10).map { "thing \($0)" }
        trial.shared = Sample.training(width: 120, height: 40, data: Sample.rings(classNames: names)).shared
        trial.own.refresh(trial.shared)
        let pictures = NetworkImage(shape: strokes.shape, levels: strokes.levels, reading: .picture)
        #expect(trial.own.input == pictures.prepared(image) && trial.own.input != strokes.prepared(image))
    }

    @Test("Of pictures that are not square, what is drawn beside them is left out, and the rest keeps its place")
    func flatPictures() throws {
        let form = NetworkImage(shape: ImageShape(rows: 20, columns: 40), reading: .picture)
        let picture = GrayImage(rows: 20, columns: 40, pixels: (0..<800).map { UInt8(40 + $0 % 40 * 5) })
        var canvas = DrawCanvas(try #require(OpenedImage(picture, form)))
        #expect(canvas.input(form) == picture)
        canvas.stroke(from: .init(x: 2, y: 2), to: .init(x: 2, y: 2), radius: 1.5, erases: false)
        let drawn = try #require(canvas.input(form))
        let differences = zip(drawn.pixels, picture.pixels).map { abs(Int($0) - Int($1)) }
        #expect(drawn.rows == 20 && drawn.columns == 40 && (differences.max() ?? 99) < 12, "\(differences)")
    }

    @Test("A path that can't be used stays in the line; a black picture is no empty canvas")
    func refusedPath() throws {
        let trial = trial
        trial.own.refused("7.png")
        #expect(trial.own.openLine(trial.shared)?.text == "7.png")
        let form = NetworkImage(shape: ImageShape(rows: 28, columns: 28), reading: .picture)
        let black = GrayImage(rows: 9, columns: 9, pixels: [UInt8](repeating: 0, count: 81))
        let canvas = DrawCanvas(try #require(OpenedImage(black, form)))
        #expect(!canvas.isEmpty && canvas.input(form)?.pixels == [UInt8](repeating: 0, count: 784))
    }

    @Test("Esc closes the line, and an empty one opens nothing")
    func noImage() {
        let trial = trial
        trial.perform(.draw(.image))
        #expect(trial.own.typed(.enter, &trial.shared, trial.place) == [])
        trial.perform(.draw(.image))
        #expect(trial.own.typed(.escape, &trial.shared, trial.place) == [])
        #expect(trial.own.openLine(trial.shared) == nil)
        trial.perform(.draw(.image))
        trial.own.unseen(comesBack: false)
        #expect(trial.own.openLine(trial.shared) == nil)
    }

    @Test("What is saved is one file, as the network sees it")
    func save() {
        let trial = trial
        #expect(trial.perform(.draw(.save)) == [])
        trial.perform(.draw(.pen))
        let reply = trial.perform(.draw(.save))
        guard case .save(let request)? = reply.effects.first, reply.effects.count == 1 else {
            Issue.record("no file: \(reply)")
            return
        }
        #expect(request.what == "as the network sees it" && reply.destination == nil)
    }

    @Test("The mouse draws from press to release, and begins outside the canvas nothing")
    func mouse() {
        let trial = trial
        trial.mouse(.press, 0, 0)
        trial.mouse(.drag, 20, 10)
        #expect(trial.own.canvas.isEmpty)
        trial.mouse(.press, 20, 15)
        trial.mouse(.drag, 30, 15)
        trial.mouse(.release, 30, 15)
        #expect(!trial.own.canvas.isEmpty)
        let drawn = trial.own.canvas
        trial.mouse(.drag, 40, 15)
        #expect(trial.own.canvas == drawn)
        trial.mouse(.scrollUp, 20, 15)
        #expect(trial.own.brush == 2)
        trial.mouse(.scrollDown, 20, 15)
        #expect(trial.own.brush == 1)
    }

    @Test("What is drawn is looked into; without ink nothing is, and leaving the screen lifts the pen")
    func watch() {
        let trial = trial
        #expect(trial.own.watch(trial.shared, trial.place) == nil)
        trial.perform(.draw(.pen))
        #expect(trial.own.watch(trial.shared, trial.place)?.image?.count == 784)
        trial.own.unseen(comesBack: false)
        #expect(!trial.own.penIsDown)
    }
}
