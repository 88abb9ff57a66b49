import DataFormats
import TerminalUI
import Training

/// The digits of the validation rows or the test set: a gallery, and the selected one.
enum DigitsView {
    static func draw(_ state: ScreenContext<DigitsScreen>, in body: Rect, on buffer: inout Buffer) {
        let isLarge = state.own.form == .large
        let layout = state.own.layout(state.shared, state.place)
        if state.own.isUntrained(state.shared) {
            state.own.drawUntrained(state.shared, layout, in: body, on: &buffer)
            for (detail, area) in layout.areas where detail != .probabilities {
                draw(detail, state, isLarge: isLarge, in: area, on: &buffer)
            }
            return
        }
        if !isLarge {
            drawGallery(state.shared, focused: true, most: layout.mostColumns, in: layout.gallery, on: &buffer)
        }
        if let image = layout.image { LargeDigitView.draw(state.shared, in: image, on: &buffer) }
        for (detail, area) in layout.areas { draw(detail, state, isLarge: isLarge, in: area, on: &buffer) }
    }

    private static func draw(
        _ detail: DigitsDetail, _ state: ScreenContext<DigitsScreen>, isLarge: Bool, in area: Rect,
        on buffer: inout Buffer
    ) {
        let hasNone = state.shared.run != nil && state.shared.evaluation == nil
        switch detail {
        case .saliency where hasNone, .nearest where hasNone:
            // The network is not asked about a digit that there is not.
            let title = detail == .saliency ? "saliency" : "nearest in training"
            let inner = Panel(title: title).draw(in: area, on: &buffer, look: state.look)
            buffer.write(
                paragraph: ConfusionView.emptyText(state.shared), centredIn: inner, state.look.theme.style(.dim))
        case .probabilities where isLarge: LargeDigitView.drawBars(state.shared, in: area, on: &buffer)
        case .probabilities: DigitDetailView.draw(state.shared, in: area, on: &buffer)
        case .past: DigitPastView.drawPanel(state.shared, in: area, on: &buffer)
        case .pairs: ConfusedPairsView.draw(state.shared, in: area, on: &buffer)
        case .saliency: drawSaliency(state.shared, in: area, on: &buffer)
        case .nearest:
            NearestView.draw(state.shared, isSearched: state.own.searchesNearest(state.shared), in: area, on: &buffer)
        }
    }

    private static func drawSaliency(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let inspection = state.inspectionOfSelected
        let measured = inspection.flatMap { inspection in
            state.evaluation.map {
                state.measured(
                    MeasuredOn(
                        source: $0.source, epoch: inspection.epoch, batch: inspection.batch, weights: $0.weights))
            }
        }
        SaliencyView.draw(
            state, inspection?.saliency, moment: measured?.fitting(area.width - 16) ?? "", in: area, on: &buffer)
    }

    /// - Parameter most: digits side by side, at most.
    static func drawGallery(
        _ state: Shared, focused: Bool, most: Int = .max, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        guard let evaluation = state.evaluation, let data = state.data.loaded else {
            let inner = Panel(title: state.classNames.noun + "s", focused: focused).draw(
                in: area, on: &buffer, look: state.look)
            drawUntrained(state, most: most, in: inner, on: &buffer)
            return
        }
        let selection = state.selection
        let count = "\(Figures.grouped(selection.rows.count)) of \(Figures.grouped(evaluation.count))"
        var detail = [Span(count, theme.style(.text))]
        if !selection.marked.isEmpty, area.width >= 60 {
            detail.append(Span(" · \(Figures.grouped(selection.marked.count)) marked", theme.style(.key)))
        }
        if area.width >= 44 { detail.append(Span(" · by \(selection.sort.rawValue)", theme.style(.dim))) }
        let gallery = DigitsGallery(state, in: area, most: most)
        // At an end of its own: its length moves no word.
        let page = selection.rows.isEmpty ? [] : [Span(page(gallery, selection), theme.style(.dim))]
        let room = area.width - 6 - (page.isEmpty ? 0 : page.width + 3)
        let measured = state.measured(evaluation.measuredOn).fitting(room)
        let title = title(state, room: area.width - 8 - detail.width)
        let inner = Panel(
            title: title, detail: detail, focused: focused, footer: [Span(measured, theme.style(.dim))], counter: page
        ).draw(in: area, on: &buffer, look: state.look)
        guard !selection.rows.isEmpty else {
            let text = selection.filter.shown == .wrong ? "none is wrong" : "none like that"
            return buffer.write(paragraph: text, centredIn: inner, theme.style(.dim))
        }
        let first = gallery.firstOnPage(selection.cursor)
        for number in 0..<gallery.perPage where first + number < selection.rows.count {
            let row = Int(selection.rows[first + number])
            draw(
                row, evaluation, data, selected: focused && first + number == selection.cursor, state,
                gallery, in: gallery.cell(number), on: &buffer)
        }
    }

