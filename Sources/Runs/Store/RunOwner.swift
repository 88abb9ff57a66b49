import Foundation

/// The process that trains a run, identified so that a later one can find out whether it still exists.
///
/// The system gives process numbers again to others. With the boot, the process's start and its namespace of numbers a
/// process is unique. Where any of these can't be compared, a missing heartbeat shows that it has ended.
package struct RunOwner: Sendable, Equatable {
    /// A process on another machine counts as ended after so many seconds without a heartbeat.
    package static let patience = 90.0

    /// Its process number.
    package var process: Int
    /// The name of its machine.
    package var host: String
    /// Boot and namespace of process numbers; empty where the system does not give them.
    package var boot: String
    /// When the process started, in the system's ticks since boot; empty where the system does not give it.
    package var start: String

    package init(process: Int, host: String, boot: String, start: String) {
        self.process = process
        self.host = host
        self.boot = boot
        self.start = start
    }

    /// This process.
    package static let current = RunOwner(
        process: Int(getpid()), host: MachineFacts.hostName, boot: bootMark, start: startTicks(of: Int(getpid())) ?? "")

    /// Whether the process still exists.
    ///
    /// - Parameters:
    ///   - heartbeat: time of its last heartbeat, in seconds since 1970.
    ///   - now: in seconds since 1970.
    package func isAlive(heartbeat: Double, now: Double) -> Bool {
        guard host == MachineFacts.hostName, !boot.isEmpty, boot == Self.bootMark, !start.isEmpty else {
            return now - heartbeat < Self.patience
        }
        return Self.startTicks(of: process) == start
    }

    private static let bootMark: String = {
        guard let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8),
            let namespace = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
        else { return "" }
        return boot.trimmingCharacters(in: .whitespacesAndNewlines) + " " + namespace
    }()

    /// Field 22 of proc(5)'s stat; the name before it can hold blanks and brackets. A zombie is gone.
    private static func startTicks(of process: Int) -> String? {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let bracket = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[stat.index(after: bracket)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return String(fields[19])
    }
}
