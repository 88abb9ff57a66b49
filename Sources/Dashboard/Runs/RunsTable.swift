import TerminalUI
import Training

/// The columns of the table of the runs.
enum RunsTable {
    struct Column {
        let title: String
        let width: Int
        /// The column of the screen where it ends.
        var end = 0
        /// What a click on its title sorts by.
        var sort: RunsState.Sort?
        let text: (RunRecord) -> String
    }

    /// The columns that fit, with their places: the less important ones go first.
    static func columns(_ inner: Rect) -> [Column] {
        let all: [(Column, importance: Int)] = [
            (Column(title: "run", width: 7, sort: .start) { "\($0.id)" }, 9),
            (Column(title: "epochs", width: 9) { "\($0.history.count)/\($0.spec.training.epochs)" }, 3),
            (Column(title: "best", width: 6) { $0.bestEpoch.map { "\($0)" } ?? "–" }, 2),
            (Column(title: "val loss", width: 10, sort: .loss) { Figures.loss($0.history.best?.validationLoss) }, 8),
            (
                Column(title: "val %", width: 8, sort: .accuracy) {
                    Figures.percent($0.history.best?.validationAccuracy, digits: 2)
                }, 6
            ),
            (Column(title: "loss", width: 8) { Figures.loss($0.history.last?.loss) }, 1),
            (
                Column(title: "test %", width: 8, sort: .test) { Figures.percent($0.testMetrics?.accuracy, digits: 2) },
                7
            ),
            (Column(title: "time", width: 10, sort: .time) { Figures.duration($0.history.seconds) }, 4),
        ]
        // The spec keeps a third.
        var room = inner.width - max(16, inner.width / 3)
        var kept: Set<Int> = []
        for index in all.indices.sorted(by: { all[$0].importance > all[$1].importance })
        where all[index].0.width <= room {
            room -= all[index].0.width
            kept.insert(index)
        }
        var end = inner.x
        return all.indices.filter(kept.contains).map { index in
            var column = all[index].0
            end += column.width
            column.end = end
            return column
        }
    }
}
