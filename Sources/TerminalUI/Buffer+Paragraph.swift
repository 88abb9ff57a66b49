extension Buffer {
    /// Writes text in the middle of an area, in as many lines as it needs; those that have no room are left out.
    package mutating func write(paragraph text: String, centredIn area: Rect, _ style: Style) {
        let room = area.inset(left: area.width > 8 ? 1 : 0, right: area.width > 8 ? 1 : 0)
        guard !room.isEmpty else { return }
        let lines = WrappedText.lines(text, width: room.width).prefix(room.height)
        let top = room.y + (room.height - lines.count) / 2
        for (index, line) in lines.enumerated() { write(line, centredIn: room, y: top + index, style) }
    }
}
