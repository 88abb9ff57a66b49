import Datasets
import TerminalUI
import Training

extension DataScreen: ScreenState {
    func layout(_ shared: Shared, _ place: Place) -> DataLayout {
        DataLayout(
            place.area, form: form, detail: detail, what: what, shape: shared.data.loaded?.dataset.train.shape,
            classes: shared.data.loaded?.dataset.classes ?? 10, warnings: warnings.count)
    }

    /// The images on the screen, or the means.
    func grid(_ shared: Shared, _ place: Place) -> PictureGrid {
        let main = layout(shared, place).main
        guard what == .samples else { return PictureGrid(ofClassesOf: shared, in: main) }
        return SampleGallery.grid(shared, in: main, wanted: wanted)
    }

    // MARK: - Verbs

    package mutating func move(_ direction: Command.Direction, _ shared: inout Shared, _ place: Place) -> Reply {
        let columns = shared.display.plain ? 1 : max(1, grid(shared, place).columns)
        guard what != .samples, form != .large else {
            browser.move(direction, columns: columns)
            return []
        }
        let step = direction.step(columns: columns)
        let classes = shared.data.loaded?.dataset.classes ?? 0
        if (0..<classes).contains(label + step) { label += step }
        return []
    }

    package mutating func page(_ pages: Int, _ shared: inout Shared, _ place: Place) -> Reply {
        guard what == .samples else { return [] }
        browser.page(pages, perPage: grid(shared, place).perPage)
        return []
    }

    package mutating func jump(toEnd: Bool, _ shared: inout Shared, _ place: Place) -> Reply {
        guard what == .samples else {
            label = toEnd ? max(0, (shared.data.loaded?.dataset.classes ?? 1) - 1) : 0
            return []
        }
        browser.jump(toEnd: toEnd)
        return []
    }

    package mutating func open(_ shared: inout Shared, _ place: Place) -> Reply {
        if what != .samples, form != .large {
            what = .samples
            browser.setFilter(SampleFilter(label: label, first: 0), shared)
            return []
        }
        guard browser.selected != nil else { return [] }
        form = form == .large ? .both : .large
        return []
    }

    /// From the image in full size, from the means, then from a choice of images.
    package mutating func back(_ shared: inout Shared, _ place: Place) -> Bool {
        if shared.fedEpoch != nil {
            shared.fedEpoch = nil
        } else if form != .both {
            form = .both
        } else if what != .samples {
            what = .samples
        } else if browser.filter.isNarrowed {
            browser.setFilter(SampleFilter(), shared)
        } else if detail != nil, layout(shared, place).main.isEmpty {
            detail = nil
        } else {
            return false
        }
        return true
    }

    package mutating func perform(_ command: Command, _ shared: inout Shared, _ place: Place) -> Reply {
        guard case .data(let command) = command else { return [] }
        switch command {
        case .part: browser.setPart(ComposerEditing.cycled(browser.part, by: 1), shared)
        case .order: browser.cycleOrder(&shared)
        case .reverse: browser.reverse(shared)
        case .label: browser.nextClass(shared)
        case .filter: typing = SampleTyping(browser.filter)
        case .draw(let step):
            what = .samples
            browser.draw(step, shared)
        case .what:
            form = form == .large ? .both : form
            what = ComposerEditing.cycled(what, by: 1)
            label = browser.filter.label ?? label
        case .detail:
            form = .both
            // Where no panel has room beside the images, the first takes their place.
            let now = detail ?? (layout(shared, place).areas.isEmpty ? .warnings : .classes)
            detail = now.andFollowing[1]
            shared.message = .note("first: \(now.andFollowing[1].words)")
        case .alone: form = form == .gallery ? .both : .gallery
        case .fed:
            what = .samples
            shared.feed(browser.part)
        case .more(let step): changeWanted(step, shared, place)
        }
        return []
    }

