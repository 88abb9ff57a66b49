import Dashboard
import TerminalUI

/// A view in a state that has more to show than any screen has room for, and what is counted in it.
struct MeasuredView: Sendable {
    let name: String
    /// At any size; the walk resizes it.
    let state: DashboardState
    /// Whether it lies over a view, which is not measured then.
    var isPopup = false
    /// Each count by its name: columns of a chart, or facts.
    let counts: @Sendable (DrawnScreen) -> [String: Int]
    /// What is shown together with what is said to be left out, by its name: the same at every size.
    let said: @Sendable (DrawnScreen) -> [String: Int]
    /// What is left out without a word, in words; see `SizeOmissions.swift`.
    var omissions: @Sendable (DrawnScreen) -> [String]

    init(
        name: String, state: DashboardState, counts: @escaping @Sendable (DrawnScreen) -> [String: Int],
        said: @escaping @Sendable (DrawnScreen) -> [String: Int] = { _ in [:] },
        omissions: @escaping @Sendable (DrawnScreen) -> [String] = { _ in [] }
    ) {
        (self.name, self.state, self.counts) = (name, state, counts)
        (self.said, self.omissions) = (said, omissions)
    }

    /// The view at a size.
    func drawn(_ state: DashboardState) -> DrawnScreen {
        DrawnScreen(render(state), frame: isPopup ? state.look.theme[.focusedBorder] : nil)
    }

    // Captions of digits: `4 → 7  100 %`, or `4→7 100%`.
    private static func digits(_ screen: DrawnScreen, _ titles: [String]) -> Int {
        screen.panels(titles).flatMap(\.texts).reduce(0) { $0 + $1.matches(of: /\d ?→ ?\d/).count }
    }

    private static func charts(_ screen: DrawnScreen) -> [String: Int] {
        [
            "columns of the loss chart": screen.chartColumns("loss", "validation loss", "val loss"),
            "columns of the accuracy chart": screen.chartColumns("accuracy", "validation accuracy", "val accuracy"),
        ]
    }

    /// Ten rows of a matrix begin with the class.
    static func classes(_ screen: DrawnScreen, _ title: String) -> Int {
        screen.panels([title]).flatMap(\.texts).filter { $0.contains(/^ *\d +[\d·–]/) }.count
    }

    static var lab: MeasuredView {
        var view = MeasuredView(name: "lab", state: finished("1")) { screen in
            charts(screen).merging([
                "rows of the composer": screen.rows("network"),
                "classes of the matrix": classes(screen, "confusion"),
                "digits": max(digits(screen, ["wrong", "digits"]), digitsBesideCaptions(screen)),
                "epochs": screen.rows("epochs"), "pairs": screen.rows("most confused"),
            ]) { $1 }
        }
        view.omissions = { epochsLeftOut($0, of: 30) + rowsOfComposerLeftOut($0, of: 25) }
        return view
    }

    /// Of digits with their captions at the left the first line has the true class of each.
    private static func digitsBesideCaptions(_ screen: DrawnScreen) -> Int {
        screen.panels(["wrong"]).compactMap(\.texts.first).reduce(0) { $0 + $1.matches(of: /\d/).count }
    }

    static var curves: MeasuredView {
        var view = MeasuredView(name: "curves", state: finished("2")) { screen in
            charts(screen).merging(["epochs": screen.rows("epochs"), "figures along": screen.rows("along")]) { $1 }
        }
        view.omissions = { epochsLeftOut($0, of: 30) }
        return view
    }

    /// Curves with eight runs, which have a line each below the charts.
    static var overlay: MeasuredView {
        var state = Sample.eightRuns()
        Sample.press(&state, "2", "C")
        return MeasuredView(name: "curves, compared", state: state) { screen in
            [
                "columns of ten epochs": columnsOfTenEpochs(screen),
                "runs": screen.rest.matches(of: /[●○■□▲△◆◇] run \d/).count,
            ]
        }
    }

