import Dashboard
import Foundation
import TerminalUI
import Training

/// A view drawn at many sizes, and where a larger one shows less.
struct SizeWalk {
    struct Size: Hashable, CustomStringConvertible {
        var width: Int
        var height: Int
        var description: String { "\(width)x\(height)" }
    }

    /// A count that is lower than at a smaller size.
    struct Fall: Equatable {
        var count: String
        var from: Size
        var most: Int
        var to: Size
        var left: Int
    }

    /// A panel with too many blank rows, while the view shows less than it can.
    struct Gap: Equatable {
        var panel: String
        var size: Size
        var blank: Int
        var rows: Int
        /// Counts that are lower than at another size.
        var hidden: [String]
    }

    #if DEBUG
        /// A frame takes a debug build thirty times as long.
        private static let usualStep = 8
    #else
        private static let usualStep = 1
    #endif

    /// Columns and rows from one size to the next; `SIZES_STEP=1` takes all in a debug build, too.
    private static let step =
        ProcessInfo.processInfo.environment["SIZES_STEP"].flatMap(Int.init).map { max(1, $0) } ?? usualStep

    /// Every width at some heights, and every height at some widths; a debug build takes every eighth.
    static let paths: [[Size]] =
        [24, 36, 60].map { height in stride(from: 44, through: 240, by: step).map { Size(width: $0, height: height) } }
        + [80, 120, 200].map { width in stride(from: 14, through: 80, by: step).map { Size(width: width, height: $0) } }

    /// A share of what was shown that may be lost to a frame or a gap.
    static let tolerance = 0.05
    /// Blank rows of a panel, as a share.
    static let mostBlank = 0.2

    let view: MeasuredView
    private(set) var counts: [Size: [String: Int]] = [:]
    private var panels: [Size: [(title: String, blank: Int, rows: Int)]] = [:]
    private var said: [Size: [String: Int]] = [:]
    private var omissions: [(size: Size, words: String)] = []

    init(_ view: MeasuredView) {
        self.view = view
        let sizes = Set(SizeWalk.paths.joined()).sorted { ($0.height, $0.width) < ($1.height, $1.width) }
        for size in sizes {
            var state = view.state
            let effects = update(&state, .input(.resize(width: size.width, height: size.height)))
            Sample.answer(&state, effects)
            let screen = view.drawn(state)
            var found = view.counts(screen)
            // Those that the screen asks for are those that it draws.
            let units = state.inspection?.watch.units?.units.count ?? 0
            if units > 0 { found["units"] = units }
            counts[size] = found
            said[size] = view.said(screen)
            panels[size] = screen.panels.map { ($0.title, $0.blankRows, $0.lines.count) }
            omissions += view.omissions(screen).map { (size, $0) }
        }
    }

    /// The greatest of each count at any size.
    private var most: [String: Int] {
        counts.values.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: max) }
    }

    /// Where a count falls by more than the tolerance below what a smaller screen on the same path showed; of falls to
    /// neighbouring sizes the first.
    var falls: [Fall] {
        var falls: [Fall] = []
        for path in SizeWalk.paths {
            for count in most.keys.sorted() {
                var best = (size: path[0], value: 0)
                var isBelow = false
                for size in path {
                    let value = counts[size]?[count] ?? 0
                    if value >= best.value { best = (size, value) }
                    let falling = Double(value) < Double(best.value) * (1 - SizeWalk.tolerance)
                    if falling, !isBelow {
                        falls.append(Fall(count: count, from: best.size, most: best.value, to: size, left: value))
                    }
                    isBelow = falling
                }
            }
        }
        return falls
    }

    /// Panels that are emptier than they may be while a count is not at its greatest.
    var gaps: [Gap] {
        let most = most
        var gaps: [String: Gap] = [:]
        for size in counts.keys.sorted(by: { ($0.height, $0.width) < ($1.height, $1.width) }) {
            let hidden = most.filter { (counts[size]?[$0.key] ?? 0) < $0.value }.keys.sorted()
            guard !hidden.isEmpty else { continue }
            for panel in panels[size] ?? [] where panel.rows > 0 {
                let gap = Gap(panel: panel.title, size: size, blank: panel.blank, rows: panel.rows, hidden: hidden)
                // A row or two are the space around a picture.
                guard panel.blank > max(2, Int(Double(panel.rows) * SizeWalk.mostBlank)) else { continue }
                let worst = gaps[panel.title].map { $0.blank * panel.rows < panel.blank * $0.rows } ?? true
                if worst { gaps[panel.title] = gap }
            }
        }
        return gaps.values.sorted { $0.panel < $1.panel }
    }

    /// Sizes at which what is left out is not said: what is shown and what is said to be left out are less than all.
    var unsaid: [(what: String, size: Size, said: Int, all: Int)] {
        let all = said.values.reduce(into: [String: Int]()) { $0.merge($1, uniquingKeysWith: max) }
        return said.flatMap { size, found in
            found.compactMap { what, said in
                said < all[what] ?? said ? (what: what, size: size, said: said, all: all[what] ?? said) : nil
            }
        }.sorted { ($0.what, $0.size.height, $0.size.width) < ($1.what, $1.size.height, $1.size.width) }
    }

    /// Falls, gaps, and what is left out without a word, each with the command that shows it.
    var report: [String] {
        let screen = view.name.split(separator: " ").last ?? ""
        func command(_ size: Size) -> String { "trainspotter screenshot \(screen) --size \(size)" }
        return falls.map { fall in
            "\(view.name): \(fall.count) \(fall.most) at \(fall.from), \(fall.left) at \(fall.to): \(command(fall.to))"
        }
            + gaps.map { gap in
                "\(view.name): \(gap.blank) of \(gap.rows) rows of \"\(gap.panel)\" are blank at \(gap.size), while "
                    + "not all of \(gap.hidden.joined(separator: ", ")) is shown: \(command(gap.size))"
            }
            + unsaid.map { unsaid in
                "\(view.name): of \(unsaid.all) \(unsaid.what), \(unsaid.said) are shown or said to be left out: "
                    + command(unsaid.size)
            }
            + omissions.sorted { ($0.size.height, $0.size.width) < ($1.size.height, $1.size.width) }.prefix(5).map {
                "\(view.name): nothing says that something is left out: \($0.words) at \($0.size): \(command($0.size))"
            }
    }
}
