import Training

/// The selected cell, its row, the class's figures and the most frequent mistakes.
enum PlainConfusion {
    static func lines(_ state: ScreenContext<ConfusionScreen>) -> [PlainLine] {
        guard let shown = state.shownConfusion else {
            return [PlainLine("confusion", ConfusionView.emptyText(state.shared), isSelected: true)]
        }
        let cell = state.own.cell(state.shared)
        let names = state.classNames
        let row = shown.counts[cell.row]
        let total = row.reduce(0, +)
        let share = total == 0 ? 0 : Double(row[cell.column]) / Double(total)
        var lines = [
            PlainLine("measured", shown.measuredOn.plain),
            PlainLine(
                "cell",
                "true \(names[cell.row]), predicted \(names[cell.column]), \(Figures.grouped(row[cell.column])) of "
                    + "\(Figures.grouped(total)), \(PlainText.percent(share, digits: 1))", isSelected: true),
        ]
        if let baseline = shown.baseline {
            let before = baseline[cell.row][cell.column]
            lines.append(PlainLine("cell in \(shown.baselineName)", Figures.grouped(before)))
        }
        for (column, count) in row.enumerated() where column != cell.column && count > 0 {
            lines.append(PlainLine("true \(names[cell.row]) predicted \(names[column])", Figures.grouped(count)))
        }
        let counts = ConfusionMetrics(shown.counts)
        let figures = counts.perClass[cell.row]
        lines += [
            PlainLine("precision of class \(names[cell.row])", PlainText.percent(figures.precision, digits: 1)),
            PlainLine("recall of class \(names[cell.row])", PlainText.percent(figures.recall, digits: 1)),
            PlainLine("F1 of class \(names[cell.row])", PlainText.percent(figures.f1, digits: 1)),
            PlainLine("accuracy", PlainText.percent(counts.accuracy)),
            PlainLine("macro precision", PlainText.percent(counts.macro.precision, digits: 1)),
            PlainLine("macro recall", PlainText.percent(counts.macro.recall, digits: 1)),
            PlainLine("macro F1", PlainText.percent(counts.macro.f1, digits: 1)),
        ]
        if shown.evaluation != nil, let area = state.metrics?.rocAUCMacro {
            lines.append(PlainLine("macro ROC AUC", Figures.area(area)))
        }
        return lines + pairs(shown, names) + PlainClassPictures.lines(state)
    }

    private static func pairs(_ shown: ShownConfusion, _ names: ClassNames) -> [PlainLine] {
        shown.mostConfused(10).enumerated().map { place, pair in
            let label = shown.baseline == nil ? "most confused" : "changed most"
            return PlainLine(
                "\(label), \(place + 1)",
                "true \(names[pair.truth]) predicted \(names[pair.predicted]), \(ConfusionView.count(pair, shown))")
        }
    }
}
