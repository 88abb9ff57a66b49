import Foundation

/// Runs Slurm's commands.
package protocol CommandRunner: Sendable {
    /// Runs a command by its name, and waits for its end.
    ///
    /// - Throws: `SlurmFault.missing` where there is none, `SlurmFault.passes` where it does not end.
    func run(_ words: [String]) throws(SlurmFault) -> CommandOutput
}

/// What a command left behind.
package struct CommandOutput: Equatable, Sendable {
    /// What it exited with; 128 and more for a signal.
    package let status: Int
    /// What it printed.
    package let output: String
    /// What it said on standard error.
    package let errors: String

    package init(status: Int, output: String, errors: String) {
        (self.status, self.output, self.errors) = (status, output, errors)
    }
}

/// Runs commands that are found by PATH, in the words of English, each for a minute at most.
///
/// Their output goes into files, and only the command itself is waited for: not what it may have left running.
package struct PathCommands: CommandRunner {
    private static let seconds = 60.0

    package init() {}

    package func run(_ words: [String]) throws(SlurmFault) -> CommandOutput {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        let paths = folders.map { "\($0)/\(words[0])" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else {
            throw .missing(command: words[0])
        }
        let file = NSTemporaryDirectory() + "trainspotter-command-\(UUID().uuidString)"
        let (output, errors) = (file + ".output", file + ".errors")
        defer { for file in [output, errors] { unlink(file) } }
        guard let process = Self.start(path, words, output: output, errors: errors) else {
            throw .passes(command: words[0], reason: "it can't be started")
        }
        guard let status = Self.wait(for: process) else {
            throw .passes(command: words[0], reason: "it did not end within \(Int(Self.seconds)) s")
        }
        let signal = status & 0x7F
        return CommandOutput(
            status: signal == 0 ? Int(status >> 8 & 0xFF) : 128 + Int(signal), output: Self.text(output),
            errors: Self.text(errors))
    }

    private static func text(_ file: String) -> String {
        String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: file))) ?? Data(), as: UTF8.self)
    }

    /// In a process group of its own: Ctrl-C is meant for this program.
    private static func start(_ path: String, _ words: [String], output: String, errors: String) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        let write = O_WRONLY | O_CREAT | O_EXCL
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, write, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, write, 0o600)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let variables = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C"]) { $1 }
        var arguments = words.map { strdup($0) } + [nil]
        var environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var process = pid_t()
        return posix_spawn(&process, path, &actions, &attributes, &arguments, &environment) == 0 ? process : nil
    }

    /// Its wait status; nil where its time was up, and it was killed.
    private static func wait(for process: pid_t) -> Int32? {
        let start = ContinuousClock.now
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 {
            guard start.duration(to: .now) < .seconds(seconds) else {
                kill(process, SIGKILL)
                _ = waitpid(process, &status, 0)
                return nil
            }
            Thread.sleep(forTimeInterval: 0.005)
        }
        return status
    }
}
