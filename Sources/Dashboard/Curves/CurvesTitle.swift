import TerminalUI
import Training

/// What is beside a chart's name, and at the ends of its lines. What is named where depends on the panel's width alone,
/// and every figure has a fixed width: no word moves or goes while a run is trained.
struct CurvesTitle {
    /// What the lines have at their ends.
    enum Ends {
        /// Names and figures are in the title.
        case nothing
        /// Names are in the title.
        case figures
        case namesAndFigures
        case fullNamesAndFigures
    }

    private let model: CurvesModel
    let ends: Ends
    /// Columns of the plot, at most. It keeps its columns where the lines get their figures, and then their names.
    let mostColumns: Int

    /// - Parameter columns: the panel's.
    init(_ model: CurvesModel, columns: Int) {
        self.model = model
        ends = Self.ends(columns)
        mostColumns = Self.mostColumns(columns, compares: model.compares)
    }

    private static func ends(_ columns: Int) -> Ends {
        columns < 70 ? .nothing : columns < 76 ? .figures : columns < 127 ? .namesAndFigures : .fullNamesAndFigures
    }

    private static func mostColumns(_ columns: Int, compares: Bool) -> Int {
        // Wider ones would lose more than a twentieth where the table of Curves comes in.
        let isBeforeTable = columns < CurvesLayout.leastCharts + CurvesLayout.leastTable
        if compares { return isBeforeTable ? 102 : .max }
        return columns < 76 ? 51 : isBeforeTable ? 96 : .max
    }

    private var look: Look { model.look }

    /// How lines differ beside their colours: solid and dashed, or by their marks.
    private var keys: (train: String, validation: String) { look.glyphs == .ascii ? ("o", "x") : ("━", "╍") }

    /// The name and the newest figure of a line: `╍ val  0.095`.
    func tag(of series: LineChart.Series) -> String? {
        let names: (train: String, validation: String) =
            switch ends {
            case .nothing, .figures: ("", "")
            case .namesAndFigures: ("train ", "val   ")
            case .fullNamesAndFigures: ("training   ", "validation ")
            }
        return switch series.name {
        case "train": "\(keys.train) \(names.train)\(model.text(newest.train))"
        case "validation": "\(keys.validation) \(names.validation)\(model.text(newest.validation))"
        default: nil
        }
    }

    /// At the right of the title: what the bands are and, where they have no room at the lines, the figures.
    func detail(room: Int) -> [Span] {
        let dim = look.theme.style(.dim)
        guard !model.compares else { return comparedDetail(room: room) }
        let band = model.bandLegend(dim)
        let gap = band.isEmpty ? [] : [Span("  ", dim)]
        if ends != .nothing {
            let names = ends == .figures ? lineNames : []
            let other = names.isEmpty || band.isEmpty ? band + names : band + gap + names
            let forms = cursorFigures.isEmpty ? [other, names] : [cursorFigures + gap + other, cursorFigures, names]
            return forms.first { $0.width <= room } ?? []
        }
        let figures = model.curves.cursor == nil ? newest : atCursor
        let full = titleFigures(figures, ("train ", "val "))
        let short = titleFigures(figures, ("", ""))
        return [band + gap + full, full, short].first { $0.width <= room } ?? []
    }

    private var lineNames: [Span] {
        let theme = look.theme
        return [
            Span("\(keys.train) train  ", theme.style(.train)),
            Span("\(keys.validation) val", theme.style(.validation)),
        ]
    }

    private func comparedDetail(room: Int) -> [Span] {
        guard let outliers = model.outliers, !outliers.outside.isEmpty else { return [] }
        let arrow = model.quantity == .loss ? "↑" : "↓"
        let words = outliers.words(room: room, arrow: arrow) { value in
            model.quantity == .loss ? Figures.loss(value) : Figures.percent(value, digits: 2)
        }
        let key = [
            Span(model.state.shared.key(.outliers), look.theme.style(.key)), Span(" all", look.theme.style(.dim)),
        ]
        let note = [Span(words, look.theme.style(.warning))]
        let both = note + [Span("  ", look.theme.style(.dim))] + key
        return [both, note].first { $0.width <= room } ?? []
    }

    private func titleFigures(
        _ figures: (train: Double?, validation: Double?), _ words: (String, String)
    ) -> [Span] {
        let theme = look.theme
        func text(_ value: Double?) -> String {
            model.quantity == .loss ? model.text(value) : Figures.percent(value.map { $0 / 100 }).padded(to: 5)
        }
        return [
            Span("\(keys.train) ", theme.style(.train)), Span(words.0, theme.style(.dim)),
            Span(text(figures.train), theme.style(.train)), Span(" \(keys.validation) ", theme.style(.validation)),
            Span(words.1, theme.style(.dim)), Span(text(figures.validation), theme.style(.validation)),
        ]
    }

    /// The figures at the cursor in words, as those at the lines' ends stay the newest.
    private var cursorFigures: [Span] {
        guard model.curves.cursor != nil, model.state.place.panel != nil,
            let reading = model.curves.reading(of: model.run, model.state.shared)
        else { return [] }
        let dim = look.theme.style(.dim)
        return [Span("epoch \(reading.epoch) ", dim)] + titleFigures(atCursor, ("", ""))
    }

    private typealias Figure = (train: Double?, validation: Double?)

    private var newest: Figure {
        let last = model.run.history.last
        var figures = figures(last?.loss, last?.accuracy, last?.validationLoss, last?.validationAccuracy)
        if let live = model.run.snapshot, live.batch > 0 {
            figures.train = model.quantity == .loss ? live.loss : live.accuracy * 100
        }
        return figures
    }

    private var atCursor: Figure {
        let reading = model.curves.reading(of: model.run, model.state.shared)
        return figures(reading?.loss, reading?.accuracy, reading?.validationLoss, reading?.validationAccuracy)
    }

    private func figures(_ loss: Double?, _ accuracy: Double?, _ lossAfter: Double?, _ accuracyAfter: Double?) -> Figure
    {
        model.quantity == .loss
            ? (loss, lossAfter) : (accuracy.map { $0 * 100 }, accuracyAfter.map { $0 * 100 })
    }
}

extension CurvesModel {
    /// The chart of a panel, with the names of its lines where they have room.
    ///
    /// - Parameter columns: the panel's.
    func chart(columns: Int) -> LineChart {
        var chart = chart()
        // Charts one above the other have the same columns for their labels.
        if columns >= 50 { chart.leastLabel = 5 }
        let title = CurvesTitle(self, columns: columns)
        chart.mostColumns = title.mostColumns
        guard title.ends != .nothing else { return chart }
        chart.tagsAtEdge = !compares
        for index in chart.series.indices {
            if let tag = title.tag(of: chart.series[index]) { chart.series[index].tag = tag }
        }
        return chart
    }
}
