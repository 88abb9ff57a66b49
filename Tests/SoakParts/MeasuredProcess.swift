import Foundation
import TestSupport

/// The program without a terminal, with what its main thread waited for.
final class MeasuredProcess {
    /// How it ended.
    struct End {
        /// The exit status; negative for a signal.
        let status: Int32
        /// Seconds from its start to its end.
        let wall: Double
        /// Seconds of these in which its main thread neither computed nor waited for a processor: it waited for the disk,
        /// for a lock, or for its other threads. At most so long it has waited for the store.
        let waited: Double
    }

    let arguments: [String]
    let identifier: pid_t
    private let start = ContinuousClock.now
    private let folder: TemporaryFolder
    private let name: String

    /// - Returns: nil where it can't be started.
    init?(_ arguments: [String], folder: TemporaryFolder, name: String) {
        (self.arguments, self.folder, self.name) = (arguments, folder, name)
        let writing = O_WRONLY | O_CREAT | O_TRUNC
        guard let program = try? Program.url().path,
            let started = Spawn.start(
                [program] + arguments,
                [
                    ("/dev/null", O_RDONLY), (folder.path(name + ".out"), writing),
                    (folder.path(name + ".err"), writing),
                ])
        else { return nil }
        identifier = started
    }

    /// What it has printed so far.
    var output: String { (try? folder.text(of: name + ".out")) ?? "" }
    /// What it has said so far on standard error.
    var errors: String { (try? folder.text(of: name + ".err")) ?? "" }

    /// Its end, if it has ended; then it is gone.
    func end() -> End? {
        var info = siginfo_t()
        // Left for `waitpid`: a process that has ended still tells what it used.
        guard waitid(P_PID, id_t(identifier), &info, WEXITED | WNOHANG | WNOWAIT) == 0, info.si_signo == SIGCHLD else {
            return nil
        }
        let wall = (ContinuousClock.now - start) / .seconds(1)
        let busy = ProcessFigures.busy(mainThread: identifier)
        let status = Spawn.wait(for: identifier)
        return End(
            status: status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F), wall: wall,
            waited: max(0, wall - busy / 1000))
    }

    func forget() {
        try? folder.remove(name + ".out")
        try? folder.remove(name + ".err")
    }
}
