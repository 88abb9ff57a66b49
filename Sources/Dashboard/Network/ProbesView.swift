import TerminalUI
import Training

/// What depth is for: how much of the class a linear read-out finds in the pixels and in each hidden layer, for the digit
/// and in general.
enum ProbesView {
    static let title = "what each layer knows"

    static func draw(_ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer) {
        let theme = state.look.theme
        let probes = state.inspection?.probes
        let footer = probes.map { rows($0, state, room: area.width - 8) } ?? ""
        let inner = Panel(
            title: title, detail: [Span(probes.map { moment($0, state) } ?? "", theme.style(.dim))],
            footer: footer.isEmpty ? [] : [Span(footer, theme.style(.dim))]
        ).draw(in: area, on: &buffer, look: state.look).inset(left: 1, right: 1)
        guard let probes else { return NetworkView.drawEmpty(state.shared, in: inner, on: &buffer) }
        let lines = lines(probes, state)
        let columns = Columns(lines, width: inner.width)
        drawHeading(columns, state, in: inner, on: &buffer)
        let room = inner.height - 1
        let shown = lines.count <= room ? lines.count : max(0, room - 1)
        let most = lines.compactMap(\.wrong).max() ?? 0
        for (number, line) in lines.prefix(shown).enumerated() {
            draw(line, columns, most: most, state, in: inner.inset(top: 1 + number), on: &buffer)
        }
        if shown < lines.count {
            buffer.write("\(lines.count - shown) more", x: inner.x, y: inner.y + 1 + shown, theme.style(.dim))
        }
        drawWords(probes, state, in: inner.inset(top: lines.count + 2), on: &buffer)
    }

    // MARK: - Lines

    /// One read-out, or the network itself.
    struct Line: Equatable {
        var name: String
        /// The predicted class of the digit, with its probability.
        var predicted: (name: String, share: Float, isRight: Bool)?
        /// The share of right predictions, 0 ... 1.
        var right: Double?
        var wrong: Double? { right.map { 1 - $0 } }

        static func == (a: Line, b: Line) -> Bool {
            a.name == b.name && a.right == b.right && a.predicted?.name == b.predicted?.name
                && a.predicted?.share == b.predicted?.share && a.predicted?.isRight == b.predicted?.isRight
        }
    }

    /// The pixels, the hidden layers, the network.
    static func lines(_ probes: LayerProbes, _ state: ScreenContext<NetworkScreen>) -> [Line] {
        let truth = truth(state)
        let names = state.classNames.fitting(9)
        func predicted(_ values: [Float]) -> (name: String, share: Float, isRight: Bool)? {
            guard let best = values.indices.max(by: { (values[$0].orLeast, $1) < (values[$1].orLeast, $0) }),
                values[best].isFinite
            else { return nil }
            return (names[best], values[best], best == truth)
        }
        var lines = probes.probes.enumerated().map { index, probe in
            Line(
                name: index == 0 ? "pixels" : "layer \(index)", predicted: predicted(probe.probabilities),
                right: probe.accuracy)
        }
        // The network is at another place already where the read-outs are of earlier weights.
        let isCurrent = state.inspection?.isComplete == true
        let inspection = state.own.digit(state.shared).flatMap { state.shared.inspection(of: $0.row, $0.source) }
        lines.append(
            Line(
                name: "network", predicted: isCurrent ? predicted(inspection?.probabilities ?? []) : nil,
                right: probes.networkAccuracy))
        return lines
    }

    private static func truth(_ state: ScreenContext<NetworkScreen>) -> Int? {
        guard let data = state.data.loaded, let digit = state.own.digit(state.shared) else { return nil }
        return Int(data.images(digit.source).labels[digit.row])
    }

    /// Where the columns end, from the panel's left.
    private struct Columns {
        let name: Int
        let predicted: Int
        let right: Int
        /// Columns of the bar; 0 for none.
        let bar: Int
        let hasDigit: Bool

        init(_ lines: [Line], width: Int) {
            let digit = 9 + (lines.compactMap { $0.predicted?.name.columns }.max() ?? 1)
            name = max(7, lines.map { $0.name.columns }.max() ?? 0)
            hasDigit = width >= name + digit + 9
            predicted = name + (hasDigit ? digit : 0)
            right = predicted + 9
            bar = width - right - 2 >= 5 ? width - right - 2 : 0
        }
    }

