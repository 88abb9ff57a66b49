import CTerminal
import Foundation

extension CursesTerminal {
    /// To be called first in `main`: settings that libraries read before it, so the program starts itself once again.
    ///
    /// Swift's backtracer would ask on the terminal what to do with a crash, for half a minute.
    ///
    /// - Parameter others: what else has to be set for an environment; empty once it is.
    public static func prepareProcess(_ others: ([String: String]) -> [String: String]) {
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

    /// Hang-ups are ignored from here on, also once the terminal was given back.
    public static func ignoreHangUps() { terminal_ignore_hang_ups() }

    /// Lets a crash by stack overflow on the calling thread restore the terminal; threads need it each.
    public static func protectThreadStack() { terminal_use_handler_stack() }
}
