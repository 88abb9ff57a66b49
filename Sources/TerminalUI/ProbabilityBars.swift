/// The probability of each class as a bar: `7 █████████▉ 100%`.
package struct ProbabilityBars: Widget, Equatable {
    /// One for each class, 0 to 1.
    package var values: [Float]
    /// The true class; nil where it is not known.
    package var truth: Int?
    /// The class with the greatest probability; nil marks none.
    package var predicted: Int?
    /// One for each class.
    package var labels: [String]
    /// Rows from one bar to the next.
    package var pitch = 1
    /// Whether the one-hot vector of the true class is drawn after the bars.
    package var showsTarget = false

    package init(
        values: [Float], truth: Int? = nil, predicted: Int? = nil, labels: [String] = [], showsTarget: Bool = false
    ) {
        self.showsTarget = showsTarget
        self.values = values
        self.truth = truth
        self.predicted = predicted
        self.labels = labels
    }

    private static let eighths: [Unicode.Scalar] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

    /// Draws a row for each class; where there are too few rows, the most probable classes and the true one.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty, !values.isEmpty else { return }
        let pitch = max(1, pitch)
        let shown = rows(count: (area.height + pitch - 1) / pitch)
        let labelWidth = min(shown.map { label($0).columns }.max() ?? 1, max(1, area.width / 3))
        buffer.clipped(to: area) { buffer in
            for (row, index) in shown.enumerated() {
                draw(
                    index, x: area.x, y: area.y + row * pitch, width: area.width, labelWidth: labelWidth, &buffer, look)
            }
        }
    }

    /// The classes to show, in their order.
    private func rows(count: Int) -> [Int] {
        guard values.count > count else { return Array(values.indices) }
        var order = values.indices.sorted { (share($0), $1) > (share($1), $0) }
        for marked in [predicted, truth] {
            if let marked, let place = order.firstIndex(of: marked) { order.insert(order.remove(at: place), at: 0) }
        }
        return order.prefix(count).sorted()
    }

    private func label(_ index: Int) -> String { index < labels.count ? labels[index] : String(index) }

    private func share(_ index: Int) -> Double {
        let value = Double(values[index])
        return value.isFinite ? min(1, max(0, value)) : 0
    }

    private func draw(
        _ index: Int, x: Int, y: Int, width: Int, labelWidth: Int, _ buffer: inout Buffer, _ look: Look
    ) {
        let theme = look.theme
        // The label's 1 among 0s, separate from the network's probabilities.
        let hasTarget = showsTarget && truth != nil && width >= 16
        let width = hasTarget ? width - 2 : width
        if hasTarget {
            let isTruth = index == truth
            buffer.write(
                isTruth ? "1" : "0", x: x + width + 1, y: y, isTruth ? theme.style(.good).bold() : theme.style(.border))
        }
        let marked = index == truth || index == predicted
        let role: Theme.Role = index == truth ? .good : index == predicted ? (truth == nil ? .train : .bad) : .dim
        let style = marked ? theme.style(role).bold() : theme.style(.dim)
        buffer.write(
            label(index), rightAlignedAt: x + labelWidth, y: y, style, maxWidth: labelWidth)
        let number = 5
        let barWidth = width - labelWidth - 1 - number
        let bar = theme.style(marked ? role : .probability)
        if barWidth > 0 {
            let fine = look.glyphs != .ascii
            let steps = Int((share(index) * Double(barWidth * 8)).rounded())
            for column in 0..<barWidth {
                let part = min(8, max(0, steps - column * 8))
                let scalar = fine ? ProbabilityBars.eighths[part] : (part >= 4 ? "#" : " ")
                if scalar != " " { buffer[x + labelWidth + 1 + column, y] = Cell(scalar, style: bar) }
            }
        }
        let percent = Int((share(index) * 100).rounded())
        if percent > 0 || marked {
            buffer.write(
                "\(percent)%", rightAlignedAt: x + width, y: y, marked ? style : theme.style(.dim),
                maxWidth: max(0, width - labelWidth - 1))
        }
    }
}
