import Foundation

/// What `/proc` tells of a process.
package struct ProcessFigures: Sendable {
    /// Resident memory in KiB: all of it, and what is not of a file.
    package var (resident, anonymous) = (0, 0)
    package var (descriptors, threads, children) = (0, 0, 0)
    /// Processor time of all its threads, in seconds.
    package var processor = 0.0

    package init() {}

    /// - Returns: nil where there is no such process.
    package init?(of process: pid_t) {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd"),
            let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        else { return nil }
        for line in status.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == "\t" || $0 == " " || $0 == ":" })
            guard words.count > 1, let number = Int(words[1]) else { continue }
            switch words[0] {
            case "VmRSS": resident = number
            case "RssAnon": anonymous = number
            case "Threads": threads = number
            default: break
            }
        }
        descriptors = open.count
        children = Self.children(of: process).count
        // Behind the name, which ends with a bracket: the state, and as numbers 12 and 13 the ticks of user and system.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        processor = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The children of a process's main thread.
    package static func children(of process: pid_t) -> [pid_t] {
        let path = "/proc/\(process)/task/\(process)/children"
        return ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: " ").compactMap {
            pid_t($0)
        }
    }

    /// Processor time of the main thread so far, in milliseconds.
    package static func processor(ofMainThread process: pid_t) -> Double {
        // Nanoseconds on a processor, nanoseconds of waiting for one, and how often it had one.
        let path = "/proc/\(process)/task/\(process)/schedstat"
        let fields = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: " ")
        return (fields.first.flatMap { Double($0) } ?? 0) / 1e6
    }

    /// Time in which the main thread computed or waited for a processor, in milliseconds; also of a process that has ended
    /// and was not waited for.
    package static func busy(mainThread process: pid_t) -> Double {
        let path = "/proc/\(process)/task/\(process)/schedstat"
        let fields = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: " ")
        return fields.prefix(2).compactMap { Double($0) }.reduce(0, +) / 1e6
    }

    /// Whether the main thread waits for something, and does not wait for a processor.
    package static func sleeps(_ process: pid_t) -> Bool {
        let stat = (try? String(contentsOfFile: "/proc/\(process)/task/\(process)/stat", encoding: .utf8)) ?? ""
        return stat.split(separator: ")").last?.split(separator: " ").first == "S"
    }
}
