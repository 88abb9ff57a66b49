import CTerminal
import Foundation

extension CursesTerminal {
    /// Sets environment variables that libraries read before `main`, and starts the program again with them. To be
    /// called first in `main`.
    ///
    /// Without this, Swift's backtracer would ask on the terminal after a crash, and wait for half a minute.
    ///
    /// - Parameter others: gives further variables to be set for an environment; empty once they are.
    package static func prepareProcess(_ others: ([String: String]) -> [String: String]) {
        let environment = ProcessInfo.processInfo.environment
        let changes = environmentChanges(environment).merging(others(environment)) { own, _ in own }
        guard !changes.isEmpty else { return }
        for (name, value) in changes { setenv(name, value, 1) }
        // The resolved path, so that the process keeps its name. Without such a file the settings stay as they were.
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else { return }
        _ = execv(path, CommandLine.unsafeArgv)
    }

    /// The variables that have to be set; empty once they are, so that the program is not started again and again.
    package static func environmentChanges(_ environment: [String: String]) -> [String: String] {
        var changes: [String: String] = [:]
        let backtrace = environment["SWIFT_BACKTRACE"] ?? ""
        if !backtrace.contains("interactive=") {
            changes["SWIFT_BACKTRACE"] = (backtrace.isEmpty ? "color=no," : backtrace + ",") + "interactive=no"
        }
        return changes
    }

    /// Lets every signal that ends a process by default end this one, with its true status; Swift's backtracer would
    /// let the program continue. The terminal is restored first, if it was set up.
    ///
    /// - Parameter program: name and version, for the report of a crash.
    package static func installEnds(program: String) { terminal_install_ends(program) }

    /// Has a crash of a program without a screen reported in a file, whose place is then printed to standard error.
    package static func reportCrashes(in log: String) { terminal_report_crashes(log) }

    /// Makes this process the guard of the program, which continues in a child. The guard restores the terminal where
    /// the program is killed, as by SIGKILL. To be called while there is only one thread.
    ///
    /// - Returns: in the program only: why there is no guard; nil where there is one.
    package static func startGuard() -> String? {
        let problem = terminal_start_guard()
        return problem == 0 ? nil : String(cString: strerror(problem))
    }

    /// The note that is printed with the signal that ends the program; empty for none.
    package static func setNote(_ note: String) { terminal_set_note(note) }

    /// Whether the parent process has the signal ignored.
    package static func isIgnored(_ signal: Int32) -> Bool { terminal_ignores(signal) }

    /// Ends the process by a signal, so that its exit status tells the signal.
    package static func end(by signal: Int32) { terminal_end_by(signal) }

    /// Ignores hang-ups from here on, also after the terminal was restored.
    package static func ignoreHangUps() { terminal_ignore_hang_ups() }

    /// Lets a stack overflow on the calling thread restore the terminal. Each thread has to call it.
    package static func protectThreadStack() { terminal_use_handler_stack() }
}
