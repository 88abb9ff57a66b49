import DataFormats
import Datasets
import Foundation
import TerminalUI

/// The mean image of each class, or how much its images differ from it.
enum ClassMeansView {
    /// - Parameter selected: the chosen class; nil in a panel that has no focus.
    static func draw(
        _ shared: Shared, of what: DataScreen.What, selected: Int?, in area: Rect, on buffer: inout Buffer
    ) {
        let theme = shared.look.theme
        let isDeviation = what == .deviations
        let title = isDeviation ? "deviation of each class" : "mean of each class"
        let hint = isDeviation ? "bright where its images differ" : "of all training images"
        let grid = PictureGrid(ofClassesOf: shared, in: area)
        let classes = shared.data.loaded?.dataset.classes ?? 0
        let first = grid.firstOnPage(selected ?? 0)
        let isPart = grid.perPage < classes
        let inner = Panel(
            title: title, detail: area.width >= title.count + hint.count + 10 ? [Span(hint, theme.style(.dim))] : [],
            focused: selected != nil,
            footer: isPart
                ? [Span("\(first)–\(min(classes, first + grid.perPage) - 1) of \(classes)", theme.style(.dim))] : []
        ).draw(in: area, on: &buffer, look: shared.look)
        guard let survey = shared.surveyAtHand else {
            return buffer.write(paragraph: "looking at all images ...", centredIn: inner, theme.style(.dim))
        }
        for number in 0..<grid.perPage where first + number < classes {
            let label = first + number
            let (place, caption) = grid.cell(number)
            let of = survey.classes[label]
            if let image = isDeviation ? of.deviation : of.mean {
                // A deviation is half of the range at most.
                let pixels = isDeviation ? image.pixels.map { $0 > 127 ? 255 : 2 * $0 } : image.pixels
                grid.draw(
                    DigitImage(pixels: pixels, rows: image.rows, columns: image.columns), .smallBlock, in: place,
                    on: &buffer, look: shared.look)
            } else {
                buffer.write(paragraph: "none", centredIn: place, theme.style(.warning))
            }
            drawCaption(label, of, shared, isDeviation, isSelected: label == selected, in: caption, on: &buffer)
        }
    }

    private static func drawCaption(
        _ label: Int, _ of: ClassImages, _ shared: Shared, _ isDeviation: Bool, isSelected: Bool, in line: Rect,
        on buffer: inout Buffer
    ) {
        let theme = shared.look.theme
        let background = theme[isSelected ? .selectedBackground : .background]
        if isSelected {
            buffer.fill(line, Cell(style: theme.style(.text).on(background)))
            buffer.write("▸", x: line.x, y: line.y, theme.style(.key).on(background))
        }
        let room = line.width - 1
        let name = shared.classNames.fitting(room)[label]
        let figure = isDeviation ? of.spread.map { String(format: "±%.1f", $0) } ?? "" : Figures.grouped(of.count)
        let hasFigure = name.columns + 2 + figure.columns <= room
        buffer.write(
            [Span(name, theme.style(.good).bold().on(background))]
                + (hasFigure ? [Span("  " + figure, theme.quiet(marked: isSelected))] : []), x: line.x + 1, y: line.y,
            maxWidth: room)
    }
}
