extension Look {
    /// A step on the way between colours, for an area whose amount is told by its shade.
    ///
    /// With 256 colours the steps keep the hue of the last colour: the nearest of the 256 to a dark red is a grey, to a
    /// lighter one an olive.
    ///
    /// - Parameters:
    ///   - stops: two colours or more, at equal distances.
    ///   - share: 0 (the first) to 1 (the last).
    package func shade(_ stops: [Color], _ share: Double) -> Color {
        guard let first = stops.first, let last = stops.last else { return theme.page }
        guard stops.count > 1, share.isFinite else { return first }
        let place = min(1, max(0, share)) * Double(stops.count - 1)
        let index = min(stops.count - 2, Int(place))
        let color = stops[index].mixed(with: stops[index + 1], place - Double(index))
        guard colors == .palette256, !color.isTerminalDefault, !last.isTerminalDefault else { return color }
        return ColorQuantizer.shade256(color, hue: last)
    }

    /// A colour faded into the page, in its own hue.
    ///
    /// - Parameter share: 0 keeps the colour, 1 gives the page.
    package func faint(_ color: Color, _ share: Double) -> Color {
        color.isTerminalDefault ? color : shade([theme.page, color], 1 - share)
    }

    /// The colour of an error in the confusion matrix.
    ///
    /// - Parameter share: 0 to 1, relative to the greatest.
    package func heat(_ share: Double) -> Color {
        shade([theme[.heatStart], theme[.heatMiddle], theme[.heatEnd]], share)
    }

    /// The colour of right predictions in the confusion matrix.
    ///
    /// - Parameter share: 0 to 1, of the class.
    package func diagonal(_ share: Double) -> Color { shade([theme[.diagonalStart], theme[.diagonalEnd]], share) }

    /// A ground that words stand on: a colour's share of the page.
    ///
    /// - Parameter share: 0 (the page) to 1 (the colour).
    package func ground(_ role: Theme.Role, _ share: Double) -> Color {
        guard colors == .palette16 else { return shade([theme[.background], theme[role]], share) }
        // No mix of theirs is among the 16: blue where it is a colour's, else grey.
        let isTinted = PerceivedColor(theme[role]).chroma >= 0.03
        return ColorPalette.colors[isTinted ? (theme.page.luminance < 0.25 ? 4 : 14) : 7]
    }
}