    /// Labels lie on the lines here, so that their columns can't be counted: those between the first and the last label of
    /// the x axis can, whose numbers are epochs.
    private static func columnsOfTenEpochs(_ screen: DrawnScreen) -> Int {
        let border = screen.panels(["validation"]).map { $0.borders[1] }.last { $0.contains("epoch") } ?? ""
        let scalars = Array(border.unicodeScalars)
        var labels: [(middle: Double, epoch: Double)] = []
        var start = 0
        while start < scalars.count {
            let end = scalars[start...].firstIndex { !("0"..."9" ~= $0) } ?? scalars.count
            if end > start {
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars[start..<end])
                labels.append((Double(start + end - 1) / 2, Double(String(text)) ?? 0))
            }
            start = max(end, start) + 1
        }
        guard let first = labels.first, let last = labels.last, last.epoch > first.epoch else { return 0 }
        return Int((10 * (last.middle - first.middle) / (last.epoch - first.epoch)).rounded())
    }

    static var runs: MeasuredView {
        MeasuredView(
            name: "runs", state: saved(),
            counts: { screen in
                [
                    "runs": listed(screen), "columns of the table": tableColumns(screen),
                    "columns of the chart": screen.chartColumns("run ", "loss of run", "validation loss"),
                    "facts of the run": names(screen, "run "),
                    // Values side by side: a further run takes columns, so that some texts take more lines.
                    "values that differ": names(screen, "what differs")
                        * screen.count(/run \d+/, "what differs"),
                ]
            },
            said: { screen in
                let table = screen.panels(["runs"]).first
                let border = table?.borders.joined() ?? ""
                var said: [String: Int] = [:]
                if let part = border.firstMatch(of: /(\d+)–(\d+) of (\d+)/) {
                    let (first, last, all) = (Int(part.1) ?? 0, Int(part.2) ?? 0, Int(part.3) ?? 0)
                    said["runs"] = last - first + 1 == listed(screen) ? all : 0
                } else {
                    said["runs"] = listed(screen)
                }
                let hidden = border.firstMatch(of: /(\d+) more column/).flatMap { Int($0.1) } ?? 0
                said["columns of the table"] = tableColumns(screen) + hidden
                if !screen.panels(["run "]).isEmpty {
                    said["facts of the run"] = names(screen, "run ") + more(screen, "run ")
                }
                return said
            })
    }

    /// Three runs, which leave the most room below the table.
    static var fewRuns: MeasuredView {
        var state = Sample.saved(3)
        Sample.pressInRuns(&state, "m", .down)
        return MeasuredView(name: "few runs", state: state, counts: runs.counts, said: runs.said)
    }

    /// Runs of the table: lines with a number behind the mark.
    private static func listed(_ screen: DrawnScreen) -> Int {
        screen.panels(["runs"]).flatMap(\.texts).filter { $0.contains(#/^.. *\d+ /#) }.count
    }

    private static func tableColumns(_ screen: DrawnScreen) -> Int {
        let heading = screen.panels(["runs"]).first?.texts.first ?? ""
        // The small curve has no heading, and is there where a row has dots.
        let hasCurve = screen.chartColumns("runs") > 0 ? 1 : 0
        let names = [
            " run ", " data ", " val loss ", " val % ", " ± ", " test % ", " time ", " epochs ", " best at ",
            " end loss ",
        ]
        return hasCurve + names.filter { "\(heading) ".contains($0) }.count
    }

    /// Lines that begin with a name; what is the same in all fills the rows that are left over, and doesn't count.
    private static func names(_ screen: DrawnScreen, _ title: String) -> Int {
        screen.panels([title]).flatMap { $0.texts.prefix { !$0.contains("─ the same in ") } }.filter {
            $0.contains(#/^ [a-z]/#) && !$0.hasPrefix(" epoch ")
        }.count
    }

    /// The number before "more" in a line of its own.
    private static func more(_ screen: DrawnScreen, _ title: String) -> Int {
        screen.panels([title]).flatMap(\.texts).compactMap { $0.wholeMatch(of: /\s*(\d+) more\s*/) }
            .compactMap { Int($0.1) }.first ?? 0
    }

    static func finished(_ key: Key) -> DashboardState {
        var state = Sample.browsing()
        Sample.press(&state, key)
        return state
    }

    private static func saved() -> DashboardState {
        var state = Sample.saved(100)
        Sample.pressInRuns(&state, "m", .down, "m", .down, "m")
        return state
    }

    static let all = [lab, curves, overlay, confusion, digits, network, shallow, runs, fewRuns, draw, data, dataMeans]
}
