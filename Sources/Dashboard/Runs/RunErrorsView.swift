import Files
import TerminalUI
import Training

/// The digits that one of two runs gets right and the other wrong: pairs of classes with their counts, and the digits.
enum RunErrorsView {
    static func draw(_ errors: RunErrorsState, _ state: Shared, in body: Rect, on buffer: inout Buffer) {
        let layout = RunErrorsLayout(body)
        drawPairs(errors, state, in: layout.pairs, on: &buffer)
        drawDigits(errors, state, layout, on: &buffer)
    }

    static func title(_ group: RunErrors.Group, _ errors: RunErrors) -> String {
        switch group {
        case .firstRight: "only run \(errors.first) right"
        case .secondRight: "only run \(errors.second) right"
        case .bothWrong: "both wrong"
        }
    }

    private static func drawPairs(
        _ errors: RunErrorsState, _ state: Shared, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        // All pairs are a line, too.
        let (lines, room) = (errors.pairs.count + 1, area.height - 3 - RunErrors.Group.allCases.count)
        let first = max(0, min(errors.pair - room / 2, lines - room))
        let isCut = room > 0 && lines > room
        let footer = isCut ? "\(first + 1)–\(first + room) of \(lines) lines" : ""
        let inner = Panel(
            title: "runs \(errors.errors.first) and \(errors.errors.second)", focused: errors.cursor == nil,
            footer: isCut ? [Span(footer, theme.style(.dim))] : []
        ).draw(in: area, on: &buffer, look: state.look)
        for (line, group) in RunErrors.Group.allCases.enumerated() where line < inner.height {
            let isChosen = group == errors.group
            let style = theme.style(isChosen ? .title : .dim)
            if isChosen { buffer.write("▸", x: inner.x, y: inner.y + line, theme.style(.key)) }
            buffer.write(
                title(group, errors.errors), x: inner.x + 2, y: inner.y + line, isChosen ? style.bold() : style)
            buffer.write(
                Figures.grouped(errors.count(group)), rightAlignedAt: inner.maxX - 1, y: inner.y + line, style)
        }
        let list = inner.inset(top: RunErrors.Group.allCases.count + 1)
        guard list.height > 0 else { return }
        for (line, index) in (first..<min(lines, first + list.height)).enumerated() {
            let y = list.y + line
            let background = theme[index == errors.pair ? .selectedBackground : .background]
            if index == errors.pair {
                buffer.fill(
                    Rect(x: list.x, y: y, width: list.width, height: 1), Cell(style: theme.style(.text).on(background)))
            }
            guard index > 0 else {
                buffer.write("all of them", x: list.x + 2, y: y, theme.style(.text).on(background))
                continue
            }
            let pair = errors.pairs[index - 1]
            let names = state.classNames.cut((list.width - 12) / 2)
            buffer.write(
                [
                    Span(names[pair.truth], theme.style(.title).on(background)),
                    Span(" → ", theme.style(.dim).on(background)),
                    Span(names[pair.answer], theme.style(.bad).on(background)),
                ], x: list.x + 2, y: y)
            buffer.write("\(pair.count)", rightAlignedAt: list.maxX - 1, y: y, theme.style(.text).on(background))
        }
    }

    /// What both runs predicted of a digit: the most probable classes, a line for each run.
    private static func drawAnswers(
        _ digit: RunErrors.Digit, _ errors: RunErrors, _ state: Shared, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let names = state.classNames.fitting(12)
        let inner = Panel(
            title: "\(names.noun) \(Figures.grouped(digit.row)), true \(names[digit.truth])",
            detail: [Span("test set, newest test of each run", theme.style(.dim))]
        ).draw(in: area, on: &buffer, look: state.look)
        let answers = [(errors.first, digit.firstShares), (errors.second, digit.secondShares)]
        for (line, (run, shares)) in answers.enumerated() where line < inner.height {
            let ranked = shares.indices.sorted { (shares[$1], $0) < (shares[$0], $1) }
            let groups = ranked.prefix(4).map { label -> [Span] in
                let style = theme.style(label == digit.truth ? .good : label == ranked[0] ? .bad : .text)
                return [
                    Span("\(names[label]) ", label == ranked[0] ? style.bold() : style),
                    Span("\(Figures.percent(Double(shares[label]), digits: 2)) %", theme.style(.text)),
                ]
            }
            buffer.write(
                groups: [[Span("predicted by run \(run)", theme.style(.dim))]] + groups, x: inner.x + 1,
                y: inner.y + line, maxWidth: inner.width - 2)
        }
    }

