import Foundation

/// Programs of the machine that some tests use.
package enum Tool {
    /// Where a program is that can be started by its name; nil if it is not installed.
    package static func path(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
