import Runs
import TerminalUI
import Training

/// What a run has come to, the most telling first, in the room that others leave: as many facts as have lines.
enum RunFactsView {
    /// Rows of a panel that has all of them.
    static let rows = 2 + 8
    /// Columns of a panel in which a fact has one line; it has two in a narrower one.
    static let oneLine = 30
    private static let nameColumns = 13

    private struct Fact {
        let name: String
        /// The fullest first.
        let forms: [String]

        init(_ name: String, _ forms: String...) { (self.name, self.forms) = (name, forms) }

        func text(_ room: Int) -> String { forms.first { $0.columns <= room } ?? "" }
    }

    /// Without a frame where there is no room for one.
    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        guard !area.isEmpty else { return }
        let title = state.curvesRun.map { "run \($0.number)" } ?? "data"
        let inner =
            area.height < 3
            ? area.inset(left: 1, right: 1) : Panel(title: title).draw(in: area, on: &buffer, look: state.look)
        let facts = state.curvesRun.map { Self.facts($0) } ?? dataFacts(state)
        let theme = state.look.theme
        let room = inner.inset(left: 1, right: 1)
        let lines = room.width >= oneLine - 4 ? 1 : 2
        for (index, fact) in facts.prefix(room.height / lines).enumerated() {
            let y = room.y + index * lines
            buffer.write(fact.name, x: room.x, y: y, theme.style(.dim), maxWidth: room.width)
            let start = lines == 1 ? nameColumns : 2
            buffer.write(
                fact.text(room.width - start), x: room.x + start, y: y + lines - 1, theme.style(.text),
                maxWidth: room.width - start)
        }
    }

    private static func facts(_ run: ShownRun) -> [Fact] {
        var facts: [Fact] = []
        let rows = run.facts?.validationRows ?? 0
        let best = run.bestEpoch.flatMap { run.history.figures(at: $0) }
        if let best {
            let loss = Figures.loss(best.validationLoss)
            facts.append(Fact("best epoch", "\(best.epoch), validation loss \(loss)", "\(best.epoch), val \(loss)"))
            let accuracies = [rows, 0].map { accuracy(best.validationAccuracy, $0) }
            facts.append(Fact("val accuracy", accuracies[0], accuracies[1]))
        }
        if let last = run.history.last, let loss = last.validationLoss, loss.isFinite, last.loss.isFinite {
            let gap = Figures.loss(loss - last.loss)
            // The sign comes and goes, and moves nothing.
            facts.append(Fact("gap", "\(gap.padded(to: 6)), val less train", gap))
            if let best, let least = best.validationLoss, best.epoch < last.epoch {
                let more = "+\(Figures.loss(loss - least))"
                facts.append(Fact("val loss", "\(more) since epoch \(best.epoch)", more))
            }
        }
        if let test = testWords(run) { facts.append(Fact("test", test.full, test.short)) }
        if let seconds = run.secondsPerEpoch {
            let all = Figures.duration(run.history.seconds)
            facts.append(Fact("time", "\(Figures.duration(seconds)) an epoch, \(all) in all", all))
        }
        if let known = run.facts {
            let (train, validation) = (Figures.grouped(known.trainingRows), Figures.grouped(known.validationRows))
            facts.append(Fact("rows", "\(train) train, \(validation) validation", "\(train) + \(validation)"))
            facts.append(Fact("batches", "\(Figures.grouped(known.batchesPerEpoch)) an epoch"))
        }
        return facts
    }

    /// With what chance alone gives on so many rows: `97.80 % ±0.19 by chance`.
    private static func accuracy(_ share: Double?, _ rows: Int) -> String {
        let text = "\(Figures.percent(share, digits: 2)) %"
        guard let chance = RunSpread.chance(Chance.standardError(ofShare: share, rows: rows)) else { return text }
        return "\(text)\(chance) by chance"
    }

    /// The test accuracy, with the weights that it is of.
    private static func testWords(_ run: ShownRun) -> (full: String, short: String)? {
        guard let errors = run.testErrors, let rows = run.test?.count ?? run.facts?.testRows, rows > 0 else {
            return nil
        }
        let figure = "\(Figures.percent(1 - Double(errors) / Double(rows), digits: 2)) %"
        let place = run.testPlace
        let measured = MeasuredOn(
            source: .test, epoch: place?.epoch ?? run.history.count, batch: place?.batch ?? 0, weights: run.testWeights)
        return ("\(figure), \(measured.weightsInShort)", figure)
    }

    /// Before the first run.
    private static func dataFacts(_ state: Shared) -> [Fact] {
        guard let data = state.data.loaded?.dataset else { return [Fact(state.loadingText, "")] }
        let share = Figures.percent(1 / Double(max(2, data.classes)), digits: 0)
        return [
            Fact("by chance", "\(share) % of \(data.classes) classes right", "\(share) %"),
            Fact("to train", "\(Figures.grouped(data.train.count)) images"),
            Fact("held out", "\(Figures.plain(state.composer.spec.training.validation * 100)) % to validate"),
            Fact("to test", "\(Figures.grouped(data.test.count)) images"),
            Fact("an image", "\(data.train.rows) × \(data.train.columns) pixels"),
        ]
    }
}

extension Shared {
    /// Rows of a panel that has all epochs of the run of the charts. While it trains, they grow as the x axis does, so that
    /// what stands below them seldom moves.
    var epochRows: Int {
        guard let run = curvesRun else { return composer.spec.training.epochs + EpochTableView.otherRows }
        let count = max(1, run.history.buckets.count)
        guard run.isAlive, count < run.plannedEpochs else { return count + EpochTableView.otherRows }
        let wanted = max(5, CurvesScreen.roundEnd(Double(count)))
        return min(run.plannedEpochs, Int(wanted)) + EpochTableView.otherRows
    }
}
