import Datasets
import Reports
import Runs
import Specs
import TerminalUI
import Training

/// What a run has come to, the most telling first, in the room that others leave: as many facts as have lines. Each has its
/// place before its figure is known, so that none moves while a run trains.
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

        init(_ name: String, _ forms: String...) { self.init(name, forms: forms) }

        init(_ name: String, forms: [String]) { (self.name, self.forms) = (name, forms) }

        func text(_ room: Int) -> String { forms.first { $0.columns <= room } ?? "" }
    }

    /// Without a frame where there is no room for one.
    static func draw(_ state: Shared, in area: Rect, on buffer: inout Buffer) {
        guard !area.isEmpty else { return }
        let title = state.curvesRun.map { "run \($0.number)" } ?? "data"
        let facts = state.curvesRun.map { Self.facts($0) } ?? dataFacts(state)
        let theme = state.look.theme
        let lines = area.width >= oneLine ? 1 : 2
        let shown = min(facts.count, max(0, area.height - 2) / lines)
        let more = shown < facts.count ? [Span("\(facts.count - shown) more", theme.style(.dim))] : []
        let inner =
            area.height < 3
            ? area.inset(left: 1, right: 1)
            : Panel(title: title, footer: more).draw(in: area, on: &buffer, look: state.look)
        let room = inner.inset(left: 1, right: 1)
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
        validationFacts(run) + [
            testWords(run).map { Fact("test", $0.full, $0.short) } ?? Fact("test", "not measured", none),
            run.secondsPerEpoch.map { seconds in
                let (each, all) = (Figures.duration(seconds), Figures.duration(run.history.seconds))
                return Fact("time", "\(each.padded(to: 6)) an epoch, \(all.padded(to: 6)) in all", all)
            } ?? Fact("time", none),
            run.facts.map { known in
                let (train, validation) = (Figures.grouped(known.trainingRows), Figures.grouped(known.validationRows))
                return Fact("rows", "\(train) train, \(validation) validation", "\(train) + \(validation)")
            } ?? Fact("rows", none),
            run.facts.map { Fact("batches", "\(Figures.grouped($0.batchesPerEpoch)) an epoch") }
                ?? Fact("batches", none),
        ]
    }

    /// Where a figure is not known yet, or at all.
    private static let none = "–"

    /// What the validation rows say.
    private static func validationFacts(_ run: ShownRun) -> [Fact] {
        let names = ["best epoch", "val accuracy", "gap", "val loss"]
        guard let last = run.history.last, let loss = last.validationLoss, loss.isFinite, last.loss.isFinite,
            let best = run.bestEpoch.flatMap({ run.history.figures(at: $0) }), let least = best.validationLoss
        else {
            let why = run.facts?.validationRows == 0 ? ["no validation rows", none] : [none]
            return names.map { Fact($0, forms: why) }
        }
        let bestLoss = Figures.loss(least)
        let accuracies = [run.facts?.validationRows ?? 0, 0].map { accuracy(best.validationAccuracy, $0) }
        let gap = Figures.loss(loss - last.loss)
        let more = "+\(Figures.loss(loss - least))"
        let change =
            best.epoch < last.epoch ? ["\(more) since epoch \(best.epoch)", more] : ["the least so far", "the least"]
        return [
            Fact(names[0], "\(best.epoch), validation loss \(bestLoss)", "\(best.epoch), val \(bestLoss)"),
            Fact(names[1], forms: accuracies),
            // The sign comes and goes, and moves nothing.
            Fact(names[2], "\(gap.padded(to: 6)), val less train", gap),
            Fact(names[3], forms: change),
        ]
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
            source: .test, epoch: place?.epoch ?? run.history.count, batch: place?.batch ?? 0,
            weights: run.testWeights, start: run.spec.training.startWords)
        return ("\(figure), \(measured.weightsInShort)", figure)
    }

    /// Which rows validate: `10 % to validate, the last rows`.
    private static func heldOut(_ training: TrainingConfiguration) -> [String] {
        let share = "\(Figures.plain(training.validation * 100)) %"
        guard training.validation > 0 else { return ["\(share) to validate"] }
        let which =
            switch training.split {
            case .last: "the last rows"
            case .shuffled: "by chance"
            case .stratified: "of each class"
            }
        return ["\(share) to validate, \(which)", "\(share), \(which)", share]
    }

    /// The least and the greatest number of images of a class in the training file.
    private static func classRows(_ data: Dataset) -> [String] {
        var counts = [Int](repeating: 0, count: data.classes)
        for label in data.train.labels { counts[Int(label)] += 1 }
        guard let span = FigureText.span(counts) else { return [none] }
        return ["\(span) images to train", span]
    }

    /// Before the first run.
    private static func dataFacts(_ state: Shared) -> [Fact] {
        guard let data = state.data.loaded?.dataset else { return [Fact(state.loadingText, "")] }
        let share = Figures.percent(1 / Double(max(2, data.classes)), digits: 0)
        return [
            Fact("by chance", "\(share) % of \(data.classes) classes right", "\(share) %"),
            Fact("to train", "\(Figures.grouped(data.train.count)) images"),
            Fact("held out", forms: heldOut(state.composer.spec.training)),
            Fact("to test", "\(Figures.grouped(data.test.count)) images"),
            Fact("a class", forms: classRows(data)),
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
