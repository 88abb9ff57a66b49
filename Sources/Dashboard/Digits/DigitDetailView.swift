import Foundation
import TerminalUI
import Training

/// One digit in full size with the network's probabilities.
enum DigitDetailView {
    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        guard let evaluation = state.evaluation, let data = state.data.loaded, let row = state.selection.row else {
            let inner = Panel(title: state.classNames.noun).draw(in: area, on: &buffer, look: state.look)
            let hasNone = state.run != nil && state.evaluation == nil
            let text = hasNone ? ConfusionView.emptyText(state) : "the \(state.classNames.noun) at hand, in full"
            return buffer.write(paragraph: text, centredIn: inner, theme.style(.dim))
        }
        let truth = Int(evaluation.labels[row])
        let predicted = Int(evaluation.predictions[row])
        let number = Figures.grouped(evaluation.rows[row])
        let title = "\(state.classNames.noun) \(number)"
        let detail = verdict(truth, predicted, state.classNames, theme, room: area.width - 8 - title.count)
        let inner = Panel(
            title: title, detail: detail, footer: footer(evaluation, row, state, room: area.width - 6)
        ).draw(in: area, on: &buffer, look: state.look)
        let image = state.digitPicture(evaluation.rows[row], evaluation.source, data)
        draw(image, data.smallForm, bars(evaluation, row), state.classNames, in: inner, on: &buffer, look: state.look)
    }

    /// Rows and weights, and as many of the digit's figures as fit.
    static func footer(_ evaluation: Evaluation, _ row: Int, _ state: Shared, room: Int) -> [Span] {
        let theme = state.look.theme
        let facts = facts(evaluation, row, theme)
        let forms = [facts, Array(facts.prefix(2)), []].flatMap { facts in
            state.measured(evaluation.measuredOn).forms.map { words in
                [Span(words, theme.style(.dim))] + (facts.isEmpty ? [] : [Span(" · ", theme.style(.dim))] + facts)
            }
        }
        return forms.first { $0.width <= room } ?? []
    }

    /// Lines that the image and all bars take within a panel of a width, border included, with the image small and large.
    static func rows(width: Int, classes: Int) -> ClosedRange<Int> {
        if width - 2 >= besideWidth { return 14...14 }
        let isWide = width - 2 >= 28
        return (7 + (isWide ? halved(classes) : classes))...((isWide ? 14 : 7) + classes)
    }

    /// Lines of the bars in two columns.
    private static func halved(_ classes: Int) -> Int { (classes + 1) / 2 }

    /// Columns of image and bars beside one another.
    private static let besideWidth = 47

    /// The image with its bars at the right of it, below it, or as columns below it, by the room there is. A blank column
    /// stands before it, as before all text.
    private static func draw(
        _ image: DigitImage, _ small: DigitImage.Form, _ bars: ProbabilityBars, _ names: ClassNames, in inner: Rect,
        on buffer: inout Buffer, look: Look
    ) {
        let classes = bars.values.count
        if inner.width >= besideWidth {
            let (left, right) = inner.inset(left: 1).splitLeft(29)
            let height = min(inner.height, 14)
            let top = inner.y + (inner.height - height) / 2
            draw(image, small, in: Rect(x: left.x, y: top, width: 28, height: height), on: &buffer, look: look)
            let first = top + max(0, (height - classes) / 2)
            named(bars, names, right.width - 2).draw(
                in: Rect(x: right.x + 1, y: first, width: right.width - 2, height: min(classes, height)), on: &buffer,
                look: look)
        } else if inner.height >= 14 + classes, inner.width >= 28 {
            let (top, below) = inner.splitTop(14)
            draw(image, small, in: top, on: &buffer, look: look)
            let room = below.inset(left: 1, top: below.height > classes ? 1 : 0, right: 1)
            named(bars, names, room.width).draw(in: room, on: &buffer, look: look)
        } else if inner.height >= 7 + halved(classes), inner.width >= 28 {
            // The image comes first: it is in the gallery, but small.
            let (top, below) = inner.splitTop(min(14, inner.height - halved(classes)))
            draw(image, small, in: top, on: &buffer, look: look)
            drawHalves(bars, names, in: below.inset(left: 1, right: 1), on: &buffer, look: look)
        } else {
            let (top, below) = inner.splitTop(min(7, max(0, inner.height - classes)))
            image.draw(in: top, form: small, on: &buffer, look: look)
            named(bars, names, below.width - 2).draw(in: below.inset(left: 1, right: 1), on: &buffer, look: look)
        }
    }

    /// The image at its own size, scaled down to ten lines and more, or small.
    private static func draw(
        _ image: DigitImage, _ small: DigitImage.Form, in area: Rect, on buffer: inout Buffer, look: Look
    ) {
        guard area.height >= 10 else { return image.draw(in: area, form: small, on: &buffer, look: look) }
        guard area.height < 14 else {
            let form: DigitImage.Form = small == .braille ? .auto : .halfBlock
            return image.draw(in: area, form: form, on: &buffer, look: look)
        }
        let left = area.x + (area.width - 2 * area.height) / 2
        image.fill(
            Rect(x: left, y: area.y, width: 2 * area.height, height: area.height), on: &buffer, look: look)
    }

    /// The bars in two columns, the lower classes at the left.
    private static func drawHalves(
        _ bars: ProbabilityBars, _ names: ClassNames, in area: Rect, on buffer: inout Buffer, look: Look
    ) {
        let (count, lines) = (bars.values.count, halved(bars.values.count))
        let width = area.width / 2 - 1
        let all = named(bars, names, width)
        let top = area.y + (area.height > lines ? 1 : 0)
        for (column, part) in [0..<min(lines, count), min(lines, count)..<count].enumerated() where !part.isEmpty {
            // A true class in the other column is none of these bars, but known: a wrong prediction is red.
            func place(_ label: Int?) -> Int? { label.flatMap { part.contains($0) ? $0 - part.lowerBound : nil } }
            ProbabilityBars(
                values: Array(all.values[part]), truth: place(all.truth) ?? -1, predicted: place(all.predicted),
                labels: Array(all.labels[part])
            ).draw(
                in: Rect(x: column == 0 ? area.x : area.maxX - width, y: top, width: width, height: lines),
                on: &buffer, look: look)
        }
    }

    /// The bars with names in place of numbers, where these leave most of the width to the bars.
    static func named(_ bars: ProbabilityBars, _ names: ClassNames, _ width: Int) -> ProbabilityBars {
        var bars = bars
        // Three letters tell most names apart, and leave four columns to a bar.
        let names = names.cut(min(10, max(width - 14, width >= 13 ? 3 : 0)))
        bars.labels = bars.values.indices.map { names[$0] }
        return bars
    }

    /// The probabilities of a row, with its true and its predicted class.
    static func bars(_ evaluation: Evaluation, _ row: Int) -> ProbabilityBars {
        ProbabilityBars(
            values: Array(evaluation.probabilities(ofRow: row)), truth: Int(evaluation.labels[row]),
            predicted: Int(evaluation.predictions[row]), labels: (0..<evaluation.classes).map(String.init))
    }

    /// Names where there are any and they fit, at need with an arrow in place of words; else numbers.
    static func verdict(
        _ truth: Int, _ predicted: Int, _ names: ClassNames, _ theme: Theme, room: Int
    ) -> [Span] {
        func spans(_ names: ClassNames, short: Bool) -> [Span] {
            [
                Span(short ? "" : "true ", theme.style(.dim)), Span(names[truth], theme.style(.good).bold()),
                Span(short ? " → " : "  predicted ", theme.style(.dim)),
                Span(names[predicted], theme.style(truth == predicted ? .good : .bad).bold()),
            ]
        }
        let numbers = ClassNames(nil)
        let cut = names.cut((room - 3) / 2)
        let forms =
            [spans(names, short: false), spans(names, short: true)] + (cut.isEmpty ? [] : [spans(cut, short: true)])
            + [spans(numbers, short: false)]
        return forms.first { $0.width <= room } ?? spans(numbers, short: true)
    }

    static func facts(_ evaluation: Evaluation, _ row: Int, _ theme: Theme) -> [Span] {
        let loss = Figures.loss(Double(evaluation.losses[row]))
        let margin = String(format: "%+.2f", evaluation.margin(ofRow: row))
        return [
            Span("loss ", theme.style(.dim)), Span(loss, theme.style(.text)),
            Span("  margin ", theme.style(.dim)), Span(margin, theme.style(.text)),
        ]
    }
}
