import Datasets
import TerminalUI
import Training

/// The digits that the epoch on the screen broke: right before it, wrong after it.
enum BrokenDigitsView {
    static func draw(_ state: ScreenContext<ConfusionScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let broken = BrokenDigits(state.shared)
        let title = broken?.title ?? "broken by an epoch"
        let counts = broken.map { broken in
            let count = Figures.grouped(broken.rows.count)
            let forms = ["\(count) · \(Figures.grouped(broken.mended)) mended", count]
            return forms.first { $0.count + title.count + 8 <= area.width } ?? ""
        }
        let words = ["right before, wrong now · validation", "right → wrong · validation"]
        let footer = broken == nil ? nil : words.first { $0.count + 6 <= area.width }
        let inner = Panel(
            title: title, detail: counts.map { [Span($0, theme.style(.text))] } ?? [],
            footer: footer.map { [Span($0, theme.style(.dim))] } ?? []
        ).draw(in: area, on: &buffer, look: state.look)
        guard let broken, !broken.rows.isEmpty, let data = state.data.loaded else {
            let text = broken == nil ? BrokenDigits.emptyText(state.shared) : "no \(state.classNames.noun) was broken"
            return buffer.write(paragraph: text, centredIn: inner, theme.style(.dim))
        }
        let gallery = DigitsGallery(area)
        for (number, row) in broken.rows.prefix(gallery.perPage).enumerated() {
            let (place, caption) = gallery.parts(of: gallery.cell(number))
            guard let index = broken.index(of: row, data) else { continue }
            DigitsView.image(index, .validation, data).draw(
                in: place, form: data.smallForm, on: &buffer, look: state.look)
            let spans = broken.caption(row, data, state.classNames, theme, room: caption.width - 1)
            buffer.write(spans, x: caption.x + 1, y: caption.y, maxWidth: caption.width - 1)
        }
    }
}

/// What the epoch on the screen broke.
struct BrokenDigits {
    let epoch: Int
    let since: Int
    /// Rows of the evaluation; of the newest epoch the greatest loss first.
    let rows: [Int]
    let mended: Int
    /// The rows of the evaluation within the file; nil where they are not known.
    private let heldOut: RowNumbers?
    /// The newest evaluation, where it is of this epoch.
    private let evaluation: Evaluation?

    /// - Returns: nil for the first epoch, and where nothing was recorded.
    init?(_ shared: Shared) {
        guard let run = shared.run, let newest = run.confusions.epochs.last else { return nil }
        let wanted = shared.lookBack.epoch ?? newest
        guard let epoch = run.confusions.epochs.last(where: { $0 <= wanted }),
            let broken = run.confusions.broken(at: epoch)
        else { return nil }
        self.epoch = epoch
        (since, mended) = (broken.since, broken.mended)
        let evaluation = run.validation.flatMap { $0.epoch == epoch ? $0 : nil }
        self.evaluation = evaluation
        heldOut =
            run.validation?.rows
            ?? shared.data.loaded.flatMap { try? Trainer.split(run.spec, $0.dataset).validation }
        let sorted = evaluation.map { DigitSelection.sorted(broken.rows.map(Int32.init), by: .loss, $0).map(Int.init) }
        rows = sorted ?? broken.rows
    }

    var title: String {
        since + 1 == epoch ? "epoch \(epoch) broke" : "epochs \(since + 1) to \(epoch) broke"
    }

    static func emptyText(_ shared: Shared) -> String {
        guard let run = shared.run, let first = run.confusions.epochs.first else {
            return ConfusionView.emptyText(shared, of: .validation)
        }
        if (shared.lookBack.epoch ?? run.confusions.epochs.last ?? first) <= first {
            return "before the first epoch there is nothing to break"
        }
        return "which \(shared.classNames.noun)s an epoch broke is recorded from version 0.3.0 on, for the first "
            + "\(Figures.grouped(EpochConfusion.mostEpochsWithRows)) epochs"
    }

    /// The number of a row of the evaluation within the training file; nil where the file has no such row.
    func index(of row: Int, _ data: LoadedData) -> Int? {
        guard let heldOut, heldOut.indices.contains(row) else { return nil }
        return data.dataset.train.labels.indices.contains(heldOut[row]) ? heldOut[row] : nil
    }

    /// The true class, and what it is predicted as now, where that is known.
    func caption(_ row: Int, _ data: LoadedData, _ names: ClassNames, _ theme: Theme, room: Int) -> [Span] {
        if let evaluation {
            return DigitCaption(row, evaluation, .loss).spans(names, theme, selected: false, room: room)
        }
        guard let index = index(of: row, data) else { return [] }
        let truth = Int(data.dataset.train.labels[index])
        return [Span(names.fitting(room)[truth], theme.style(.good).bold())]
    }
}
