import DataFormats
import Specs
import TerminalUI
import Training

/// The canvas, the network's input, and its prediction.
enum DrawView {
    static func draw(_ state: ScreenContext<DrawScreen>, in body: Rect, on buffer: inout Buffer) {
        let layout = DrawLayout(body, classes: state.shownNetwork.classes)
        drawCanvas(state, layout, on: &buffer)
        for (panel, area) in layout.areas {
            switch panel {
            case .answer: DrawAnswerView.draw(state, in: area, on: &buffer)
            case .input: drawInput(state, in: area, on: &buffer)
            case .nearest: drawNeighbours(state, in: area, on: &buffer)
            case .saliency: drawSaliency(state, in: area, on: &buffer)
            }
        }
    }

    // MARK: - The canvas

    private static func drawCanvas(_ state: ScreenContext<DrawScreen>, _ layout: DrawLayout, on buffer: inout Buffer) {
        let look = state.look
        let theme = look.theme
        let draw = state.own
        let detail = [
            Span(draw.erases ? "eraser " : "brush ", theme.style(.dim)),
            Span("\(draw.brush + 1)", theme.style(.text)),
            Span(" of \(DrawScreen.radii.count)", theme.style(.dim)),
        ]
        let words = layout.words
        let pen = words.isEmpty ? pen(draw, theme, room: layout.canvas.width - 8) : []
        let inner = Panel(title: "drawing", detail: detail, focused: true, footer: pen).draw(
            in: layout.canvas, on: &buffer, look: look)
        let ink = layout.ink
        let image = DigitImage(pixels: draw.canvas.pixels, rows: DrawCanvas.side, columns: DrawCanvas.side)
        image.fill(ink, on: &buffer, look: look)
        if draw.canvas.isEmpty { drawHint(state, in: ink, on: &buffer) }
        buffer.clipped(to: inner) { drawPen(state, ink, on: &$0) }
        drawWords(state, in: words, on: &buffer)
    }

    /// What the pen does and the keys that change it, where the canvas leaves room below it.
    private static func drawWords(_ state: ScreenContext<DrawScreen>, in area: Rect, on buffer: inout Buffer) {
        guard !area.isEmpty else { return }
        let theme = state.look.theme
        let shared = state.shared
        func keys(_ parts: (String, String)...) -> [[Span]] {
            parts.map { [Span($0, theme.style(.key)), Span(" \($1)", theme.style(.dim))] }
        }
        let isDown = state.own.penIsDown
        let lines = [
            [pen(state.own, theme, room: min(area.width, 28))],
            keys(
                (shared.key(.open), isDown ? "lifts it" : "lowers it"),
                (shared.key(.wipe), state.own.erases ? "brush" : "eraser")),
            keys(
                ("\(shared.key(.more)) \(shared.key(.less))", "thicker, finer"), (shared.key(.delete), "clear"),
                (shared.key(.openImage), "image")),
            keys((shared.key(.undo), "undo"), (shared.key(.redo), "redo"), (shared.key(.export), "save as PGM")),
        ]
        for (line, groups) in lines.prefix(area.height).enumerated() {
            buffer.write(groups: groups, gap: 2, x: area.x, y: area.y + line, maxWidth: area.width)
        }
    }

    /// What moving the pen does now, and the key that changes it.
    private static func pen(_ draw: DrawScreen, _ theme: Theme, room: Int) -> [Span] {
        let state = Span(draw.penIsDown ? "pen down" : "pen up", theme.style(draw.penIsDown ? .key : .dim))
        let what = draw.penIsDown ? (draw.erases ? ": arrows erase" : ": arrows draw") : ": arrows only move it"
        let long = [
            state, Span(what + " · ", theme.style(.dim)), Span("enter", theme.style(.key)),
            Span(draw.penIsDown ? " lifts it" : " lowers it", theme.style(.dim)),
        ]
        let forms = [long, [state, Span(what, theme.style(.dim))]]
        return forms.first { $0.width <= room } ?? [state]
    }

    private static func drawHint(_ state: ScreenContext<DrawScreen>, in ink: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let hint = theme.style(.dim).on(state.look.colors == .mono ? theme[.background] : theme[.digitStart])
        let what = state.classNames.areDigits ? "draw a digit" : "draw an image"
        let lines = [what, "", "with the mouse, or lower", "the pen with enter and", "move it by the arrows"]
        guard ink.height > lines.count, ink.width >= 25 else {
            return buffer.write(what, centredIn: ink, y: ink.y + 1, hint)
        }
        // Above the pen, which starts in the middle.
        let top = ink.y + max(0, ink.height / 2 - lines.count - 1)
        for (line, text) in lines.enumerated() { buffer.write(text, centredIn: ink, y: top + line, hint) }
    }

    /// The pen's square in the accent colour; a mark where there is none.
    private static func drawPen(_ state: ScreenContext<DrawScreen>, _ ink: Rect, on buffer: inout Buffer) {
        guard !ink.isEmpty else { return }
        let theme = state.look.theme
        let (column, row) = (state.own.column, state.own.row)
        let left = ink.x + column * ink.width / DrawScreen.grid
        let right = max(left + 1, ink.x + (column + 1) * ink.width / DrawScreen.grid)
        let halves = 2 * ink.height
        let top = row * halves / DrawScreen.grid
        let bottom = max(top + 1, (row + 1) * halves / DrawScreen.grid)
        let color = theme[state.own.penIsDown ? .key : .focusedBorder]
        let plain = state.look.glyphs == .ascii || state.look.colors == .mono
        for half in top..<bottom {
            for x in left..<right {
                let y = ink.y + half / 2
                if plain {
                    let style = theme.style(.key).bold().with(.reverse)
                    buffer[x, y] = Cell(state.own.penIsDown ? "x" : "+", style: style)
                } else if half.isMultiple(of: 2) {
                    let under = buffer[x, y].style
                    buffer[x, y] = Cell("▀", style: Style(foreground: color, background: under.background))
                } else {
                    let under = buffer[x, y]
                    let upper = under.scalar == "▀" ? under.style.foreground : under.style.background
                    buffer[x, y] = Cell("▀", style: Style(foreground: upper, background: color))
                }
            }
        }
    }

