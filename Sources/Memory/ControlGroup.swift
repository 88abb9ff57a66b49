import Foundation

/// The memory that the program's control group may take (cgroups(7)): a container, a batch job, a service.
package enum ControlGroup {
    /// Bytes; nil where no group that the program is in has a limit.
    ///
    /// - Parameter root: where `/proc` and `/sys` are; another one in tests.
    package static func memoryLimit(root: String = "") -> Int? {
        guard let membership = try? String(contentsOfFile: root + "/proc/self/cgroup", encoding: .utf8) else {
            return nil
        }
        var limits: [Int] = []
        for line in membership.split(separator: "\n") {
            // Version 2: `0::/path`; version 1: `4:memory:/path`.
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            if fields[1].isEmpty {
                limits += limitsAbove(fields[2], in: root + "/sys/fs/cgroup", ["memory.max", "memory.high"])
            } else if fields[1].split(separator: ",").contains("memory") {
                limits += limitsAbove(fields[2], in: root + "/sys/fs/cgroup/memory", ["memory.limit_in_bytes"])
            }
        }
        return limits.min()
    }

    /// The limits of a group and of all that hold it. A container may see its own group as the root, or a path that it
    /// can't find: what is not there has no limit.
    private static func limitsAbove(_ path: Substring, in mount: String, _ names: [String]) -> [Int] {
        var parts = path.split(separator: "/")
        var limits: [Int] = []
        while true {
            let folder = ([mount[...]] + parts).joined(separator: "/")
            for name in names {
                // `max` is no limit, and version 1 writes a number beyond all memory.
                let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
                if let limit = text.flatMap({ Int($0.prefix { $0.isNumber }) }), limit < 1 << 60 {
                    limits.append(limit)
                }
            }
            guard parts.popLast() != nil else { return limits }
        }
    }
}
