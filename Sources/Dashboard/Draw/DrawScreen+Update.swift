import DataFormats
import TerminalUI
import Training

/// Commands of the keys of Draw.
package enum DrawCommand: Equatable, Sendable {
    case pen, eraser, brush(Int), clear, undo, redo, image, save
    /// Ask the network of the shown run again, and no longer the mean of several runs.
    case ensemble
}

extension DrawScreen: ScreenState {
    package static let context = KeyContext.draw

    package static let bindings: [Binding] = [
        Binding(.open, .draw, "pen", "lower or lift the pen: moving it draws", .open),
        Binding(.delete, .draw, "clear", "clear the canvas", .draw(.clear)),
        Binding(.undo, .draw, "undo", "undo the last stroke", .draw(.undo)),
        Binding(.redo, .draw, "", "redo", .draw(.redo)),
        Binding(.more, .draw, "", "thicker brush; the wheel, too", .draw(.brush(1))),
        Binding(.less, .draw, "brush", "thinner brush", .draw(.brush(-1))),
        Binding(.wipe, .draw, "eraser", "brush or eraser", .draw(.eraser)),
        Binding(.openImage, .draw, "image", "open an image, to look at or to draw on", .draw(.image)),
        Binding(
            .ensemble, .draw, "", "the shown run answers again, and no longer the mean of several runs",
            .draw(.ensemble)),
        Binding(.export, .draw, "save", "save what the network sees as a PGM file", .draw(.save)),
    ]

    package func disabled(_ command: Command, _ shared: Shared, _ place: Place) -> Message? {
        switch command {
        case .draw(.undo): past.isEmpty ? .note("nothing to undo") : nil
        case .draw(.redo): future.isEmpty ? .note("nothing to redo") : nil
        case .draw(.ensemble):
            shared.asked == nil
                ? .note("\(shared.key(.ensemble)) and enter in Runs let the mean of several runs answer") : nil
        case .draw(.clear), .draw(.save): canvas.isEmpty ? .note("nothing is drawn yet") : nil
        default: nil
        }
    }

    // MARK: - Verbs