    /// The next number of images at once that looks different.
    private mutating func changeWanted(_ step: Int, _ shared: Shared, _ place: Place) {
        let before = grid(shared, place).perPage
        var wanted = step > 0 ? max(wanted, before) : min(wanted, before)
        while step > 0 ? wanted < DataScreen.mostWanted : wanted > 1 {
            wanted += step
            self.wanted = wanted
            if grid(shared, place).perPage != before { return }
        }
    }

    // MARK: - Mouse

    package mutating func pointed(_ event: MouseEvent, _ shared: inout Shared, _ place: Place) -> Reply? {
        let layout = layout(shared, place)
        switch event.kind {
        case .scrollUp, .scrollDown:
            guard what == .samples, layout.main.contains(x: event.x, y: event.y) else { return nil }
            return page(event.kind == .scrollDown ? 1 : -1, &shared, place)
        case .press: break
        case .drag, .release: return nil
        }
        if form == .large { return open(&shared, place) }
        if let area = layout.areas[.classes], area.contains(x: event.x, y: event.y) {
            let rows = ClassRows(shared.data.loaded?.dataset.classes ?? 0, label: shownLabel(shared), in: area)
            if let label = rows.label(atY: event.y) {
                browser.setFilter(SampleFilter(label: browser.filter.label == label ? nil : label), shared)
            }
            return []
        }
        if layout.areas[.sample]?.contains(x: event.x, y: event.y) == true { return open(&shared, place) }
        let cursor = what == .samples ? browser.cursor : label
        guard let index = grid(shared, place).index(x: event.x, y: event.y, cursor: cursor) else { return [] }
        // A second click opens.
        if index == cursor { return open(&shared, place) }
        if what == .samples, browser.rows.indices.contains(index) { browser.cursor = index }
        if what != .samples, index < shared.data.loaded?.dataset.classes ?? 0 { label = index }
        return []
    }

    // MARK: - Typing

    package func openLine(_ shared: Shared) -> TextField? { typing?.field }

    package mutating func edited(_ line: TextField, isTaken: Bool, _ shared: inout Shared) {
        typing?.edited(line, isTaken: isTaken, &browser, shared)
        if typing != nil { what = .samples }
    }

    /// Esc brings the filter back that was there before.
    package mutating func typed(_ key: Key, _ shared: inout Shared, _ place: Place) -> Reply? {
        switch key {
        case .escape:
            if let before = typing?.before { browser.setFilter(before, shared) }
            typing = nil
        case .enter: if typing?.refusal == nil { typing = nil }
        default: return nil
        }
        return []
    }

    package func drawStatus(_ shared: Shared, refusal: String?, in line: Rect, on buffer: inout Buffer) -> Bool {
        guard let typing else { return false }
        typing.draw(browser, shared, refusal: refusal, in: line, on: &buffer)
        return true
    }

    // MARK: - Elsewhere

    package func needsSurvey(_ shared: Shared) -> Bool { true }

    package mutating func refresh(_ shared: Shared) {
        browser.settle(shared)
        warn(shared)
        label = min(label, max(0, (shared.data.loaded?.dataset.classes ?? 1) - 1))
    }

    package mutating func unseen(comesBack: Bool) { browser.forget() }

    package mutating func dataLoaded(_ shared: Shared) {
        browser = SampleBrowser()
        (label, typing) = (0, nil)
    }

    /// The class that the panels tell of.
    func shownLabel(_ shared: Shared) -> Int? {
        if what != .samples { return label }
        return browser.selected.flatMap { sample in
            shared.data.loaded.map { Int($0.images(sample.source).labels[Int(sample.row)]) }
        }
    }

    // MARK: - Views

    package func draw(_ shared: Shared, in body: Rect, on buffer: inout Buffer) {
        DataView.draw(ScreenContext(self, shared, Place(body)), in: body, on: &buffer)
    }

    package func plain(_ shared: Shared) -> [PlainLine] { PlainData.lines(ScreenContext(self, shared, Place(.zero))) }
}
