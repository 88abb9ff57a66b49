import Dashboard
import TerminalUI

/// Data without any run, and what is counted in it.
extension MeasuredView {
    /// Images of the data set beside what is known of it.
    static var data: MeasuredView { data("data", keys: []) }

    /// The mean of each class in place of the images.
    static var dataMeans: MeasuredView { data("data means", keys: ["w"]) }

    private static func data(_ name: String, keys: [Key]) -> MeasuredView {
        var state = Sample.surveyed()
        for key in keys { Sample.press(&state, key) }
        let warnings = state.dataScreen.warnings.count
        return MeasuredView(name: name, state: state) { screen in
            var counts = [
                "classes": countedClasses(screen), "facts of the image": imageFacts(screen),
                "facts of the pixels": pixelFacts(screen), "warnings": shownWarnings(screen),
                "panels": screen.panels(["classes", "training digit", "train ", "pixels", "mean", "what to know"])
                    .count,
            ]
            // Six have room on the smallest screen, and more on each larger one or none: they are larger there.
            if keys.isEmpty {
                counts["images, up to six"] = min(6, captions(screen, "training rows"))
            } else {
                counts["means"] = means(screen)
            }
            return counts
        } omissions: { screen in
            var unsaid: [String] = []
            let classes = screen.panels(["classes"])
            if !classes.isEmpty, countedClasses(screen) < 10,
                !classes.contains(where: { $0.borders[1].contains(" of 10 ") })
            {
                unsaid.append("classes")
            }
            if shownWarnings(screen) < warnings, !screen.rest.contains(#/\(\d more\)/#),
                !screen.panels(["what to know"]).contains(where: { $0.borders[0].contains(#/\d more/#) })
            {
                unsaid.append("warnings")
            }
            return unsaid
        }
    }

    /// `▸0  120`: the class and the row below an image.
    private static func captions(_ screen: DrawnScreen, _ title: String) -> Int {
        screen.panels([title]).flatMap(\.texts).reduce(0) { $0 + $1.matches(of: #/[▸ ]\d {2}\d+(?= |$)/#).count }
    }

    /// `0  14 ±12.3`, or the class alone below its mean.
    private static func means(_ screen: DrawnScreen) -> Int {
        screen.panels(["mean"]).flatMap(\.texts).reduce(0) { $0 + $1.matches(of: #/[▸ ]\d(?= |$)/#).count }
    }

    /// Lines with the class and its images in each part.
    private static func countedClasses(_ screen: DrawnScreen) -> Int {
        screen.panels(["classes"]).flatMap(\.texts).filter { $0.contains(#/^ +\d [━╸ ]* *\d+ +\d+ +\d+/#) }.count
    }

    private static func imageFacts(_ screen: DrawnScreen) -> Int {
        screen.panels(["training digit", "train "]).flatMap(\.texts)
            .filter { $0.contains(#/ (?:one-hot|values|distance|unlike|equal to) +\S/#) }.count
    }

    private static func pixelFacts(_ screen: DrawnScreen) -> Int {
        screen.panels(["pixels"]).flatMap(\.texts).filter { $0.contains(#/^ (?:values|not 0|twice) /#) }.count
    }

    private static func shownWarnings(_ screen: DrawnScreen) -> Int {
        (screen.panels(["what to know"]).flatMap(\.texts) + screen.rest.split(separator: "\n").map(String.init))
            .filter { $0.contains(#/^ ! /#) }.count
    }
}
