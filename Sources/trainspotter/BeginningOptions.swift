import ArgumentParser
import DataFormats
import Datasets
import Exports
import Foundation
import Networks
import RunExports
import Runs
import Specs
import Training

/// The saved weights that a new run of `train` begins with.
struct BeginningOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Begin with a saved run's weights: its number or name. Without layers in the spec, with its settings, too.",
            valueName: "run"), completion: Completions.run)
    var from: String?

    @Option(
        help: ArgumentHelp(
            "Learn from the predictions of a saved run or ensemble, too: its number or name; or teacher=RUN in the spec.",
            valueName: "run"), completion: Completions.run)
    var teacher: String?

    /// A new run: its line, its data set, and what gives the weights and the teacher that the line names.
    struct Beginning {
        let line: RunLine
        let source: DatasetSource
        let named: WeightFinder?
    }

    /// Reads the words of a spec; with `--from` also the weights of that run, by which the line then names them.
    ///
    /// - Throws: `CommandFailure`, also where the line names weights that no run has, or that are of other layers.
    func begin(_ words: [String], _ data: DataOptions, _ store: StoreOptions) throws(CommandFailure) -> Beginning {
        let text = try store.namingTeacher(in: try withTeacher(words.joined(separator: " "), store))
        return try beginning(text.isEmpty ? [] : [text], data, store)
    }

    /// The text of a line with the teacher of the option behind its settings.
    private func withTeacher(_ text: String, _ store: StoreOptions) throws(CommandFailure) -> String {
        guard let teacher else { return text }
        guard !text.contains(/(?:^|\s)teacher=/) else {
            throw .usage("--teacher \(teacher): the line names a teacher itself; expected one of both")
        }
        let word = "teacher=\(try store.digest(ofTeacher: teacher, option: "--teacher \(teacher)"))"
        // Before live changes and the line's origin.
        let end = text.firstRange(of: /(?:^|\s)[@#]/)?.lowerBound ?? text.endIndex
        return [String(text[..<end]), word, String(text[end...])].joined(separator: " ")
            .trimmingCharacters(in: .whitespaces)
    }

    private func beginning(
        _ words: [String], _ data: DataOptions, _ store: StoreOptions
    ) throws(CommandFailure) -> Beginning {
        guard let from else {
            let line = try RunLine(words: words, shape: try data.shape())
            return Beginning(line: line, source: try data.source(), named: try store.finder(for: line.spec))
        }
        let runs = try store.openExisting()
        let run = try runs.find(from)
        let model: SavedModel
        do throws(ModelError) { model = try SavedModel(run, in: runs) } catch { throw .usage("--from \(error)") }
        let source = try data.source(of: run)
        var line = try self.line(words, model, try data.shape(source))
        guard line.spec.training.from == nil else {
            throw .usage("--from \(from): the line names weights itself, by from=; expected one of both")
        }
        let digest = WeightDigest(of: model.tensors)
        line.spec.training.from = digest
        if line.spec.training.scale != model.spec.training.scale {
            printError(
                "trainspotter: run \(run.id) was trained with scale=\(model.spec.training.scale.rawValue), and its weights "
                    + "get other inputs here")
        }
        // Before the run is saved: one that can't begin leaves nothing behind.
        do throws(TrainingError) {
            let weights = try Trainer.checked(model.tensors, of: digest, for: line.spec.network)
            let teacher = runs.weightFinder.teacher
            return Beginning(
                line: line, source: source, named: WeightFinder(weights: { _, _ in weights }, teacher: teacher))
        } catch {
            throw CommandFailure(error)
        }
    }

    /// With the run's own layers and settings, where the words begin with none.
    private func line(
        _ words: [String], _ model: SavedModel, _ shape: DatasetShape
    ) throws(CommandFailure) -> RunLine {
        let text = words.joined(separator: " ")
        let isOwn = text.isEmpty || text.hasPrefix("@") || ExperimentSpec.startsWithSetting(text)
        guard isOwn else { return try RunLine(words: words, shape: shape) }
        var own = model.spec
        own.training.from = nil
        do throws(SpecError) {
            let parts = RunLine.Parts(text)
            let spec = try own.replacing(settings: parts.spec)
            try spec.validate()
            try spec.refuseTooLarge()
            let changes = try [LiveChange](parsing: parts.changes.joined(separator: " "), of: spec)
            return RunLine(spec: spec, changes: changes, origin: parts.origin)
        } catch {
            throw CommandFailure(error)
        }
    }
}
