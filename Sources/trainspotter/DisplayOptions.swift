import ArgumentParser
import CursesTerminal
import Dashboard
import TerminalUI

/// Options for the dashboard's look; missing ones follow from the environment.
struct DisplayOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A theme's name, or a theme file in btop's format.", valueName: "name-or-file"),
        completion: Completions.theme)
    var theme: String?

    @Option(help: ArgumentHelp("What curves and pictures are drawn with.", valueName: "level"))
    var glyphs: GlyphLevel?

    @Option(help: ArgumentHelp("How many colours there are.", valueName: "level"))
    var colors: ColorLevel?

    @Flag(help: "The same as --glyphs ascii.")
    var ascii = false

    @Flag(help: "The same as --colors mono.")
    var noColor = false

    @Flag(help: "Leave the mouse to the terminal.")
    var noMouse = false

    @Flag(help: "Words for a screen reader: no boxes, no colours, one fact a line.")
    var plain = false

    /// The options, with defaults for missing ones.
    func over(_ display: DisplayState) -> DisplayState {
        DisplayState(
            glyphs: ascii ? .ascii : glyphs ?? display.glyphs, colors: noColor ? .mono : colors ?? display.colors,
            mouse: !noMouse && display.mouse, plain: plain || display.plain)
    }
}

extension CursesTerminal.Options {
    init(_ display: DisplayState) {
        self.init(
            glyphs: display.glyphs, colors: display.colors, mouse: display.mouse,
            logPath: BaseDirectories.log)
    }
}

extension GlyphLevel: ExpressibleByArgument {}
extension ColorLevel: ExpressibleByArgument {}
