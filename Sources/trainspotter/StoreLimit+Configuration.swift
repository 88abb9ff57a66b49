import Configuration
import Dashboard
import Files
import Runs

extension StoreLimit {
    /// The limit that the user has set in the configuration file, which the dashboard's options write. A line that
    /// can't be used is named on standard error, and there is no limit then.
    static func configured() -> StoreLimit {
        var limit = StoreLimit()
        guard let folder = BaseDirectories.configuration,
            let text = try? ConfigurationFile(path: folder + "/trainspotter/config.toml").read()
        else { return limit }
        func texts(_ preference: Preference) -> [(line: Int, text: String?)] {
            text.entries.filter { $0.section.isEmpty && $0.key == preference.key }.map { entry in
                if case .text(let text) = entry.value { (entry.line, text) } else { (entry.line, nil) }
            }
        }
        func refuse(_ line: Int, _ preference: Preference, _ expected: String) {
            printError("trainspotter: config.toml, line \(line): \(preference.key): expected \(expected)")
        }
        for (line, text) in texts(.storeLimit) where text != "none" {
            limit.bytes = text.flatMap(ByteAmount.bytes)
            if limit.bytes ?? 0 == 0 {
                limit.bytes = nil
                refuse(line, .storeLimit, "none, or \(ByteAmount.expected)")
            }
        }
        for (line, text) in texts(.overLimit) {
            if let response = text.flatMap(Response.init(rawValue:)) {
                limit.response = response
            } else {
                refuse(line, .overLimit, Response.allCases.map(\.rawValue).joined(separator: " or "))
            }
        }
        return limit
    }
}

extension RecordedRun {
    /// Where the saved runs take more than the user's limit, says so, or prunes them, as the user chose. This run stays.
    ///
    /// - Parameter place: the option that names the store, with a blank before it; empty for the standard one.
    func keepLimit(_ place: String) {
        let limit = StoreLimit.configured()
        guard limit.bytes != nil, !store.isDetached else { return }
        do throws(StoreError) {
            guard let warning = limit.warning(used: try store.size().used, store: place) else { return }
            guard limit.response == .prune else { return printError("trainspotter: \(warning)") }
            let pruning = limit.pruning(sparing: [number])
            let steps = try store.prune(try store.plan(pruning), pruning)
            if !steps.isEmpty { _ = try store.compact(rewriting: false) }
            printError("trainspotter: \(StoreLimit.report(steps, limit) ?? warning)")
        } catch {
            printError("trainspotter: the saved runs are not pruned: \(error)")
        }
    }
}
