import TerminalUI

/// The user's choice in Lab: the panel that has the focus.
package struct LabScreen: Equatable, Sendable {
    /// The panel whose keys work.
    package var focus = LabPanel.composer

    package init() {}
}

/// Lab consists of panels, each of which is a part of another screen or the composer.
extension DashboardState {
    mutating func with<Result>(
        panel: LabPanel, _ body: (inout any ScreenState, inout Shared) -> Result
    ) -> Result {
        switch panel {
        case .composer: Self.hand(&composerPanel, &shared, body)
        case .loss, .accuracy: Self.hand(&curves, &shared, body)
        case .confusion: Self.hand(&confusion, &shared, body)
        case .wrong: Self.hand(&digits, &shared, body)
        }
    }

    var labLayout: LabLayout {
        let pairs = shared.shownConfusion.map { min(10, $0.pairs) } ?? 10
        let needs = LabLayout.Needs(
            layers: shared.composer.spec.network.hidden.count, composer: ComposerLayout.rows(shared.composer),
            epochs: shared.epochRows, pairs: max(1, pairs) + 2,
            digits: shared.evaluation == nil ? .max : max(1, shared.selection.rows.count))
        return LabLayout(shared.layout.body, focus: lab.focus, needs: needs)
    }

    /// A click gives its panel the focus and is passed to the panel; other mouse events are passed to the panel under
    /// the pointer.
    ///
    /// - Returns: nil where nothing takes it.
    mutating func pointedInLab(_ event: MouseEvent) -> Reply? {
        let layout = labLayout
        guard let panel = layout.panel(at: event.x, event.y) else {
            return event.kind == .press ? clickedBesidePanels(event, layout) : nil
        }
        var place = Place(layout.areas[panel] ?? .zero, panel: panel)
        place.hadFocus = lab.focus == panel
        if event.kind == .press { lab.focus = panel }
        return with(panel: panel) { $0.pointed(event, &$1, place) }
    }

    /// Opens the selected digit in Digits, or a confused pair as its digits.
    private func clickedBesidePanels(_ event: MouseEvent, _ layout: LabLayout) -> Reply {
        if let area = layout.pairs, let pair = ConfusedPairsLayout(area, shared).pair(atX: event.x, y: event.y) {
            return .going(to: .digits(DigitsFilter(truth: pair.truth, predicted: pair.predicted, shown: .all)))
        }
        return layout.digit?.contains(x: event.x, y: event.y) == true ? .going(to: .screen(.digits)) : []
    }
}
