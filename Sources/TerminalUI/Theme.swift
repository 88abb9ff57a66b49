/// The colours of the program by role. Keys are btop's where btop has one.
public struct Theme: Equatable, Sendable {
    public enum Role: String, CaseIterable, Sendable {
        case background = "main_bg"
        case text = "main_fg"
        case title
        /// Keys that can be pressed: the one accent.
        case key = "hi_fg"
        case selectedBackground = "selected_bg"
        case selectedText = "selected_fg"
        /// Labels and whatever is secondary.
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

    public var name: String
    var colors: [Color]

    /// The colour of a role.
    public subscript(role: Role) -> Color { .terminalDefault }

    /// The role's colour on the theme's background.
    public func style(_ role: Role) -> Style { Style(foreground: self[role], background: self[.background]) }

    /// The compiled-in dark theme.
    public static let standard = Theme(name: "dark", colors: [])
}
