import Markup
import Reports

/// A search as one HTML page: what its trials reached, how the settings hang together with it, and each trial.
///
/// The page contains all that it shows, and needs no network and no script. It follows the reader's choice of light or dark, and
/// can be printed.
package struct HTMLSearch {
    /// A result of a trial.
    package struct Point {
        let x: Double
        let value: Double

        /// - Parameters:
        ///   - x: the number of the trial, or seconds.
        ///   - value: the share of the validation rows that are right.
        package init(x: Double, value: Double) { (self.x, self.value) = (x, value) }
    }

    /// One axis of the settings side by side.
    package struct Axis {
        let name: String
        let ticks: [(share: Double, label: String)]

        /// - Parameter ticks: labelled places, 0 at the bottom and 1 at the top.
        package init(name: String, ticks: [(share: Double, label: String)]) { (self.name, self.ticks) = (name, ticks) }
    }

    /// A trial across all axes.
    package struct Line {
        let shares: [Double?]
        let rank: Double
        let title: String

        /// - Parameters:
        ///   - shares: its height on each axis, 0 ... 1; nil leaves a gap.
        ///   - rank: 0 for the worst trial, 1 for the best.
        ///   - title: shown where a pointer rests on it.
        package init(shares: [Double?], rank: Double, title: String) {
            (self.shares, self.rank, self.title) = (shares, rank, title)
        }
    }

    /// A rung: its name, how many trials reached it, and how many of them went on.
    package struct Rung {
        let name: String
        let reached: Int
        let wentOn: Int

        package init(name: String, reached: Int, wentOn: Int) {
            (self.name, self.reached, self.wentOn) = (name, reached, wentOn)
        }
    }

    /// A table of the page.
    package struct Table {
        let caption: String
        let columns: [String]
        let rows: [[String]]

        package init(caption: String, columns: [String], rows: [[String]]) {
            (self.caption, self.columns, self.rows) = (caption, columns, rows)
        }
    }

    /// In the title.
    package var title = ""
    /// The line of the space.
    package var space = ""
    /// Figures at the top, with their names.
    package var tiles: [(name: String, value: String)] = []
    /// What the search did, in a sentence.
    package var facts = ""
    /// All results, and the best so far, by trial.
    package var byTrial: (results: [Point], best: [Point]) = ([], [])
    /// The same against seconds.
    package var byTime: (results: [Point], best: [Point]) = ([], [])
    /// The rungs, the lowest first.
    package var rungs: [Rung] = []
    /// The settings, the most important one first, with what each explains, 0 ... 1; empty before that is known.
    package var importance: [(name: String, share: Double)] = []
    /// The settings side by side; the last axis is what was reached.
    package var axes: [Axis] = []
    /// One a trial, in any order.
    package var lines: [Line] = []
    /// The best trials.
    package var best = Table(caption: "", columns: [], rows: [])
    /// All trials.
    package var trials = Table(caption: "", columns: [], rows: [])
    /// The command that trains the best network on all rows; nil where there is none.
    package var command: String?

    package init() {}

    /// The whole page.
    package var text: String { HTMLText.bindingPerCents(page) }

    private var page: String {
        HTMLReport.page(title: title, style: Self.style, ([header] + sections).joined(separator: "\n"))
    }

    private var header: String {
        let tiles = tiles.map {
            "<div><dt>\(MarkupText.escaped($0.name))</dt><dd>\(MarkupText.escaped($0.value))</dd></div>"
        }
        return """
            <header>
            <p class="eyebrow">Trainspotter search</p>
            <h1>\(MarkupText.escaped(title))</h1>
            <p class="spec"><code>\(HTMLText.unbroken(space))</code></p>
            <dl class="tiles">
            \(tiles.joined(separator: "\n"))
            </dl>
            <p class="muted">\(MarkupText.escaped(facts))</p>
            </header>
            """
    }

    private var sections: [String] {
        let none = "<p>No trial has reached a rung yet.</p>"
        let charts = [
            HTMLSearchChart(title: "By trial", unit: "trial", results: byTrial.results, best: byTrial.best).svg,
            HTMLSearchChart(title: "By time", unit: "seconds", results: byTime.results, best: byTime.best).svg,
        ].compactMap(\.self)
        let curves =
            charts.isEmpty
            ? none
            : "<div class=\"charts\">\(charts.map { "<figure>\($0)</figure>" }.joined())</div>"
                + "<p class=\"muted\">Each dot is what a trial had reached when it stopped at a rung, or ended; the line is "
                + "the best of them so far.</p>"
        let side = HTMLSearchAxes(axes: axes, lines: lines).svg
        let bars = [rungBars, importanceBars].compactMap(\.self)
        return [
            section("The best", id: "best", table(best) + commandText),
            section("Best so far", id: "course", curves),
            section(
                "Settings side by side", id: "axes",
                side.map {
                    "<figure class=\"axes\">\($0)</figure><p class=\"muted\">A line for each trial, from what was chosen for "
                        + "it to what it reached; the best are the darkest. The last axis is by the logarithm of the errors."
                        + "</p>"
                } ?? none),
            section("Rungs, and what counts", id: "rungs", "<div class=\"charts\">\(bars.joined())</div>"),
            section("All trials", id: "trials", table(trials)),
        ]
    }

    private var commandText: String {
        guard let command else { return "" }
        return "<p>The best one, trained on all rows:</p><pre>\(MarkupText.escaped(command))</pre>"
    }

    private func table(_ table: Table) -> String {
        guard !table.rows.isEmpty else { return "<p>No trial has reached a rung yet.</p>" }
        return HTMLText.table(
            class: "figures wide", caption: table.caption, columns: table.columns, rows: table.rows)
    }

    private func section(_ title: String, id: String, _ contents: String) -> String {
        """
        <section aria-labelledby="\(id)">
        <h2 id="\(id)">\(title)</h2>
        \(contents)
        </section>
        """
    }

    // MARK: - Bars

    private var rungBars: String? {
        guard let most = rungs.map(\.reached).max(), most > 0 else { return nil }
        let rows = rungs.map { rung in
            bar(
                rung.name, share: Double(rung.reached) / Double(most),
                bright: Double(rung.wentOn) / Double(max(1, rung.reached)), value: FigureText.grouped(rung.reached))
        }
        return "<div><h3>Trials that reached a rung</h3><dl class=\"bars\">\(rows.joined())</dl>"
            + "<p class=\"muted\">The darker part went on to the next one.</p></div>"
    }

    private var importanceBars: String? {
        guard !importance.isEmpty else { return nil }
        let rows = importance.map {
            bar($0.name, share: $0.share, bright: 1, value: FigureText.fixed(100 * $0.share, 0) + " %")
        }
        return "<div><h3>What each setting explains alone</h3><dl class=\"bars\">\(rows.joined())</dl>"
            + "<p class=\"muted\">Of the differences between the trials' ranks, by functional analysis of variance over a "
            + "forest of regression trees (Hutter, Hoos and Leyton-Brown, 2014).</p></div>"
    }

    private func bar(_ name: String, share: Double, bright: Double, value: String) -> String {
        func percent(_ share: Double) -> String { FigureText.fixed(100 * min(1, max(0, share)), 1) + "%" }
        return "<div><dt>\(MarkupText.escaped(name))</dt><dd><span class=\"track\"><span class=\"part\" "
            + "style=\"width:\(percent(share))\"><span class=\"full\" style=\"width:\(percent(bright))\"></span></span>"
            + "</span><span class=\"value\">\(MarkupText.escaped(value))</span></dd></div>"
    }

    private static let style = """
        .bars > div { display: flex; align-items: center; gap: .8rem; padding: .2rem 0; }
        .bars dt { color: var(--muted); flex: 0 0 7rem; overflow-wrap: anywhere; }
        .bars dd { display: flex; align-items: center; flex: 1; gap: .8rem; }
        .bars .track { background: var(--panel); border-radius: 3px; flex: 1; height: .9rem; overflow: hidden; }
        .bars .part { background: color-mix(in srgb, var(--train) 45%, var(--panel)); display: block; height: 100%; }
        .bars .full { background: var(--train); display: block; height: 100%; }
        .bars .value { flex: 0 0 3.5rem; font-variant-numeric: tabular-nums; text-align: right; }
        .bars { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .axes { overflow-x: auto; }
        .axes svg { min-width: 40rem; }
        .axes path.trial { fill: none; stroke: var(--train); stroke-width: 1.4; }
        .axes path.trial:hover { stroke: var(--val); stroke-width: 3; }
        .axes path.axis { stroke: var(--muted); stroke-width: 1; }
        .axes text.title { fill: var(--ink); font-weight: 600; }
        .axes text.tick { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
        circle.result { fill: var(--muted); fill-opacity: .45; }
        .figures.wide { max-width: none; }
        .figures.wide td:last-child, .figures.wide th:last-child { text-align: left; white-space: normal; }
        """
}
