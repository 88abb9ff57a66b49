import TerminalUI
import Training

/// Keys and clicks while the digits are shown that two runs differ on.
extension RunsScreen {
    private func errorsGallery(_ place: Place) -> DigitsGallery { DigitsGallery(RunErrorsLayout(place.area).digits) }

    private mutating func chooseErrorsDigit(_ digit: Int, _ place: Place) {
        let perPage = errorsGallery(place).perPage
        self.errors?.choose(digit: digit, perPage: perPage)
    }

    /// Among the pairs, or among the digits once Enter has gone to them.
    mutating func moveInErrors(
        _ errors: RunErrorsState, _ direction: Command.Direction, _ shared: Shared, _ place: Place
    ) {
        guard let cursor = errors.cursor else {
            switch direction {
            case .up: self.errors?.choose(pair: errors.pair - 1)
            case .down: self.errors?.choose(pair: errors.pair + 1)
            case .left: self.errors?.group = ComposerEditing.cycled(errors.group, by: -1)
            case .right: self.errors?.group = ComposerEditing.cycled(errors.group, by: 1)
            }
            return
        }
        let step = errorsGallery(place).step(direction, isPlain: shared.display.plain)
        guard errors.shown.indices.contains(cursor + step) else { return }
        chooseErrorsDigit(cursor + step, place)
    }

    mutating func pageErrors(_ errors: RunErrorsState, _ pages: Int, _ place: Place) {
        let perPage = max(1, errorsGallery(place).perPage)
        if let cursor = errors.cursor {
            self.errors?.choose(digit: cursor + pages * perPage, perPage: perPage)
            return
        }
        let last = max(0, (errors.shown.count - 1) / perPage * perPage)
        self.errors?.start = min(max(0, errors.start + pages * perPage), last)
    }

    mutating func jumpInErrors(_ errors: RunErrorsState, toEnd: Bool, _ place: Place) {
        guard errors.cursor != nil else {
            self.errors?.choose(pair: toEnd ? errors.pairs.count : 0)
            return
        }
        chooseErrorsDigit(toEnd ? errors.shown.count - 1 : 0, place)
    }

    /// From the pairs to the digits, and from a digit to Digits.
    mutating func openInErrors(_ errors: RunErrorsState, _ shared: inout Shared, _ place: Place) -> Reply {
        guard let digit = errors.digit else {
            guard !errors.shown.isEmpty else { return [] }
            chooseErrorsDigit(errors.start, place)
            return []
        }
        guard var effects = shows(errors.wrongRun, &shared) else {
            shared.message = .note("run \(errors.wrongRun) is not in the table any more")
            return []
        }
        if shared.source != .test { effects += shared.toggleSource() }
        let names = shared.classNames
        shared.message = .note(
            "\(names.noun) \(Figures.grouped(digit.row)), true \(names[digit.truth]): "
                + "predicted \(names[digit.first]) by run \(errors.errors.first), "
                + "\(names[digit.second]) by run \(errors.errors.second)")
        shared.selection.wanted = digit.row
        return Reply(effects, goingTo: .digit(DigitsFilter(truth: digit.truth, shown: .all)))
    }

    /// Shows a run of the table in Digits: that of the session, or an opened one.
    ///
    /// - Returns: nil where there is no such run, or its spec can't be read.
    private func shows(_ number: Int, _ shared: inout Shared) -> [Effect]? {
        if shared.run?.saved == number { return [] }
        if shared.sessionRun?.saved == number {
            shared.returnToSession()
            return []
        }
        let key = shared.archive.first { $0.saved == number }?.key ?? .saved(number)
        guard let row = rows.first(where: { $0.key == key }) ?? shared.unlistedRow(key), row.isReadable else {
            return nil
        }
        return shared.open(row.summary, as: key, record: shared.record(key))
    }

    mutating func clicked(
        _ event: MouseEvent, _ errors: RunErrorsState, _ shared: inout Shared, _ place: Place
    ) -> Reply {
        let layout = RunErrorsLayout(place.area)
        let (x, y) = (event.x, event.y)
        let gallery = DigitsGallery(layout.digits)
        if let index = gallery.index(x: x, y: y, cursor: errors.start), errors.shown.indices.contains(index) {
            // A second click on a digit opens it.
            if errors.cursor == index { return openInErrors(errors, &shared, place) }
            self.errors?.choose(digit: index, perPage: gallery.perPage)
            return []
        }
        let inner = layout.pairs.inset(by: 1)
        guard inner.contains(x: x, y: y) else { return [] }
        if let group = RunErrors.Group(rawValue: y - inner.y) {
            self.errors?.group = group
        } else {
            let list = inner.inset(top: RunErrors.Group.allCases.count + 1)
            let first = max(0, min(errors.pair - list.height / 2, errors.pairs.count + 1 - list.height))
            let index = first + y - list.y
            if y >= list.y, index <= errors.pairs.count { self.errors?.choose(pair: index) }
        }
        return []
    }
}
