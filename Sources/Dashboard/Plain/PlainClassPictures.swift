import TerminalUI
import Training

/// The pictures beside the confusion matrix in words.
enum PlainClassPictures {
    static func lines(_ state: ScreenContext<ConfusionScreen>) -> [PlainLine] {
        recall(state) + sureness(state) + broken(state) + probabilities(state)
    }

    /// The recall of each class: at first, at its best, and at the epoch on the screen.
    private static func recall(_ state: ScreenContext<ConfusionScreen>) -> [PlainLine] {
        guard let picture = RecallPicture(state.own, state.shared), picture.epochs.count > 1 else { return [] }
        return picture.lines.compactMap { line in
            guard let now = line.now, let first = line.recalls.first ?? nil,
                let best = line.recalls.compactMap({ $0 }).max(), let at = line.recalls.firstIndex(of: best)
            else { return nil }
            return PlainLine(
                "recall of \(state.classNames.title(line.label)) by epoch",
                "\(PlainText.percent(first, digits: 1)) after epoch \(picture.epochs[0]), "
                    + "best \(PlainText.percent(best, digits: 1)) after epoch \(picture.epochs[at]), "
                    + "now \(PlainText.percent(now, digits: 1))" + (line.label == picture.worst ? ", the worst" : ""))
        }
    }

    private static func sureness(_ state: ScreenContext<ConfusionScreen>) -> [PlainLine] {
        guard let picture = SurenessPicture(state.shared) else {
            guard state.run?.confusions.epochs.isEmpty == false else { return [] }
            return [PlainLine("how sure", "recorded from version 0.3.0 on")]
        }
        let before = picture.shares.first ?? nil
        return zip(SureShares.names, picture.shares[picture.shown]?.stacked ?? []).enumerated().map { kind, entry in
            let (name, share) = entry
            var words = PlainText.percent(share)
            if picture.epochs.count > 1, let before {
                words += ", \(PlainText.percent(before.stacked[kind])) after epoch \(picture.epochs[0])"
            }
            return PlainLine("\(name), sure from a probability of 0.9 on", words)
        }
    }

    private static func broken(_ state: ScreenContext<ConfusionScreen>) -> [PlainLine] {
        guard let broken = BrokenDigits(state.shared) else { return [] }
        let noun = state.classNames.noun
        return [
            PlainLine(
                broken.title,
                "\(PlainText.count(broken.rows.count, noun)) right before and wrong now, \(broken.mended) mended")
        ]
    }

    private static func probabilities(_ state: ScreenContext<ConfusionScreen>) -> [PlainLine] {
        guard let evaluation = state.evaluation, let pictures = state.pictures else { return [] }
        let margins = pictures.margins
        var lines = [
            PlainLine("wrong by a margin of more than 0.8", Figures.grouped(margins.rows(from: -1, upTo: -0.8))),
            PlainLine("right by a margin of less than 0.2", Figures.grouped(margins.rows(from: 0, upTo: 0.2))),
        ]
        if let diagram = state.metrics?.reliability.first {
            lines.append(
                PlainLine("probabilities are off by", PlainText.percent(diagram.expectedError) + " on average"))
            for bin in diagram.bins.indices.reversed() where diagram.bins[bin].count > 0 {
                let edges = diagram.edges(ofBin: bin)
                lines.append(
                    PlainLine(
                        "of probabilities \(Figures.percent(edges.above, digits: 0)) to "
                            + PlainText.percent(edges.upTo, digits: 0),
                        "\(PlainText.percent(diagram.bins[bin].accuracy, digits: 1)) right, "
                            + PlainText.count(diagram.bins[bin].count, state.classNames.noun)))
            }
        }
        let label = state.own.cell(state.shared).row
        guard label < evaluation.classes, let curves = pictures.curves(of: label) else { return lines }
        return lines + [
            PlainLine("area under the ROC curve of \(state.classNames.title(label))", Figures.area(curves.area)),
            PlainLine("average precision of \(state.classNames.title(label))", Figures.area(curves.averagePrecision)),
        ]
    }
}
