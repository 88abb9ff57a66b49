extension LineChart {
    /// A marker's label in its place.
    struct PlacedLabel: Equatable {
        var text: String
        var x: Int
        var y: Int
        var color: Color
    }

    /// Draws the labels over all else.
    func drawMarkerLabels(_ frame: Frame, _ buffer: inout Buffer, _ look: Look) {
        for label in placedLabels(frame, over: buffer) {
            for (offset, scalar) in label.text.unicodeScalars.enumerated() {
                let under = buffer[label.x + offset, label.y]
                let isPlain = LineChart.isEmptyOrGuide(under.scalar)
                let background = isPlain ? under.style.background : look.theme[.background]
                buffer[label.x + offset, label.y] = Cell(
                    scalar, style: Style(foreground: label.color, background: background))
            }
        }
    }

    /// The labels that have room, none cut and none over another, where they hide least of the curves: near the top or
    /// the bottom, right or left of their guide. A label without room is left out; its guide remains.
    func placedLabels(_ frame: Frame, over buffer: Buffer) -> [PlacedLabel] {
        var placed: [PlacedLabel] = []
        let most = frame.plot.height < LineChart.lowPlot ? max(1, frame.plot.width / 16) : .max
        let guides = Set(labelledMarkers(frame).map(\.x))
        for marker in labelledMarkers(frame) {
            guard placed.count < most else { break }
            let width = marker.text.columns
            var best: (label: PlacedLabel, cost: Int)?
            for y in labelRows(frame.plot) {
                for x in [marker.x + 1, marker.x - width] {
                    let label = PlacedLabel(text: marker.text, x: x, y: y, color: marker.color)
                    guard x >= frame.plot.x, x + width <= frame.plot.maxX,
                        !placed.contains(where: { $0.touches(label) })
                    else { continue }
                    let cost = (x..<(x + width)).reduce(0) { cost, column in
                        cost
                            + (!LineChart.isEmptyOrGuide(buffer[column, y].scalar)
                                ? 2 : guides.contains(column) ? 1 : 0)
                    }
                    if cost < best?.cost ?? .max { best = (label, cost) }
                }
            }
            if let best { placed.append(best.label) }
        }
        return placed
    }

    /// A plot with fewer rows has only the most important labels, as its rows are for the curves.
    static let lowPlot = 6

    /// Most important first; equal texts on one column become one, with their number.
    private func labelledMarkers(_ frame: Frame) -> [(text: String, x: Int, color: Color)] {
        var groups: [(marker: Marker, x: Int, count: Int)] = []
        for marker in markers where !marker.label.isEmpty {
            guard let x = column(marker.x, frame) else { continue }
            if let index = groups.firstIndex(where: { $0.x == x && $0.marker.label == marker.label }) {
                groups[index].count += 1
            } else {
                groups.append((marker, x, 1))
            }
        }
        return groups.sorted { ($0.marker.rank, $0.x) > ($1.marker.rank, $1.x) }.map { group in
            (group.marker.label + (group.count > 1 ? " ×\(group.count)" : ""), group.x, group.marker.color)
        }
    }

    /// Rows for labels, the best first: a third of the plot at its top, then as much at its bottom.
    private func labelRows(_ plot: Rect) -> [Int] {
        guard plot.height >= 2 else { return [] }
        let count = max(1, min(3, plot.height / 3))
        return (0..<count).map { plot.y + $0 } + (0..<count).map { plot.maxY - 1 - $0 }
    }

    /// Whether a cell of the plot holds no part of a curve.
    static func isEmptyOrGuide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "┊", "│", "|", "╌", "\u{2800}": true
        default: false
        }
    }
}

extension LineChart.PlacedLabel {
    /// Whether less than a column is between two.
    fileprivate func touches(_ other: LineChart.PlacedLabel) -> Bool {
        let (width, otherWidth) = (text.columns, other.text.columns)
        return y == other.y && x <= other.x + otherWidth && other.x <= x + width
    }
}
