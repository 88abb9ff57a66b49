/// The colours of the program by role. Keys are btop's where btop has one.
package struct Theme: Equatable, Sendable {
    /// The things that have a colour of their own; the raw values are the keys in theme files.
    package enum Role: String, CaseIterable, Sendable {
        case background = "main_bg"
        case text = "main_fg"
        case title
        /// Keys that can be pressed: the accent colour.
        case key = "hi_fg"
        case selectedBackground = "selected_bg"
        case selectedText = "selected_fg"
        /// Labels and other secondary text.
        case dim = "inactive_fg"
        case border = "div_line"
        case focusedBorder = "cpu_box"
        case train = "train_line"
        case validation = "val_line"
        /// A right prediction or a true label.
        case good
        case warning = "warn"
        case bad
        case heatStart = "heat_start"
        case heatMiddle = "heat_mid"
        case heatEnd = "heat_end"
        case diagonalStart = "diag_start"
        case diagonalEnd = "diag_end"
        case digitStart = "digit_start"
        case digitEnd = "digit_end"
        case probability = "prob_bar"
        case run1 = "run_1"
        case run2 = "run_2"
        case run3 = "run_3"
        case run4 = "run_4"
        case run5 = "run_5"
        case run6 = "run_6"
        case run7 = "run_7"
        case run8 = "run_8"
    }

    /// The name of its file without the extension, or of the compiled-in theme.
    package var name: String
    var colors: [Role: Color]
    /// Whether values are bold: with 16 colours white and light grey are hard to tell apart.
    var hasBoldValues = false

    /// The colour of a role.
    package subscript(role: Role) -> Color { colors[role] ?? .terminalDefault }

    /// The role's colour on the theme's background.
    package func style(_ role: Role) -> Style {
        Style(
            foreground: self[role], background: self[.background],
            attributes: hasBoldValues && role == .text ? .bold : [])
    }

    /// The selected row of a list: selected text on the selected background.
    package var selection: Style { Style(foreground: self[.selectedText], background: self[.selectedBackground]) }

    /// Secondary text: dim, but in the selected row of a list as readable as the rest.
    package func quiet(marked: Bool) -> Style { marked ? selection : style(.dim) }

    /// The colours of overlaid runs, first to last.
    package static let runRoles: [Role] = [.run1, .run2, .run3, .run4, .run5, .run6, .run7, .run8]

    /// The background as a colour to mix with. Where it is the terminal's own, it is black or white, opposite to the
    /// text.
    package var page: Color {
        let background = self[.background]
        guard background.isTerminalDefault else { return background }
        let text = self[.text]
        guard !text.isTerminalDefault else { return Color(0, 0, 0) }
        return text.luminance > 0.3 ? Color(0, 0, 0) : Color(255, 255, 255)
    }

    /// A role's colour faded into the background.
    ///
    /// - Parameter share: 0 keeps the colour, 1 gives the background.
    package func faded(_ color: Color, _ share: Double) -> Color {
        color.isTerminalDefault ? color : color.mixed(with: page, share)
    }

    /// The compiled-in dark theme; `themes/dark.theme` holds the same colours.
    package static let standard = Theme(
        name: "dark",
        colors: [
            .background: Color(rgb: 0x10141B), .text: Color(rgb: 0xC6D0DC), .title: Color(rgb: 0xE6EDF5),
            .key: Color(rgb: 0xFF8F6B), .selectedBackground: Color(rgb: 0x1E3A52),
            .selectedText: Color(rgb: 0xE6EDF5), .dim: Color(rgb: 0x707F95), .border: Color(rgb: 0x2A3545),
            .focusedBorder: Color(rgb: 0x4F6F94), .train: Color(rgb: 0x59C2FF), .validation: Color(rgb: 0xFFB454),
            .good: Color(rgb: 0x8BD450), .warning: Color(rgb: 0xFFB454), .bad: Color(rgb: 0xF26D78),
            .heatStart: Color(rgb: 0x3A211E), .heatMiddle: Color(rgb: 0x9A3F26), .heatEnd: Color(rgb: 0xE4572E),
            .diagonalStart: Color(rgb: 0x1B3044), .diagonalEnd: Color(rgb: 0x2A6694),
            .digitStart: Color(rgb: 0x161C25), .digitEnd: Color(rgb: 0xFFFFFF), .probability: Color(rgb: 0x4A7FA8),
            .run1: Color(rgb: 0x59C2FF), .run2: Color(rgb: 0xFFB454), .run3: Color(rgb: 0x8BD450),
            .run4: Color(rgb: 0xF26D78), .run5: Color(rgb: 0xC792EA), .run6: Color(rgb: 0x5CCFC0),
            .run7: Color(rgb: 0xE6D96A), .run8: Color(rgb: 0xA7B4C6),
        ])
}