    private static func drawHeading(
        _ columns: Columns, _ state: ScreenContext<NetworkScreen>, in inner: Rect, on buffer: inout Buffer
    ) {
        let dim = state.look.theme.style(.dim)
        buffer.write("read-out", x: inner.x, y: inner.y, dim, maxWidth: inner.width)
        if columns.hasDigit {
            let word = columns.predicted - columns.name >= 11 ? "predicted" : state.classNames.noun
            buffer.write(word, rightAlignedAt: inner.x + columns.predicted, y: inner.y, dim)
        }
        guard inner.width >= columns.right else { return }
        buffer.write("right", rightAlignedAt: inner.x + columns.right, y: inner.y, dim)
        if columns.bar > 0 {
            buffer.write("wrong", x: inner.x + columns.right + 2, y: inner.y, dim, maxWidth: columns.bar)
        }
    }

    private static func draw(
        _ line: Line, _ columns: Columns, most: Double, _ state: ScreenContext<NetworkScreen>, in row: Rect,
        on buffer: inout Buffer
    ) {
        let theme = state.look.theme
        let chosen = line.name == "layer \(state.own.shownLayer(state.shared) + 1)"
        let name = theme.style(chosen ? .title : .text)
        buffer.write(line.name, x: row.x, y: row.y, chosen ? name.bold() : name, maxWidth: row.width)
        if columns.hasDigit {
            if let predicted = line.predicted {
                let share = ProbabilityBars.text(predicted.share)
                let end = row.x + columns.predicted
                buffer.write(share, rightAlignedAt: end, y: row.y, theme.style(.dim))
                buffer.write(
                    predicted.name, rightAlignedAt: end - 7, y: row.y,
                    theme.style(predicted.isRight ? .good : .bad).bold())
            } else {
                buffer.write("–", rightAlignedAt: row.x + columns.predicted, y: row.y, theme.style(.dim))
            }
        }
        guard row.width >= columns.right else { return }
        guard let right = line.right, let wrong = line.wrong else {
            buffer.write("NaN", rightAlignedAt: row.x + columns.right, y: row.y, theme.style(.bad))
            return
        }
        buffer.write(
            "\(Figures.percent(right, digits: 2)) %", rightAlignedAt: row.x + columns.right, y: row.y,
            theme.style(.text))
        guard columns.bar > 0, most > 0 else { return }
        SignedBar(share: wrong / most, role: .probability).draw(
            in: Rect(x: row.x + columns.right + 2, y: row.y, width: columns.bar, height: 1), on: &buffer,
            look: state.look)
    }

    // MARK: - Words

    /// What a read-out is, where there is room for it.
    private static func drawWords(
        _ probes: LayerProbes, _ state: ScreenContext<NetworkScreen>, in area: Rect, on buffer: inout Buffer
    ) {
        guard area.height >= 3 else { return }
        let lines = WrappedText.lines(words(probes, state), width: area.width)
        guard lines.count <= area.height else { return }
        for (number, line) in lines.enumerated() {
            buffer.write(line, x: area.x, y: area.y + number, state.look.theme.style(.dim), maxWidth: area.width)
        }
    }

    /// What a read-out is.
    static func words(_ probes: LayerProbes, _ state: ScreenContext<NetworkScreen>) -> String {
        let noun = state.classNames.noun
        return "A read-out is one linear layer, fitted to the outputs of a layer for "
            + "\(Figures.grouped(probes.fitted)) training \(noun)s. What it predicts right is laid out there already; "
            + "what the next layer adds is what that layer is for."
    }

    /// The rows that it is checked on, as long as there is room.
    private static func rows(_ probes: LayerProbes, _ state: ScreenContext<NetworkScreen>, room: Int) -> String {
        let checked = checked(probes, state)
        let fitted = "\(checked) · fitted to \(Figures.grouped(probes.fitted))"
        let short = "\(Figures.grouped(probes.checked)) \(probes.areValidation ? "validation" : "training")"
        return [fitted, checked, short].first { $0.columns <= room } ?? ""
    }

    /// `1,000 validation digits`
    static func checked(_ probes: LayerProbes, _ state: ScreenContext<NetworkScreen>) -> String {
        let set = probes.areValidation ? "validation" : "other training"
        return "\(Figures.grouped(probes.checked)) \(set) \(state.classNames.noun)s"
    }

    private static func moment(_ probes: LayerProbes, _ state: ScreenContext<NetworkScreen>) -> String {
        state.inspection?.isComplete == true
            ? NetworkView.moment(state) : NetworkView.moment(probes.place, state)
    }
}
