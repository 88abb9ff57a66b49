import ArgumentParser
import CursesTerminal
import TerminalUI

/// How the dashboard looks; what is not said is found out from the environment.
struct DisplayOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A theme's name, or a theme file in btop's format.", valueName: "name-or-file"))
    var theme: String?

    @Option(help: ArgumentHelp("braille, block or ascii.", valueName: "level"))
    var glyphs: GlyphLevel?

    @Option(help: ArgumentHelp("truecolor, 256, 16 or mono.", valueName: "level"))
    var colors: ColorLevel?

    @Flag(help: "The same as --glyphs ascii.")
    var ascii = false

    @Flag(help: "The same as --colors mono.")
    var noColor = false

    @Flag(help: "Leave the mouse to the terminal.")
    var noMouse = false

    var terminalOptions: CursesTerminal.Options {
        CursesTerminal.Options(
            glyphs: ascii ? .ascii : glyphs, colors: noColor ? .mono : colors, mouse: !noMouse,
            logPath: BaseDirectories.state.map { $0 + "/trainspotter/trainspotter.log" })
    }
}

extension GlyphLevel: ExpressibleByArgument {}
extension ColorLevel: ExpressibleByArgument {}