    package mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply {
        switch direction {
        case .up: movePen(columns: 0, rows: -1, shared)
        case .down: movePen(columns: 0, rows: 1, shared)
        case .left: movePen(columns: -1, rows: 0, shared)
        case .right: movePen(columns: 1, rows: 0, shared)
        }
        return []
    }

    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        movePen(columns: 0, rows: pages * 4, shared)
        return []
    }

    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply {
        movePen(columns: toEnd ? 4 : -4, rows: 0, shared)
        return []
    }

    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply { perform(.draw(.pen), &shared, place) }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .draw(let command) = command else { return [] }
        switch command {
        case .pen:
            penIsDown.toggle()
            if penIsDown {
                begin()
                stroke(from: pen, to: pen, shared)
            }
        case .eraser: erases.toggle()
        case .brush(let step): brush = min(DrawScreen.radii.count - 1, max(0, brush + step))
        case .clear:
            begin()
            canvas = DrawCanvas()
            changed(shared)
        case .undo:
            undo()
            changed(shared)
        case .redo:
            redo()
            changed(shared)
        case .image: typing = TextField(text: "", limit: TextField.Limit.line)
        case .save: return Reply(saving())
        case .ensemble: shared.asked = nil
        }
        return []
    }

    /// Moves the pen by steps of the grid, and draws where it is down.
    private mutating func movePen(columns: Int, rows: Int, _ shared: Shared) {
        let from = pen
        column = min(DrawScreen.grid - 1, max(0, column + columns))
        row = min(DrawScreen.grid - 1, max(0, row + rows))
        if penIsDown { stroke(from: from, to: pen, shared) }
    }

    // MARK: - Mouse

    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? {
        switch event.kind {
        case .scrollUp: return perform(.draw(.brush(1)), &shared, place)
        case .scrollDown: return perform(.draw(.brush(-1)), &shared, place)
        case .press: pressed(event, shared, layout(shared, place))
        case .drag, .release: dragged(event, shared, layout(shared, place))
        }
        return []
    }

    private func layout(_ shared: Shared, _ place: Place) -> DrawLayout {
        DrawLayout(place.area, classes: shared.shownNetwork.classes)
    }

    /// The button is pressed on the canvas: a stroke begins.
    private mutating func pressed(_ event: MouseEvent, _ shared: Shared, _ layout: DrawLayout) {
        guard layout.ink.contains(x: event.x, y: event.y) else { return }
        penIsDown = false
        let point = layout.point(x: event.x, y: event.y)
        begin()
        mouseAt = point
        placePen(at: point)
        stroke(from: point, to: point, shared)
    }

    /// The mouse moves with the button held, or the button is released.
    private mutating func dragged(_ event: MouseEvent, _ shared: Shared, _ layout: DrawLayout) {
        guard let from = mouseAt else { return }
        let point = layout.point(x: event.x, y: event.y)
        if point != from {
            placePen(at: point)
            stroke(from: from, to: point, shared)
        }
        mouseAt = event.kind == .release ? nil : point
    }

    private mutating func placePen(at point: DrawCanvas.Point) {
        func place(_ value: Double) -> Int {
            let step = value / Double(DrawCanvas.side) * Double(DrawScreen.grid)
            return Int(min(Double(DrawScreen.grid - 1), max(0, step)))
        }
        column = place(point.x)
        row = place(point.y)
    }

    private mutating func stroke(from: DrawCanvas.Point, to: DrawCanvas.Point, _ shared: Shared) {
        canvas.stroke(from: from, to: to, radius: radius, erases: erases)
        changed(shared)
    }

    /// Computes the network's input again.
    mutating func changed(_ shared: Shared) {
        let form = shared.imageForm
        self.form = form
        canvas.adapt(to: form)
        input = canvas.input(form)
    }

    private func saving() -> [Effect] {
        guard let input else { return [] }
        let file = SaveRequest.File(ending: ".pgm", bytes: PGMFile.encode(input))
        return [
            .save(
                SaveRequest(stem: "drawing", files: [file], what: "as the network sees it", work: .drawing(canvas)))
        ]
    }

    // MARK: - Elsewhere

    package mutating func dataLoaded(_ shared: Shared) { changed(shared) }

    /// The run that is shown may have other classes, which are looked at in another way.
    package mutating func refresh(_ shared: Shared) {
        if form != shared.imageForm { changed(shared) }
    }

    package mutating func unseen(comesBack: Bool) {
        lift()
        typing = nil
    }

    /// The drawing as the networks get it; nil without ink.
    private func networkImage(_ shared: Shared) -> [UInt8]? {
        guard let input else { return nil }
        return shared.data.loaded.map { $0.dataset.levels.input(of: input, $0.dataset.train.shape) } ?? input.pixels
    }

    /// Asks the mean of several runs about a drawing that has changed, once its last answer has come.
    package func storeEffects(_ shared: inout Shared, _ place: Place?) -> [Effect] {
        guard place != nil, var asked = shared.asked, !asked.isWaiting, let image = networkImage(shared),
            image != asked.image
        else { return [] }
        (asked.image, asked.isWaiting) = (image, true)
        shared.asked = asked
        return [.runs(.ask(asked.runs, asked.mean, image: image))]
    }

    package mutating func received(_ reply: StoreReply, _ shared: inout Shared, isShown: Bool) {
        guard case .answered(let runs, let mean, let answer) = reply, let asked = shared.asked,
            (asked.runs, asked.mean) == (runs, mean)
        else { return }
        shared.asked?.isWaiting = false
        switch answer {
        case .probabilities(let values): shared.asked?.probabilities = values
        case .refused(let reason):
            shared.asked = nil
            shared.message = .error(reason)
        }
    }

    /// What is predicted of the drawing, by whoever answers; nil before the first answer, and without ink.
    func probabilities(_ shared: Shared) -> [Float]? {
        guard input != nil else { return nil }
        if let asked = shared.asked { return asked.probabilities }
        return shared.inspection?.probabilities
    }

    /// The drawing, and the digits most similar to it where the run has time to search them.
    package func watch(_ shared: Shared, _ place: Place) -> Watch? {
        guard let image = networkImage(shared), let run = shared.run else { return nil }
        let isBusy = shared.display.plain || run.state == .running || penIsDown || mouseAt != nil
        let layout = layout(shared, place)
        // Nobody knows the true class: only what the prediction depends on is drawn.
        let hasSaliency = shared.display.plain || layout.areas[.saliency] != nil
        return Watch(
            image: image, neighbours: isBusy ? 0 : layout.neighbours.count,
            saliencyOf: hasSaliency ? 0 : nil)
    }

    // MARK: - Views

    package func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        DrawView.draw(ScreenContext(self, shared, Place(body)), in: body, on: &buffer)
    }

    package func plain(_ shared: Shared) -> [PlainLine] {
        typing.map { [PlainLine(typing: "the path of an image", $0)] }
            ?? PlainDraw.lines(ScreenContext(self, shared, Place(.zero)))
    }
}
