import DataFormats
import TerminalUI
import Training

/// The chosen images of a data set in a panel.
enum SampleGallery {
    /// As many as the course's notebook shows first.
    static let wanted = 6

    static func grid(_ shared: Shared, in area: Rect, wanted: Int = wanted) -> PictureGrid {
        let shape = shared.data.loaded?.dataset.train.shape ?? ImageShape(rows: 28, columns: 28)
        return PictureGrid(area.inset(by: 1), shape, wanted: wanted)
    }

    static func draw(
        _ browser: SampleBrowser, _ shared: Shared, wanted: Int = wanted, note: String = "", in area: Rect,
        on buffer: inout Buffer
    ) {
        let theme = shared.look.theme
        guard let data = shared.data.loaded else {
            let inner = Panel(title: browser.part.words, focused: true).draw(in: area, on: &buffer, look: shared.look)
            return buffer.write(paragraph: shared.loadingText, centredIn: inner, theme.style(.dim))
        }
        let grid = grid(shared, in: area, wanted: wanted)
        let inner = Panel(
            title: title(browser, shared, room: area.width - 8),
            detail: detail(
                browser, room: area.width - 10 - title(browser, shared, room: area.width - 8).columns, theme),
            focused: true, footer: footer(browser, shared, note: note, room: area.width - 8),
            counter: counter(browser, grid, theme, room: area.width)
        ).draw(in: area, on: &buffer, look: shared.look)
        guard !browser.rows.isEmpty else {
            return buffer.write(paragraph: emptyText(browser, shared), centredIn: inner, theme.style(.dim))
        }
        let first = grid.firstOnPage(browser.cursor)
        for number in 0..<grid.perPage where browser.rows.indices.contains(first + number) {
            let sample = browser.rows[first + number]
            let (picture, caption) = grid.cell(number)
            grid.draw(
                shared.picture(sample, of: browser.part, data), data.smallForm, in: picture, on: &buffer,
                look: shared.look)
            drawCaption(
                sample, browser, shared, data, selected: first + number == browser.cursor, in: caption, on: &buffer)
        }
    }

    /// Why there is no image.
    static func emptyText(_ browser: SampleBrowser, _ shared: Shared) -> String {
        if let problem = browser.problem { return problem }
        if browser.order.needsSurvey, shared.surveyAtHand == nil { return "looking at all images ..." }
        if browser.order == .duplicates, !browser.filter.isNarrowed {
            return "no image of the \(browser.part.words) is there twice"
        }
        if browser.part == .heldOut, browser.division?.split.validation.isEmpty == true {
            return "no rows are held out: val=0"
        }
        return "none like that"
    }

    /// The part, and the class or the first index where they are chosen.
    private static func title(_ browser: SampleBrowser, _ shared: Shared, room: Int) -> String {
        var words = browser.part.words + shared.fedWords(of: browser.part)
        if let label = browser.filter.label { words += ", \(shared.imageNames.title(label))" }
        if browser.filter.first > 0 { words += ", from \(Figures.grouped(browser.filter.first))" }
        return words.columns <= room ? words : browser.part.words
    }

    private static func detail(_ browser: SampleBrowser, room: Int, _ theme: Theme) -> [Span] {
        let order = browser.order.words + (browser.isReversed ? ", turned round" : "")
        let count = Figures.grouped(browser.rows.count)
        let forms = [
            [Span(count, theme.style(.text)), Span(" · \(order)", theme.style(.dim))],
            [Span(order, theme.style(.dim))], [Span(count, theme.style(.text))],
        ]
        return forms.first { $0.width <= room } ?? []
    }

    private static func counter(_ browser: SampleBrowser, _ grid: PictureGrid, _ theme: Theme, room: Int) -> [Span] {
        guard !browser.rows.isEmpty, room >= 40 else { return [] }
        return [
            Span(
                "\(Figures.grouped(browser.cursor + 1)) of \(Figures.grouped(browser.rows.count))", theme.style(.dim))
        ]
    }

    /// Which draw it is, or what is said of the view.
    private static func footer(
        _ browser: SampleBrowser, _ shared: Shared, note: String, room: Int
    ) -> [Span] {
        let draw = browser.order == .random ? "draw \(browser.draw)" : ""
        let words = [[note, draw].filter { !$0.isEmpty }.joined(separator: " · "), note, draw]
        let spare = room - (room >= 32 ? Figures.grouped(browser.rows.count).count * 2 + 9 : 0)
        let text = words.first { !$0.isEmpty && $0.columns <= spare } ?? ""
        return text.isEmpty ? [] : [Span(text, shared.look.theme.style(.dim))]
    }

    /// The class, and its number; in the order of distances the distance.
    private static func drawCaption(
        _ sample: SampleRow, _ browser: SampleBrowser, _ shared: Shared, _ data: LoadedData, selected: Bool,
        in line: Rect, on buffer: inout Buffer
    ) {
        let label = Int(data.images(sample.source).labels[Int(sample.row)])
        let number = Figures.grouped(Int(sample.row))
        var figures = [number]
        if browser.order == .unlike, let distance = shared.surveyAtHand?[sample.file].distances[Int(sample.row)] {
            figures.insert(distance.isNaN ? "–" : Figures.decimal(Double(distance)), at: 0)
        }
        if browser.order == .duplicates {
            figures = [(sample.file == .test ? "test " : "train ") + number] + figures
        }
        PictureCaption(label, figures: figures, isSelected: selected).draw(shared, in: line, on: &buffer)
    }
}
