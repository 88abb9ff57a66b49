/// Measures how fast a run trains, and says when the next snapshot is due: ten a second at most.
struct Pace {
    private static let interval = 0.1
    private var rows = 0
    private var seconds = 0.0
    private var sinceShown = 0.0
    /// Rows a second, smoothed over about a second of training.
    private(set) var samplesPerSecond = 0.0

    var isDue: Bool { sinceShown >= Pace.interval }

    mutating func add(rows: Int, seconds: Double) {
        self.rows += rows
        self.seconds += seconds
        sinceShown += seconds
        if self.seconds > 0 { samplesPerSecond = Double(self.rows) / self.seconds }
        if self.seconds > 1 {
            self.rows /= 2
            self.seconds /= 2
        }
    }

    mutating func published() -> Pace {
        sinceShown = 0
        return self
    }
}
