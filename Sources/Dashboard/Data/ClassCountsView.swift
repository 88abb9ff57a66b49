import Datasets
import Foundation
import TerminalUI
import Training

/// How many images each class has in the three parts, with bars of the part that is shown.
enum ClassCountsView {
    /// Lines of sums below the classes, where these are all there.
    static let sums = 4

    static func draw(
        _ browser: SampleBrowser, _ shared: Shared, label: Int?, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = shared.look.theme
        guard let division = browser.division, let data = shared.data.loaded else {
            let inner = Panel(title: "classes").draw(in: area, on: &buffer, look: shared.look)
            let text = browser.problem ?? shared.loadingText
            return buffer.write(paragraph: text, centredIn: inner, theme.style(.dim))
        }
        let counts = division.counts(browser.part)
        let rows = ClassRows(data.dataset.classes, label: label, in: area).shown
        let isPart = rows.count < data.dataset.classes
        let inner = Panel(
            title: "classes", detail: balance(counts, theme, room: area.width - 14),
            footer: isPart
                ? [Span(shared.imageNames.range(rows, of: data.dataset.classes), theme.style(.dim))] : []
        ).draw(in: area, on: &buffer, look: shared.look)
        guard inner.height > 0 else { return }
        let table = CountsTable(division, shared, part: browser.part, inner)
        table.drawHeading(on: &buffer)
        for (line, row) in rows.enumerated() {
            table.draw(row, y: inner.y + 1 + line, isShown: row == label, on: &buffer)
        }
        table.drawSums(y: inner.y + 1 + rows.count, on: &buffer)
    }

    /// The least count by the greatest, of the classes that have any.
    static func balance(_ counts: [Int], _ theme: Theme, room: Int) -> [Span] {
        guard let most = counts.max(), most > 0, let least = counts.min() else { return [] }
        let share = String(format: "%.2f", Double(least) / Double(most))
        let role: Theme.Role = least * 3 <= most ? .warning : .text
        let forms = [
            [Span("least/most ", theme.style(.dim)), Span(share, theme.style(role))],
            [Span(share, theme.style(role))],
        ]
        return forms.first { $0.width <= room } ?? []
    }
}

/// The columns of the table.
private struct CountsTable {
    private let division: DataDivision
    private let part: DataPart
    private let look: Look
    private let names: ClassNames
    private let inner: Rect
    private let nameWidth: Int
    /// The columns of the counts, each with the column behind it.
    private let columns: [(part: DataPart, end: Int)]
    /// Behind the weights; nil without them, or without room.
    private let weightEnd: Int?
    private let bar: Rect
    private let most: Int

    init(_ division: DataDivision, _ shared: Shared, part: DataPart, _ inner: Rect) {
        (self.division, self.part, look, self.inner) = (division, part, shared.look, inner)
        let sums = DataPart.allCases.map { division.counts($0).reduce(0, +) }
        let widths = zip(sums, ["train", "held", "test"]).map { max(Figures.grouped($0).count, $1.count) + 1 }
        let hasWeights = division.weights != nil && inner.width >= 30
        let numbers = widths.reduce(0, +) + (hasWeights ? 6 : 0)
        // Names are worth more than bars.
        let spare = inner.width - 8 - numbers
        let names = shared.imageNames.cut(min(14, spare >= 5 ? spare : inner.width - 3 - numbers))
        self.names = names
        let last = max(0, division.counts.training.count - 1)
        nameWidth = max(3, names.isEmpty ? "\(last)".count : names.longest)
        var end = inner.maxX - 1
        weightEnd = hasWeights ? end : nil
        if hasWeights { end -= 6 }
        var columns: [(DataPart, Int)] = []
        for (part, width) in zip(DataPart.allCases, widths).reversed() {
            columns.insert((part, end), at: 0)
            end -= width
        }
        self.columns = columns
        let left = inner.x + nameWidth + 2
        bar = Rect(x: left, y: 0, width: min(60, end - left), height: 1)
        most = division.counts(part).max() ?? 0
    }

