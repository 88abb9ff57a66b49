import Datasets
import Foundation
import Reports
import Runs
import Specs
import Training

/// Trains the networks of a committee one after the other, saves their mean as an ensemble, and then has a network learn from
/// it where the committee has a student.
///
/// It gives the commands that a user could type. Networks that were trained before, with the same line on the same images,
/// are taken; one that was interrupted is resumed.
struct CommitteeTraining {
    let preset: CommitteePreset
    /// Settings behind the name, which hold for all its networks.
    let settings: String
    /// The command with its options.
    let command: TrainCommand

    /// What the store has of a network.
    private enum Found {
        case finished(Int)
        case interrupted(Int)
        case nothing
    }

    func run() throws {
        try refuseOptions()
        let source = try command.data.source()
        let dataset = try command.data.load(source)
        let digest = DatasetFingerprint.digest(of: dataset)
        let specs = try preset.members.enumerated().map { try spec($1, number: $0, dataset) }
        var runs: [Int] = []
        for (number, spec) in specs.enumerated() {
            say("network \(number + 1) of \(specs.count): \(spec)")
            runs.append(try trained(spec, digest))
        }
        let name = command.saving.name ?? preset.name
        try saveEnsemble(of: runs, as: name)
        guard let line = preset.student else { return }
        var student = try spec(line, number: 0, dataset)
        student.training.distillation.teacher = try command.saving.store.digest(ofTeacher: name, option: name)
        say("the network that learns from \(name): \(student)")
        _ = try trained(student, digest)
    }

    private func refuseOptions() throws(CommandFailure) {
        let others = [
            ("--export", command.export != nil), ("--csv", command.csv != nil),
            ("--tensorboard", command.tensorboard != nil), ("--from", command.beginning.from != nil),
            ("--teacher", command.beginning.teacher != nil), ("--no-save", !command.saving.save),
            ("--json", command.json.json != nil),
        ]
        if let (option, _) = others.first(where: \.1) {
            throw .usage("\(option): not with \(preset.name), which trains several networks, each of them saved")
        }
    }

    /// A network of the committee with the user's settings; of a seed each network takes the next one.
    private func spec(_ line: String, number: Int, _ dataset: Dataset) throws(CommandFailure) -> ExperimentSpec {
        do throws(SpecError) {
            var spec = try ExperimentSpec(parsing: line, inputs: dataset.train.imageBytes, classes: dataset.classes)
            let own = spec.training.seed
            spec = try spec.replacing(settings: settings)
            if spec.training.seed != own { spec.training.seed &+= UInt64(number) }
            try spec.validate()
            try spec.refuseTooLarge()
            return spec
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The run of a network, which is trained where the store does not have it.
    private func trained(_ spec: ExperimentSpec, _ digest: String) throws -> Int {
        switch try found(spec, digest) {
        case .finished(let run): say("it is there: run \(run)")
        case .interrupted(let run):
            var resumed = try TrainCommand.parse(["--resume", "\(run)"])
            take(&resumed)
            try train(&resumed)
        case .nothing:
            var new = try TrainCommand.parse([spec.description, "--tag", preset.name])
            take(&new)
            try train(&new)
        }
        guard case .finished(let run) = try found(spec, digest) else {
            throw CommandFailure.running("the network was not trained to its end: \(spec)")
        }
        return run
    }

    private func take(_ other: inout TrainCommand) {
        (other.data, other.threads, other.quiet) = (command.data, command.threads, command.quiet)
        other.saving.store = command.saving.store
    }

    private func train(_ other: inout TrainCommand) throws {
        do { try other.run() } catch let failure as CommandFailure {
            if failure.status == CommandFailure.interrupted.status {
                printError("trainspotter: the same command goes on with \(preset.name)")
            }
            throw failure
        }
    }

    private func found(_ spec: ExperimentSpec, _ digest: String) throws(CommandFailure) -> Found {
        guard FileManager.default.fileExists(atPath: try stored(path)) else { return .nothing }
        let store = try command.saving.store.openExisting()
        let line = spec.description
        let runs = try stored { () throws(StoreError) in try store.summaries() }
            .filter { $0.specLine == line && $0.fingerprint == digest && $0.lineFault == nil }
        if let run = runs.first(where: { $0.state == .finished }) { return .finished(run.id) }
        if let run = runs.first(where: { $0.state.canResume }) { return .interrupted(run.id) }
        return .nothing
    }

    private func path() throws(StoreError) -> String { try command.saving.store.path(makingFolders: false) }

    /// Saves the mean, and prints what it gains.
    private func saveEnsemble(of runs: [Int], as name: String) throws {
        let store = try command.saving.store.openExisting()
        let known = try stored { () throws(StoreError) in try store.ensemble(named: name) }
        guard known?.members.map(\.run) != runs else { return say("the ensemble is there: \(name)") }
        guard known == nil else {
            throw CommandFailure.usage("\(name): an ensemble of other runs has the name; --name gives this one another")
        }
        var ensemble = try EnsembleMakeCommand.parse(runs.map(String.init) + ["--save", name])
        (ensemble.store, ensemble.data, ensemble.threads) = (command.saving.store, command.data, command.threads)
        try ensemble.run()
    }

    private func say(_ text: String) { if !command.quiet { printError(text) } }
}