    private static func drawDigits(
        _ errors: RunErrorsState, _ state: Shared, _ layout: RunErrorsLayout, on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let shown = errors.shown
        let gallery = DigitsGallery(layout.digits)
        let last = min(shown.count, errors.start + gallery.perPage)
        let detail = shown.isEmpty ? "none" : "\(errors.start + 1)–\(last) of \(Figures.grouped(shown.count))"
        let inner = Panel(
            title: title(errors.group, errors.errors), detail: [Span(detail, theme.style(.dim))],
            focused: errors.cursor != nil,
            footer: [
                Span(
                    "true: predicted by run \(errors.errors.first), by run \(errors.errors.second)", theme.style(.dim))
            ]
        ).draw(in: layout.digits, on: &buffer, look: state.look)
        if let digit = errors.digit, let answers = layout.answers {
            drawAnswers(digit, errors.errors, state, in: answers, on: &buffer)
        }
        guard !shown.isEmpty, inner.height > 0 else { return }
        guard state.hasImages(of: errors.errors), let data = state.data.loaded else {
            let text = "these images are not those of the data set that is open"
            return buffer.write(text, centredIn: inner, y: inner.y + inner.height / 2, theme.style(.dim))
        }
        for (number, digit) in shown[errors.start..<max(errors.start, last)].enumerated() {
            let (place, caption) = gallery.parts(of: gallery.cell(number))
            DigitsView.image(digit.row, .test, data).draw(
                in: place, form: data.smallForm, on: &buffer, look: state.look)
            let isAtHand = errors.cursor == errors.start + number
            let background = theme[isAtHand ? .selectedBackground : .background]
            let truth = theme.style(.title).bold().on(background)
            func style(_ answer: Int) -> Style {
                theme.style(answer == digit.truth ? .good : .bad).bold().on(background)
            }
            if gallery.captionsAtLeft {
                let labels = [
                    (digit.truth, truth), (digit.first, style(digit.first)), (digit.second, style(digit.second)),
                ]
                LeftCaption(labels, state.classNames, in: caption).draw(isSelected: isAtHand, on: &buffer, theme)
                continue
            }
            if isAtHand { buffer.fill(caption.inset(right: 1), Cell(style: theme.style(.text).on(background))) }
            let dim = theme.quiet(marked: isAtHand)
            let names = state.classNames.cut((caption.width - 5) / 3)
            buffer.write(
                [
                    Span(isAtHand ? "▸" : " ", theme.style(.key).on(background)), Span(names[digit.truth], truth),
                    Span(": ", dim), Span(names[digit.first], style(digit.first)), Span(", ", dim),
                    Span(names[digit.second], style(digit.second)),
                ], x: caption.x, y: caption.y, maxWidth: caption.width)
        }
    }
}

/// Where the pairs and the digits lie, and what both runs predicted of the selected digit.
struct RunErrorsLayout {
    let pairs: Rect
    let digits: Rect
    /// Nil where there is no room for it.
    private(set) var answers: Rect?

    init(_ body: Rect) {
        let (pairs, right) = body.splitLeft(min(32, max(24, body.width / 3)))
        self.pairs = pairs
        guard right.height >= 16 else {
            digits = right
            return
        }
        let (upper, lower) = right.splitBottom(4)
        (digits, answers) = (upper, lower)
    }
}

extension Shared {
    /// Whether the digits that two runs were tested on are those of the data set in memory.
    func hasImages(of errors: RunErrors) -> Bool {
        guard let labels = data.loaded?.dataset.test.labels else { return false }
        return errors.digits.allSatisfy { labels.indices.contains($0.row) && Int(labels[$0.row]) == $0.truth }
    }
}