    // MARK: - The input

    private static func drawInput(_ state: ScreenContext<DrawScreen>, in area: Rect, on buffer: inout Buffer) {
        let look = state.look
        let theme = look.theme
        let size = state.data.loaded.map { "\($0.dataset.train.rows) × \($0.dataset.train.columns)" } ?? ""
        let inner = Panel(title: "input", detail: [Span(size, theme.style(.dim))]).draw(
            in: area, on: &buffer, look: look)
        guard let input = state.own.input else {
            let isStroke = state.shared.imageReading == .stroke
            let words =
                isStroke
                ? ["the drawing as the network sees it: centred, and to scale", "centred, to scale"]
                : ["the drawing as the network sees it", "as it is seen"]
            let text = words.first { $0.count + 2 <= 2 * inner.width } ?? words[1]
            return buffer.write(paragraph: text, centredIn: inner, theme.style(.dim))
        }
        let image = DigitImage(pixels: input.pixels, rows: input.rows, columns: input.columns)
        let room = inner.inset(left: 1, right: 1)
        // At its own size where that fills the panel, else as large as the panel.
        let own = (image.rows + 1) / 2
        if image.columns <= room.width, (own...(own + max(2, own / 5))).contains(room.height) {
            return image.draw(in: room, form: .halfBlock, on: &buffer, look: look)
        }
        let lines = min(28, room.height, room.width / 2)
        guard lines > 7 else { return image.draw(in: room, form: .braille, on: &buffer, look: look) }
        image.fill(room.middle(width: 2 * lines, height: lines), on: &buffer, look: look)
    }

    // MARK: - What the network makes of it

    /// Training digits whose features are nearest to those of the drawing.
    private static func drawNeighbours(
        _ state: ScreenContext<DrawScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let inner = Panel(title: "most alike in training").draw(in: area, on: &buffer, look: state.look)
        guard let data = state.data.loaded, let inspection = state.inspection, !inspection.neighbours.isEmpty,
            state.own.input != nil
        else {
            return buffer.write(paragraph: whyNoNeighbours(state), centredIn: inner, theme.style(.dim))
        }
        for (neighbour, place) in zip(inspection.neighbours, NearestLayout.places(inner))
        where data.dataset.train.labels.indices.contains(neighbour.row) {
            let (image, caption) = place.splitBottom(1)
            DigitsView.image(neighbour.row, .validation, data).draw(
                in: image, form: data.smallForm, on: &buffer, look: state.look)
            let label = Int(data.dataset.train.labels[neighbour.row])
            buffer.write(
                state.classNames.fitting(14)[label], centredIn: caption, y: caption.y, theme.style(.text).bold())
        }
    }

    /// Why they are not there, and what brings them.
    private static func whyNoNeighbours(_ state: ScreenContext<DrawScreen>) -> String {
        if state.own.input == nil { return "the training \(state.classNames.noun)s that the network finds most alike" }
        if state.own.penIsDown { return "lift the pen to see the training \(state.classNames.noun)s most alike" }
        if state.run?.state == .running { return "pause to see the training \(state.classNames.noun)s most alike" }
        return state.shared.emptyNetworkText("no network yet")
    }

    /// What the prediction depends on, pixel by pixel of the input.
    private static func drawSaliency(_ state: ScreenContext<DrawScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let footer = [
            Span("ink ", theme.style(.dim)), Span("+", theme.style(.train).bold()),
            Span(" raises ", theme.style(.dim)), Span("−", theme.style(.validation).bold()),
            Span(" lowers it", theme.style(.dim)),
        ]
        let inner = Panel(title: "saliency", footer: footer).draw(in: area, on: &buffer, look: state.look)
        guard let data = state.data.loaded, let saliency = state.inspection?.saliency, state.own.input != nil else {
            let text =
                state.own.input == nil
                ? "the pixels that the prediction depends on" : state.shared.emptyNetworkText("no network yet")
            return buffer.write(paragraph: text, centredIn: inner, theme.style(.dim))
        }
        let room = inner.inset(left: 1, right: 1)
        let (caption, below) = room.splitTop(1)
        let title = "for predicted \(state.classNames[saliency.predicted])"
        buffer.write(title, x: caption.x, y: caption.y, theme.style(.text), maxWidth: caption.width)
        let shape = data.dataset.train.shape
        let values = shape.sums(saliency.ofPredicted)
        guard values.allSatisfy(\.isFinite) else {
            return buffer.write(paragraph: "NaN: no gradient", centredIn: below, theme.style(.bad))
        }
        let lines = min(28, below.height, below.width / 2)
        let place = below.middle(width: 2 * lines, height: lines).holding(rows: shape.rows, columns: shape.columns)
        SignedMap(values: values, rows: shape.rows, columns: shape.columns, scale: UnitPaint.scale([values])).draw(
            in: place, on: &buffer, look: state.look)
    }
}

extension Rect {
    /// A part of this size in its middle.
    fileprivate func middle(width: Int, height: Int) -> Rect {
        Rect(x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
    }
}
