import Foundation
import TestSupport

extension BesideSoak {
    /// Starts a training: a new run, or one that goes on.
    func train() {
        started += 1
        let (spec, epochs) = (chance.one(of: ["16relu", "32tanh", "32relu-16relu"]), chance.whole(20...400))
        let arguments = [
            "train", "\(spec) epochs=\(epochs) batch=\(chance.one(of: [16, 64])) seed=\(started)", "--threads", "1",
            "--data", data, "--store", store,
        ]
        guard let process = MeasuredProcess(arguments, folder: folder, name: "training-\(started)") else { return }
        trainings.append(Training(process: process, resumed: nil))
    }

    /// Ends a training by a signal, or stops it for a while.
    func disturb() {
        guard !trainings.isEmpty else { return }
        let index = chance.whole(0...(trainings.count - 1))
        let process = trainings[index].process.identifier
        switch chance.whole(0...9) {
        case 0...1:
            kill(process, SIGKILL)
            trainings[index].isEnding = true
            report.kills += 1
        case 2...3:
            // A second signal of its kind ends it at once.
            guard !trainings[index].isEnding else { return }
            kill(process, chance.one(of: [SIGINT, SIGTERM]))
            trainings[index].isEnding = true
            report.interrupts += 1
        default:
            guard trainings[index].goesOn == nil else { return }
            kill(process, SIGSTOP)
            trainings[index].goesOn = .now + .milliseconds(chance.whole(100...2000))
            report.stops += 1
        }
    }

    /// Starts a command on a run that the newest list had.
    func command() {
        started += 1
        let run = listed.isEmpty ? nil : chance.one(of: listed)
        let trained = trainedRuns
        var about = run
        let arguments: [String]
        switch (chance.whole(0...15), run) {
        case (0, let run?): arguments = ["runs", "rename", "\(run)", "name \(started)"]
        case (1, let run?): arguments = ["runs", "tag", "\(run)", "t\(chance.whole(1...9))"]
        case (2...3, let run?): arguments = ["runs", "delete", "\(run)"]
        case (4, let run?): arguments = ["runs", "undelete", "\(run)"]
        case (5...6, let run?):
            bundles.append(folder.path("bundle-\(started).run"))
            arguments = ["runs", "export", "\(run)", "--bundle", bundles.last ?? ""]
        case (7...8, _) where !bundles.isEmpty: arguments = ["runs", "import", chance.one(of: bundles)]
        case (9, _): arguments = ["runs", "check"]
        case (10, let run?): arguments = ["runs", "show", "\(run)"]
        case (11...12, _) where !trained.isEmpty:
            // Somebody else's run, while that trains it: must be refused.
            about = chance.one(of: trained.keys.sorted())
            arguments = ["runs", "resume", "\(about ?? 0)"]
        default: arguments = ["runs", "list", "--json"]
        }
        guard
            let process = MeasuredProcess(
                arguments + ["--store", store], folder: folder, name: "command-\(started)")
        else { return }
        commands.append(Command(process: process, name: arguments[1], trained: trained, run: about))
    }

    /// The runs that trainings train which nothing was done to but stops.
    private var trainedRuns: [Int: pid_t] {
        let pairs = trainings.filter { !$0.isEnding }.compactMap { training in
            training.run.map { ($0, training.process.identifier) }
        }
        return Dictionary(pairs) { $1 }
    }

    // MARK: - What came of them

    /// Takes in what has ended, and lets go on what was stopped long enough.
    func collect() {
        for index in trainings.indices where trainings[index].goesOn.map({ $0 <= .now }) ?? false {
            kill(trainings[index].process.identifier, SIGCONT)
            trainings[index].goesOn = nil
        }
        trainings.removeAll { training in
            guard let end = training.process.end() else { return false }
            ended(training, end)
            return true
        }
        commands.removeAll { command in
            guard let end = command.process.end() else { return false }
            ended(command, end)
            command.process.forget()
            return true
        }
    }

    private func ended(_ training: Training, _ end: MeasuredProcess.End) {
        report.trainings += 1
        let said = training.process.errors
        // By the signal itself, where that came before the program listens to any.
        let byItself: Set<Int32> = said.isEmpty ? [-SIGKILL, -SIGINT, -SIGTERM] : [-SIGKILL]
        let isExpected =
            end.status == 0 || training.isEnding && (end.status == 130 || byItself.contains(end.status))
        if !isExpected || BesideReport.isBad(said) {
            report.failures.append("\(training.process.arguments): status \(end.status): \(said.suffix(400))")
        }
        training.process.forget()
    }

    private func ended(_ command: Command, _ end: MeasuredProcess.End) {
        let said = command.process.errors
        // Who resumes a run trains it, where its owner ended meanwhile.
        let trains = command.name == "resume" && end.status == 0
        report.ended(command.name, end, trains: trains)
        // Whether those that trained a run at the command's start still do, whole as it is over.
        let living = Set(trainings.filter { !$0.isEnding }.map(\.process.identifier))
        let trained = command.trained.filter { living.contains($0.value) && kill($0.value, 0) == 0 }
        // One that was asked to end before it could answer for itself.
        let wasInterrupted = isEnding && command.name == "resume" && end.status == -SIGINT
        if end.status < 0 && !wasInterrupted || BesideReport.isBad(said) {
            report.failures.append("\(command.process.arguments): status \(end.status): \(said.suffix(400))")
        }
        if command.name == "resume", let run = command.run, trained[run] != nil {
            report.refusals += end.status == 0 ? 0 : 1
            if end.status == 0 { report.failures.append("run \(run) was taken while it was trained") }
        }
        if command.name == "check", end.status != 0 {
            report.failures.append("runs check: \(command.process.output.suffix(400))\(said.suffix(400))")
        }
        guard command.name == "list", end.status == 0 else { return }
        let runs = RunsList(json: command.process.output)
        listed = runs.states.keys.sorted()
        for (run, _) in trained {
            guard let state = runs.states[run] else { continue }
            report.looks += 1
            if !["running", "paused", "finished"].contains(state) {
                report.failures.append("run \(run) is \(state) in the list, while it is trained")
            }
        }
    }
}
