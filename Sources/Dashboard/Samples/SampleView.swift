import TerminalUI
import Training

/// The selected image: what is known of it, beside or below its picture where that has room.
enum SampleView {
    /// Lines of the facts.
    static let factLines = 5
    /// Columns that they need beside a picture.
    private static let factColumns = 27

    static func draw(
        _ browser: SampleBrowser, _ shared: Shared, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = shared.look.theme
        guard let facts = SampleFacts(browser.selected, shared), let data = shared.data.loaded else {
            let inner = Panel(title: shared.imageNames.noun).draw(in: area, on: &buffer, look: shared.look)
            return buffer.write(
                paragraph: SampleGallery.emptyText(browser, shared), centredIn: inner, theme.style(.dim))
        }
        let name = shared.imageNames.title(facts.label)
        let long = title(facts.sample, shared)
        let short = "\(facts.sample.file == .test ? "test" : "train") \(Figures.grouped(Int(facts.sample.row)))"
        let inner = Panel(
            title: long.columns + name.columns + 9 <= area.width ? long : short,
            detail: [Span(name, theme.style(.good).bold())]
        ).draw(in: area, on: &buffer, look: shared.look)
        let shape = data.dataset.train.shape
        let image = shared.picture(facts.sample, of: browser.part, data)
        var rest = inner
        if let size = pictureSize(inner, rows: shape.rows, columns: shape.columns) {
            image.fill(
                Rect(
                    x: inner.x + (inner.width - size.width) / 2, y: inner.y, width: size.width, height: size.height),
                on: &buffer, look: shared.look)
            rest = inner.splitTop(size.height).rest
            if rest.height > factLines { rest = rest.inset(top: 1) }
        } else if let size = sizeBeside(inner, rows: shape.rows, columns: shape.columns) {
            image.fill(
                Rect(x: inner.x + 1, y: inner.y, width: size.width, height: size.height), on: &buffer,
                look: shared.look)
            rest = inner.inset(left: size.width + 2)
        }
        drawFacts(facts, shared, in: rest.inset(left: 1, right: 1), on: &buffer)
    }

    /// Cells of the picture above the facts; nil without room for one that shows something.
    static func pictureSize(_ inner: Rect, rows: Int, columns: Int) -> (width: Int, height: Int)? {
        let most = (width: inner.width - 2, height: inner.height - factLines)
        guard rows > 0, columns > 0, most.width >= 6, most.height >= 5 else { return nil }
        let scale = min(2, Double(most.width) / Double(columns), 2 * Double(most.height) / Double(rows))
        // At twice or once its pixels it is sharp; anything between is drawn where it is all that fits.
        let sharp = scale >= 2 ? 2 : scale >= 1 ? 1 : scale
        let size = (
            width: max(1, Int(Double(columns) * sharp)), height: max(1, Int((Double(rows) * sharp / 2).rounded(.up)))
        )
        return size.height >= 4 ? size : nil
    }

    /// Cells of a picture beside the facts, where the panel is higher than these; nil without room.
    private static func sizeBeside(_ inner: Rect, rows: Int, columns: Int) -> (width: Int, height: Int)? {
        guard rows > 0, columns > 0, inner.height > factLines else { return nil }
        let room = inner.width - factColumns - 3
        let scale = min(Double(room) / Double(columns), 2 * Double(inner.height) / Double(rows))
        let size = (width: Int(Double(columns) * scale), height: Int((Double(rows) * scale / 2).rounded(.up)))
        return size.width > 0 && size.height >= factLines ? size : nil
    }

    /// Rows of a panel in which nothing stands.
    static func blankRows(_ inner: Rect, rows: Int, columns: Int) -> Int {
        if let size = pictureSize(inner, rows: rows, columns: columns) {
            return max(0, inner.height - factLines - size.height - 1)
        }
        let size = sizeBeside(inner, rows: rows, columns: columns)
        return max(0, inner.height - max(factLines, size?.height ?? 0))
    }

    static func title(_ sample: SampleRow, _ shared: Shared) -> String {
        "\(sample.file == .test ? "test" : "training") \(shared.imageNames.noun) \(Figures.grouped(Int(sample.row)))"
    }

    static func drawFacts(_ facts: SampleFacts, _ shared: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        for (row, line) in facts.lines(shared.imageNames, room: area.width).prefix(area.height).enumerated() {
            let y = area.y + row
            buffer.write(line.name, x: area.x, y: y, theme.style(.dim), maxWidth: area.width)
            let style = theme.style(line.name == "equal to" ? .warning : .text)
            let room = max(0, area.width - SampleFacts.nameWidth)
            guard line.name == "one-hot" else {
                buffer.write(line.value, x: area.x + SampleFacts.nameWidth, y: y, style, maxWidth: room)
                continue
            }
            drawOneHot(line.value, shared, x: area.x + SampleFacts.nameWidth, y: y, room: room, on: &buffer)
        }
    }

