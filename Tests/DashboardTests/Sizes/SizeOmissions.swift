/// That what is left out is said.
extension MeasuredView {
    /// A table with fewer epochs than there are says which ones it has.
    static func epochsLeftOut(_ screen: DrawnScreen, of count: Int) -> [String] {
        screen.panels(["epochs"]).filter { panel in
            // One line is the heading.
            panel.lines.count - panel.blankRows - 1 < count && !panel.borders[1].contains("of \(count) ")
        }.map { "only \($0.lines.count - $0.blankRows - 1) of \(count) epochs in \"\($0.title)\"" }
    }

    /// A composer with fewer rows than the spec has says how many more there are.
    static func rowsOfComposerLeftOut(_ screen: DrawnScreen, of count: Int) -> [String] {
        screen.panels(["network"]).filter { panel in
            // One line is what the network costs.
            panel.lines.count - panel.blankRows - 1 < count
                && !(panel.borders + panel.texts).contains { $0.contains(/\d+ more/) }
        }.map { "only \($0.lines.count - $0.blankRows - 1) of \(count) rows in \"\($0.title)\"" }
    }
}
