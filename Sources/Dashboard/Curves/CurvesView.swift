import TerminalUI
import Training

/// Loss and accuracy over the epochs.
enum CurvesView {
    static func draw(_ state: ScreenContext<CurvesScreen>, in body: Rect, on buffer: inout Buffer) {
        let layout = CurvesLayout(body, runs: state.shownRuns.count, epochRows: state.shared.epochRows)
        // Below one another, the lowest panel has the labels of the common x axis.
        drawPanel(
            .loss, state, focused: true, hasXLabels: layout.accuracy.isEmpty,
            in: layout.loss, on: &buffer)
        let accuracy = drawPanel(
            .accuracy, state, focused: true, hasXLabels: layout.strip == nil,
            in: layout.accuracy, on: &buffer)
        if let strip = layout.strip {
            CurvesStripView.draw(state, axis: accuracy, below: layout.accuracy, in: strip, on: &buffer)
        }
        if let table = layout.table { EpochTableView.draw(state, in: table, on: &buffer) }
        if let facts = layout.facts { RunFactsView.draw(state.shared, in: facts, on: &buffer) }
        if let sureness = layout.sureness {
            SurenessView.draw(state.shared, in: sureness, on: &buffer)
        }
        let (left, right) = layout.legend.splitLeft(layout.legend.width / layout.legendColumns)
        let rows = max(0, layout.legend.height - 1)
        CurvesLegend.draw(state, from: 0, in: left, on: &buffer)
        if !right.isEmpty { CurvesLegend.draw(state, from: rows, in: right, on: &buffer) }
        CurvesReadingView.draw(state, in: layout.reading, on: &buffer)
    }

    /// - Parameter hasXLabels: whether the labels of the x axis are on its border, or on that of a panel below.
    /// - Returns: the chart; nil before the first run.
    @discardableResult
    static func drawPanel(
        _ quantity: CurvesModel.Quantity, _ state: ScreenContext<CurvesScreen>, focused: Bool, hasXLabels: Bool = true,
        in area: Rect, on buffer: inout Buffer
    ) -> LineChart? {
        let look = state.look
        let name = name(quantity, state)
        guard let model = CurvesModel(state, quantity) else {
            let inner = Panel(title: name, focused: focused).draw(in: area, on: &buffer, look: look)
            EmptyChartView.draw(quantity, state.shared, hasXLabels: hasXLabels, in: inner, on: &buffer)
            return nil
        }
        let detail = CurvesTitle(model, columns: area.width).detail(room: area.width - name.columns - 9)
        let inner = Panel(title: name, detail: detail, focused: focused).draw(in: area, on: &buffer, look: look)
        var chart = model.chart(columns: area.width)
        chart.hasXLabels = hasXLabels
        chart.emptyText = state.run?.isImported == true ? "its weights were imported: no epochs" : "no batch yet"
        chart.draw(in: inner, on: &buffer, look: look)
        return chart
    }

    private static func name(_ quantity: CurvesModel.Quantity, _ state: ScreenContext<CurvesScreen>) -> String {
        let log = state.own.isLogarithmic(quantity, state.shared) ? ", log" : ""
        let zoomed = state.own.window == nil ? "" : ", zoomed"
        let compared = state.shownRuns.count > 1
        let which = compared ? (state.own.perBatch ? "training " : "validation ") : ""
        return which + (quantity == .loss ? "loss" : "accuracy %") + log + zoomed
    }
}
