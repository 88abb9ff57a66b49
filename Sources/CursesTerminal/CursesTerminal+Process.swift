import CTerminal
import Foundation

extension CursesTerminal {
    /// To be called first in `main`: settings that libraries read before it, so the program starts itself once again.
    ///
    /// Swift's backtracer would ask on the terminal what to do with a crash, for half a minute.
    ///
    /// - Parameter others: what else has to be set for an environment; empty once it is.
    package static func prepareProcess(_ others: ([String: String]) -> [String: String]) {
        let environment = ProcessInfo.processInfo.environment
        let changes = environmentChanges(environment).merging(others(environment)) { own, _ in own }
        guard !changes.isEmpty else { return }
        for (name, value) in changes { setenv(name, value, 1) }
        // Resolved, so that the process keeps its name. Where there is no such file the settings stay as they were.
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else { return }
        _ = execv(path, CommandLine.unsafeArgv)
    }

    /// What has to be set anew; empty once it is, so that nothing starts for ever.
    package static func environmentChanges(_ environment: [String: String]) -> [String: String] {
        var changes: [String: String] = [:]
        let backtrace = environment["SWIFT_BACKTRACE"] ?? ""
        if !backtrace.contains("interactive=") {
            changes["SWIFT_BACKTRACE"] = (backtrace.isEmpty ? "color=no," : backtrace + ",") + "interactive=no"
        }
        return changes
    }

    /// From here on a signal that ends a process by default ends this one, with its true status: Swift's backtracer would
    /// let the program go on after one that was sent. The terminal is given back first, if it was taken.
    ///
    /// - Parameter program: name and version, for the report of a crash.
    package static func installEnds(program: String) { terminal_install_ends(program) }

    /// Makes this process the guard of the program, which goes on in a child: what ends it without a word, such as
    /// SIGKILL, leaves somebody there to give the terminal back. To be called while there is one thread.
    ///
    /// - Returns: in the program alone, why there is no guard; nil: there is one.
    package static func startGuard() -> String? {
        let problem = terminal_start_guard()
        return problem == 0 ? nil : String(cString: strerror(problem))
    }

    /// What is to be said beside the signal that ends the program; a few words, or none.
    package static func setNote(_ note: String) { terminal_set_note(note) }

    /// Whether whoever started the program wants the signal to be ignored.
    package static func isIgnored(_ signal: Int32) -> Bool { terminal_ignores(signal) }

    /// Ends the process by a signal, so that its status is that.
    package static func end(by signal: Int32) { terminal_end_by(signal) }

    /// Hang-ups are ignored from here on, also once the terminal was given back.
    package static func ignoreHangUps() { terminal_ignore_hang_ups() }

    /// Lets a crash by stack overflow on the calling thread restore the terminal; threads need it each.
    package static func protectThreadStack() { terminal_use_handler_stack() }
}
