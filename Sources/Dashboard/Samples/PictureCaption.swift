import TerminalUI

/// What stands below a picture: the class, and behind it a figure where it has room.
struct PictureCaption {
    private let label: Int
    private let figures: [String]
    private let isSelected: Bool

    /// - Parameter figures: the first that has room is shown.
    init(_ label: Int, figures: [String], isSelected: Bool) {
        (self.label, self.figures, self.isSelected) = (label, figures, isSelected)
    }

    func draw(_ shared: Shared, in line: Rect, on buffer: inout Buffer) {
        let theme = shared.look.theme
        let background = theme[isSelected ? .selectedBackground : .background]
        if isSelected {
            buffer.fill(line, Cell(style: theme.style(.text).on(background)))
            buffer.write("▸", x: line.x, y: line.y, theme.style(.key).on(background))
        }
        let room = line.width - 1
        let name = shared.imageNames.fitting(room)[label]
        let figure = figures.first { name.columns + 2 + $0.columns <= room }
        buffer.write(
            [Span(name, theme.style(.good).bold().on(background))]
                + (figure.map { [Span("  " + $0, theme.quiet(marked: isSelected))] } ?? []), x: line.x + 1, y: line.y,
            maxWidth: room)
    }
}
