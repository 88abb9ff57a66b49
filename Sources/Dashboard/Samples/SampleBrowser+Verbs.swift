import TerminalUI
import Training

extension SampleBrowser {
    /// An arrow key: by one image, or by a line of them.
    mutating func move(_ direction: Command.Direction, columns: Int) {
        let step = direction.step(columns: columns)
        let to = cursor + step
        if abs(step) == 1 || rows.indices.contains(to) { cursor = clamped(to) }
    }

    mutating func page(_ pages: Int, perPage: Int) { cursor = clamped(cursor + pages * max(1, perPage)) }

    mutating func jump(toEnd: Bool) { cursor = toEnd ? clamped(rows.count - 1) : 0 }

    private func clamped(_ index: Int) -> Int { min(max(0, rows.count - 1), max(0, index)) }

    mutating func setFilter(_ filter: SampleFilter, _ shared: Shared) {
        (self.filter, cursor) = (filter, 0)
        settle(shared)
    }

    mutating func setPart(_ part: DataPart, _ shared: Shared) {
        (self.part, cursor) = (part, 0)
        settle(shared)
    }

    /// The next order, as a message says it.
    mutating func cycleOrder(_ shared: inout Shared) {
        (order, isReversed, cursor) = (ComposerEditing.cycled(order, by: 1), false, 0)
        settle(shared)
        shared.message = .note("sorted: \(order.words)")
    }

    mutating func reverse(_ shared: Shared) {
        isReversed.toggle()
        cursor = 0
        settle(shared)
    }

    /// Draws other images by chance.
    mutating func draw(_ step: Int, _ shared: Shared) {
        (order, isReversed, cursor) = (.random, false, 0)
        draw = max(1, draw + step)
        settle(shared)
    }

    /// Every class, then each in turn.
    mutating func nextClass(_ shared: Shared) {
        let classes = shared.data.loaded?.dataset.classes ?? 0
        let next = filter.label.map { $0 + 1 } ?? 0
        setFilter(SampleFilter(label: next < classes ? next : nil, first: filter.first), shared)
    }
}

/// The filter of samples while it is typed.
package struct SampleTyping: Equatable, Sendable {
    /// What is typed.
    package internal(set) var field: TextField
    /// The filter that Esc brings back.
    package let before: SampleFilter
    /// Why the text is no filter.
    package internal(set) var refusal: String?

    init(_ before: SampleFilter) { (self.before, field) = (before, TextField(text: "")) }

    static let examples = "4  from 500  all"

    /// Applies the text, at every key.
    mutating func edited(_ line: TextField, isTaken: Bool, _ browser: inout SampleBrowser, _ shared: Shared) {
        field = line
        guard isTaken else { return }
        refusal = nil
        let dataset = shared.data.loaded?.dataset
        if line.text.isEmpty {
            browser.setFilter(before, shared)
        } else if let filter = SampleFilter(
            parsing: line.text, classes: dataset?.classes ?? 0, names: dataset?.classNames ?? [])
        {
            browser.setFilter(filter, shared)
        } else {
            refusal = "a filter is 4, the name of a class, from 500, or all"
        }
    }

    func draw(_ browser: SampleBrowser, _ shared: Shared, refusal: String?, in line: Rect, on buffer: inout Buffer) {
        let typed = TypedLine(
            name: "filter", field: field, placeholder: SampleTyping.examples,
            note: "\(Figures.grouped(browser.rows.count)) \(shared.imageNames.noun)s",
            refusal: refusal ?? self.refusal)
        typed.draw(in: line, look: shared.look, on: &buffer)
    }
}
