extension Theme {
    /// The theme in the colours that there are: with 16 of them each role has the one that fits it.
    func shown(in colors: ColorLevel) -> Theme { colors == .palette16 ? inSixteenColors : self }

    /// Each role as one of the 16 colours. Colour by colour the nearest of them would lose the order of what is read:
    /// here values are white and bold, labels light grey, frames dark grey. On a light page all text is black, for the
    /// grey of xterm can't be read on white.
    private var inSixteenColors: Theme {
        let isDark = page.luminance < 0.25
        let behind = isDark ? 0 : 15
        let words = ColorPalette.readable(on: behind)
        let marks = (0..<16).filter { ColorPalette.leastContrast($0, on: behind) >= 3 }
        var indices: [Role: Int] = [
            .text: isDark ? 15 : 0, .title: isDark ? 15 : 0, .dim: isDark ? 7 : 0, .border: 8,
            .digitStart: behind, .digitEnd: isDark ? 15 : 0,
        ]
        for role in [Role.key, .train, .validation, .good, .warning, .bad] {
            indices[role] = ColorPalette.alike(self[role], among: words)
        }
        var taken: Set<Int> = []
        for role in Theme.runRoles {
            let index = ColorPalette.alike(self[role], among: words, spent: taken)
            indices[role] = index
            taken.insert(index)
        }
        let areas: [Role] = [
            .focusedBorder, .heatStart, .heatMiddle, .heatEnd, .diagonalStart, .diagonalEnd, .probability,
        ]
        for role in areas { indices[role] = ColorPalette.alike(self[role], among: marks) }
        // Blue, or a light grey: with both of xterm's greys beside them, white and black can be read.
        let isTinted = PerceivedColor(self[.selectedBackground]).chroma >= 0.02
        let selected = isDark && isTinted ? 4 : 7
        (indices[.selectedBackground], indices[.selectedText]) = (selected, selected == 4 ? 15 : 0)
        var reduced = self
        for (role, index) in indices where !self[role].isTerminalDefault {
            reduced.colors[role] = ColorPalette.colors[index]
        }
        if !self[.background].isTerminalDefault { reduced.colors[.background] = ColorPalette.colors[behind] }
        reduced.hasBoldValues = isDark
        return reduced
    }
}