    private func role(_ part: DataPart) -> Theme.Role {
        switch part {
        case .training: .train
        case .heldOut: .validation
        case .test: .probability
        }
    }

    func drawHeading(on buffer: inout Buffer) {
        for (part, end) in columns {
            let title =
                switch part {
                case .training: "train"
                case .heldOut: "held"
                case .test: "test"
                }
            let isShown = part == self.part
            let style = look.theme.style(isShown ? .title : .dim)
            buffer.write(title, rightAlignedAt: end, y: inner.y, isShown ? style.bold() : style)
        }
        if let weightEnd { buffer.write("weight", rightAlignedAt: weightEnd, y: inner.y, look.theme.style(.dim)) }
    }

    func draw(_ label: Int, y: Int, isShown: Bool, on buffer: inout Buffer) {
        let theme = look.theme
        let background = theme[isShown ? .selectedBackground : .background]
        if isShown {
            buffer.fill(
                Rect(x: inner.x, y: y, width: inner.width, height: 1), Cell(style: theme.style(.text).on(background)))
        }
        let nameStyle = isShown ? theme.style(.good).bold() : theme.style(names.isEmpty ? .dim : .text)
        buffer.write(
            names[label], rightAlignedAt: inner.x + 1 + nameWidth, y: y, nameStyle.on(background), maxWidth: nameWidth)
        let count = division.counts(part)[label]
        if most > 0, bar.width > 0 {
            drawBar(Double(count) / Double(most), y: y, background, on: &buffer)
        }
        for (part, end) in columns {
            let number = division.counts(part)[label]
            let role: Theme.Role = number == 0 ? .warning : .text
            let style = part == self.part || number == 0 ? theme.style(role) : theme.quiet(marked: isShown)
            buffer.write(Figures.grouped(number), rightAlignedAt: end, y: y, style.on(background))
        }
        if let weightEnd, let weights = division.weights {
            buffer.write(
                String(format: weights[label] < 100 ? "%.2f" : "%.0f", weights[label]), rightAlignedAt: weightEnd,
                y: y, theme.style(.text).on(background))
        }
    }

    /// A line in halves of a column, thinner than its row, so that neighbours stay apart.
    private func drawBar(_ share: Double, y: Int, _ background: Color, on buffer: inout Buffer) {
        let steps = Int((share * Double(bar.width * 2)).rounded())
        let style = look.theme.style(role(part)).on(background)
        for column in 0..<bar.width where steps > column * 2 {
            let isWhole = steps >= column * 2 + 2
            let scalar: Unicode.Scalar = look.glyphs == .ascii ? (isWhole ? "=" : "-") : isWhole ? "━" : "╸"
            buffer[bar.x + column, y] = Cell(scalar, style: style)
        }
    }

    /// The images of each part, its share of all, and its least and greatest count; as many of these lines as have room.
    func drawSums(y: Int, on buffer: inout Buffer) {
        let theme = look.theme
        let sums = DataPart.allCases.map { division.counts($0).reduce(0, +) }
        let all = Double(max(1, sums.reduce(0, +)))
        let lines: [(name: String, figure: (DataPart) -> String)] = [
            ("all", { Figures.grouped(division.counts($0).reduce(0, +)) }),
            ("%", { Figures.percent(Double(division.counts($0).reduce(0, +)) / all, digits: 0) }),
            ("least", { Figures.grouped(division.counts($0).min() ?? 0) }),
            ("most", { Figures.grouped(division.counts($0).max() ?? 0) }),
        ]
        for (row, line) in lines.prefix(min(ClassCountsView.sums, max(0, inner.maxY - y))).enumerated() {
            buffer.write(
                line.name, rightAlignedAt: inner.x + 1 + max(nameWidth, line.name.count), y: y + row, theme.style(.dim))
            for (part, end) in columns {
                let style = theme.style(row == 0 && part == self.part ? .title : .dim)
                buffer.write(line.figure(part), rightAlignedAt: end, y: y + row, style)
            }
        }
    }
}
