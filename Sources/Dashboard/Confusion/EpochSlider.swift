import Foundation
import TerminalUI

/// The epochs of a run in one line: how often the selected cell occurred after each, and which one is shown.
struct EpochSlider {
    /// The epochs whose matrices are stored, oldest first.
    private let epochs: [Int]
    private let counts: [Int]
    /// Epochs that there is room for: all that are planned, so that the track stands still while they are trained.
    private let slots: Int
    /// The last of them.
    private let last: Int
    /// Index of the epoch on the screen.
    private let shown: Int
    /// Index of the one that the difference is from.
    private let pinned: Int?
    /// What is counted, in full and short.
    private let titles: [String]
    /// What one of them is called.
    private let noun: String
    /// The network of epoch 0, in words.
    private let start: String

    /// - Returns: nil without validation rows measured at two epochs or more.
    init?(_ confusion: ConfusionScreen, _ shared: Shared) {
        guard let run = shared.run, shared.source == .validation, run.confusions.epochs.count > 1 else {
            return nil
        }
        start = shared.startWords
        let cell = confusion.cell(shared)
        epochs = run.confusions.epochs
        counts = run.confusions.counts(row: cell.row, column: cell.column)
        guard counts.count == epochs.count else { return nil }
        let isWhole = epochs[epochs.count - 1] - epochs[0] == epochs.count - 1
        last = max(run.plannedEpochs, epochs[epochs.count - 1])
        slots = isWhole ? last - epochs[0] + 1 : epochs.count
        let names = shared.classNames
        // Where names have no room, the cell at hand is said below.
        let forms = names.isEmpty ? [names] : [names, names.cut(5), names.cut(3)].filter { !$0.isEmpty }
        let pairs = forms.map { "\($0[cell.row]) → \($0[cell.column])" }
        titles = ["\(pairs[0]) by epoch"] + pairs + [""]
        noun = names.noun
        let epochs = epochs
        func index(_ epoch: Int) -> Int { epochs.lastIndex { $0 <= epoch } ?? 0 }
        shown = shared.lookBack.epoch.map(index) ?? epochs.count - 1
        if case .epoch(let epoch) = shared.lookBack.baseline { pinned = index(epoch) } else { pinned = nil }
    }

    private var label: String { epochs[shown] == 0 ? start : "epoch \(epochs[shown])" }

    private var greatest: Int { counts.max() ?? 0 }

    private var greatestWords: String { "max \(greatest) \(noun)\(greatest == 1 ? "" : "s")" }

    /// The columns of the track: as many for each epoch as fit; and what stands before it.
    private func track(in line: Rect) -> (x: Int, width: Int, title: String) {
        // As wide as the widest label, so that the track stands still.
        let label = max("epoch \(last)".count, epochs[0] == 0 ? start.count : 0)
        let end = greatestWords.count + 3
        func room(_ title: String) -> Int {
            line.width - 1 - label - 2 - (title.isEmpty ? 0 : title.columns + 2) - end
        }
        let title = titles.first { room($0) >= 10 } ?? ""
        let room = max(0, room(title))
        let each = min(6, max(1, room / slots))
        let start = line.x + 1 + label + 2 + (title.isEmpty ? 0 : title.columns + 2)
        return (start, min(room, each * slots), title)
    }

    private func index(ofColumn column: Int, width: Int) -> Int { column * slots / max(1, width) }

    /// The epoch under a column of the screen.
    func index(atColumn x: Int, in line: Rect) -> Int? {
        let track = track(in: line)
        guard track.width > 0 else { return nil }
        return min(
            epochs.count - 1, index(ofColumn: min(max(0, x - track.x), track.width - 1), width: track.width))
    }

    func draw(in line: Rect, on buffer: inout Buffer, look: Look) {
        let theme = look.theme
        buffer.write(label, x: line.x + 1, y: line.y, theme.style(.title).bold(), maxWidth: line.width - 1)
        let track = track(in: line)
        guard track.width >= 4 else { return }
        buffer.write(
            track.title, rightAlignedAt: track.x - 2, y: line.y, theme.style(.dim))
        // The untrained network errs by hundreds: on a linear scale all later epochs would look alike.
        let most = log(1 + Double(max(1, greatest)))
        let ramp = Array((look.glyphs == .ascii ? ".:-=+*#" : "▁▂▃▄▅▆▇█").unicodeScalars)
        for column in 0..<track.width {
            let index = index(ofColumn: column, width: track.width)
            guard index < counts.count else { break }
            // The greatest of the epochs that share a column, so that none is lost.
            let next = max(index + 1, self.index(ofColumn: column + 1, width: track.width))
            let amount = log(1 + Double(counts[index..<min(next, counts.count)].max() ?? 0)) / most
            let range = index..<next
            var style = theme.style(.dim)
            if range.contains(shown) { style = theme.style(.key).bold() }
            if let pinned, range.contains(pinned) { style = theme.style(.good) }
            if range.contains(shown), look.colors == .mono { style = style.with(.reverse) }
            let scalar = ramp[min(ramp.count - 1, Int(amount * Double(ramp.count - 1) + 0.5))]
            buffer[track.x + column, line.y] = Cell(scalar, style: style)
        }
        buffer.write(
            greatestWords, x: track.x + track.width + 2, y: line.y, theme.style(.dim),
            maxWidth: line.maxX - track.x - track.width - 2)
    }
}
