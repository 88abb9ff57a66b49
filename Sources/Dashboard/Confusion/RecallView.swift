import TerminalUI
import Training

/// The recall of each class through the epochs: which class is learned last, and which one is forgotten.
enum RecallView {
    static func draw(_ state: ScreenContext<ConfusionScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let rows = Span("validation", theme.style(.dim))
        let picture = RecallPicture(state.own, state.shared)
        let footer = picture.map { [Span($0.scale + " · ", theme.style(.dim)), rows] } ?? []
        let inner = Panel(
            title: "recall by epoch", detail: picture.map { [Span($0.epochWords, theme.style(.dim))] } ?? [],
            footer: footer
        ).draw(in: area, on: &buffer, look: state.look)
        guard let picture else {
            return buffer.write(
                paragraph: ConfusionView.emptyText(state.shared, of: .validation), centredIn: inner, theme.style(.dim))
        }
        picture.draw(names: state.classNames, in: inner.inset(left: 1, right: 1), on: &buffer, look: state.look)
    }
}

/// The figures of the picture, from the matrices that are kept of the run's epochs.
struct RecallPicture {
    /// A class, its recall after each epoch, and at the epoch on the screen.
    struct Line: Equatable {
        let label: Int
        let recalls: [Double?]
        let now: Double?
    }

    /// The epochs whose matrices are kept, without the untrained network where there are others.
    let epochs: [Int]
    /// The network of epoch 0, in words.
    private let start: String
    /// In the order of the screen.
    let lines: [Line]
    /// The class with the least recall; nil where all are equal.
    let worst: Int?
    /// The recall at the foot of every picture.
    let lowest: Double
    /// Index of the epoch on the screen.
    let shown: Int

    /// - Returns: nil without validation rows that were measured.
    init?(_ own: ConfusionScreen, _ shared: Shared) {
        start = shared.startWords
        guard let history = shared.run?.confusions, let first = history.epochs.first,
            let newest = history.confusion(at: .max)
        else { return nil }
        let skipped = first == 0 && history.epochs.count > 1 ? 1 : 0
        epochs = Array(history.epochs.dropFirst(skipped))
        let at = shared.lookBack.epoch.flatMap { epoch in history.epochs.lastIndex { $0 <= epoch } }
        shown = max(0, (at ?? history.epochs.count - 1) - skipped)
        let matrix = at.flatMap { history.confusion(at: history.epochs[$0]) } ?? newest
        let metrics = ConfusionMetrics(matrix).perClass
        let index = shown
        // The worst first; while a run trains the lines stand still, unless the user has chosen an order.
        let isSorted = own.order != .number || own.isReversed || shared.run?.state == .running
        let lines = (isSorted ? own.ordered(metrics) : ClassOrder.recall.sorted(metrics)).map { figures in
            let recalls = Array(history.recalls(of: figures.label).dropFirst(skipped))
            return Line(label: figures.label, recalls: recalls, now: recalls[index])
        }
        self.lines = lines
        let now = lines.compactMap(\.now)
        worst = now.min() == now.max() ? nil : lines.first { $0.now == now.min() }?.label
        let least = lines.flatMap { $0.recalls.compactMap { $0 } }.min() ?? 0
        // A tenth below the least value at most, so that a small difference shows.
        lowest = least >= 0.95 ? 0.9 : max(0, (least * 10).rounded(.down) / 10)
    }

    /// `80 to 100 %`
    var scale: String { "\(Figures.percent(lowest, digits: 0)) to 100 %" }

    var epochWords: String {
        epochs.count > 1
            ? "epoch \(epochs[0]) → \(epochs[epochs.count - 1])" : epochs[0] == 0 ? start : "epoch \(epochs[0])"
    }

    /// A class has as many lines as all of them have, and a blank one between where there are more.
    private static func pitch(_ rows: Int, _ classes: Int) -> Int { max(1, min(4, rows / max(1, classes))) }

    /// Rows that stay blank in so many.
    static func blank(_ rows: Int, _ classes: Int) -> Int {
        let pitch = pitch(rows, classes)
        return rows - classes * (pitch > 2 ? pitch - 1 : pitch)
    }

    func draw(names: ClassNames, in area: Rect, on buffer: inout Buffer, look: Look) {
        let theme = look.theme
        let digits = "\(lines.count - 1)".count
        let names = names.fitting(min(10, area.width / 3))
        let label = max(digits, names.longest)
        let pitch = RecallPicture.pitch(area.height, lines.count)
        let height = pitch > 2 ? pitch - 1 : pitch
        let track = Rect(x: area.x + label + 1, y: area.y, width: area.width - label - 1 - 8, height: height)
        let shown = lines.count > area.height ? max(0, area.height - 1) : lines.count
        if shown < lines.count {
            buffer.write(
                "\(lines.count - shown) more", x: track.x, y: area.y + shown, theme.style(.dim), maxWidth: track.width)
        }
        for (place, line) in lines.prefix(shown).enumerated() {
            let y = area.y + place * pitch
            let foot = y + height - 1
            buffer.write(
                names[line.label], rightAlignedAt: area.x + label, y: foot,
                theme.style(line.label == worst ? .bad : .text))
            let columns = columns(line.recalls, width: track.width)
            let roles = columns.shown.map { $0 ? Theme.Role.key : .validation }
            BarColumns(columns.values, roles: roles, faint: .validation).draw(
                in: Rect(x: track.x, y: y, width: track.width, height: height), on: &buffer, look: look)
            let x = area.maxX - 2
            buffer.write(Figures.percent(line.now), rightAlignedAt: x, y: foot, theme.style(.title))
            if line.label == worst {
                buffer.write(look.glyphs == .ascii ? "<" : "▼", x: area.maxX - 1, y: foot, theme.style(.bad))
            }
        }
    }

    /// A few columns for each epoch; where several epochs share a column, it has the least of them, so that no fall is
    /// hidden.
    private func columns(_ recalls: [Double?], width: Int) -> (values: [Double?], shown: [Bool]) {
        let count = recalls.count
        let width = max(0, min(width, 6 * count))
        let parts = (0..<width).map { column in
            let first = column * count / width
            return first..<max(first + 1, (column + 1) * count / width)
        }
        let values = parts.map { part in
            recalls[part].compactMap { $0 }.min().map { ($0 - lowest) / (1 - lowest) }
        }
        return (values, parts.map { $0.contains(shown) })
    }
}
