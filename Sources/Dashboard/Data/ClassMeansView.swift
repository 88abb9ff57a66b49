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
                ? [
                    Span(
                        shared.imageNames.range(first..<min(classes, first + grid.perPage), of: classes),
                        theme.style(.dim))
                ] : []
        ).draw(in: area, on: &buffer, look: shared.look)
        guard let survey = shared.surveyAtHand, let levels = shared.data.loaded?.dataset.levels else {
            return buffer.write(paragraph: "looking at all images ...", centredIn: inner, theme.style(.dim))
        }
        for number in 0..<grid.perPage where first + number < classes {
            let label = first + number
            let (place, caption) = grid.cell(number)
            let of = survey.classes[label]
            if let image = isDeviation ? of.deviation : of.mean {
                let shown = isDeviation ? levels.shownDeviation(image) : levels.shown(image)
                grid.draw(
                    DigitImage(pixels: shown.pixels, rows: image.rows, columns: image.columns), .smallBlock, in: place,
                    on: &buffer, look: shared.look)
            } else {
                buffer.write(paragraph: "none", centredIn: place, theme.style(.warning))
            }
            let figure = isDeviation ? of.spread.map { String(format: "±%.1f", $0) } : Figures.grouped(of.count)
            PictureCaption(label, figures: [figure].compactMap(\.self), isSelected: label == selected)
                .draw(shared, in: caption, on: &buffer)
        }
    }
}