    /// The 1 stands out.
    private static func drawOneHot(
        _ text: String, _ shared: Shared, x: Int, y: Int, room: Int, on buffer: inout Buffer
    ) {
        let theme = shared.look.theme
        guard let one = text.firstIndex(of: "1") else { return }
        buffer.write(
            [
                Span(String(text[..<one]), theme.style(.dim)), Span("1", theme.style(.good).bold()),
                Span(String(text[text.index(after: one)...]), theme.style(.dim)),
            ], x: x, y: y, maxWidth: room)
    }

    /// The picture as large as the window allows, and all facts beside it or below it.
    static func drawLarge(_ browser: SampleBrowser, _ shared: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        guard let facts = SampleFacts(browser.selected, shared), let data = shared.data.loaded else {
            return draw(browser, shared, in: area, on: &buffer)
        }
        let place = "\(Figures.grouped(browser.cursor + 1)) of \(Figures.grouped(browser.rows.count))"
        let inner = Panel(
            title: title(facts.sample, shared) + shared.fedWords(of: browser.part),
            detail: [Span(shared.imageNames.title(facts.label), theme.style(.good).bold())], focused: true,
            footer: [Span("\(place) · \(browser.part.words)", theme.style(.dim))]
        ).draw(in: area, on: &buffer, look: shared.look).inset(left: 1, right: 1)
        let shape = data.dataset.train.shape
        // Beside it the facts need some columns, below it some lines.
        let isBeside = inner.width >= 58
        let room = isBeside ? inner.splitLeft(inner.width - 30).left : inner.splitBottom(factLines + 1).rest
        let image = shared.picture(facts.sample, of: browser.part, data)
        let scale = min(
            4, Double(room.width) / Double(max(1, shape.columns)), 2 * Double(room.height) / Double(max(1, shape.rows)))
        let size = (
            width: max(1, Int(Double(shape.columns) * scale)), height: max(1, Int(Double(shape.rows) * scale / 2))
        )
        image.fill(Rect(x: room.x, y: room.y, width: size.width, height: size.height), on: &buffer, look: shared.look)
        let below =
            isBeside ? inner.inset(left: size.width + 2) : inner.inset(top: min(inner.height, size.height + 1))
        drawLargeFacts(facts, browser, shared, in: below, on: &buffer)
    }

    private static func drawLargeFacts(
        _ facts: SampleFacts, _ browser: SampleBrowser, _ shared: Shared, in area: Rect, on buffer: inout Buffer
    ) {
        let dim = shared.look.theme.style(.dim)
        var area = area
        // The whole vector, in as many lines as it takes.
        let vector = facts.oneHotLines(room: area.width)
        if vector.count > 1, area.height >= factLines + vector.count + 2 {
            buffer.write("one-hot vector of \(shared.imageNames.title(facts.label))", x: area.x, y: area.y, dim)
            for (row, line) in vector.enumerated() {
                let one = line.firstIndex(of: "1")
                buffer.write(line, x: area.x, y: area.y + 1 + row, dim, maxWidth: area.width)
                if let one {
                    buffer.write(
                        "1", x: area.x + line.distance(from: line.startIndex, to: one), y: area.y + 1 + row,
                        shared.look.theme.style(.good).bold())
                }
            }
            area = area.inset(top: vector.count + 2)
        }
        let (lines, rest) = area.splitTop(facts.lines(shared.imageNames, room: area.width).count + 1)
        drawFacts(facts, shared, in: lines, on: &buffer)
        drawMean(of: facts.label, shared, in: rest, on: &buffer)
    }

    /// What the image is held against.
    private static func drawMean(of label: Int, _ shared: Shared, in area: Rect, on buffer: inout Buffer) {
        guard area.height >= 7, area.width >= 12, let levels = shared.data.loaded?.dataset.levels,
            let mean = shared.surveyAtHand?.classes[label].mean.map(levels.shown)
        else { return }
        buffer.write(
            "mean of \(shared.imageNames.title(label))", x: area.x, y: area.y, shared.look.theme.style(.dim),
            maxWidth: area.width)
        let scale = min(
            1, Double(area.width) / Double(mean.columns), 2 * Double(area.height - 1) / Double(mean.rows))
        DigitImage(pixels: mean.pixels, rows: mean.rows, columns: mean.columns).fill(
            Rect(
                x: area.x, y: area.y + 1, width: max(1, Int(Double(mean.columns) * scale)),
                height: max(1, Int(Double(mean.rows) * scale / 2))), on: &buffer, look: shared.look)
    }
}
