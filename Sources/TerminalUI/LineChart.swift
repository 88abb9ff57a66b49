import Foundation

/// Curves over a common x axis with axes, ticks and labels.
package struct LineChart: Widget {
    package struct Point: Equatable, Sendable {
        package var x: Double
        /// Not finite: the line breaks here.
        package var y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// The least and the greatest value of what fell on one place of the x axis.
    package struct EnvelopePoint: Equatable, Sendable {
        package var x: Double
        package var low: Double
        package var high: Double

        package init(x: Double, low: Double, high: Double) {
            self.x = x
            self.low = low
            self.high = high
        }
    }

    package struct Series: Equatable, Sendable {
        package enum Kind: Equatable, Sendable { case line, envelope }

        package var name: String
        package var points: [Point]
        package var envelope: [EnvelopePoint]
        package var color: Color
        package var kind: Kind
        /// What stands for the series where there are no fine dots (ASCII).
        package var mark: Unicode.Scalar
        /// Whether a line has gaps, so that it is told apart without its colour.
        package var dashed = false
        /// Whether a line lies behind the others and is quieter: the raw values of a smoothed line.
        package var faint = false
        /// What stands beside the right end of a line, in its colour.
        package var tag = ""
        /// Stands here and there on a line where there is no colour; nil: nowhere.
        package var symbol: Unicode.Scalar?

        package init(
            name: String, points: [Point], color: Color, kind: Kind = .line, mark: Unicode.Scalar = "*",
            dashed: Bool = false
        ) {
            self.name = name
            self.points = points
            self.color = color
            self.kind = kind
            self.mark = mark
            self.dashed = dashed
            envelope = kind == .envelope ? points.map { EnvelopePoint(x: $0.x, low: $0.y, high: $0.y) } : []
        }

        package init(name: String, envelope: [EnvelopePoint], color: Color, mark: Unicode.Scalar = ":") {
            self.name = name
            points = []
            self.envelope = envelope
            self.color = color
            kind = .envelope
            self.mark = mark
        }
    }

    /// A place on the x axis that something happened at.
    package struct Marker: Equatable, Sendable {
        package var x: Double
        package var label: String
        package var color: Color
        /// Where labels have no room beside each other, those of greater ranks come first.
        package var rank: Int

        package init(x: Double, label: String, color: Color, rank: Int = 0) {
            self.x = x
            self.label = label
            self.color = color
            self.rank = rank
        }
    }

    /// Later series lie above earlier ones; envelopes lie behind all lines.
    package var series: [Series]
    package var xRange: ClosedRange<Double>
    /// Nil: fitted to what is seen, with nice limits.
    package var yRange: ClosedRange<Double>?
    package var logarithmic: Bool
    /// Nil: as many decimals as the ticks need.
    package var yFormat: (@Sendable (Double) -> String)?
    package var xFormat: (@Sendable (Double) -> String)?
    /// Where the value cursor stands, on the x axis.
    package var cursor: Double?
    package var markers: [Marker]
    /// Shown in the middle while there is nothing to draw.
    package var emptyText: String
    /// Whether the labels of the x axis go onto the row below the area, which is its panel's border: the plot then has
    /// every row of the area.
    package var labelsOnBorder = false
    /// What the x axis counts; stands left of its labels where they are on the border.
    package var xName = ""

    package init(
        series: [Series], xRange: ClosedRange<Double>, yRange: ClosedRange<Double>? = nil, logarithmic: Bool = false,
        yFormat: (@Sendable (Double) -> String)? = nil, xFormat: (@Sendable (Double) -> String)? = nil,
        cursor: Double? = nil, markers: [Marker] = [], emptyText: String = ""
    ) {
        self.series = series
        self.xRange = xRange
        self.yRange = yRange
        self.logarithmic = logarithmic
        self.yFormat = yFormat
        self.xFormat = xFormat
        self.cursor = cursor
        self.markers = markers
        self.emptyText = emptyText
    }

    /// Draws axes and curves into an area; what does not fit is left out, labels first.
    package func draw(in area: Rect, on buffer: inout Buffer, look: Look) {
        guard !area.isEmpty else { return }
        buffer.clipped(to: area.inset(bottom: labelsOnBorder ? -1 : 0)) { buffer in
            let frame = frame(in: area)
            drawAxes(frame, &buffer, look)
            guard !frame.plot.isEmpty else { return }
            if LineChart.hasBand(look) { drawBand(frame, &buffer, look) }
            drawGuides(frame, &buffer, look)
            let canvas = PlotCanvas(
                width: frame.plot.width, height: frame.plot.height, glyphs: look.glyphs, mono: look.colors == .mono,
                sparseFields: !LineChart.hasBand(look))
            if !drawCurves(frame, canvas, &buffer, look), !emptyText.isEmpty {
                let middle = frame.plot.y + frame.plot.height / 2
                buffer.write(emptyText, centredIn: frame.plot, y: middle, look.theme.style(.dim))
            }
            drawTags(frame, &buffer, look)
            drawCursorValues(frame, &buffer, look)
            drawMarkerLabels(frame, &buffer, look)
        }
    }

    func transformed(_ point: Point) -> Point { Point(x: point.x, y: transformed(point.y)) }

    func transformed(_ point: EnvelopePoint) -> EnvelopePoint {
        EnvelopePoint(x: point.x, low: transformed(point.low), high: transformed(point.high))
    }

    /// The value on the axis; zero and less have no logarithm and break the line.
    func transformed(_ value: Double) -> Double {
        guard logarithmic else { return value }
        return value > 0 ? log10(value) : .nan
    }
}