    /// The digits that are seen: `25–48 of 163`.
    private static func page(_ gallery: DigitsGallery, _ selection: DigitSelection) -> String {
        let first = gallery.firstOnPage(selection.cursor)
        let last = min(selection.rows.count, first + gallery.perPage)
        let all = Figures.grouped(selection.rows.count)
        return first + 1 >= last
            ? "\(Figures.grouped(last)) of \(all)" : "\(Figures.grouped(first + 1))–\(Figures.grouped(last)) of \(all)"
    }

    private static func title(_ state: Shared, room: Int) -> String {
        let filter = state.selection.filter
        let marked = filter.marked ? ", marked" : ""
        let which =
            switch filter.shown {
            case .wrong: "wrong"
            case .right: "right"
            case .all: state.classNames.noun + "s"
            }
        let fed = state.fedWordsOfDigits
        guard filter.isNarrowed else { return which + marked + fed }
        let texts = [state.classNames, ClassNames(nil)].map { names in
            let truth = filter.truth.map { names[$0] } ?? "any"
            let predicted = filter.predicted.map { names[$0] } ?? "any"
            return "\(which) \(truth) → \(predicted)\(marked)\(fed)"
        }
        return texts.first { $0.count <= room } ?? texts[1]
    }

    /// The training digits, before the first run.
    private static func drawUntrained(_ state: Shared, most: Int, in inner: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let data = state.data.loaded else {
            return buffer.write(paragraph: "loading ...", centredIn: inner, theme.style(.dim))
        }
        if state.run != nil {
            return buffer.write(paragraph: ConfusionView.emptyText(state), centredIn: inner, theme.style(.dim))
        }
        let gallery = DigitsGallery(
            state, in: inner.inset(left: -1, top: -1, right: -1, bottom: -1), most: most)
        for number in 0..<min(gallery.perPage, data.dataset.train.count) {
            let (place, caption) = gallery.parts(of: gallery.cell(number))
            state.digitPicture(number, .validation, data).draw(
                in: place, form: data.smallForm, on: &buffer, look: state.look)
            let label = Int(data.dataset.train.labels[number])
            if gallery.captionsAtLeft {
                LeftCaption([(label, theme.style(.good))], state.classNames, in: caption)
                    .draw(isSelected: false, on: &buffer, theme)
            } else {
                let line = Rect(x: place.x, y: caption.y, width: place.width, height: 1)
                buffer.write(
                    state.classNames.fitting(place.width)[label], centredIn: line, y: line.y, theme.style(.good))
            }
        }
    }

    static func image(_ row: Int, _ source: Evaluation.Source, _ data: LoadedData) -> DigitImage {
        DigitImage(data.dataset.picture(data.images(source), row))
    }

    private static func draw(
        _ row: Int, _ evaluation: Evaluation, _ data: LoadedData, selected: Bool, _ state: Shared,
        _ gallery: DigitsGallery, in cell: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let truth = Int(evaluation.labels[row])
        let predicted = Int(evaluation.predictions[row])
        let (place, caption) = gallery.parts(of: cell)
        let picture = state.digitPicture(evaluation.rows[row], evaluation.source, data)
        if gallery.isLarge {
            picture.fill(place, on: &buffer, look: state.look)
        } else {
            picture.draw(in: place, form: data.smallForm, on: &buffer, look: state.look)
        }
        let isMarked = state.selection.marked.contains(
            MarkedDigit(source: evaluation.source, index: evaluation.rows[row]))
        if isMarked { buffer.write("◆", x: place.x, y: place.y, theme.style(.key).bold()) }
        let background = theme[selected ? .selectedBackground : .background]
        let right = theme.style(.good).bold().on(background)
        let other = theme.style(truth == predicted ? .good : .bad).bold().on(background)
        if gallery.captionsAtLeft {
            LeftCaption([(truth, right), (predicted, other)], state.classNames, in: caption)
                .draw(isSelected: selected, on: &buffer, theme)
            return
        }
        if selected { buffer.fill(caption.inset(right: 1), Cell(style: theme.style(.text).on(background))) }
        if selected { buffer.write("▸", x: caption.x, y: caption.y, theme.style(.key).on(background)) }
        let spans = DigitCaption(row, evaluation, state.selection.sort).spans(
            state.classNames, theme, selected: selected, room: caption.width - 2)
        buffer.write(spans, x: caption.x + 1, y: caption.y, maxWidth: caption.width - 1)
    }
}
