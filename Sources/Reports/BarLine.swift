/// The progress of an epoch, in one line.
package struct BarLine {
    /// Such as `epoch 3/10`.
    package let name: String
    /// The completed share of the epoch, 0 ... 1.
    package let share: Double
    /// Mean of the epoch so far.
    package let loss: Double
    /// Images a second.
    package let pace: Int
    /// Seconds until the whole run is done.
    package let secondsLeft: Int

    package init(name: String, share: Double, loss: Double, pace: Int, secondsLeft: Int) {
        self.name = name
        self.share = share
        self.loss = loss
        self.pace = pace
        self.secondsLeft = secondsLeft
    }

    /// The longest form that fits: the bar takes the remaining room and is left out first, then the pace, then the
    /// time. The loss is never cut, as half of a number is another number.
    package func text(width: Int) -> String {
        let (minutes, seconds) = (secondsLeft / 60, secondsLeft % 60)
        let figures = ["loss \(FigureText.fixed(loss, 4))", "\(FigureText.grouped(pace)) images/s"]
        let time = "\(minutes):\(seconds < 10 ? "0" : "")\(seconds) left"
        let full = (figures + [time]).joined(separator: "  ")
        let room = width - name.count - full.count - 4
        if room >= 4 {
            let length = min(24, room)
            let filled = Int(share * Double(length))
            let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: length - filled)
            return "\(name) [\(bar)] \(full)"
        }
        let forms = [full, "\(figures[0])  \(time)", figures[0]].map { "\(name) \($0)" } + [figures[0]]
        return forms.first { $0.count <= width } ?? ""
    }
}
