import Foundation
import Runs
import Specs
import TerminalUI

/// The columns of the table of the runs.
package struct RunsColumns {
    /// A set of columns that the user can choose.
    package enum Choice: String, CaseIterable, Sendable { case results, settings, origin }

    struct Column: Sendable {
        let title: String
        var width: Int
        /// The order in which columns are left out; the least is first.
        let importance: Int
        /// Whether it is text, which starts at the left of the column.
        var isText = false
        /// Whether it is a small curve of the validation loss, without a text.
        var isCourse = false
        /// The field that a click on its title sorts by.
        let field: RunField?
        /// The column of the screen where it ends.
        var end = 0
        let text: @Sendable (RunRow, ScreenContext<RunsScreen>) -> String

        /// The column of the screen where it starts, behind the gap to the one before.
        var start: Int { end - width + 2 }

        init(
            _ title: String, _ width: Int, _ importance: Int, _ field: String,
            isText: Bool = false, _ text: @escaping @Sendable (RunRow, ScreenContext<RunsScreen>) -> String
        ) {
            (self.title, self.width, self.importance, self.text) = (title, width, importance, text)
            (self.field, self.isText) = (RunField.named(field), isText)
        }

        /// The small curve.
        init(course width: Int, _ importance: Int) {
            self.init("", width, importance, "") { _, _ in "" }
            isCourse = true
        }
    }

    /// The columns that fit, with their places. The rest is the name's and what sets the run apart: three eighths at
    /// least.
    ///
    /// - Parameter longestData: columns of the longest name of a data set in the table.
    static func fitting(_ inner: Rect, _ choice: Choice, longestData: Int) -> [Column] {
        let wanted = min(widestData, max(data.width, longestData + 2))
        var all = columns(choice)
        // On a wide screen the name is whole, at the cost of the column that matters least.
        if inner.width >= wide, let index = all.firstIndex(where: { $0.title == data.title }) {
            all[index].width = max(all[index].width, wanted)
        }
        let rest = inner.width * 3 / 8
        var room = inner.width - max(16, rest)
        var kept: Set<Int> = []
        for index in all.indices.sorted(by: { all[$0].importance > all[$1].importance })
        where all[index].width <= room {
            room -= all[index].width
            kept.insert(index)
        }
        var end = inner.x
        return all.indices.filter(kept.contains).map { index in
            var column = all[index]
            if column.title == data.title { column.width = max(column.width, min(wanted, column.width + room)) }
            end += column.width
            column.end = end
            return column
        }
    }

    static func columns(_ choice: Choice) -> [Column] {
        switch choice {
        case .results: [number] + results
        case .settings: [number] + settings
        case .origin: [number] + origin
        }
    }

    private static let number = Column("run", 6, 20, "id") { row, _ in "\(row.summary.id)" }
    private static let data = Column("data", 10, 17, "dataset", isText: true) { row, _ in
        row.summary.dataset
    }
    /// The widest that the column of the data set becomes: a name of 20 columns.
    private static let widestData = 22
    /// Columns of a table from which on a name of a data set is whole.
    private static let wide = 110
    private static let epochs = Column("epochs", 9, 9, "done") { row, _ in
        if row.summary.isImported { return "imported" }
        let (done, planned) = (row.summary.epochs, row.summary.plannedEpochs)
        return done > planned ? "\(planned)+\(done - planned)" : "\(done)/\(planned)"
    }
    private static let validation = Column("val %", 8, 18, "val_accuracy") { row, _ in
        Figures.percent(row.summary.bestValidationAccuracy, digits: 2)
    }
    private static let spread = Column("±", 8, 12, "val_chance") { row, state in
        RunSpread.ofValidation(row, state.own.groups, withSign: false) ?? "–"
    }
    private static let test = Column("test %", 8, 15, "test_accuracy") { row, _ in
        Figures.percent(row.summary.testAccuracy, digits: 2)
    }
    private static let time = Column("time", 12, 10, "seconds") { row, _ in
        row.summary.seconds > 0 ? Figures.duration(row.summary.seconds) : "–"
    }

    /// In the order of their use. The validation figures are the least loss and the greatest accuracy of all epochs, as the
    /// panel's footer says.
    private static let results: [Column] = [
        data, Column(course: 10, 14),
        Column("val loss", 9, 16, "val_loss") { row, _ in Figures.loss(row.summary.bestValidationLoss) },
        validation, spread, test, time, epochs,
        Column("best at", 9, 8, "best_epoch") { row, _ in row.summary.bestEpoch.map(String.init) ?? "–" },
        Column("end loss", 10, 7, "train_loss") { row, _ in Figures.loss(row.summary.loss) },
    ]

    private static func rate(_ row: RunRow) -> String {
        row.traits?.text(of: .lr).flatMap(Double.init).map(Figures.plain) ?? "–"
    }

    private static let settings: [Column] = [
        Column("optimizer", 12, 8, "optimizer") { row, _ in row.traits?.optimizer ?? "–" },
        Column("lr", 9, 7, "lr") { row, _ in rate(row) },
        Column("batch", 7, 5, "batch") { row, _ in row.traits?.text(of: .batch) ?? "–" },
        Column("weights", 11, 4, "parameters") { row, _ in Figures.grouped(row.summary.parameters) },
        Column("seed", 7, 1, "seed") { row, _ in "\(row.summary.seed)" },
        Column("val %", 8, 6, "val_accuracy", validation.text),
        Column("test %", 9, 3, "test_accuracy", test.text),
    ]

    private static let origin: [Column] = [
        Column("started", 14, 8, "id") { row, state in
            row.isSaved ? Figures.shortDate(row.summary.started, offset: state.shared.secondsFromGMT) : "–"
        },
        Column("state", 13, 7, "state") { row, _ in row.summary.stateWord },
        Column("data", 15, 5, "dataset") { row, _ in String(row.summary.dataset.prefix(13)) },
        Column("host", 14, 4, "host") { row, _ in String(row.summary.machine.host.prefix(12)) },
        Column("threads", 9, 2, "threads") { row, _ in
            row.summary.machine.threads > 0 ? "\(row.summary.machine.threads)" : "–"
        },
        Column("program", 9, 1, "program") { row, _ in row.summary.program },
        Column("size", 10, 6, "size") { row, _ in row.summary.size.map { ByteAmount.text($0.total) } ?? "–" }, time,
    ]
}

extension Figures {
    /// `11-24 16:40`: a month, a day and a time.
    ///
    /// - Parameter offset: seconds east of UTC.
    static func shortDate(_ date: Date, offset: Int) -> String { String(self.date(date, offset: offset).dropFirst(5)) }

    /// `2026-11-24 16:40`.
    static func date(_ date: Date, offset: Int) -> String {
        let seconds = (date.timeIntervalSince1970 + Double(offset)).rounded(.down)
        guard abs(seconds) < 1e11 else { return "–" }
        let day = Int((seconds / 86_400).rounded(.down))
        let minutes = (Int(seconds) - day * 86_400) / 60
        let (year, month, dayOfMonth) = civil(day)
        return String(format: "%04d-%02d-%02d %02d:%02d", year, month, dayOfMonth, minutes / 60, minutes % 60)
    }

    /// The date of a day counted from 1970-01-01, in the Gregorian calendar: years begin in March, so that the leap day
    /// is the last of its year, and 400 of them have 146,097 days.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }
}
