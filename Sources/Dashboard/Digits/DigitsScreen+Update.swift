import TerminalUI
import Training

extension DigitsScreen: ScreenState {
    func layout(_ shared: Shared, _ place: Place) -> DigitsLayout {
        let contents = DigitsContents(
            classes: shared.evaluation?.classes ?? 10, hasNames: !shared.classNames.isEmpty,
            pairs: shared.shownConfusion?.mostConfused(.max).count ?? 0,
            epochs: (shared.source == .test ? shared.pastOfTest : shared.past).entries.count)
        return DigitsLayout(place.area, form: form, detail: detail, contents)
    }

    /// The gallery on the screen, or in Lab's panel.
    private func gallery(_ shared: Shared, _ place: Place) -> DigitsGallery {
        guard place.panel == nil else { return DigitsGallery(place.area) }
        let layout = layout(shared, place)
        return DigitsGallery(shared, in: layout.gallery, most: layout.mostColumns)
    }

    // MARK: - Verbs

    package mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply {
        if place.panel == nil, isUntrained(shared) {
            let columns = shared.display.plain ? 1 : max(1, untrainedGrid(shared, place).columns)
            untrained.move(direction, columns: columns)
            return []
        }
        let step = gallery(shared, place).step(direction, isPlain: shared.display.plain)
        let to = shared.selection.cursor + step
        if abs(step) == 1 || shared.selection.rows.indices.contains(to) {
            shared.selection.cursor = shared.selection.clamped(to)
        }
        return []
    }

    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        if place.panel == nil, isUntrained(shared) {
            untrained.page(pages, perPage: untrainedGrid(shared, place).perPage)
            return []
        }
        let to = shared.selection.cursor + pages * max(1, gallery(shared, place).perPage)
        shared.selection.cursor = shared.selection.clamped(to)
        return []
    }

    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply {
        if place.panel == nil, isUntrained(shared) {
            untrained.jump(toEnd: toEnd)
            return []
        }
        shared.selection.cursor = toEnd ? shared.selection.clamped(.max) : 0
        return []
    }

    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply {
        guard place.panel == nil else { return .going(to: .screen(.digits)) }
        if isUntrained(shared) { openUntrained() } else { openDigit(shared) }
        return []
    }

    /// The digit in full size, or back from there.
    private mutating func openDigit(_ shared: Shared) {
        guard shared.selection.row != nil else { return }
        form = form == .large ? .both : .large
    }

    package mutating func back(_ shared: inout Shared, _ place: Place) -> Bool {
        guard place.panel == nil else { return false }
        if shared.fedEpoch != nil {
            shared.fedEpoch = nil
            return true
        }
        if isUntrained(shared) { return backUntrained(shared) }
        if form == .large {
            form = .both
            return true
        }
        var cleared = filterAtEntry
        cleared.shown = shared.selection.filter.shown
        guard shared.selection.filter != cleared else { return false }
        shared.setFilter(cleared)
        return true
    }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .digits(let command) = command else { return [] }
        if place.panel == nil, isUntrained(shared) {
            performUntrained(command, &shared)
            return []
        }
        switch command {
        case .cycleShown: shared.setFilter(shared.selection.filter.withNextShown())
        case .cycleSort:
            shared.selection.sort = ComposerEditing.cycled(shared.selection.sort, by: 1)
            shared.refreshDigits(keepingDigit: false)
            shared.message = .note("sorted by \(shared.selection.sort.rawValue)")
        case .filter: startFilter(shared)
        case .filterTruth:
            var filter = shared.selection.filter
            filter.truth = nextClass(filter.truth, shared)
            shared.setFilter(filter)
        case .filterPrediction:
            var filter = shared.selection.filter
            filter.predicted = nextClass(filter.predicted, shared)
            shared.setFilter(filter)
        case .cycleDetail:
            detail = detail.andFollowing[1]
            form = form == .gallery ? .both : form
            shared.message = .note("first: \(detail.words)")
        case .wholeGallery: form = form == .gallery ? .both : .gallery
        case .fed: shared.fedEpoch = shared.fedEpoch == nil ? 0 : nil
        case .alike: chooseAlike(&shared)
        case .mark: mark(&shared)
        case .unmarkAll:
            shared.selection.marked = []
            shared.refreshDigits()
        case .save: return Reply(shared.saveMarked())
        }
        return []
    }

    /// Any class, then each in turn.
    private func nextClass(_ label: Int?, _ shared: Shared) -> Int? {
        let classes = shared.evaluation?.classes ?? shared.composer.spec.network.classes
        let next = label.map { $0 + 1 } ?? 0
        return next < classes ? next : nil
    }

    /// All digits with the true and the predicted class of the one at hand; again, what was there before it.
    private mutating func chooseAlike(_ shared: inout Shared) {
        guard let evaluation = shared.evaluation, let row = shared.selection.row else { return }
        let filter = shared.selection.filter
        if filter.isNarrowed { return shared.setFilter(alikeBefore ?? DigitsFilter()) }
        alikeBefore = filter
        shared.setFilter(
            DigitsFilter(
                truth: Int(evaluation.labels[row]), predicted: Int(evaluation.predictions[row]), shown: .all,
                marked: filter.marked))
        shared.message = .note(
            "only \(shared.selection.filter.description(names: shared.classNames.all)): \(shared.key(.samePair)) shows the others again"
        )
    }

    private func mark(_ shared: inout Shared) {
        guard let digit = shared.digitToMark else { return }
        if shared.selection.marked.remove(digit) == nil { shared.selection.marked.insert(digit) }
        let count = shared.selection.marked.count
        shared.message = .note(
            "\(Figures.grouped(count)) \(shared.classNames.noun)\(count == 1 ? "" : "s") marked: \(shared.key(.export)) saves them"
        )
        if shared.selection.filter.marked { shared.refreshDigits() }
    }

    // MARK: - Mouse

    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? {
        guard event.kind == .press, place.panel == nil else { return nil }
        if isUntrained(shared) { return pointedUntrained(event, shared, place) }
        let layout = layout(shared, place)
        if let area = layout.areas[.pairs],
            let pair = ConfusedPairsLayout(area, shared).pair(atX: event.x, y: event.y)
        {
            shared.setFilter(DigitsFilter(truth: pair.truth, predicted: pair.predicted, shown: .all))
            return []
        }
        let digit = layout.image ?? layout.areas[.probabilities]
        if digit?.contains(x: event.x, y: event.y) == true {
            openDigit(shared)
            return []
        }
        let index = gallery(shared, place).index(x: event.x, y: event.y, cursor: shared.selection.cursor)
        guard let index, shared.selection.rows.indices.contains(index) else { return [] }
        // A second click on a digit opens it.
        if shared.selection.cursor == index { openDigit(shared) } else { shared.selection.cursor = index }
        return []
    }

    // MARK: - Elsewhere

    package func needsSurvey(_ shared: Shared) -> Bool { isUntrained(shared) }

    package mutating func refresh(_ shared: Shared) { settleUntrained(shared) }

    package mutating func unseen(comesBack: Bool) { untrained.forget() }

    package mutating func dataLoaded(_ shared: Shared) {
        (untrained, untrainedTyping) = (SampleBrowser(order: .index), nil)
    }

    package mutating func runStarted() { untrainedTyping = nil }

    /// A digit is looked at among others.
    mutating func showGalleryAndDigit() { form = .both }

    /// What is asked of the network about the digit at hand, where it is shown.
    package func watch(_ shared: Shared, _ place: Place) -> Watch? {
        guard place.panel == nil, let data = shared.data.loaded, let evaluation = shared.evaluation,
            let row = shared.selection.row
        else { return nil }
        let areas = shared.display.plain ? [detail: place.area] : layout(shared, place).areas
        let images = data.images(evaluation.source)
        var watch = Watch(image: Array(images.image(evaluation.rows[row])))
        if let area = areas[.nearest], searchesNearest(shared) {
            watch.neighbours = shared.display.plain ? 5 : NearestLayout.places(area.inset(by: 1)).count
        }
        if areas[.saliency] != nil { watch.saliencyOf = Int(evaluation.labels[row]) }
        return watch.neighbours > 0 || watch.saliencyOf != nil ? watch : nil
    }

    /// Whether the nearest training digits are searched: all of them go through the network for it, so that a run under
    /// way is disturbed only where the user asks for them.
    func searchesNearest(_ shared: Shared) -> Bool { detail == .nearest || shared.run?.state != .running }

    // MARK: - Views

    package func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        DigitsView.draw(ScreenContext(self, shared, Place(body)), in: body, on: &buffer)
    }

    package func plain(_ shared: Shared) -> [PlainLine] {
        if isUntrained(shared) { return plainUntrained(shared) }
        let context = ScreenContext(self, shared, Place(.zero))
        return typing.map { PlainDigits.filter($0, context) } ?? PlainDigits.lines(context)
    }
}
