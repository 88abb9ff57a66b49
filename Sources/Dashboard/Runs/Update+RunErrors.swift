import TerminalUI
import Training

/// Keys and clicks while the digits are shown that two runs differ on.
extension DashboardState {
    private var errorsGallery: DigitsGallery { DigitsGallery(RunErrorsLayout(ScreenLayout(self).body).digits) }

    private mutating func chooseErrorsDigit(_ digit: Int) {
        let perPage = errorsGallery.perPage
        runs.errors?.choose(digit: digit, perPage: perPage)
    }

    /// Among the pairs, or among the digits once Enter has gone to them.
    mutating func moveInErrors(_ errors: RunErrorsState, _ direction: Command.Direction) {
        guard let cursor = errors.cursor else {
            switch direction {
            case .up: runs.errors?.choose(pair: errors.pair - 1)
            case .down: runs.errors?.choose(pair: errors.pair + 1)
            case .left: runs.errors?.group = ComposerEditing.cycled(errors.group, by: -1)
            case .right: runs.errors?.group = ComposerEditing.cycled(errors.group, by: 1)
            }
            return
        }
        let columns = display.plain ? 1 : max(1, errorsGallery.columns)
        let step =
            switch direction {
            case .left: -1
            case .right: 1
            case .up: -columns
            case .down: columns
            }
        guard errors.shown.indices.contains(cursor + step) else { return }
        chooseErrorsDigit(cursor + step)
    }

    mutating func pageErrors(_ errors: RunErrorsState, _ pages: Int) {
        let perPage = max(1, errorsGallery.perPage)
        if let cursor = errors.cursor {
            runs.errors?.choose(digit: cursor + pages * perPage, perPage: perPage)
            return
        }
        let last = max(0, (errors.shown.count - 1) / perPage * perPage)
        runs.errors?.start = min(max(0, errors.start + pages * perPage), last)
    }

    mutating func jumpInErrors(_ errors: RunErrorsState, toEnd: Bool) {
        guard errors.cursor != nil else {
            runs.errors?.choose(pair: toEnd ? errors.pairs.count : 0)
            return
        }
        chooseErrorsDigit(toEnd ? errors.shown.count - 1 : 0)
    }

    /// From the pairs to the digits, and from a digit to Digits.
    mutating func openInErrors(_ errors: RunErrorsState) -> [Effect] {
        guard let digit = errors.digit else {
            guard !errors.shown.isEmpty else { return [] }
            chooseErrorsDigit(errors.start)
            return []
        }
        guard let run, run.test != nil || run.canBeMeasured else {
            message = .note(
                "Digits shows what the newest run says: space trains one, and esc, then +, takes a saved one up")
            return []
        }
        guard hasImages(of: errors.errors) else {
            message = .note("these images are not those of the data set that is open")
            return []
        }
        go(to: .digits)
        digits.wanted = digit.row
        setFilter(DigitsFilter(truth: digit.truth, shown: .all))
        let effects = confusion.source == .test ? [] : toggleSource()
        refreshDigits()
        digits.form = .both
        return effects
    }

    mutating func clicked(_ x: Int, _ y: Int, _ errors: RunErrorsState, _ layout: RunErrorsLayout) -> [Effect] {
        let gallery = DigitsGallery(layout.digits)
        if let index = gallery.index(x: x, y: y, cursor: errors.start), errors.shown.indices.contains(index) {
            // A second click on a digit opens it.
            if errors.cursor == index { return openInErrors(errors) }
            runs.errors?.choose(digit: index, perPage: gallery.perPage)
            return []
        }
        let inner = layout.pairs.inset(by: 1)
        guard inner.contains(x: x, y: y) else { return [] }
        if let group = RunErrors.Group(rawValue: y - inner.y) {
            runs.errors?.group = group
        } else {
            let list = inner.inset(top: RunErrors.Group.allCases.count + 1)
            let first = max(0, min(errors.pair - list.height / 2, errors.pairs.count + 1 - list.height))
            let index = first + y - list.y
            if y >= list.y, index <= errors.pairs.count { runs.errors?.choose(pair: index) }
        }
        return []
    }
}
