import TerminalUI

/// The classes at the left of a picture in low panels: one below the other, in one or two columns.
struct LeftCaption {
    private let words: [(text: String, style: Style)]
    private let area: Rect

    /// - Parameters:
    ///   - labels: the classes with their styles, from the top.
    ///   - names: of which as many letters are shown as there are columns, where these tell all apart, else numbers.
    init(_ labels: [(label: Int, style: Style)], _ names: ClassNames, in area: Rect) {
        let short = names.beginning(area.width)
        words = labels.map { (short[$0.label], $0.style) }
        self.area = area
    }

    /// - Parameter isSelected: marked before the classes, or below them where they have no column to spare.
    func draw(isSelected: Bool, on buffer: inout Buffer, _ theme: Theme) {
        for (line, word) in words.enumerated() where line < area.height {
            let width = min(area.width, word.text.columns)
            buffer.write(word.text, x: area.maxX - width, y: area.y + line, word.style, maxWidth: width)
        }
        let isFull = words.contains { $0.text.columns >= area.width }
        let y = area.y + (isFull ? words.count : 0)
        if isSelected, y < area.maxY { buffer.write("▸", x: area.x, y: y, theme.style(.key)) }
    }
}
