import Dashboard
import TerminalUI

extension MeasuredView {
    /// Eight hidden layers: more rows than most screens have.
    static var network: MeasuredView {
        network("network", [128, 96, 80, 72, 64, 48, 32, 24])
    }

    /// One hidden layer: most of the left column is free.
    static var shallow: MeasuredView { network("shallow network", [64]) }

    private static func network(_ name: String, _ hidden: [Int]) -> MeasuredView {
        let state = Sample.inside(hidden.map { "\($0)relu" }.joined(separator: "-"))
        var view = MeasuredView(name: name, state: state) { screen in
            var counts = [
                "layers": layers(screen), "figures of layers": figures(screen), "layers of the digit": strips(screen),
                "read-outs": readouts(screen),
            ]
            if hidden.count == 1 { counts["maps"] = screen.panels(["map"]).count }
            return counts
        }
        view.omissions = { omissions($0, hidden) }
        return view
    }

    // Rows such as `▸1   128 relu`, ` out  10 softmax`, ` 784 input`.
    private static func layers(_ screen: DrawnScreen) -> Int {
        screen.panels(["layers"]).flatMap(\.texts)
            .filter { $0.contains(#/^ [ ▸](?:\d+|out) +\d+ (?:relu|softmax)|^ +784 input/#) }.count
    }

    // Rows with a name at the left and a figure behind it: `1 relu   12.5`.
    private static func figures(_ screen: DrawnScreen) -> Int {
        screen.panels(["each layer"]).flatMap(\.texts).filter { $0.contains(#/^ ?(?:\d+ relu|output) +\d/#) }.count
    }

    // `layer 3 80 relu`, or in a line `3  ▀▀▀▀`.
    private static func strips(_ screen: DrawnScreen) -> Int {
        screen.panels(["digit"]).flatMap(\.texts).filter { $0.contains(#/layer \d+ \d|(?:^|\D)\d {1,2}▀/#) }.count
    }

    private static func readouts(_ screen: DrawnScreen) -> Int {
        screen.panels(["what each layer knows"]).flatMap(\.texts)
            .filter { $0.contains(#/^ (?:pixels|layer \d+|network) /#) }.count
    }

    /// Rows of a panel that are not there and not counted, either.
    private static func omissions(_ screen: DrawnScreen, _ hidden: [Int]) -> [String] {
        // Blocks of strips say on their own what they leave out: only the first words count.
        func check(_ what: String, _ titles: [String], _ shown: Int, of all: Int, lines: Int = 1) -> String? {
            let panels = screen.panels(titles)
            guard !panels.isEmpty else { return nil }
            let said = panels.flatMap { $0.texts + $0.borders }.flatMap { $0.matches(of: #/(\d+) more/#) }
                .prefix(lines).reduce(0) { $0 + (Int($1.1) ?? 0) }
            return shown + said >= all ? nil : "\(what): \(shown) of \(all), \(said) are said to be left out"
        }
        let count = hidden.count
        let complaints = [
            check("layers", ["layers"], layers(screen), of: count + 2, lines: 2),
            check("figures", ["each layer"], figures(screen), of: count + 1),
            check("layers of the digit", ["digit"], strips(screen), of: count),
            check("read-outs", ["what each layer knows"], readouts(screen), of: count + 2),
        ]
        return complaints.compactMap(\.self) + unitsLeftOut(screen, of: hidden[0])
    }

    /// The frame says `1–56 of 64` or `all 64`, as many as have a tile.
    private static func unitsLeftOut(_ screen: DrawnScreen, of all: Int) -> [String] {
        guard let panel = screen.panels(["what layer 1 looks for"]).first else { return [] }
        let words = panel.borders[1]
        let shown = panel.texts.flatMap { $0.matches(of: #/(?:^|[^\d.])\d+(?=[^\d.]|$)/#) }.count
        if let range = words.firstMatch(of: #/(\d+)–(\d+) of (\d+)/#), let first = Int(range.1),
            let last = Int(range.2),
            Int(range.3) == all
        {
            return shown == last - first + 1 ? [] : ["units: \(shown) of \(first) to \(last) are drawn"]
        }
        return words.contains("all \(all)") && shown == all
            ? [] : ["units: \(shown) of \(all), the frame says \(words)"]
    }
}
