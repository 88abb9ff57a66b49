import Files
import Runs
import Specs
import Training

/// A line for each run, the selected one among them, and its differences from the others.
enum PlainRuns {
    static func lines(_ state: ScreenContext<RunsScreen>) -> [PlainLine] {
        if let errors = state.own.errors { return PlainRuns.errors(errors, state.shared) }
        if let ensemble = state.own.ensemble { return PlainEnsemble.lines(ensemble, state.shared) }
        var lines = state.savedRuns.problem.map { [PlainLine("saved runs", $0.description)] } ?? []
        let filter = state.own.filter.text
        if !filter.isEmpty {
            lines.append(PlainLine("filter", "\(filter), \(state.own.rows.count) of \(state.own.total) runs"))
        }
        guard let selected = state.own.selectedRun else {
            let text = state.own.total > 0 ? "none passes the filter" : "none yet, space starts the first"
            return lines + [PlainLine("runs", text, isSelected: true)]
        }
        lines.append(PlainLine("sorted by", state.own.order.field?.name ?? "best on the validation rows"))
        let index = state.own.selectedRow
        let isBrushing = state.own.isBrushing(state.place)
        lines += state.own.rows.enumerated().map { PlainRuns.line($1, state, isSelected: $0 == index && !isBrushing) }
        let brush = state.own.panel == .parallel ? RunParallelView.plain(state) : []
        return lines + details(selected) + differences(selected, state) + brush
    }

    /// A filter, a name, tags or a note that are typed.
    static func typing(_ typing: RunsTyping, _ runs: RunsScreen) -> [PlainLine] {
        let label = typing.isFilter ? "the filter" : RunsPrompt.name(typing)
        var lines = [PlainLine(typing: label, typing.field)]
        if let refusal = typing.refusal { lines.append(PlainLine("refused", refusal)) }
        if typing.isFilter { lines.append(PlainLine("runs", "\(runs.rows.count) of \(runs.total)")) }
        if let fields = RunsPrompt.fields(typing, runs) { lines.append(PlainLine("fields", fields)) }
        if case .tags = typing.purpose { lines.append(PlainLine("tags", "words, by space or comma")) }
        return lines + [PlainLine("enter", "apply, esc cancel")]
    }

    private static func line(_ row: RunRow, _ state: ScreenContext<RunsScreen>, isSelected: Bool) -> PlainLine {
        let run = row.summary
        let name = run.name.map { " \($0)" } ?? ""
        let marked = state.comparison.isMarked(row.key) ? ", marked" : ""
        let changes = run.changeLine.isEmpty ? "" : " \(run.changeLine)"
        let spec = run.shortLine + changes
        return PlainLine(
            "run \(run.id)\(name)",
            "\(PlainRun.word(run.state))\(marked), of \(run.dataset), best validation loss \(PlainText.loss(run.bestValidationLoss)), "
                + spec, isSelected: isSelected)
    }

    private static func details(_ row: RunRow) -> [PlainLine] {
        let run = row.summary
        var lines = [
            PlainLine(
                "epochs of run \(run.id)",
                run.isImported
                    ? "none, its weights were imported"
                    : run.epochs > run.plannedEpochs
                        ? "\(run.epochs), planned \(run.plannedEpochs)" : "\(run.epochs) of \(run.plannedEpochs)"),
            PlainLine("best epoch of run \(run.id)", run.bestEpoch.map { "\($0)" } ?? "not known"),
            PlainLine(
                "greatest validation accuracy of run \(run.id)",
                percent(run.bestValidationAccuracy, run.validationChance)),
            PlainLine("test accuracy of run \(run.id)", percent(run.testAccuracy, run.testChance)),
            PlainLine("time of run \(run.id)", Figures.duration(run.seconds)),
        ]
        if let size = run.size {
            lines.append(PlainLine("space of run \(run.id)", "\(ByteAmount.text(size.total)) in the store"))
        }
        if let words = run.testWords { lines.append(PlainLine("test of run \(run.id)", words)) }
        if !run.tags.isEmpty { lines.append(PlainLine("tags of run \(run.id)", run.tags.joined(separator: ", "))) }
        if !run.ensembles.isEmpty {
            lines.append(PlainLine("ensembles of run \(run.id)", run.ensembles.joined(separator: ", ")))
        }
        if !run.note.isEmpty { lines.append(PlainLine("note on run \(run.id)", run.note)) }
        return lines
    }

    /// An accuracy with its standard error by the number of rows.
    private static func percent(_ share: Double?, _ chance: Double?) -> String {
        PlainText.percent(share) + (chance.map { ", give or take \(Figures.percent($0, digits: 2)) by chance" } ?? "")
    }

    private static func differences(_ selected: RunRow, _ state: ScreenContext<RunsScreen>) -> [PlainLine] {
        guard !state.comparison.isEmpty || state.run.map({ $0.key != selected.key }) ?? false else { return [] }
        let all = RunDifferenceView.compared(state)
        guard all.count > 1 else { return [] }
        func line(_ name: String, _ field: SpecDifference) -> PlainLine {
            let texts = zip(all, field.texts).map { "run \($0.summary.id) \($1)" }
            let words = texts.joined(separator: ", ").replacing("±", with: "plus or minus ")
            return PlainLine(name, words.replacing("×", with: "in runs: "))
        }
        let differences = RunDifferenceView.differences(all).map { line("differs in \($0.name)", $0) }
        let common = SpecTraits.shared(all.compactMap(\.traits)).joined(separator: ", ").replacing("×", with: "times ")
        return differences + (common.isEmpty ? [] : [PlainLine("the same in all", common)])
            + RunDifferenceView.results(all, state.own.groups).map {
                line($0.name.trimmingBlanks.replacing("%", with: "per cent"), $0)
            }
    }

    /// Pairs of classes with their counts.
    private static func errors(_ errors: RunErrorsState, _ state: Shared) -> [PlainLine] {
        let names = state.classNames
        var lines = RunErrors.Group.allCases.map { group in
            let chosen = group == errors.group ? ", shown" : ""
            return PlainLine(
                RunErrorsView.title(group, errors.errors), "\(errors.count(group)) \(names.noun)s\(chosen)")
        }
        let isChoosing = errors.cursor == nil
        lines.append(
            PlainLine(
                "all pairs", "\(errors.count(errors.group)) \(names.noun)s",
                isSelected: isChoosing && errors.pair == 0))
        lines += errors.pairs.enumerated().map { index, pair in
            PlainLine(
                "true \(names[pair.truth]), predicted \(names[pair.answer])", "\(pair.count)",
                isSelected: isChoosing && errors.pair == index + 1)
        }
        if let digit = errors.digit {
            lines.append(
                PlainLine(
                    "test image \(digit.row)",
                    "true \(names[digit.truth]), predicted \(names[digit.first]) by run \(errors.errors.first), "
                        + "predicted \(names[digit.second]) by run \(errors.errors.second)", isSelected: true))
            return lines + [
                PlainLine("enter", "opens run \(errors.wrongRun) with it in Digits, esc is back to the pairs")
            ]
        }
        return lines + [PlainLine("left and right", "other \(names.noun)s, enter goes to them, esc is back")]
    }
}
