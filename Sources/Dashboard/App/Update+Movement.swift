import TerminalUI
import Training

extension DashboardState {
    /// The panel that arrows act on: the focused one in Lab, the only one elsewhere; nil for the table of the runs.
    private var target: LabPanel? {
        switch screen {
        case .lab: focus
        case .curves: .loss
        case .confusion: .confusion
        case .digits, .network, .draw: .wrong
        case .runs: nil
        }
    }

    mutating func move(_ direction: Command.Direction) -> [Effect] {
        switch screen {
        case .draw:
            movePen(direction)
            return []
        case .network:
            moveUnit(direction)
            return []
        default: break
        }
        switch target {
        case .composer:
            switch direction {
            case .up: composer.moveCursor(by: -1)
            case .down: composer.moveCursor(by: 1)
            case .left: return stepValue(by: -1)
            case .right: return stepValue(by: 1)
            }
        case .loss, .accuracy:
            if direction == .left || direction == .right { moveCurveCursor(by: direction == .left ? -1 : 1) }
        case .confusion: moveCell(direction)
        case .wrong: moveDigit(direction)
        case nil: moveRun(direction)
        }
        return []
    }

    /// The heatmap is one page, so that a page is all of its rows.
    mutating func page(_ pages: Int) {
        if screen == .draw { return movePen(columns: 0, rows: pages * 4) }
        if screen == .network { return moveUnit(pages: pages) }
        switch target {
        case .composer: composer.moveCursor(by: pages * 8)
        case .loss, .accuracy: moveCurveCursor(by: pages * 10)
        case .confusion: chooseCell(row: pages < 0 ? 0 : .max)
        case .wrong: digits.cursor = clampDigit(digits.cursor + pages * max(1, digitsGallery.perPage))
        case nil: pageRuns(pages)
        }
    }

    mutating func jump(toEnd: Bool) {
        if screen == .draw { return movePen(columns: toEnd ? 4 : -4, rows: 0) }
        if screen == .network { return jumpUnit(toEnd: toEnd) }
        switch target {
        case .composer: composer.moveCursor(by: toEnd ? 1_000 : -1_000)
        case .loss, .accuracy: moveCurveCursor(by: toEnd ? 1_000_000 : -1_000_000)
        case .confusion: chooseCell(column: toEnd ? .max : 0)
        case .wrong: digits.cursor = toEnd ? clampDigit(.max) : 0
        case nil: jumpRuns(toEnd: toEnd)
        }
    }

    mutating func open() -> [Effect] {
        if screen == .draw { return perform(.draw(.pen)) }
        switch target {
        case .composer: return openComposerRow()
        case .loss, .accuracy: go(to: .curves)
        case .confusion: openHeatmapCell()
        case .wrong: if screen == .digits { openDigit() } else { go(to: .digits) }
        case nil: return runs.errors.map { openInErrors($0) } ?? cloneRun()
        }
        return []
    }

    private mutating func openHeatmapCell() {
        let cell = confusionCell
        if let shown = shownConfusion, shown.evaluation == nil, let newest = evaluation {
            message = .note(
                "digits of epoch \(newest.epoch), the newest: of epoch \(shown.epoch) only the counts are there")
        }
        go(to: .digits)
        setFilter(DigitsFilter(truth: cell.row, predicted: cell.column, shown: .all))
    }

    // MARK: - Mouse

    /// A click elsewhere leaves what is being typed as Esc does; the wheel waits until it is done.
    mutating func pointed(_ event: MouseEvent) -> [Effect] {
        // A place on the plain screen means nothing: only the wheel turns.
        if display.plain {
            if event.kind == .scrollUp || event.kind == .scrollDown {
                turnPlainPage(by: event.kind == .scrollDown ? 1 : -1)
            }
            return []
        }
        guard fitsScreen else { return [] }
        if let overlay {
            let footer = ScreenLayout(self).footer
            guard event.kind != .press || !footer.contains(x: event.x, y: event.y) else {
                return pointedBesideOverlay(event, overlay)
            }
            switch overlay {
            case .options(let options): return pointed(event, in: options)
            case .presets(let cursor): return pointed(event, inPresets: cursor)
            case .help, .quitQuestion, .resumeQuestion, .specLine: return pointedBesideOverlay(event, overlay)
            }
        }
        let isTyping = composer.editing != nil || digits.typing != nil || runs.typing != nil
        if event.kind != .press, !isTyping, pointedAtCurves(event) || pointedAtSlider(event) { return [] }
        switch event.kind {
        case .scrollUp where screen == .draw: return perform(.draw(.brush(1)))
        case .scrollDown where screen == .draw: return perform(.draw(.brush(-1)))
        case .scrollUp: return isTyping ? [] : move(.up)
        case .scrollDown: return isTyping ? [] : move(.down)
        case .press:
            if composer.editing != nil { _ = typedInComposer(.escape) }
            if digits.typing != nil { _ = typedInFilter(.escape) }
            if runs.typing != nil { _ = typedInRuns(.escape) }
            return clicked(x: event.x, y: event.y)
        case .drag, .release:
            mouseDragged(event)
            return []
        }
    }

