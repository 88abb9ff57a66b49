import TerminalUI

/// What stands below a picture: the class, and behind it a figure, for which at need the name is cut.
struct PictureCaption {
    private let label: Int
    private let figures: [String]
    private let isSelected: Bool

    /// - Parameter figures: the first that has room is shown.
    init(_ label: Int, figures: [String], isSelected: Bool) {
        (self.label, self.figures, self.isSelected) = (label, figures, isSelected)
    }

    /// Columns that a name is cut to, at least.
    private static let leastName = 4

    /// The whole name with a figure, else a cut one with a figure, else the name alone.
    private func words(_ names: ClassNames, _ room: Int) -> (name: String, figure: String?) {
        let whole = names[label]
        if let figure = figures.first(where: { whole.columns + 2 + $0.columns <= room }) { return (whole, figure) }
        for figure in figures {
            let left = room - 2 - figure.columns
            let cut = left >= Self.leastName ? names.cut(left) : ClassNames(nil)
            if !cut.isEmpty { return (cut[label], figure) }
        }
        return (names.fitting(room)[label], nil)
    }

    func draw(_ shared: Shared, in line: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        let background = theme[isSelected ? .selectedBackground : .background]
        if isSelected {
            buffer.fill(line, Cell(style: theme.style(.text).on(background)))
            buffer.write("▸", x: line.x, y: line.y, theme.style(.key).on(background))
        }
        let room = line.width - 1
        let (name, figure) = words(shared.imageNames, room)
        buffer.write(
            [Span(name, theme.style(.good).bold().on(background))]
                + (figure.map { [Span("  " + $0, theme.quiet(marked: isSelected))] } ?? []), x: line.x + 1, y: line.y,
            maxWidth: room)
    }
}
