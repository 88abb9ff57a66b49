import Foundation

/// Runs a command with none of this process's descriptors, and with no signal held back.
///
/// Foundation's `Process` hands a socket down by which it tells the child's end; a daemon such as tmux's server keeps
/// it open, and the wait would last as long as the daemon.
package enum Spawn {
    /// POSIX_SPAWN_SETSID of the C library, which Swift does not import.
    private static let setSession: Int32 = 0x80

    /// Waits for the command's end.
    ///
    /// - Parameters:
    ///   - command: path and arguments.
    ///   - output: file for standard output, written anew; `errors` the same for standard error.
    /// - Returns: the wait status, 0 for success; -1 if the command could not be started.
    static func run(_ command: [String], output: String, errors: String) -> Int32 {
        let writing = O_WRONLY | O_CREAT | O_TRUNC
        return start(command, [("/dev/null", O_RDONLY), (output, writing), (errors, writing)]).map(wait(for:)) ?? -1
    }

    /// Starts a command as the first of a session in a terminal, and does not wait for it.
    package static func start(_ command: [String], terminal: String) -> pid_t? {
        start(command, [(terminal, O_RDWR), (terminal, O_RDWR), (terminal, O_RDWR)], ownSession: true)
    }

    /// Waits for the end of a command, and returns the wait status; -1 if there is none.
    package static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) == -1 {
            guard errno == EINTR else { return -1 }
        }
        return status
    }

    /// Starts a command, and does not wait for it.
    ///
    /// - Parameter streams: files for the standard streams, with the flags to open them by.
    /// - Returns: nil if it could not be started.
    package static func start(
        _ command: [String], _ streams: [(path: String, flags: Int32)], ownSession: Bool = false
    ) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, stream) in zip(Int32(0)..., streams) {
            posix_spawn_file_actions_addopen(&actions, descriptor, stream.path, stream.flags, 0o600)
        }
        // A descriptor that is not open is no error.
        for descriptor in 3..<Int32(min(1024, sysconf(Int32(_SC_OPEN_MAX)))) {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        // The threads that run tests hold signals back, and tmux's server ends by one.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (ownSession ? setSession : 0)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let variables = ProcessInfo.processInfo.environment.filter { $0.key != "TMUX" && $0.key != "LC_ALL" }
        let environment = variables.map { "\($0.key)=\($0.value)" } + ["LC_ALL=C.UTF-8"]
        var arguments = command.map { strdup($0) } + [nil]
        var settings = environment.map { strdup($0) } + [nil]
        defer { (arguments + settings).forEach { free($0) } }
        var child = pid_t()
        guard posix_spawn(&child, command[0], &actions, &attributes, &arguments, &settings) == 0 else { return nil }
        return child
    }
}