    private mutating func clicked(x: Int, y: Int) -> [Effect] {
        message = nil
        composer.refusal = nil
        if y == 0 {
            if let screen = HeaderView.screen(at: x, self) { go(to: screen) }
            return []
        }
        let layout = ScreenLayout(self)
        if layout.spec.contains(x: x, y: y) { return perform(.editSpec) }
        if layout.footer.contains(x: x, y: y) {
            return FooterView.key(atColumn: x, in: layout.footer, self).map { pressed($0) } ?? []
        }
        let body = layout.body
        switch screen {
        case .lab:
            let layout = LabLayout(body, focus: focus, layers: composer.spec.network.hidden.count)
            guard let panel = layout.panel(at: x, y) else { return clickedBesidePanels(x, y, layout) }
            let had = focus
            focus = panel
            if panel == .composer, let area = layout.areas[.composer],
                let row = ComposerView.row(at: y, in: area, composer)
            {
                return clickedComposer(row, x: x, area, isSecond: had == panel && row == composer.cursor)
            }
            if panel == .confusion, let area = layout.areas[.confusion] { selectCell(x, y, area) }
            if panel == .loss || panel == .accuracy { pressedOnCurves(x, y) }
        case .confusion: clickedConfusion(x, y, ConfusionLayout(body))
        case .digits: clickedDigits(x, y, body)
        case .network: clickedNetwork(x, y)
        case .draw: mousePressed(onCanvas: x, y)
        case .curves: pressedOnCurves(x, y)
        case .runs: return clickedRuns(x, y, body)
        }
        return []
    }

    /// The digit at hand opens among the others, a confused pair as the digits behind it.
    private mutating func clickedBesidePanels(_ x: Int, _ y: Int, _ layout: LabLayout) -> [Effect] {
        if layout.digit?.contains(x: x, y: y) == true { go(to: .digits) }
        if let area = layout.pairs, let pair = ConfusedPairsView.pair(at: x, y, in: area, self) {
            go(to: .digits)
            setFilter(DigitsFilter(truth: pair.truth, predicted: pair.predicted, shown: .all))
        }
        return []
    }

    private mutating func clickedDigits(_ x: Int, _ y: Int, _ body: Rect) {
        let layout = digitsLayout
        if digits.form != .large, let area = layout.pairs, let pair = ConfusedPairsView.pair(at: x, y, in: area, self) {
            return setFilter(DigitsFilter(truth: pair.truth, predicted: pair.predicted, shown: .all))
        }
        if layout.detail?.contains(x: x, y: y) == true { return openDigit() }
        selectDigit(x, y, body)
    }

    /// A click selects a row; on its arrows it steps the value, elsewhere on the selected row it starts to type it.
    private mutating func clickedComposer(_ row: Int, x: Int, _ area: Rect, isSecond: Bool) -> [Effect] {
        composer.cursor = row
        if composer.selected == .addLayer { return open() }
        guard isSecond else { return [] }
        if let step = ComposerView.step(atX: x, in: area, self) { return stepValue(by: step) }
        return openComposerRow()
    }

    /// A click on what the footer offers is its key; elsewhere it leaves the question or the help.
    mutating func pointedBesideOverlay(_ event: MouseEvent, _ overlay: Overlay) -> [Effect] {
        let footer = ScreenLayout(self).footer
        switch (overlay, event.kind) {
        case (_, .press) where footer.contains(x: event.x, y: event.y):
            return FooterView.key(atColumn: event.x, in: footer, self).map { pressed($0) } ?? []
        case (.help(let scroll), .press):
            self.overlay = nil
            let key = HelpView.key(at: event.x, event.y, self, scroll: scroll)
            return key.map { pressed($0) } ?? []
        case (.help, .scrollUp): return pressed(.up)
        case (.help, .scrollDown): return pressed(.down)
        default: return []
        }
    }

    private mutating func pressedOnCurves(_ x: Int, _ y: Int) {
        _ = pointedAtCurves(MouseEvent(kind: .press, x: x, y: y))
    }
}
