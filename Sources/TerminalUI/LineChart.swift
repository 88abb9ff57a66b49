import Foundation

/// Curves over a common x axis with axes, ticks and labels.
package struct LineChart: Widget {
    /// A value of a line.
    package struct Point: Equatable, Sendable {
        /// Its place on the x axis.
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
        /// Its place on the x axis.
        package var x: Double
        /// The least value.
        package var low: Double
        /// The greatest value.
        package var high: Double

        package init(x: Double, low: Double, high: Double) {
            self.x = x
            self.low = low
            self.high = high
        }
    }

    /// The data of one line or envelope.
    package struct Series: Equatable, Sendable {
        /// Whether `points` or `envelope` are drawn.
        package enum Kind: Equatable, Sendable { case line, envelope }

        /// Its name in the legend.
        package var name: String
        /// The line, by ascending x.
        package var points: [Point]
        /// The band, by ascending x.
        package var envelope: [EnvelopePoint]
        /// The colour of the line, or of the band.
        package var color: Color
        /// Whether it is drawn as a line or as a band.
        package var kind: Kind
        /// The character of the series where there are no fine dots (ASCII).
        package var mark: Unicode.Scalar
        /// Whether every third cell of a line is quiet, so that it differs without its colour.
        package var dashed = false
        /// Whether a line lies behind the others and is quieter: the raw values of a smoothed line.
        package var faint = false
        /// A short text beside the right end of a line, in its colour.
        package var tag = ""
        /// Whether a band lies around another one, and is lighter.
        package var isOuter = false
        /// A symbol here and there on a line where there is no colour; nil for none.
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

    /// A marked place on the x axis, such as a live change.
    package struct Marker: Equatable, Sendable {
        /// Its place on the x axis.
        package var x: Double
        /// A short text beside its guide.
        package var label: String
        /// The colour of the label and of its guide.
        package var color: Color
        /// The importance: where two labels have no room, the one of greater rank is drawn.
        package var rank: Int

        package init(x: Double, label: String, color: Color, rank: Int = 0) {
            self.x = x
            self.label = label
            self.color = color
            self.rank = rank
        }
    }

    /// A marked value, such as the accuracy of guessing.
    package struct Level: Equatable, Sendable {
        /// Its place on the y axis.
        package var y: Double
        /// A short text at its right end.
        package var label: String

        package init(y: Double, label: String) { (self.y, self.label) = (y, label) }
    }

    /// Later series lie above earlier ones; envelopes lie behind all lines.
    package var series: [Series]
    /// The values at the left and at the right edge of the plot.
    package var xRange: ClosedRange<Double>
    /// What the y axis has to show; nil for all values of the lines. It reaches a little further, so that its ticks are
    /// round and the same number of rows apart.
    package var yRange: ClosedRange<Double>?
    /// The values that can be, such as 0 to 100 per cent: beyond them there is no tick.
    package var yLimits = -Double.infinity ... .infinity
    /// Whether the y axis is logarithmic; values up to 0 then break the line.
    package var logarithmic: Bool
    /// Text of the y axis' ticks; nil for as many decimals as the ticks need.
    package var yFormat: (@Sendable (Double) -> String)?
    /// Text of the x axis' ticks; nil for as many decimals as the ticks need.
    package var xFormat: (@Sendable (Double) -> String)?
    /// The place of the value cursor on the x axis; nil for none.
    package var cursor: Double?
    /// Places that are marked by a vertical guide.
    package var markers: [Marker]
    /// Shown in the middle while there is nothing to draw.
    package var emptyText: String
    /// Whether the labels of the x axis are on the row below the area, which is its panel's border. The plot then has
    /// every row of the area.
    package var labelsOnBorder = false
    /// Whether tags stand at the right edge, with dots from the end of their lines, so that they don't move as these grow.
    package var tagsAtEdge = false
    /// The unit of the x axis; left of its labels where they are on the border.
    package var xName = ""
    /// The least distance of two ticks of the x axis, such as 1 for what is counted.
    package var leastXStep = 0.0
    /// Whether the x axis has labels; else only the places of its ticks.
    package var hasXLabels = true
    /// At the right of the border, after the labels of the x axis.
    package var xNote = ""
    /// Columns that the labels of the y axis have at least, so that charts one above the other line up.
    package var leastLabel = 0
    /// Columns of the plot, at most; what is beyond stays free.
    package var mostColumns = Int.max
    /// Levels that are marked by a horizontal guide.
    package var levels: [Level] = []

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
            drawSingleValues(frame, &buffer, look)
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
