import Foundation

/// The folders for the user's files, by the XDG base directory specification.
enum BaseDirectories {
    /// Settings; nil where neither the variable nor a home folder names a place.
    static var configuration: String? { folder("XDG_CONFIG_HOME", below: "/.config") }
    /// Saved runs.
    static var data: String? { folder("XDG_DATA_HOME", below: "/.local/share") }
    /// Logs.
    static var state: String? { folder("XDG_STATE_HOME", below: "/.local/state") }
    /// The file that reports of crashes go to.
    static var log: String? { state.map { $0 + "/trainspotter/trainspotter.log" } }

    /// The specification ignores an empty variable and a relative path.
    private static func folder(_ variable: String, below path: String) -> String? {
        let environment = ProcessInfo.processInfo.environment
        if let set = environment[variable], set.hasPrefix("/") { return set }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + path
    }
}
